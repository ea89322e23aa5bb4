"""What may be dropped on the composer: saved messages, and files that are no logs."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject, Signal
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QWidget

MESSAGE_MIME = "application/x-wireyard-message"
# The window opens these as sessions, wherever they are dropped.
_LOGS = (".sqlite", ".jsonl", ".ndjson")


class ComposerDrops(QObject):
    """Takes drops for the widgets that it watches.

    ``message_dropped`` carries what tells of a saved message, ``file_dropped`` the path of a file.
    """

    message_dropped = Signal(bytes)
    file_dropped = Signal(Path)

    def watch(self, widget: QWidget) -> None:
        """Take what is dropped on this widget; other drops it gets as ever."""
        widget.setAcceptDrops(True)
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # The editor takes texts; a saved message is more than its text, and a file is not its name.
        if not isinstance(event, QDropEvent):
            return False
        data = event.mimeData()
        file = dropped_file(data)
        if not data.hasFormat(MESSAGE_MIME) and file is None:
            is_for_the_window = data.hasUrls()
            if is_for_the_window:
                event.ignore()
            return is_for_the_window
        if event.type() == QEvent.Type.Drop:
            if file is not None:
                self.file_dropped.emit(file)
            else:
                self.message_dropped.emit(data.data(MESSAGE_MIME).data())
        event.acceptProposedAction()
        return True


def dropped_file(data: QMimeData) -> Path | None:
    """The one file of this machine that is dropped; None for several, for logs, and for what is no file."""
    urls = data.urls()
    if len(urls) != 1 or not urls[0].isLocalFile():
        return None
    path = Path(urls[0].toLocalFile())
    return None if path.suffix.lower() in _LOGS else path
