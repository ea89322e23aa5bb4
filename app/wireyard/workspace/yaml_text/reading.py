"""From nodes to the types of a file. Values are typed by the place they stand in, never by how they look."""

from __future__ import annotations

from typing import Any, Final, TypeVar

import msgspec

from wireyard.workspace.model import FORMAT_VERSION
from wireyard.workspace.yaml_text.compose import compose
from wireyard.workspace.yaml_text.nodes import Mapping, Node, Scalar, Sequence, YamlFault
from wireyard.workspace.yaml_text.shapes import Shape, shape_of

_T = TypeVar("_T")
_ABSENT: Final = object()
_KINDS: Final = {"leaf": "a single value", "struct": "keys with values", "list": "a list", "map": "names with values"}


def read(text: str, kind: type[_T]) -> _T:
    """What a file says. Raises `YamlFault`."""
    return typed(compose(text), kind)


def typed(root: Mapping | None, kind: type[_T]) -> _T:
    """What the nodes of a file say. Raises `YamlFault`."""
    if root is None:
        return msgspec.convert({}, kind)
    _check_version(root)
    plain = _struct(root, shape_of(kind), "")
    try:
        return msgspec.convert(plain, kind)
    except msgspec.ValidationError as error:  # every place was checked before, with its line
        raise YamlFault(root.line, str(error)) from None


def _check_version(root: Mapping) -> None:
    entry = root.entry("wireyard")
    if entry is None or not isinstance(entry.value, Scalar):
        return
    value = entry.value.value
    if value.isascii() and value.isdigit() and int(value[:9]) > FORMAT_VERSION:
        raise YamlFault(
            entry.key.line,
            f"This file was made by a newer Wireyard (its format is {value[:9]}, this program knows {FORMAT_VERSION}).",
        )


def _value(node: Node, shape: Shape, path: str) -> Any:
    if shape.kind == "leaf":
        return _leaf(node, shape, path)
    if isinstance(node, Scalar) and node.is_null and not shape.short:
        return _ABSENT
    if shape.kind == "struct":
        return _struct(node, shape, path)
    if shape.kind == "list":
        return _list(node, shape, path)
    return _map(node, shape, path)


def _leaf(node: Node, shape: Shape, path: str) -> Any:
    if not isinstance(node, Scalar):
        raise YamlFault(node.line, f"{path} must be {shape.wanted}, not {_found(node)}.")
    if node.is_null and (shape.is_optional or not shape.is_text):
        return _ABSENT
    if shape.is_text:
        return node.value
    try:
        return msgspec.convert(node.value, shape.leaf, strict=False)
    except msgspec.ValidationError:
        shown = node.value if len(node.value) <= 40 else node.value[:39] + "…"
        raise YamlFault(node.line, f"{path} must be {shape.wanted}, not “{shown}”.") from None


def _struct(node: Node, shape: Shape, path: str) -> dict[str, Any]:
    if shape.short and isinstance(node, Scalar):
        return {shape.short: node.value}
    if not isinstance(node, Mapping):
        raise _wrong(node, shape, path)
    plain: dict[str, Any] = {}
    for entry in node.entries:
        field = shape.fields.get(entry.key.value)
        if field is None:
            continue
        value = _value(entry.value, field, _inside(path, entry.key.value))
        if value is not _ABSENT:
            plain[entry.key.value] = value
    missing = next((key for key in shape.required if key not in plain), None)
    if missing is not None:
        raise YamlFault(node.line, f"{path or 'The file'} has no {missing}.")
    return plain


def _inside(path: str, key: str) -> str:
    """The place of a key, in words: "headers, row 1, off", "tls.verify"."""
    if not path:
        return key
    return f"{path}, {key}" if path[-1].isdigit() else f"{path}.{key}"


def _list(node: Node, shape: Shape, path: str) -> list[Any]:
    if not isinstance(node, Sequence):
        raise _wrong(node, shape, path)
    rows: list[Any] = []
    for number, item in enumerate(node.items, 1):
        row = _value(item, shape.inner(), f"{path}, row {number}")
        if row is not _ABSENT:
            rows.append(row)
            continue
        raise YamlFault(item.line, f"{path}, row {number} is empty.")
    return rows


def _map(node: Node, shape: Shape, path: str) -> dict[str, Any]:
    if not isinstance(node, Mapping):
        raise _wrong(node, shape, path)
    inner = shape.inner()
    return {entry.key.value: _value(entry.value, inner, f"{path}.{entry.key.value}") for entry in node.entries}


def _wrong(node: Node, shape: Shape, path: str) -> YamlFault:
    return YamlFault(node.line, f"{path} must be {_KINDS[shape.kind]}, not {_found(node)}.")


def _found(node: Node) -> str:
    if isinstance(node, Scalar):
        return "a single value"
    return "a list" if isinstance(node, Sequence) else "keys with values"
