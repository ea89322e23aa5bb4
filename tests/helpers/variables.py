"""A source of variables for the tests of editors."""

from __future__ import annotations

from wireyard.gui.widgets.variable_source import ScopeSource
from wireyard.workspace.model import Variable
from wireyard.workspace.variables.scope import Layer, Scope

STAGING = {
    "host": Variable(value="staging.example.com"),
    "port": Variable(value="8443"),
    "token": Variable(value="s3cret-value", secret=True),
    "base": Variable(value="wss://{{host}}:{{port}}"),
    "signed": Variable(value="key={{token}}"),
    "round": Variable(value="{{round}}"),
    "tags": Variable(value="<b>bold</b>"),
}


def staging() -> ScopeSource:
    """What the environment Staging gives."""
    return ScopeSource(Scope([Layer("Staging", STAGING, "staging")]))
