"""What a request's panes know beside the request: what is inherited, the defaults, and who gives variables a value."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from wireyard.domain import request
from wireyard.gui.widgets.variable_source import NoVariables, VariableSource, VariableValue
from wireyard.settings.model import Network
from wireyard.workspace.documents import Levels
from wireyard.workspace.inheritance import Effective, effective
from wireyard.workspace.model import Field, ProxySettings, RequestFile

_NETWORK, _TLS, _RECONNECT = request.Network(), request.Tls(), request.Reconnect()
# What holds where no level says anything, as it would be written in a file.
_DEFAULTS: dict[tuple[str, str], Any] = {
    ("", "subprotocols"): (),
    ("", "removed_headers"): (),
    ("", "on_open"): (),
    **{("tls", field): getattr(_TLS, field) for field in _TLS.__struct_fields__},
    **{("network", field): getattr(_NETWORK, field) for field in _NETWORK.__struct_fields__},
    ("network", "server_window_bits"): "any",
    ("network", "client_window_bits"): "any",
    ("network", "resolve_to"): (),
    ("network", "ping_payload"): "",
    **{("reconnect", field): getattr(_RECONNECT, field) for field in _RECONNECT.__struct_fields__},
    ("reconnect", "endless"): False,
    ("reconnect", "jitter_percent"): round(_RECONNECT.jitter * 100),
}


class Inherited(NamedTuple):
    """A value and the name of the level that gives it; without a name it is the default."""

    value: Any
    source: str


@dataclass(frozen=True, slots=True)
class Above:
    """What the levels above say, and the defaults."""

    said: Effective
    defaults: Network

    def setting(self, group: str, name: str) -> Inherited:
        """What holds for a setting that isn't made here: ``group`` is a block's name or empty."""
        said = self.said
        if group == "proxy":
            block = said.proxy.value if said.proxy is not None else ProxySettings(mode="system")
            return Inherited(getattr(block, name), said.proxy.source if said.proxy is not None else "")
        found = getattr(said, group).get(name) if group else getattr(said, name)
        if found is not None:
            return Inherited(found.value, found.source)
        if group == "network" and hasattr(self.defaults, name):
            return Inherited(getattr(self.defaults, name), "")
        return Inherited(_DEFAULTS[group, name], "")


@dataclass(frozen=True, slots=True)
class Context:
    """``levels`` are those above, from the collection down; ``root`` is the workspace's folder."""

    levels: Levels = ()
    defaults: Network = field(default_factory=Network)
    source: VariableSource = field(default_factory=NoVariables)
    root: Path | None = None

    def above(self) -> Above:
        """What is inherited, looked up once for many settings."""
        return Above(effective(RequestFile(), self.levels), self.defaults)

    def setting(self, group: str, name: str) -> Inherited:
        """What holds for a setting that isn't made here: ``group`` is a block's name or empty."""
        return self.above().setting(group, name)

    def headers(self) -> list[tuple[Field, str]]:
        """The headers that the levels above give, each with its level's name."""
        return [(each.value, each.source) for each in effective(RequestFile(), self.levels).headers]

    def variables(self) -> Iterator[tuple[str, VariableValue]]:
        """Name and value of all variables that have a value, without the built-in ones."""
        for name, value in self.source.names():
            if not name.startswith("$"):
                yield name, value
