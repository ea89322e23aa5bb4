"""The JSON Schemas beside the program: current, and true of what is written."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import msgspec
import pytest
import yaml
from hypothesis import given
from tests.helpers.workspace_files import FILES

from wireyard.workspace.model import EnvironmentFile, FolderFile, RequestFile, WorkspaceFile
from wireyard.workspace.schema import FILES as KINDS
from wireyard.workspace.schema import main, schema_of, text_of
from wireyard.workspace.yaml_text.splice import write

FOLDER = Path(__file__).parents[3] / "resources" / "schemas"
NAMES = {RequestFile: "request", FolderFile: "folder", WorkspaceFile: "workspace", EnvironmentFile: "environment"}


class _Yaml12(yaml.SafeLoader):
    """Reads as YAML 1.2 does, which editors follow: only true and false are truth values, and 5e-324 is a number."""


_Yaml12.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in rules if tag not in ("tag:yaml.org,2002:bool",)]
    for first, rules in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Yaml12.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), ["t", "f"])
_Yaml12.add_implicit_resolver("tag:yaml.org,2002:float", re.compile(r"^-?\d+e[-+]?\d+$"), list("-0123456789"))


def _check(text: str, name: str) -> None:
    jsonschema.Draft202012Validator(schema_of(name)).validate(yaml.load(text, Loader=_Yaml12))


@pytest.mark.parametrize("name", KINDS)
def test_the_files_are_current(name: str) -> None:
    assert (FOLDER / f"{name}.schema.json").read_text(encoding="utf-8") == text_of(name), (
        "run PYTHONPATH=app .venv-3.11/bin/python -m wireyard.workspace.schema"
    )


@pytest.mark.parametrize("name", KINDS)
def test_they_are_schemas(name: str) -> None:
    jsonschema.Draft202012Validator.check_schema(schema_of(name))


@given(FILES)
def test_they_accept_what_is_written(value: msgspec.Struct) -> None:
    _check(write(value), NAMES[type(value)])


def test_they_accept_what_people_write() -> None:
    _check(
        "url: ws://a\nheaders:\nvariables: {a: 1, b: yes, c: , d: {value: 2, disabled: true}}\nmine: [1]\n", "request"
    )


@pytest.mark.parametrize(
    "text",
    [
        "wireyard: 2",
        "headers: text",
        "headers: [text]",
        "headers: [{disabled: maybe}]",
        "messages: [{body: x}]",
        "messages: [{name: x, format: xml}]",
        "network: {open_timeout_s: -1}",
        "variables: [a]",
    ],
)
def test_they_refuse_what_the_program_refuses(text: str) -> None:
    with pytest.raises(jsonschema.ValidationError):
        _check(text, "request")


def test_the_command_writes_them(tmp_path: Path) -> None:
    main(tmp_path)
    written: dict[str, Any] = {path.name: json.loads(path.read_text("utf-8")) for path in tmp_path.iterdir()}
    assert written == {f"{name}.schema.json": schema_of(name) for name in KINDS}
