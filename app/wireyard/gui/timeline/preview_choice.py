"""The preview path of one timeline: the chip that shows it, the box that changes it, and the rows that obey."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPoint, Qt, Signal, Slot
from PySide6.QtWidgets import QApplication, QWidget

from wireyard.formats.json_path import JsonPathError, parse_path
from wireyard.gui.theme.look import Look
from wireyard.gui.timeline.header import Header
from wireyard.gui.timeline.message_list import MessageList
from wireyard.gui.timeline.model import TimelineModel
from wireyard.gui.timeline.path_editor import PathEditor


class PreviewChoice(QObject):
    """``chosen`` carries the path that a person chose, empty for whole messages. One set by `show` makes no signal."""

    chosen = Signal(str)

    def __init__(self, look: Look, header: Header, model: TimelineModel, listed: MessageList, panel: QWidget) -> None:
        super().__init__(panel)
        self._look = look
        self._header = header
        self._model = model
        self._list = listed
        self._panel = panel
        self._path = ""
        self._came_from: QWidget | None = None
        self._editor = PathEditor(look, panel)
        self._editor.accepted.connect(self.choose)
        self._editor.given_back.connect(self._on_given_back)
        header.chip.edit_chosen.connect(self.edit)
        header.chip.clear_chosen.connect(self.clear)

    @property
    def path(self) -> str:
        """The path in use, empty for none."""
        return self._path

    def show(self, path: str) -> None:
        """Show this part of each message that has it. A path that can't be used is shown, and rows are whole."""
        if path == self._path:
            return
        self._path = path
        fault, parsed = "", None
        try:
            parsed = parse_path(path) if path else None
        except JsonPathError as error:
            fault = str(error)
        self._model.set_preview_path(parsed)
        self._header.show_path(path, fault)
        self._list.drop_pictures()

    @Slot(str)
    def choose(self, path: str) -> None:
        """Show another part, as a person wants it."""
        if path != self._path:
            self.show(path)
            self.chosen.emit(path)

    @Slot()
    def clear(self) -> None:
        """Show whole messages again."""
        if self._header.chip.hasFocus():
            self._list.setFocus(Qt.FocusReason.OtherFocusReason)
        self.choose("")

    @Slot()
    def edit(self) -> None:
        """Open the box in which the path is typed."""
        focus = QApplication.focusWidget()
        if focus is not self._editor.edit:
            self._came_from = focus
        left = self._header.path_x
        room = max(self._look.px(240), self._panel.width() - left - self._look.px(12))
        left = max(0, min(left, self._panel.width() - self._look.px(12) - room))
        self._editor.open(self._path, QPoint(left, self._header.geometry().bottom() + self._look.px(3)), room)

    @Slot()
    def _on_given_back(self) -> None:
        came_from, self._came_from = self._came_from, None
        back = came_from if came_from is not None and came_from.isVisible() else self._list
        back.setFocus(Qt.FocusReason.OtherFocusReason)
