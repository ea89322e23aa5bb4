"""docs/workspace.md is true: its examples are read and fit the schemas, its diffs are git's."""

from __future__ import annotations

import re
import shutil

import jsonschema
import msgspec
import pytest
import yaml
from tests.helpers.doc_diffs import PAGE, section, with_section

from wireyard.workspace.model import EnvironmentFile, FolderFile, RequestFile, WorkspaceFile
from wireyard.workspace.schema import schema_of
from wireyard.workspace.yaml_text.reading import read
from wireyard.workspace.yaml_text.shapes import shape_of
from wireyard.workspace.yaml_text.splice import splice

TEXT = PAGE.read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^```yaml\n# ([^\n]+)\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)
KINDS: dict[str, tuple[str, type[msgspec.Struct]]] = {
    ".ws.yaml": ("request", RequestFile),
    "collection.yaml": ("collection", FolderFile),
    "wireyard.yaml": ("workspace", WorkspaceFile),
    "Staging.yaml": ("environment", EnvironmentFile),
}


def _kind(path: str) -> tuple[str, type[msgspec.Struct]]:
    return next(kind for ending, kind in KINDS.items() if path.endswith(ending))


@pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
def test_the_diffs_are_those_of_git() -> None:
    assert with_section(TEXT, section()) == TEXT, "run PYTHONPATH=app:. python tests/helpers/doc_diffs.py"


def test_there_is_an_example_of_each_kind() -> None:
    assert {_kind(path)[0] for path, _ in EXAMPLES} == {name for name, _ in KINDS.values()}


@pytest.mark.parametrize(("path", "text"), EXAMPLES, ids=[path for path, _ in EXAMPLES])
def test_the_examples_are_read_and_fit_their_schema(path: str, text: str) -> None:
    name, kind = _kind(path)
    assert splice(text, read(text, kind)) == text
    values = yaml.load(text.replace("off:", '"off":'), Loader=yaml.SafeLoader)  # YAML 1.1 takes "off" for a truth value
    jsonschema.Draft202012Validator(schema_of(name)).validate(values)
    assert set(values) <= set(shape_of(kind).fields)


@pytest.mark.parametrize("key", shape_of(RequestFile).fields)
def test_every_key_of_a_request_is_described(key: str) -> None:
    inner = shape_of(RequestFile).fields[key]
    rows = inner.item or inner
    for each in (key, *rows.fields):
        assert re.search(rf"\b{each}\b", TEXT), each
