"""The sheet that asks how a message is to be repeated, and changes that while it goes on."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal, Slot
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QLineEdit, QWidget

from wireyard.gui.theme.look import Look
from wireyard.gui.widgets.button import Button
from wireyard.gui.widgets.label import Label
from wireyard.gui.widgets.sheet import Sheet
from wireyard.session.repeating import Cadence

_WIDTH_PX = 460
_FIELD_PX = 112
_MOST_MS = 86_400_000
_MOST_TIMES = 1_000_000_000


class RepeatSheet(Sheet):
    """``chosen`` carries a `Cadence`; ``stopped`` ends what runs."""

    chosen = Signal(object)
    stopped = Signal()

    def __init__(self, look: Look, window: QWidget, cadence: Cadence, *, is_running: bool) -> None:
        title = self.tr("Change the repeat") if is_running else self.tr("Repeat the message")
        super().__init__(look, window, title, QSize(_WIDTH_PX, 0))
        self._is_running = is_running
        self.interval = QLineEdit(str(cadence.interval_ms))
        self.count = QLineEdit("" if cadence.count is None else str(cadence.count))
        self.jitter = QLineEdit(str(cadence.jitter_percent))
        self.start_button = Button(look, self.tr("Change") if is_running else self.tr("Start"), "primary")
        self.fault = Label(look, "", "small", "err", wraps=True)
        self._build()
        for field in (self.interval, self.count, self.jitter):
            field.textChanged.connect(self._on_changed)
        self.interval.setFocus()
        self.interval.selectAll()
        self._on_changed()

    @property
    def cadence(self) -> Cadence | None:
        """What the fields say, None where one of them can't be used."""
        interval = _whole(self.interval.text(), 1, _MOST_MS)
        count = _whole(self.count.text(), 1, _MOST_TIMES)
        jitter = _whole(self.jitter.text() or "0", 0, 100)
        if interval is None or jitter is None or (count is None and self.count.text().strip()):
            return None
        return Cadence(interval_ms=interval, count=count, jitter_percent=jitter)

    @Slot()
    def _on_changed(self) -> None:
        fault = ""
        if _whole(self.interval.text(), 1, _MOST_MS) is None:
            fault = self.tr("The interval is from 1 to 86,400,000 ms, which is a day.")
        elif self.count.text().strip() and _whole(self.count.text(), 1, _MOST_TIMES) is None:
            fault = self.tr("How often: a whole number, or nothing to go on until it is stopped.")
        elif _whole(self.jitter.text() or "0", 0, 100) is None:
            fault = self.tr("The jitter is from 0 to 100 % of the interval.")
        self.fault.setText(fault)
        self.start_button.setEnabled(not fault)

    @Slot()
    def _on_start(self) -> None:
        cadence = self.cadence
        if cadence is not None:
            self.accept()
            self.chosen.emit(cadence)

    @Slot()
    def _on_stop(self) -> None:
        self.accept()
        self.stopped.emit()

    def _build(self) -> None:
        look = self.look
        form = QFormLayout()
        form.setContentsMargins(look.px(24), look.px(20), look.px(24), look.px(12))
        form.setHorizontalSpacing(look.px(16))
        form.setVerticalSpacing(look.px(14))
        for field, label, hint, unit in (
            (self.interval, self.tr("Every"), "", self.tr("ms")),
            (self.count, self.tr("How often"), self.tr("until stopped"), self.tr("times")),
            (self.jitter, self.tr("Jitter"), "0", self.tr("% of the interval, earlier or later")),
        ):
            field.setProperty("boxed", "1")
            field.setAccessibleName(label)
            field.setAccessibleDescription(unit)
            field.setFont(look.font("body"))
            field.setFixedWidth(look.px(_FIELD_PX))
            field.setPlaceholderText(hint)
            row = QHBoxLayout()
            row.setSpacing(look.px(8))
            row.addWidget(field)
            row.addWidget(Label(look, unit, "body", "text.2"))
            row.addStretch()
            form.addRow(Label(look, label, "body", "text.2"), row)
        words = (
            self.tr("It counts from the last message that was sent.")
            if self._is_running
            else self.tr(
                "Variables have new values each time. It ends with the connection and does not go on with the next one."
            )
        )
        form.addRow(Label(look, words, "small", "text.2", wraps=True))
        form.addRow(self.fault)
        self.body.addLayout(form)
        if self._is_running:
            stop = Button(look, self.tr("Stop repeating"), "warn")
            stop.clicked.connect(self._on_stop)
            self.footer.addWidget(stop)
        cancel = Button(look, self.tr("Cancel"))
        cancel.clicked.connect(self.reject)
        self.start_button.clicked.connect(self._on_start)
        self.start_button.setDefault(True)
        self.footer.addStretch()
        self.footer.addWidget(cancel)
        self.footer.addWidget(self.start_button)


def _whole(text: str, low: int, high: int) -> int | None:
    cleaned = text.strip().replace(",", "").replace("\u202f", "")
    if not (cleaned.isascii() and cleaned.isdigit() and len(cleaned) < 12):
        return None
    return int(cleaned) if low <= int(cleaned) <= high else None
