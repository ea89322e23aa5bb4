"""The sheet for what a folder or collection gives to the requests in it: headers, settings, variables, notes."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Slot
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from wireyard.domain.request import ConnectRequest
from wireyard.gui.request import badges
from wireyard.gui.request.auth_pane import AuthPane
from wireyard.gui.request.context import Context
from wireyard.gui.request.headers_pane import HeadersPane
from wireyard.gui.request.level_draft import LevelDraft
from wireyard.gui.request.notes_pane import NotesPane
from wireyard.gui.request.sealing import Sealing
from wireyard.gui.request.settings_pane import SettingsPane
from wireyard.gui.request.token_errand import TokenErrand
from wireyard.gui.request.variables_pane import VariablesPane
from wireyard.gui.secrecy.secret_place import SecretPlaceSheet
from wireyard.gui.services import Services
from wireyard.gui.widgets.button import Button
from wireyard.gui.widgets.frames import Panel
from wireyard.gui.widgets.label import Label
from wireyard.gui.widgets.sheet import Sheet
from wireyard.gui.widgets.underline_tabs import UnderlineTabs
from wireyard.gui.widgets.variable_source import VariableSource, VariableValue
from wireyard.session.plan.connecting import plan_connect
from wireyard.workspace.documents import Level, Opened
from wireyard.workspace.errors import Conflict, WorkspaceError
from wireyard.workspace.model import FolderFile, RequestFile
from wireyard.workspace.variables.scope import Scope

_SIZE = QSize(900, 600)


class LevelSheet(Sheet):
    """Nothing is written before Save."""

    def __init__(self, services: Services, window: QWidget, opened: Opened[FolderFile], name: str) -> None:
        super().__init__(services.look, window, name, _SIZE, window.tr("For all requests in it"))
        library = services.library
        self._library = library
        self._opened = opened
        self.draft: LevelDraft[FolderFile] = LevelDraft(FolderFile(), opened.value)
        self._above = tuple(level for level in library.levels(opened.id) if level.id != opened.id)
        self._defaults = services.settings.settings.network
        self._name = name
        look = services.look
        self.headers = HeadersPane(look, self.draft)
        self._token = TokenErrand(services, self._planned, self)
        self.finished.connect(self._token.cancel)
        self.auth = AuthPane(look, self.draft, self._token)
        self.settings = SettingsPane(look, self.draft)
        kept = self.tr("Saved with the folder")
        self.variables = VariablesPane(
            look, self.draft, kept, secrets=library.secrets, item=lambda: opened.id, has_session=False
        )
        self.notes = NotesPane(look, self.draft, self.tr("What the requests in here have in common"))
        self._panes = (self.headers, self.auth, self.settings, self.variables, self.notes)
        names = (self.tr("Headers"), self.tr("Auth"), self.tr("Settings"), self.tr("Variables"), self.tr("Notes"))
        self.tabs = UnderlineTabs(look, names, label=name)
        self._stack = QStackedWidget()
        self._fault = Label(look, "", "small", "err", wraps=True)
        self.save_button = Button(look, self.tr("Save"), "primary")
        self._sealing = Sealing(library.secrets, self.draft, self)
        self._sealing.failed.connect(self._fault.setText)
        self._sealing.place_wanted.connect(self._on_place_wanted)
        self._build()
        self.draft.on_change(self._on_draft_changed)
        library.environments_changed.connect(self._renew)
        self._on_draft_changed(frozenset())
        self._renew()
        self.headers.take_keyboard()

    @property
    def fault(self) -> str:
        """Why it could not be saved."""
        return self._fault.text()

    def show_variable(self, name: str) -> None:
        """Begin to type the value of a variable."""
        self.tabs.setCurrentIndex(self._panes.index(self.variables))
        self.variables.show_variable(name)

    def _build(self) -> None:
        look = self.look
        strip = Panel("bg.surface", "bottom")
        row = QHBoxLayout(strip)
        row.setContentsMargins(look.px(14), 0, look.px(14), 0)
        row.addWidget(self.tabs)
        row.addStretch(1)
        for pane in self._panes:
            self._stack.addWidget(pane)
        self.body.addWidget(strip)
        self.body.addWidget(self._stack, 1)
        cancel = Button(look, self.tr("Cancel"))
        self.footer.addWidget(self._fault, 1)
        self.footer.addWidget(cancel)
        self.footer.addWidget(self.save_button)
        self.tabs.currentChanged.connect(self._stack.setCurrentIndex)
        cancel.clicked.connect(self.reject)
        self.save_button.clicked.connect(self._on_save)
        self.save_button.setDefault(True)

    @Slot()
    def _on_save(self) -> None:
        for pane in self._panes:
            pane.commit()
        self._sealing.seal(self._opened.id, self._write)

    def _write(self) -> None:
        try:
            saved = self._library.save(self._opened, self.draft.edited)
        except Conflict as conflict:
            self._take_in(conflict)
        except WorkspaceError as error:
            self._fault.setText(str(error))
        else:
            self.draft.settle(saved.value)
            self.accept()

    def _take_in(self, conflict: Conflict) -> None:
        """Somebody else wrote the file: what only they changed is taken, the rest is told of."""
        theirs = conflict.theirs
        if theirs is None:
            self._fault.setText(self.tr("The folder is gone."))
            return
        self._opened = theirs
        if self.draft.rebase(theirs.value):
            self._fault.setText(
                self.tr("It was changed outside meanwhile, where you changed it too. Save keeps yours.")
            )
        else:
            self._on_save()

    def _on_draft_changed(self, fields: frozenset[str]) -> None:
        if "variables" in fields:
            self._renew()
        file, context = self.draft.edited, Context(levels=self._above, defaults=self._defaults)
        shown = (
            badges.headers_badge(file, context),
            badges.auth_badge(file, context),
            badges.settings_badge(file),
            badges.variables_badge(file, {}),
            badges.notes_badge(file),
        )
        for index, badge in enumerate(shown):
            self.tabs.set_badge(index, badge)
        self.save_button.setEnabled(self.draft.is_dirty)

    @Slot()
    def _renew(self) -> None:
        request = RequestFile(variables=self.draft.edited.variables)
        scope = self._library.scope(self._opened.id, request, {})
        context = Context(self._above, self._defaults, _Source(scope), self._library.root)
        for pane in self._panes:
            pane.set_context(context)

    def _planned(self) -> ConnectRequest:
        """What a request without words of its own would dial: for the token."""
        levels = (*self._above, Level(id=self._opened.id, name=self._name, file=self.draft.edited))
        scope = self._library.scope(self._opened.id, RequestFile(variables=self.draft.edited.variables), {})
        planned = plan_connect(
            RequestFile(url="ws://localhost/"), levels, scope, defaults=self._defaults, root=self._library.root
        )
        return planned.request

    @Slot(object)
    def _on_place_wanted(self, keep: Callable[[], None]) -> None:
        SecretPlaceSheet(self.look, self, self._library.secrets, keep).open()


class _Source(VariableSource):
    """What has a value for the requests in the folder."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    def lookup(self, name: str) -> VariableValue | None:
        return self._scope.lookup(name)

    def names(self) -> Sequence[tuple[str, VariableValue]]:
        return self._scope.names(built_in=False)


def open_level_sheet(services: Services, window: QWidget, id_: str) -> LevelSheet | None:
    """Open the sheet of a folder or collection; what can't be read is told instead."""
    library = services.library
    try:
        opened = library.level(id_)
        item = library.tree.find(id_) if library.tree is not None else None
        sheet = LevelSheet(services, window, opened, item.name if item is not None else id_.rpartition("/")[2])
    except WorkspaceError as error:
        library.noticed.emit(str(error))
        return None
    sheet.open()
    return sheet
