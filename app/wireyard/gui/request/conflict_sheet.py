"""The sheet that shows both versions of a request: what stands here, and what the file says since it was changed."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QSize, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QScrollArea, QWidget

from wireyard.gui.request.bulk import text_of
from wireyard.gui.theme.look import Look
from wireyard.gui.widgets.button import Button
from wireyard.gui.widgets.frames import Well
from wireyard.gui.widgets.label import Label
from wireyard.gui.widgets.sheet import Sheet
from wireyard.gui.widgets.text_box import TextBox
from wireyard.workspace.auth_secrets import literals_of, only_of_its_kind
from wireyard.workspace.model import AuthSettings, RequestFile
from wireyard.workspace.query import join_address

_WIDTH_PX, _MOST_PX = 860, 560
# What head, captions and foot take, then each difference with its name, then each of its lines.
_BARE_PX, _DIFFERENCE_PX, _LINE_PX = 184, 54, 18
_LINE_CHARS = 46
_MOST_LINES = 12


class ConflictSheet(Sheet):
    """``mine_chosen``, ``theirs_chosen`` or ``copy_chosen`` follows the choice; none of them means not to save."""

    mine_chosen = Signal()
    theirs_chosen = Signal()
    copy_chosen = Signal()

    def __init__(self, look: Look, window: QWidget, name: str, mine: RequestFile, theirs: RequestFile) -> None:
        title = window.tr("“{0}” was changed outside").format(name)
        found = differences(mine, theirs)
        super().__init__(look, window, title, QSize(_WIDTH_PX, _height_px(found)))
        self._differences = found
        self._build()

    def _build(self) -> None:
        look = self.look
        content = QWidget()
        content.setProperty("panel", "bg.surface")
        grid = QGridLayout(content)
        grid.setContentsMargins(look.px(24), look.px(16), look.px(24), look.px(16))
        grid.setHorizontalSpacing(look.px(16))
        grid.setVerticalSpacing(look.px(6))
        for column, words in enumerate((self.tr("Yours, in this tab"), self.tr("Theirs, in the file"))):
            grid.addWidget(Label(look, words, "body.strong"), 0, column)
            grid.setColumnStretch(column, 1)
        for number, (label, mine, theirs) in enumerate(self._differences):
            grid.addWidget(Label(look, label, "caption", "text.2"), 2 * number + 1, 0, 1, 2)
            for column, text in enumerate((mine, theirs)):
                side = self.tr("yours") if column == 0 else self.tr("theirs")
                grid.addWidget(self._box(f"{label}, {side}", text), 2 * number + 2, column, Qt.AlignmentFlag.AlignTop)
        grid.setRowStretch(2 * len(self._differences) + 1, 1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(content)
        self.body.addWidget(scroll, 1)
        self.mine = Button(look, self.tr("Keep mine"), "primary")
        self.theirs = Button(look, self.tr("Take theirs"))
        self.copy = Button(look, self.tr("Save mine as a copy"))
        cancel = Button(look, self.tr("Cancel"))
        cancel.clicked.connect(self.reject)
        for button, signal in (
            (self.copy, self.copy_chosen),
            (self.theirs, self.theirs_chosen),
            (self.mine, self.mine_chosen),
        ):
            button.clicked.connect(self.accept)
            button.clicked.connect(signal)
        self.footer.addWidget(cancel)
        self.footer.addStretch()
        for button in (self.copy, self.theirs, self.mine):
            self.footer.addWidget(button)
        self.mine.setDefault(True)
        self.mine.setFocus()

    def _box(self, label: str, text: str) -> QWidget:
        well = Well()
        layout = QGridLayout(well)
        layout.setContentsMargins(self.look.px(10), self.look.px(8), self.look.px(10), self.look.px(8))
        box = TextBox(self.look, label, max_lines=_MOST_LINES)
        box.set_text(text or self.tr("(nothing)"))
        layout.addWidget(box)
        return well


def _height_px(found: list[tuple[str, str, str]]) -> int:
    """About as high as what there is to show, up to where it scrolls: a large empty sheet hides what it is about."""
    lines = sum(min(_MOST_LINES, max(_lines(mine), _lines(theirs))) for _, mine, theirs in found)
    return min(_MOST_PX, _BARE_PX + _DIFFERENCE_PX * len(found) + _LINE_PX * lines)


def _lines(text: str) -> int:
    return sum(1 + len(line) // _LINE_CHARS for line in text.split("\n"))


def differences(mine: RequestFile, theirs: RequestFile) -> list[tuple[str, str, str]]:
    """What is not the same, as words: what it is, mine, theirs."""
    before, after = _words_of(mine), _words_of(theirs)
    return [(label, before[label], after[label]) for label in before if before[label] != after[label]]


def _words_of(file: RequestFile) -> dict[str, str]:
    settings: list[str] = []
    for group in (file.tls, file.network, file.proxy, file.reconnect):
        unsaid = type(group)()
        for name in group.__struct_fields__:
            value = getattr(group, name)
            if value != getattr(unsaid, name):
                shown = "…" if name in ("client_key_password", "password") else value
                settings.append(f"{name}: {shown}")
    if file.removed_headers is not None:
        settings.insert(0, f"removed_headers: {', '.join(file.removed_headers)}")
    if file.subprotocols is not None:
        settings.insert(0, f"subprotocols: {', '.join(file.subprotocols)}")
    if file.on_open is not None:
        settings.append(f"on_open: {', '.join(each.saved or each.body for each in file.on_open)}")
    messages = [f"{each.name}: {each.file or each.body}" for each in file.messages]
    variables = [f"{name} = {each.value}{'  #' if each.off else ''}" for name, each in file.variables.items()]
    in_path = [row for row in file.path_params if row.value or row.note]
    params = [row for row in file.params if row.off or row.note]
    return {
        _tr("Address"): join_address(file.url, file.params),
        _tr("Parameters in the path"): "\n".join(f"{row.name}={row.value}  {row.note}" for row in in_path),
        _tr("Parameters that are off, and notes"): "\n".join(f"{row.name}={row.value}  {row.note}" for row in params),
        _tr("Headers"): text_of(file.headers, ":") + ("" if file.inherit_headers else _tr("\n(nothing inherited)")),
        _tr("Auth"): _auth_words(file),
        _tr("Settings"): "\n".join(settings),
        _tr("Variables"): "\n".join(variables),
        _tr("Saved messages"): "\n".join(messages),
        _tr("Preview path"): file.preview_path,
        _tr("Notes"): file.notes,
    }


def _auth_words(file: RequestFile) -> str:
    """The fields that say something; what is secret is not shown."""
    auth = only_of_its_kind(file.auth)
    unsaid, secret = AuthSettings(), literals_of(auth)
    said: list[str] = []
    for name in auth.__struct_fields__:
        value = getattr(auth, name)
        if value == getattr(unsaid, name):
            continue
        if name == "extra":
            rows = enumerate(auth.extra)
            value = ", ".join(f"{row.name}={'…' if f'extra:{at}' in secret else row.value}" for at, row in rows)
        said.append(f"{name}: {'…' if name in secret else value}")
    return "\n".join(said)


def _tr(text: str) -> str:
    return QCoreApplication.translate("ConflictSheet", text)
