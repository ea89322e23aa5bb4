"""Adding to and taking from what stands in braces or brackets, with the commas between."""

from __future__ import annotations

from wireyard.workspace.yaml_text.edits import CannotSplice, Edits
from wireyard.workspace.yaml_text.layout import Span
from wireyard.workspace.yaml_text.nodes import Mapping, Node, Scalar


def quotes(node: Node) -> str:
    """The quotation marks that everything in it stands in, where that is so: a JSON text stays one."""
    if isinstance(node, Scalar):
        return '"' if node.style == '"' else ""
    inside = [entry.key for entry in node.entries] if isinstance(node, Mapping) else node.items
    return quotes(inside[0]) if inside else ""


def insert_in_flow(edits: Edits, spans: list[Span], anchor: int | None, text: str) -> None:
    """Put ``text`` behind the ``anchor``, or before all when that is None. ``spans`` are what stands there."""
    separator = ", "
    if len(spans) > 1:
        between = edits.layout.text[spans[0][1] : spans[1][0]]
        separator = between if between.strip() == "," else separator
    if anchor is None:
        edits.replace(spans[0][0], spans[0][0], text + separator)
    else:
        edits.replace(spans[anchor][1], spans[anchor][1], separator + text)


def remove_from_flow(edits: Edits, spans: list[Span], gone: list[int]) -> None:
    """Take some out with the comma before each; those at the beginning with the one behind. Not all can go."""
    leading = [place for index, place in enumerate(gone) if place == index]
    if spans and len(leading) == len(spans):
        raise CannotSplice
    for place in gone:
        if place in leading:
            edits.replace(spans[place][0], spans[place + 1][0], "")
        else:
            edits.replace(spans[place - 1][1], spans[place][1], "")
