"""What Enter, Tab and Shift+Tab do in the message editor: indentation as in code."""

from __future__ import annotations

from PySide6.QtGui import QTextCursor

INDENT = "  "


def break_line(cursor: QTextCursor) -> None:
    """Begin a line as far in as this one, one step further behind an opening bracket."""
    before = cursor.block().text()[: cursor.positionInBlock()]
    after = cursor.block().text()[cursor.positionInBlock() :]
    indent = before[: len(before) - len(before.lstrip(" "))]
    opens = before.rstrip()[-1:] in ("{", "[")
    cursor.beginEditBlock()
    cursor.insertText("\n" + indent + (INDENT if opens else ""))
    if opens and after.lstrip()[:1] in ("}", "]"):
        place = cursor.position()
        cursor.insertText("\n" + indent)
        cursor.setPosition(place)
    cursor.endEditBlock()


def indent(cursor: QTextCursor) -> None:
    """Two blanks, or every selected line two columns further in."""
    if not _spans_lines(cursor):
        cursor.insertText(INDENT)
        return
    for line in _lines(cursor):
        line.insertText(INDENT)


def outdent(cursor: QTextCursor) -> None:
    """Every selected line, or this one, up to two columns back."""
    for line in _lines(cursor):
        text = line.block().text()
        blanks = min(len(INDENT), len(text) - len(text.lstrip(" ")))
        line.movePosition(QTextCursor.MoveOperation.NextCharacter, QTextCursor.MoveMode.KeepAnchor, blanks)
        line.removeSelectedText()


def _spans_lines(cursor: QTextCursor) -> bool:
    document = cursor.document()
    return document.findBlock(cursor.selectionStart()) != document.findBlock(cursor.selectionEnd())


def _lines(cursor: QTextCursor) -> list[QTextCursor]:
    """A cursor at the beginning of each selected line; all edits through them are one step of Undo."""
    document = cursor.document()
    block = document.findBlock(cursor.selectionStart())
    last = document.findBlock(max(cursor.selectionStart(), cursor.selectionEnd() - 1)).blockNumber()
    cursors: list[QTextCursor] = []
    while block.isValid() and block.blockNumber() <= last:
        cursors.append(QTextCursor(block))
        block = block.next()
    return cursors
