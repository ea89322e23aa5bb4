"""A file's text with other values in it: only what changed is written anew, and read before it counts."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any, TypeVar, cast

import msgspec

from wireyard.workspace.model import FORMAT_VERSION
from wireyard.workspace.yaml_text import rendering
from wireyard.workspace.yaml_text.compose import compose
from wireyard.workspace.yaml_text.edits import CannotSplice, Edits
from wireyard.workspace.yaml_text.layout import Layout
from wireyard.workspace.yaml_text.nodes import Mapping, Node, Scalar, YamlFault
from wireyard.workspace.yaml_text.reading import read, typed
from wireyard.workspace.yaml_text.shapes import Shape, shape_of
from wireyard.workspace.yaml_text.splice_keys import change_keys, is_same

_T = TypeVar("_T", bound=msgspec.Struct)


class CannotWrite(Exception):  # noqa: N818 - what is asked for can't be said in YAML
    """No text was found that says this."""


def write(value: msgspec.Struct) -> str:
    """The text of a new file. Raises `CannotWrite`."""
    tree = {"wireyard": FORMAT_VERSION, **tree_of(value)}
    text = "\n".join(rendering.document(tree, shape_of(type(value)))) + "\n"
    if not _says(text, value):
        raise CannotWrite
    return text


def splice(text: str, value: msgspec.Struct) -> str:
    """``text`` changed so that it says ``value``. Raises `YamlFault` for a bad text, `CannotWrite` for a bad value."""
    kind = type(value)
    root = compose(text)
    before = typed(root, kind)
    old, new = tree_of(before), tree_of(value)
    if is_same_tree(old, new):
        return text
    if root is None:
        return _begun(text, value)
    known = _strangers(root, shape_of(kind))
    for candidate in _candidates(text, root, shape_of(kind), old, new):
        if _says(candidate, value) and _keeps(candidate, shape_of(kind), known):
            return candidate
    raise CannotWrite


def tree_of(value: msgspec.Struct) -> dict[str, Any]:
    """What a file says beyond the defaults, as plain dicts, lists and values."""
    return cast("dict[str, Any]", _pruned(msgspec.to_builtins(value), shape_of(type(value))))


def _pruned(tree: Any, shape: Shape) -> Any:
    # msgspec leaves out a default only where it is the very same object.
    if shape.kind == "struct":
        pruned = {key: _pruned(each, shape.fields[key]) for key, each in tree.items()}
        return {key: each for key, each in pruned.items() if key not in shape.defaults or each != shape.defaults[key]}
    if shape.kind == "map":
        return {key: _pruned(each, shape.inner()) for key, each in tree.items()}
    return [_pruned(each, shape.inner()) for each in tree] if shape.kind == "list" else tree


def is_same_tree(old: Any, new: Any) -> bool:
    """Whether two trees are equal, the order of variables included."""
    if isinstance(old, dict) and isinstance(new, dict):
        first, second = cast("dict[str, Any]", old), cast("dict[str, Any]", new)
        return is_same(first, second) and all(is_same_tree(first[key], second[key]) for key in first)
    return old == new


def _begun(text: str, value: msgspec.Struct) -> str:
    """A file that holds nothing, or nothing but comments: the values come behind those."""
    newline = Layout(text).newline
    gap = "" if not text.removeprefix("\ufeff") or text.endswith(("\n", "\r")) else newline
    whole = text + gap + write(value).replace("\n", newline)
    if not _says(whole, value):
        raise CannotWrite
    return whole


def _candidates(text: str, root: Mapping, shape: Shape, old: dict[str, Any], new: dict[str, Any]) -> Iterator[str]:
    """Ways to write it, the one that changes least first."""
    for way in (_changed_within, _changed_whole):
        with contextlib.suppress(CannotSplice):
            candidate = way(text, root, shape, old, new)
            yield candidate
            # A block at the very end may need the line break that the file did without.
            yield candidate + Layout(text).newline


def _changed_within(text: str, root: Mapping, shape: Shape, old: dict[str, Any], new: dict[str, Any]) -> str:
    edits = Edits(Layout(text))
    change_keys(edits, root, shape, old, new)
    return edits.applied()


def _changed_whole(text: str, root: Mapping, shape: Shape, old: dict[str, Any], new: dict[str, Any]) -> str:
    """Every key of the file that changed is taken out, and written anew in its place."""
    changed = {key for key in shape.fields if not is_same_tree(old.get(key), new.get(key))}
    edits = Edits(Layout(text))
    change_keys(edits, root, shape, old, {key: tree for key, tree in new.items() if key not in changed})
    smaller = edits.applied()
    rest = compose(smaller)
    if rest is None:
        return smaller + Layout(text).newline.join(rendering.document(new, shape))
    edits = Edits(Layout(smaller))
    change_keys(edits, rest, shape, tree_of_nodes(rest, shape, new), new)
    return edits.applied()


def tree_of_nodes(root: Mapping, shape: Shape, new: dict[str, Any]) -> dict[str, Any]:
    """What is still in a file of which some keys were taken out."""
    present = {entry.key.value for entry in root.entries}
    return {key: new[key] for key in shape.fields if key in present and key in new}


def _says(text: str, value: msgspec.Struct) -> bool:
    try:
        return is_same_tree(tree_of(read(text, type(value))), tree_of(value))
    except YamlFault:
        return False


def _strangers(root: Mapping, shape: Shape) -> dict[str, Any]:
    """What stands under keys that the program doesn't know, outside of lists and maps."""
    found: dict[str, Any] = {}
    for entry in root.entries:
        field = shape.fields.get(entry.key.value)
        if field is None:
            found[entry.key.value] = _plain(entry.value)
        elif field.kind == "struct" and isinstance(entry.value, Mapping):
            inside = _strangers(entry.value, field)
            found |= {f"{entry.key.value}\0{key}": value for key, value in inside.items()}
    return found


def _keeps(text: str, shape: Shape, known: dict[str, Any]) -> bool:
    root = compose(text)
    return not known or (root is not None and _strangers(root, shape) == known)


def _plain(node: Node) -> Any:
    if isinstance(node, Scalar):
        return node.value
    if isinstance(node, Mapping):
        return [(entry.key.value, _plain(entry.value)) for entry in node.entries]
    return [_plain(item) for item in node.items]
