"""A row of the tree in words: for people who hear it, and as a tool tip."""

from __future__ import annotations

import html

from PySide6.QtCore import QCoreApplication

from wireyard.gui.sidebar.tree_rows import TreeRow

translate = QCoreApplication.translate
_MAX_NOTES = 400


def row_sentence(row: TreeRow, *, is_live: bool, is_dirty: bool) -> str:
    """For example “Order updates, request, connected, 3 saved messages”."""
    kinds = {
        "collection": translate("Sidebar", "collection"),
        "folder": translate("Sidebar", "folder"),
        "request": translate("Sidebar", "request"),
        "message": translate("Sidebar", "saved message"),
    }
    parts = [row.name, kinds[row.kind]]
    if is_live:
        parts.append(translate("Sidebar", "connected"))
    if is_dirty:
        parts.append(translate("Sidebar", "has unsaved changes"))
    if row.is_broken and row.kind != "message":
        parts.append(translate("Sidebar", "can't be read"))
    if row.holds_items:
        parts.append(translate("Sidebar", "1 request") if row.count == 1 else _many(row.count))
    elif row.kind == "request" and row.item.messages:
        count = len(row.item.messages)
        several = translate("Sidebar", "{0} saved messages").format(count)
        parts.append(translate("Sidebar", "1 saved message") if count == 1 else several)
    return ", ".join(parts)


def row_tip(row: TreeRow) -> str:
    """What the row has no room for: why it can't be read, its address, its notes, a message's beginning."""
    if row.kind == "message":
        line = row.item.messages[row.message] if row.message < len(row.item.messages) else None
        return line.excerpt if line is not None and line.excerpt else row.name
    problem = row.item.problem
    lines = [row.name]
    if problem is not None:
        lines.append(translate("Sidebar", "Can't be read: {0}").format(problem))
    if row.item.url:
        lines.append(row.item.url)
    if row.item.notes:
        lines += ["", row.item.notes.strip()[:_MAX_NOTES]]
    return "\n".join(lines)


def _many(count: int) -> str:
    return translate("Sidebar", "{0} requests").format(count)


def plain_tip(text: str) -> str:
    """A tool tip that shows a text as it is: Qt takes what looks like markup for markup."""
    return f"<p style='white-space: pre-wrap'>{html.escape(text)}</p>" if "<" in text else text
