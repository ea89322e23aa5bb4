"""The export sheet: which messages, in which form, what is left out, and where to; with a look at the result."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFileDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QProgressBar,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from wireyard.formats import sizes
from wireyard.gui.export.format_card import FormatCard
from wireyard.gui.export.model import (
    SUFFIXES,
    ExportChoice,
    ExportFormat,
    ExportModel,
    ExportPreview,
    ExportScope,
)
from wireyard.gui.export.preview_box import PreviewBox
from wireyard.gui.theme.look import Look
from wireyard.gui.widgets.button import Button
from wireyard.gui.widgets.choices import CheckBox, RadioButton
from wireyard.gui.widgets.field import FieldBox
from wireyard.gui.widgets.frames import Hairline, Panel, Well
from wireyard.gui.widgets.label import Label
from wireyard.gui.widgets.sheet import Sheet

_SIZE = QSize(920, 680)
_LEFT_WIDTH = 376
_PREVIEW_DELAY_MS = 60
_SCOPES: tuple[ExportScope, ...] = ("all", "filtered", "selected")
_FORMS: tuple[ExportFormat, ...] = ("jsonl", "text")


class ExportSheet(Sheet):
    """Asks for a preview, a copy or the export itself, and shows what is answered; it reads and writes nothing.

    Answer ``preview_requested`` with `show_preview`, and ``export_requested`` with `show_progress` and then
    `show_done` or `show_fault`. All the work belongs on another thread.
    """

    preview_requested = Signal(ExportChoice)
    copy_requested = Signal(ExportChoice)
    export_requested = Signal(ExportChoice, Path)
    cancel_requested = Signal()

    def __init__(self, look: Look, window: QWidget, model: ExportModel) -> None:
        super().__init__(look, window, window.tr("Export session log"), _SIZE, model.title)
        self._model = model
        self._is_writing = False
        self._scopes, self._forms = QButtonGroup(self), QButtonGroup(self)
        self.with_events = CheckBox(look, self.tr("Handshake, ping and close rows"))
        self.hide_secrets = CheckBox(look, self.tr("Hide secrets"))
        self.secrets = Label(look, "", "small", "text.2", wraps=True)
        self.preview = PreviewBox(look, self.tr("Preview"))
        self.extent = Label(look, "", "small", "text.3")
        self.path = QLineEdit()
        self.note = Label(look, "", "small", "text.3")
        self.progress = QProgressBar()
        self.copy_button = Button(look, self.tr("Copy"))
        self.cancel_button = Button(look, self.tr("Cancel"))
        self.export_button = Button(look, "", "primary")
        self._browse = Button(look, self.tr("Browse"), "link", size="small")
        self._choices: QWidget = self._make_choices()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_PREVIEW_DELAY_MS)
        self._build()
        self._connect()
        self._on_choice_changed()
        self.export_button.setDefault(True)
        self.export_button.setFocus()

    @property
    def choice(self) -> ExportChoice:
        """What is chosen now."""
        return ExportChoice(
            _SCOPES[self._scopes.checkedId()],
            _FORMS[self._forms.checkedId()],
            self.with_events.isChecked(),
            self.hide_secrets.isChecked(),
        )

    @property
    def file(self) -> Path:
        """Where the export goes."""
        return Path(self.path.text().strip()).expanduser()

    def show_preview(self, choice: ExportChoice, preview: ExportPreview) -> None:
        """Show the beginning of what would be written; an answer to a choice of earlier is ignored."""
        if choice != self.choice:
            return
        self.preview.show_lines(preview.lines, is_json=choice.form == "jsonl")
        text = self.tr("First {shown} of {total} lines") if len(preview.lines) < preview.total_lines else ""
        self.extent.setText(text.format(shown=f"{len(preview.lines):,}", total=f"{preview.total_lines:,}"))
        self._size_text = self.tr("about {size}").format(size=sizes.size(preview.size_bytes))
        self._show_secrets(choice, preview.hidden)
        self._show_path()

    def show_progress(self, done: int, total: int) -> None:
        """Tell how many rows are written; what comes late, after the end was told, says nothing any more."""
        if not self._is_writing:
            return
        self.progress.setMaximum(max(1, total))
        self.progress.setValue(done)
        self._say(self.tr("Writing {done} of {total}").format(done=f"{done:,}", total=f"{total:,}"))

    def show_done(self) -> None:
        """The file is written."""
        self._is_writing = False
        self.accept()

    def show_fault(self, text: str) -> None:
        """The file could not be written, or the export was cancelled: say so and let another place be chosen."""
        self._set_writing(is_writing=False)
        self._say(text, is_fault=True)

    def reject(self) -> None:
        """Esc, × and Cancel stop the writing first, and close the sheet when nothing is being written."""
        if self._is_writing:
            self.cancel_requested.emit()
        else:
            super().reject()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # At a high zoom in a small window the preview keeps its half.
        self._choices.setFixedWidth(min(self.look.px(_LEFT_WIDTH), self.width() // 2))

    @Slot()
    def _on_choice_changed(self) -> None:
        choice, count = self.choice, self._model.count(self.choice.scope)
        text = self.tr("Export 1 message") if count == 1 else self.tr("Export {count} messages")
        self.export_button.setText(text.format(count=f"{count:,}"))
        self.export_button.updateGeometry()
        suffix = SUFFIXES[choice.form]
        file = self.file
        if file.suffix in SUFFIXES.values() and file.suffix != suffix:
            self.path.setText(str(file.with_suffix(suffix)))
        self.secrets.setText("")
        self._soon.start()

    @Slot()
    def _on_soon(self) -> None:
        self.preview_requested.emit(self.choice)

    @Slot()
    def _on_browse(self) -> None:
        form = self.choice.form
        kind = self.tr("JSON Lines (*.jsonl)") if form == "jsonl" else self.tr("Plain text (*.txt)")
        dialog = QFileDialog(self, self.tr("Save to"), str(self.file), kind)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(SUFFIXES[form].removeprefix("."))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.path.setText)
        dialog.open()

    @Slot()
    def _on_copy(self) -> None:
        self.copy_requested.emit(self.choice)

    @Slot()
    def _on_export(self) -> None:
        if self._is_writing or not self._show_path():
            return
        self._set_writing(is_writing=True)
        self.progress.setMaximum(0)
        self.export_requested.emit(self.choice, self.file)

    @Slot()
    def _on_path_edited(self) -> None:
        self._show_path()

    def _set_writing(self, *, is_writing: bool) -> None:
        self._is_writing = is_writing
        self.progress.setVisible(is_writing)
        for widget in (self._choices, self.path, self._browse, self.copy_button):
            widget.setEnabled(not is_writing)
        self.export_button.setEnabled(not is_writing)
        (self.cancel_button if is_writing else self.export_button).setFocus()

    def _show_path(self) -> bool:
        """Say what is wrong with the path, or what the file will be; tell whether it can be written."""
        file, is_empty = self.file, self._model.count(self.choice.scope) == 0
        fault = ""
        if not self.path.text().strip():
            fault = self.tr("Choose a file")
        elif file.is_dir():
            fault = self.tr("This is a folder")
        elif not file.parent.is_dir():
            fault = self.tr("There is no such folder")
        self._path_box.set_faulty(bool(fault))
        if fault:
            self._say(fault, is_fault=True)
        elif file.exists():
            self._say(self.tr("{size} · replaces a file").format(size=self._size_text).removeprefix(" · "))
        else:
            self._say(self._size_text)
        self.export_button.setEnabled(not fault and not is_empty and not self._is_writing)
        return not fault and not is_empty

    def _say(self, text: str, *, is_fault: bool = False) -> None:
        self.note.setText(text)
        self.note.set_tone("err" if is_fault else "text.3")

    def _show_secrets(self, choice: ExportChoice, found: tuple[str, ...]) -> None:
        if choice.hide_secrets:
            listed = ", ".join(found)
            self.secrets.setText(listed or self.tr("No header or address parameter looks like a secret"))
            self.secrets.set_tone("text.2")
        else:
            self.secrets.setText(self.tr("Passwords, cookies and tokens will be in the file as they were sent"))
            self.secrets.set_tone("warn")

    def _connect(self) -> None:
        for group in (self._scopes, self._forms):
            group.idToggled.connect(self._on_choice_changed)
        self.with_events.toggled.connect(self._on_choice_changed)
        self.hide_secrets.toggled.connect(self._on_choice_changed)
        self.path.textChanged.connect(self._on_path_edited)
        self._browse.clicked.connect(self._on_browse)
        self.copy_button.clicked.connect(self._on_copy)
        self.cancel_button.clicked.connect(self.reject)
        self.export_button.clicked.connect(self._on_export)
        self._soon.timeout.connect(self._on_soon)

    def _build(self) -> None:
        look = self.look
        self._size_text = ""
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self._choices)
        middle.addWidget(Hairline(Qt.Orientation.Vertical))
        middle.addLayout(self._make_preview(), 1)
        self.body.addLayout(middle, 1)
        self.body.addWidget(self.progress)
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName(self.tr("Export progress"))
        self.progress.hide()
        self._path_box = FieldBox(look, radius=7, border="border")
        self._path_box.setFixedHeight(look.px(32))
        self._path_box.set_editor(self.path)
        inside = QHBoxLayout(self._path_box)
        inside.setContentsMargins(look.px(10), 0, look.px(4), 0)
        inside.addWidget(self.path, 1)
        inside.addWidget(self._browse)
        self.path.setFont(look.font("mono"))
        self.path.setAccessibleName(self.tr("Save to"))
        self.path.setText(str(self._model.folder / (self._model.stem + SUFFIXES["jsonl"])))
        self.footer.addWidget(Label(look, self.tr("Save to"), "small", "text.3"))
        self.footer.addWidget(self._path_box, 1)
        self.footer.addWidget(self.note)
        for button in (self.copy_button, self.cancel_button, self.export_button):
            self.footer.addWidget(button)

    def _make_choices(self) -> QWidget:
        look = self.look
        left = Panel("bg.surface")
        column = QVBoxLayout(left)
        column.setContentsMargins(look.px(24), look.px(20), look.px(24), look.px(20))
        column.setSpacing(0)
        self._add_scopes(column)
        column.addSpacing(look.px(18))
        self._add_forms(column)
        column.addSpacing(look.px(20))
        column.addWidget(Label(look, self.tr("Include"), "caption", "text.3"))
        column.addSpacing(look.px(8))
        self.with_events.setChecked(True)
        self.hide_secrets.setChecked(True)
        column.addWidget(self.with_events)
        column.addWidget(self.hide_secrets)
        row = QHBoxLayout()
        row.setContentsMargins(look.px(25), 0, 0, 0)
        row.addWidget(self.secrets, 1)
        column.addLayout(row)
        column.addStretch(1)
        area = QScrollArea()
        area.setProperty("panel", "bg.surface")
        area.setAccessibleName(self.tr("What to export"))
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidgetResizable(True)
        area.setWidget(left)
        return area

    def _add_scopes(self, column: QVBoxLayout) -> None:
        look, model = self.look, self._model
        column.addWidget(Label(look, self.tr("Messages"), "caption", "text.3"))
        column.addSpacing(look.px(10))
        texts = (self.tr("Whole session"), self.tr("Matching the filter"), self.tr("Selected rows"))
        for place, (scope, text) in enumerate(zip(_SCOPES, texts, strict=True)):
            button = RadioButton(look, text)
            count = model.count(scope)
            button.setAccessibleName(self.tr("{scope}, {count} messages").format(scope=text, count=f"{count:,}"))
            button.setChecked(scope == model.default_scope())
            if scope == "filtered":
                button.setEnabled(model.filtered_count is not None)
            elif scope == "selected":
                button.setEnabled(count > 0)
            self._scopes.addButton(button, place)
            row = QHBoxLayout()
            row.addWidget(button)
            row.addStretch(1)
            is_known = scope != "filtered" or model.filtered_count is not None
            row.addWidget(Label(look, f"{count:,}" if is_known else "", "small", "text.3"))
            column.addLayout(row)

    def _add_forms(self, column: QVBoxLayout) -> None:
        look = self.look
        column.addWidget(Label(look, self.tr("Format"), "caption", "text.3"))
        column.addSpacing(look.px(10))
        grid = QGridLayout()
        grid.setSpacing(look.px(8))
        cards = (
            FormatCard(look, self.tr("JSON Lines"), self.tr("One record a line")),
            FormatCard(look, self.tr("Plain text"), self.tr("Human transcript")),
        )
        for place, card in enumerate(cards):
            self._forms.addButton(card, place)
            grid.addWidget(card, 0, place)
        cards[0].setChecked(True)
        column.addLayout(grid)

    def _make_preview(self) -> QVBoxLayout:
        look = self.look
        column = QVBoxLayout()
        column.setContentsMargins(look.px(20), look.px(18), look.px(24), look.px(20))
        column.setSpacing(look.px(12))
        head = QHBoxLayout()
        head.addWidget(Label(look, self.tr("Preview"), "caption", "text.3"))
        head.addStretch(1)
        head.addWidget(self.extent)
        column.addLayout(head)
        well = Well()
        inside = QVBoxLayout(well)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(self.preview)
        column.addWidget(well, 1)
        return column
