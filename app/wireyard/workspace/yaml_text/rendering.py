"""New text for values: lines of a block, or braces and brackets within a line.

A value comes as what follows its key in the same line, and the lines below it with all their indentation.
"""

from __future__ import annotations

from typing import Any, Final, TypeGuard

from wireyard.workspace.yaml_text.scalars import inline, number, scalar
from wireyard.workspace.yaml_text.shapes import Shape

STEP: Final = 2


def document(tree: dict[str, Any], shape: Shape) -> list[str]:
    """All lines of a new file."""
    return entries(tree, shape, 0)


def entries(tree: dict[str, Any], shape: Shape, column: int) -> list[str]:
    """The lines of keys and values, in the order of the shape (a map keeps its own)."""
    keys = list(tree) if shape.kind == "map" else sorted(tree, key=shape.rank)
    return [line for key in keys for line in entry(key, tree[key], shape, column)]


def field(shape: Shape, key: str) -> Shape:
    """The shape behind a key."""
    return shape.inner() if shape.kind == "map" else shape.fields[key]


def entry(key: str, tree: Any, shape: Shape, column: int) -> list[str]:
    """The lines of one key and its value; ``shape`` is that of the block around them."""
    head, lines = value(tree, field(shape, key), column)
    return [f"{' ' * column}{_spelled(key, shape)}:{head and ' ' + head}", *lines]


def row(tree: Any, shape: Shape, column: int) -> list[str]:
    """The lines of one item of a list whose dashes stand in ``column``."""
    head, lines = value(tree, shape, column)
    if not head:
        # The first key stands in the line of the dash.
        head, *lines = lines
    return [f"{' ' * column}- {head.lstrip(' ')}", *lines]


def value(tree: Any, shape: Shape, column: int, *, like: str = "", step: int = STEP) -> tuple[str, list[str]]:
    """How a value follows a key that stands in ``column``; ``step`` is how much deeper its lines are."""
    inside = column + step
    if _is_keyed(tree):
        if shape.short and set(tree) <= {shape.short}:
            return value(tree.get(shape.short, ""), Shape("leaf"), column, like=like, step=step)
        return ("", entries(tree, shape, inside)) if tree else ("{}", [])
    if _is_listed(tree):
        lines = [line for each in tree for line in row(each, shape.inner(), inside)]
        return ("", lines) if lines else ("[]", [])
    if not isinstance(tree, str):
        return number(tree), []
    if like and "\n" not in tree:
        return inline(tree, like=like), []
    head, lines = scalar(tree, is_payload=shape.is_payload, step=step)
    return head, [line and " " * inside + line for line in lines]


def flow(tree: Any, shape: Shape, *, like: str = "") -> str:
    """A value within braces or brackets. ``like`` a quotation mark: as in JSON."""
    if _is_keyed(tree):
        if shape.short and set(tree) <= {shape.short}:
            return inline(tree.get(shape.short, ""), is_flow=True, like=like)
        keys = list(tree) if shape.kind == "map" else sorted(tree, key=shape.rank)
        return "{" + ", ".join(flow_entry(key, tree[key], shape, like=like) for key in keys) + "}"
    if _is_listed(tree):
        return "[" + ", ".join(flow(each, shape.inner(), like=like) for each in tree) + "]"
    return inline(tree, is_flow=True, like=like) if isinstance(tree, str) else number(tree)


def _is_keyed(tree: Any) -> TypeGuard[dict[str, Any]]:
    return isinstance(tree, dict)


def _is_listed(tree: Any) -> TypeGuard[list[Any]]:
    return isinstance(tree, list)


def flow_entry(key: str, tree: Any, shape: Shape, *, like: str = "") -> str:
    """A key and its value within braces; ``shape`` is that of the braces."""
    return f"{_spelled(key, shape, is_flow=True, like=like)}: {flow(tree, field(shape, key), like=like)}"


def _spelled(key: str, shape: Shape, *, is_flow: bool = False, like: str = "") -> str:
    # Our own keys are plain.
    return key if shape.kind == "struct" and not like else inline(key, is_flow=is_flow, like=like)
