"""Changing one value in the place where it stands."""

from __future__ import annotations

from typing import Any

from wireyard.workspace.yaml_text import rendering
from wireyard.workspace.yaml_text.edits import CannotSplice, Edits
from wireyard.workspace.yaml_text.flow_rows import quotes
from wireyard.workspace.yaml_text.layout import Layout, Span
from wireyard.workspace.yaml_text.nodes import Node, Scalar
from wireyard.workspace.yaml_text.shapes import Shape
from wireyard.workspace.yaml_text.splice_rows import Spot


def change_value(edits: Edits, node: Node, shape: Shape, new: Any, spot: Spot) -> None:
    """Collect the edits that put ``new`` in the place of the whole ``node``."""
    layout = edits.layout
    if spot.parent.is_flow:
        _change_in_flow(edits, node, shape, new, spot)
        return
    if spot.entry is None and not isinstance(node, Scalar):
        raise CannotSplice
    # The place right after the colon, or the dash: where a value begins that stands in the lines below.
    mark = layout.colon(spot.entry) if spot.entry is not None else node.start
    step = rendering.STEP
    like = ""
    if isinstance(node, Scalar) and node.is_block:
        head, content = layout.header(node), layout.content(node)
        step = layout.step(node, spot.parent.column) or step
    elif isinstance(node, Scalar) or node.is_flow:
        head = (mark, mark) if node.start == node.end else (node.start, node.end)
        after = layout.next_line(head[1])
        content = (after, after)
        like = node.style if isinstance(node, Scalar) else ""
    else:
        head, content = _below(layout, mark, node)
    text, lines = rendering.value(new, shape, spot.parent.column, like=like, step=step)
    if spot.entry is None and not text:
        raise CannotSplice
    if not text and layout.line_start(mark) != layout.line_start(head[0]):
        head, content = _below(layout, mark, node)
    if text:
        edits.replace(*head, f" {text}" if head[0] == head[1] else text)
    elif head[0] != head[1]:
        edits.replace(mark, head[1], "")
    edits.replace_lines(*content, lines)


def _below(layout: Layout, mark: int, node: Node) -> tuple[Span, Span]:
    """The places of a value that stands in lines of its own: nothing behind its key, and those lines."""
    return (mark, mark), layout.lines(node.start, layout.end(node))


def _change_in_flow(edits: Edits, node: Node, shape: Shape, new: Any, spot: Spot) -> None:
    like = node.style if isinstance(node, Scalar) else quotes(node)
    text = rendering.flow(new, shape, like=like)
    if node.start != node.end or spot.entry is None:
        edits.replace(node.start, node.end, text)
        return
    # Nothing stands there, perhaps not even a colon.
    mark = edits.layout.colon(spot.entry)
    edits.replace(mark, mark, f" {text}" if mark > spot.entry.key.end else f": {text}")
