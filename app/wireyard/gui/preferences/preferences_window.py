"""The Settings window: topics on the left, their rows on the right, a search over all. Changes apply at once."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from wireyard.gui.theme.look import Look
from wireyard.gui.widgets.editors import Editor, make_editor
from wireyard.gui.widgets.focus_ring import FocusRing
from wireyard.gui.widgets.form import FormRow
from wireyard.gui.widgets.frames import Hairline, Panel
from wireyard.gui.widgets.label import Label
from wireyard.gui.widgets.search_field import SearchField
from wireyard.settings.model import Settings
from wireyard.settings.rows import Row, Topic, Value, topics, value_of, with_value

_SIZE = (860, 620)
_LIST_WIDTH = 208


class PreferencesWindow(QDialog):
    """``settings_changed`` carries the whole new `Settings` after each change; the window keeps nothing back."""

    settings_changed = Signal(Settings)

    def __init__(self, look: Look, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._settings = settings
        self._rows: dict[str, FormRow] = {}
        self._editors: dict[str, Editor] = {}
        self._sections: list[_Section] = []
        self.setWindowTitle(self.tr("Settings"))
        self.setModal(False)
        self.setProperty("panel", "bg.surface")
        self.search = SearchField(look, self.tr("Search settings"))
        self.list = QListWidget()
        self._scroll = QScrollArea()
        self._nothing = Label(look, "", "body", "text.2", wraps=True)
        self._build()
        self._ring = FocusRing(look, self)
        self.list.currentRowChanged.connect(self._on_topic_chosen)
        self.search.text_changed.connect(self._on_search)
        look.changed.connect(self._fit)
        self._fit()
        self.resize(look.px(_SIZE[0]), look.px(_SIZE[1]))
        self.list.setCurrentRow(0)
        self.show_settings(settings)

    @property
    def settings(self) -> Settings:
        return self._settings

    def show_settings(self, settings: Settings) -> None:
        """Show other settings, such as those a key or another window has changed."""
        self._settings = settings
        for key, editor in self._editors.items():
            value = value_of(settings, key)
            editor.show_value(value)
            self._rows[key].set_changed(value != editor.row_data.default)

    def show_topic(self, name: str) -> None:
        """Go to one topic, by the name of its table: ``recording``."""
        self.search.set_text("")
        names = [topic.name for topic in topics()]
        self.list.setCurrentRow(names.index(name))

    def editor(self, key: str) -> Editor:
        """The control of one setting, by its key: ``network.open_timeout_s``."""
        return self._editors[key]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Enter ends the editing of a field; a dialog would press a button with it, and there is none to press.
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return
        super().keyPressEvent(event)

    @Slot(int)
    def _on_topic_chosen(self, index: int) -> None:
        if index < 0:
            return
        if self.search.text:
            self.search.set_text("")
        self._show_only(index)

    @Slot(str)
    def _on_search(self, text: str) -> None:
        wanted = text.casefold().split()
        if not wanted:
            self._show_only(max(0, self.list.currentRow()))
            return
        found = 0
        for section in self._sections:
            found += section.show_matching(wanted)
        self._nothing.setText(self.tr("No setting called “{text}”").format(text=text))
        self._nothing.setVisible(found == 0)
        self._scroll.verticalScrollBar().setValue(0)

    def _change(self, row: Row, value: Value) -> None:
        self._settings = with_value(self._settings, row.key, value)
        self._rows[row.key].set_changed(value != row.default)
        self.settings_changed.emit(self._settings)

    def _reset(self, row: Row) -> None:
        self._editors[row.key].show_value(row.default)
        self._change(row, row.default)
        self._editors[row.key].setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_only(self, index: int) -> None:
        self._nothing.hide()
        for place, section in enumerate(self._sections):
            section.show_all(is_shown=place == index)
        self._scroll.verticalScrollBar().setValue(0)

    def _build(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        side = Panel("bg.app", "right")
        self._side = side
        self._side_column = QVBoxLayout(side)
        self._side_column.addWidget(self.search)
        self._side_column.addWidget(self.list, 1)
        self.list.setProperty("nav", "1")
        self.list.setAccessibleName(self.tr("Topics"))
        self.list.setProperty("focusRing", "none")
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        row.addWidget(side)
        page = Panel("bg.surface")
        self._page_column = QVBoxLayout(page)
        self._page_column.setSpacing(0)
        for topic in topics():
            self.list.addItem(QListWidgetItem(topic.title))
            section = self._make_section(topic)
            self._sections.append(section)
            self._page_column.addWidget(section)
        self._nothing.hide()
        self._page_column.addWidget(self._nothing)
        self._page_column.addStretch(1)
        self._scroll.setProperty("panel", "bg.surface")
        self._scroll.setAccessibleName(self.tr("Settings"))
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(page)
        row.addWidget(self._scroll, 1)

    def _make_section(self, topic: Topic) -> _Section:
        section = _Section(self._look, topic)
        for data in topic.rows:
            editor = make_editor(self._look, data)
            form_row = FormRow(self._look, data.title, data.help, editor)
            editor.edited.connect(partial(self._change, data))
            editor.faulted.connect(form_row.set_fault)
            form_row.reset_requested.connect(partial(self._reset, data))
            self._editors[data.key] = editor
            self._rows[data.key] = form_row
            section.add_row(data, form_row)
        return section

    @Slot()
    def _fit(self) -> None:
        look = self._look
        self._side.setFixedWidth(look.px(_LIST_WIDTH))
        self._side_column.setContentsMargins(look.px(12), look.px(16), look.px(12), look.px(12))
        self._side_column.setSpacing(look.px(12))
        self._page_column.setContentsMargins(look.px(28), look.px(20), look.px(24), look.px(20))
        self.list.setFont(look.font("body.medium"))
        self.setMinimumSize(look.px(560), look.px(360))


class _Section(QWidget):
    """One topic: its title, what it is about, and its rows."""

    def __init__(self, look: Look, topic: Topic) -> None:
        super().__init__()
        self._rows: list[tuple[str, FormRow, Hairline]] = []
        self._topic = topic
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(Label(look, topic.title, "heading"))
        if topic.help:
            self._column.addSpacing(4)
            self._column.addWidget(Label(look, topic.help, "body", "text.2", wraps=True))
        self._column.addSpacing(look.px(8))

    def add_row(self, data: Row, row: FormRow) -> None:
        line = Hairline()
        self._column.addWidget(line)
        self._column.addWidget(row)
        words = f"{data.title} {data.help} {self._topic.title} {' '.join(choice.label for choice in data.choices)}"
        self._rows.append((words.casefold(), row, line))

    def show_all(self, *, is_shown: bool) -> None:
        self.setVisible(is_shown)
        for _, row, line in self._rows:
            row.show()
            line.show()

    def show_matching(self, words: list[str]) -> int:
        """Show the rows that have every word, and tell how many there are."""
        found = 0
        for text, row, line in self._rows:
            matches = all(word in text for word in words)
            row.setVisible(matches)
            line.setVisible(matches)
            found += matches
        self.setVisible(found > 0)
        return found
