"""The page of a first start: one address to type, a server that already runs, and the keys worth knowing."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from wireyard.gui.theme.look import Look
from wireyard.gui.widgets.button import Button
from wireyard.gui.widgets.field import FieldBox
from wireyard.gui.widgets.frames import Panel
from wireyard.gui.widgets.kbd import Kbd
from wireyard.gui.widgets.label import Label
from wireyard.gui.widgets.pill import PillButton
from wireyard.gui.widgets.scheme_badge import SchemeBadge, typed_scheme, with_scheme
from wireyard.gui.widgets.url_edit import UrlEdit

_WIDTH = 760
_TOP = 104
_FIELD = 44


class WelcomePage(QScrollArea):
    """``connect_requested`` carries the address as typed. ``keys`` are pairs of what is done and its keys."""

    connect_requested = Signal(str)
    address_edited = Signal(str)

    def __init__(
        self,
        look: Look,
        keys: tuple[tuple[str, str], ...] = (),
        is_secure: Callable[[str], bool] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._keys = keys
        self._guess = is_secure
        self._echo = ""
        self._offered = ""
        self.url = UrlEdit(look, _FIELD - 4)  # within the two pixels that show the focus
        self.badge = SchemeBadge(look, 32)
        self.pill = PillButton(look, ground="bg.field")
        self.button = Button(look, self.tr("Connect"), "primary", icon="plug", size="hero")
        self.echo_link = Button(look, self.tr("Use the built-in echo server"), "link", size="small")
        self._hint = Label(look, "", "body", "text.2")
        self._field = FieldBox(look)
        self.setAccessibleName(self.tr("Welcome"))
        self.setProperty("panel", "bg.surface")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFocusProxy(self.url)
        self._build()
        self.url.edited.connect(self._on_edited)
        self.url.submitted.connect(self._on_connect)
        self.button.clicked.connect(self._on_connect)
        self.badge.scheme_chosen.connect(self._on_scheme_chosen)
        self.echo_link.clicked.connect(self._on_use_echo)
        look.changed.connect(self._fit)
        self._fit()
        self.set_echo("")

    @property
    def address(self) -> str:
        return self.url.text

    def set_address(self, address: str) -> None:
        self.url.start_with(address)

    def set_recent(self, addresses: tuple[str, ...]) -> None:
        self.url.set_recent(addresses)

    def set_echo(self, address: str) -> None:
        """The address of the echo server that runs inside the program; empty while it doesn't."""
        self._echo = address
        # What we offered ourselves follows the server, also to another port after it was away; what was typed stays.
        if address and self.url.text in ("", self._offered):
            self.url.start_with(address)
            self._offered = address
        text = self.tr("Paste an address, or start with the echo server that is already running on this computer.")
        self._hint.setText(text if address else self.tr("Paste or type an address."))
        self._show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.ignore()

    @Slot(str)
    def _on_edited(self, text: str) -> None:
        self._show()
        self.address_edited.emit(text)

    @Slot()
    def _on_connect(self) -> None:
        self.connect_requested.emit(self.url.text)

    @Slot(str)
    def _on_scheme_chosen(self, scheme: str) -> None:
        self.url.set_text(with_scheme(self.url.text, scheme))

    @Slot()
    def _on_use_echo(self) -> None:
        self.url.set_text(self._echo)
        self.url.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self) -> None:
        text = self.url.text
        typed = typed_scheme(text)
        guessed = self._guess(text) if self._guess is not None else True
        self.badge.show_secure(is_secure=guessed if typed is None else typed)
        is_echo = bool(self._echo) and text.strip() == self._echo
        self.pill.show_as(self.tr("Built-in echo server · running"), "ok", "halo")
        self.pill.setVisible(is_echo)
        self.echo_link.setVisible(bool(self._echo) and not is_echo)

    def _build(self) -> None:
        page = Panel("bg.surface")
        outer = QHBoxLayout(page)
        outer.addStretch(1)
        middle = QWidget()
        self._middle = middle
        outer.addWidget(middle, 1000)
        outer.addStretch(1)
        self._column = QVBoxLayout(middle)
        self._column.setSpacing(0)
        self._inside = QHBoxLayout(self._field)
        for widget, stretch in ((self.badge, 0), (self.url, 1), (self.pill, 0)):
            self._inside.addWidget(widget, stretch)
        self._field.set_editor(self.url)
        self._row = QHBoxLayout()
        self._row.addWidget(self._field, 1)
        self._row.addWidget(self.button)
        look = self._look
        self._column.addWidget(Label(look, self.tr("Open a WebSocket"), "title"))
        self._column.addSpacing(8)
        self._column.addWidget(self._hint)
        self._column.addSpacing(28)
        self._column.addLayout(self._row)
        self._column.addSpacing(8)
        links = QHBoxLayout()
        links.addWidget(self.echo_link)
        links.addStretch(1)
        policy = self.echo_link.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.echo_link.setSizePolicy(policy)
        self._column.addLayout(links)
        self._column.addSpacing(28)
        if self._keys:
            self._column.addWidget(Label(look, self.tr("Worth knowing"), "caption", "text.3"))
            self._column.addSpacing(12)
            self._column.addLayout(self._key_grid())
        self._column.addStretch(1)
        self.setWidget(page)

    def _key_grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(12)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(3, 1)
        grid.setColumnMinimumWidth(2, 24)
        for index, (text, keys) in enumerate(self._keys):
            row, column = index // 2, 3 * (index % 2)
            grid.addWidget(Label(self._look, text, "body", "text.2"), row, column)
            grid.addWidget(Kbd(self._look, keys), row, column + 1, Qt.AlignmentFlag.AlignRight)
        return grid

    @Slot()
    def _fit(self) -> None:
        look = self._look
        self._middle.setMaximumWidth(look.px(_WIDTH + 32))
        self._column.setContentsMargins(look.px(16), look.px(_TOP), look.px(16), look.px(24))
        self._field.setFixedHeight(look.px(_FIELD))
        self._inside.setContentsMargins(look.px(6), 0, look.px(8), 0)
        self._inside.setSpacing(look.px(10))
        self._row.setSpacing(look.px(8))
        self.button.setFixedWidth(look.px(128))
