"""The editor of environments: on the left which, on the right what each variable is, for all and on this machine."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from msgspec.structs import replace
from PySide6.QtCore import QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from wireyard.gui.environments.editing import Editing
from wireyard.gui.environments.environment_list import LIST_PX, EnvironmentList
from wireyard.gui.environments.grid_model import EDITABLE, LOCAL, SHARED, VariablesModel
from wireyard.gui.environments.grid_view import VariablesView
from wireyard.gui.environments.head import EnvironmentHead
from wireyard.gui.environments.rows import Files
from wireyard.gui.environments.store import EnvironmentStore
from wireyard.gui.environments.undefined_bar import UndefinedBar
from wireyard.gui.secrecy.secret_place import SecretPlaceSheet
from wireyard.gui.theme.look import Look
from wireyard.gui.widgets.button import Button
from wireyard.gui.widgets.frames import Panel
from wireyard.gui.widgets.label import ElidedLabel, Label
from wireyard.gui.widgets.sheet import Sheet
from wireyard.gui.widgets.variable_source import ScopeSource
from wireyard.workspace.errors import WorkspaceError
from wireyard.workspace.model import Color, RequestFile
from wireyard.workspace.tree import EnvironmentLine
from wireyard.workspace.variables.scope import Environment, Scope, environment_chain, scope_of

_NARROW_PX = 760
_LOW_PX = 420


class EnvironmentsSheet(Sheet):
    """Every change is written when it is made. ``use_wanted`` carries the id of the environment to be used."""

    use_wanted = Signal(str)

    def __init__(self, look: Look, window: QWidget, store: EnvironmentStore, *, define: str = "") -> None:
        super().__init__(look, window, window.tr("Environments"), QSize(920, 600))
        self._store = store
        self._define = define
        self._undo: Callable[[], None] | None = None
        # What was typed last and could not be written: it comes back into its cell.
        self._unsaved = False
        self._typed = (0, 0, "")
        self._comes_back = QTimer(self)
        self._comes_back.setSingleShot(True)
        self.editing = Editing(store, self)
        self.list = EnvironmentList(look)
        self.head = EnvironmentHead(look)
        self.model = VariablesModel(self)
        self.view = VariablesView(look, self.model)
        self.undefined = UndefinedBar(look)
        self.problem = Label(look, "", "small", "err", wraps=True, selectable=True)
        words = self.tr("The file is left as it is. Correct it in an editor: what it says then shows here by itself.")
        self._left_alone = Label(look, words, "body", "text.2", wraps=True)
        self._status = ElidedLabel(look, "", "small", "text.3")
        self.undo_button = Button(look, self.tr("Undo"), "link", size="small")
        self._pages = QStackedWidget()
        self._build()
        self._connect()
        lines = self._store.lines
        wanted = store.active or (lines[0].id if lines else "")
        self._open(wanted)
        store.find_usage()
        (self.list.list if lines else self.list.add).setFocus()

    def begin(self) -> None:
        """Go to the variable that is to be defined, once the sheet is shown."""
        if self._define:
            self._start_defining(self._define)

    @property
    def status(self) -> str:
        """What is said at the foot."""
        return self._status.accessibleName()

    def done(self, result: int) -> None:
        """Close; what was just typed and could not be written is not thrown away by the same click."""
        is_unsaved, self._unsaved = self._unsaved, False
        if is_unsaved and (self._comes_back.isActive() or self.view.is_editing):
            return
        super().done(result)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # Little room, or a large zoom: the values are what one came for.
        px = self.look.px
        is_narrow = self.width() < px(_NARROW_PX)
        self.list.setFixedWidth(min(px(LIST_PX), self.width() * 3 // 10))
        self.head.set_narrow(is_narrow)
        self.view.set_narrow(is_narrow)
        self.undefined.set_room(has_room=self.height() >= px(_LOW_PX))

    # ------------------------------------------------------------------------------------------------------- building

    def _build(self) -> None:
        look = self.look
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.problem.setContentsMargins(look.px(16), 0, look.px(16), look.px(8))
        self._left_alone.setContentsMargins(look.px(16), 0, look.px(16), 0)
        self._left_alone.setAlignment(Qt.AlignmentFlag.AlignTop)
        column.addWidget(self.head)
        column.addWidget(self.problem)
        column.addWidget(self.view, 1)
        column.addWidget(self._left_alone, 1)
        column.addWidget(self.undefined)
        self._pages.addWidget(right)
        self._pages.addWidget(self._make_empty())
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self.list)
        row.addWidget(self._pages, 1)
        self.body.addLayout(row)
        close = Button(look, self.tr("Close"), "primary")
        close.clicked.connect(self.accept)
        self.footer.addWidget(self._status, 1)
        self.footer.addWidget(self.undo_button)
        self.footer.addWidget(close)
        self.undo_button.hide()

    def _make_empty(self) -> QWidget:
        page = Panel("bg.surface")
        column = QVBoxLayout(page)
        words = Label(self.look, self.tr("Variables keep hosts and tokens in one place"), "body", "text.2")
        words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        add = Button(self.look, self.tr("Add environment"), icon="plus")
        add.clicked.connect(self._on_add)
        column.addStretch(1)
        column.addWidget(words)
        column.addSpacing(self.look.px(12))
        column.addWidget(add, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        return page

    def _connect(self) -> None:
        self.list.selected.connect(self._open)
        self.list.add_wanted.connect(self._on_add)
        self.list.list.go_in_wanted.connect(self._go_to_variables)
        self.list.duplicate_wanted.connect(self._on_duplicate)
        self.list.rename_wanted.connect(self.head.edit_name)
        self.list.delete_wanted.connect(self._on_delete)
        self.list.move_wanted.connect(self._on_move)
        self.head.renamed.connect(self._on_renamed)
        self.head.name.returnPressed.connect(self._go_to_variables)
        self.head.colored.connect(self._on_colored)
        self.head.inherits_changed.connect(self._on_inherits_changed)
        self.head.use_wanted.connect(self._on_use)
        self.model.change_wanted.connect(self._on_change)
        self._comes_back.timeout.connect(self._on_comes_back)
        self.view.removed.connect(self._on_removed)
        self.view.reveal_wanted.connect(self._on_reveal)
        self.undefined.chosen.connect(self._start_defining)
        self.editing.changed.connect(self._show)
        self.editing.failed.connect(self._on_failed)
        self.editing.said.connect(self._say)
        self.editing.place_wanted.connect(self._on_place_wanted)
        self.undo_button.clicked.connect(self._on_undo)
        self._store.usage_changed.connect(self._show_usage)
        self._store.changed.connect(self._on_store_changed)
        self.finished.connect(self._store.shut_down)

    # ------------------------------------------------------------------------------------------------------- showing

    @Slot(str)
    def _open(self, id_: str) -> None:
        self.view.delegate.revealed.clear()
        self.editing.open(id_)

    @Slot()
    def _show(self) -> None:
        lines = self._store.lines
        line = next((each for each in lines if each.id == self.editing.id), None)
        self.list.show_lines(lines, self._store.active, self.editing.id)
        self._pages.setCurrentIndex(0 if line is not None else 1)
        if line is None:
            return
        others = [each for each in lines if each.id != line.id]
        self.head.show_line(line, others, is_active=line.id == self._store.active)
        self.view.setVisible(self.editing.pair is not None)
        self._left_alone.setVisible(self.editing.pair is None)
        self.view.delegate.source = ScopeSource(self._scope())
        is_locked = self._store.secrets.place == "locked"
        self.view.delegate.missing_words = self.tr("Locked") if is_locked else self.tr("No value here yet")
        has_value = {row.name: self.editing.has_value(row.name) for row in self.editing.rows if row.is_secret}
        self.model.show(self.editing.rows, has_value)
        self._show_usage()

    @Slot()
    def _show_usage(self) -> None:
        self.model.show_usage(self._store.usage)
        if self.editing.pair is not None:
            defined = {row.name for row in self.editing.rows} | self._store.inherited(self.editing.id)
            self.undefined.show_names(self._store.usage.undefined(defined))
        else:
            self.undefined.show_names([])

    def _scope(self) -> Scope:
        def read(id_: str) -> Environment | None:
            try:
                pair = self._store.read(id_)
            except WorkspaceError:
                return None
            return Environment(pair.id, pair.name, pair.shared.value, pair.local.value)

        chain = environment_chain(self.editing.id, read)
        return scope_of({}, RequestFile(), (), chain, self._store.secrets.lookup)

    def _say(self, text: str, undo: Callable[[], None] | None = None) -> None:
        self._status.set_text(text)
        self._undo = undo
        self.undo_button.setVisible(undo is not None)

    # ------------------------------------------------------------------------------------------------------- doing

    @Slot(int, int, object)
    def _on_change(self, number: int, column: int, value: object) -> None:
        self._say("")
        row = self.model.row(number)
        if row is not None:
            self.view.delegate.revealed.pop(row.name, None)
        self.editing.change(row, column, value)
        is_secret = row is not None and row.is_secret and column == LOCAL
        self._unsaved = bool(self.problem.text()) and column in EDITABLE and not is_secret
        if self._unsaved:
            self._typed = (number, column, str(value))
            self._comes_back.start(0)

    @Slot()
    def _on_comes_back(self) -> None:
        # Not before the editor that was committed is gone.
        self.view.edit_again(*self._typed)

    @Slot(list)
    def _on_removed(self, numbers: list[int]) -> None:
        self.editing.remove([self.model.rows[number].name for number in numbers])

    @Slot(int)
    def _on_reveal(self, number: int) -> None:
        row, revealed = self.model.row(number), self.view.delegate.revealed
        if row is None:
            return
        if row.name in revealed:
            del revealed[row.name]
        elif self._store.secrets.place == "locked":
            self._on_place_wanted(lambda: None)
        else:
            revealed[row.name] = self.editing.secret(row.name)
        self.view.viewport().update()

    @Slot()
    def _on_add(self) -> None:
        if self._attempt(lambda: self._open(self._store.create(self.tr("New environment")))):
            self.head.edit_name()

    @Slot()
    def _on_duplicate(self) -> None:
        self._attempt(lambda: self._open(self._store.duplicate(self.editing.id)))

    @Slot(str)
    def _on_renamed(self, name: str) -> None:
        self._attempt(lambda: self._open(self._store.rename(self.editing.id, name)))

    @Slot(str, str)
    def _on_move(self, id_: str, before: str) -> None:
        self._attempt(lambda: self._store.move(id_, before or None))
        self._show()

    @Slot()
    def _on_delete(self) -> None:
        id_ = self.editing.id
        line = next((each for each in self._store.lines if each.id == id_), None)
        if line is not None:
            self._attempt(partial(self._delete, line))

    def _delete(self, line: EnvironmentLine) -> None:
        lines = self._store.lines
        place = next(number for number, each in enumerate(lines) if each.id == line.id)
        undo = self._store.delete(line.id)
        rest = [each for each in lines if each.id != line.id]
        self._open(rest[min(place, len(rest) - 1)].id if rest else "")

        def bring_back() -> None:
            self._attempt(undo)
            self._open(line.id)

        self._say(self.tr("Deleted “{0}”.").format(line.name), bring_back)

    @Slot(str)
    def _on_colored(self, color: Color) -> None:
        self.editing.set_head(lambda files: Files(replace(files.shared, color=color), files.local))

    @Slot(str)
    def _on_inherits_changed(self, id_: str) -> None:
        self.editing.set_head(lambda files: Files(replace(files.shared, inherits=id_), files.local))

    @Slot()
    def _on_use(self) -> None:
        if self.head.use.hasFocus():
            self._go_to_variables()  # the button is switched off now
        self.use_wanted.emit(self.editing.id)

    @Slot()
    def _go_to_variables(self) -> None:
        self.view.setFocus(Qt.FocusReason.TabFocusReason)

    @Slot()
    def _on_undo(self) -> None:
        undo = self._undo
        self._say("")
        if undo is not None:
            undo()

    @Slot(object)
    def _on_place_wanted(self, keep: Callable[[], None]) -> None:
        SecretPlaceSheet(self.look, self, self._store.secrets, keep).open()

    @Slot(str)
    def _on_failed(self, text: str) -> None:
        self.problem.setText(text)
        self.problem.setVisible(bool(text))

    @Slot()
    def _on_store_changed(self) -> None:
        if self.editing.id and all(line.id != self.editing.id for line in self._store.lines):
            lines = self._store.lines
            self._open(lines[0].id if lines else "")

    @Slot(str)
    def _start_defining(self, name: str) -> None:
        if not self.editing.id:
            self._attempt(lambda: self._open(self._store.create(self.tr("New environment"))))
        if not self.editing.add(name):
            return
        number = next((at for at, row in enumerate(self.model.rows) if row.name == name), None)
        if number is not None:
            row = self.model.rows[number]
            self.view.setFocus(Qt.FocusReason.OtherFocusReason)
            self.view.edit_cell(number, SHARED if not row.is_secret else SHARED + 1)

    def _attempt(self, act: Callable[[], None]) -> bool:
        self._say("")
        try:
            act()
        except WorkspaceError as error:
            self._on_failed(str(error))
            return False
        return True
