"""The panes of a request tab besides its message: made when they are shown first, counted at all times."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from wireyard.gui.composer.panes import RequestPanes
from wireyard.gui.request import badges
from wireyard.gui.request.auth_pane import AuthPane
from wireyard.gui.request.context import Context
from wireyard.gui.request.cookies_pane import CookiesPane
from wireyard.gui.request.headers_pane import HeadersPane
from wireyard.gui.request.notes_pane import NotesPane
from wireyard.gui.request.pane import Pane
from wireyard.gui.request.params_pane import ParamsPane
from wireyard.gui.request.settings_pane import SettingsPane
from wireyard.gui.request.token_errand import TokenErrand
from wireyard.gui.request.variables_pane import VariablesPane
from wireyard.gui.services import Services
from wireyard.gui.tabs.request_cookies import RequestCookies
from wireyard.gui.tabs.request_document import RequestDocument
from wireyard.gui.tabs.request_talk import RequestTalk
from wireyard.session.remedy import RequestPart

PARAMS, HEADERS, SETTINGS, VARIABLES, NOTES = "params", "headers", "settings", "variables", "notes"
_AnyPane = AuthPane | CookiesPane | HeadersPane | ParamsPane | SettingsPane | VariablesPane | NotesPane
AUTH, COOKIES = "auth", "cookies"


# The setting to start with; what is no setting is a header.
_PLACES: dict[RequestPart, tuple[str, str]] = {
    "proxy": ("proxy", "address"),
    "proxy_user": ("proxy", "user"),
    "tls": ("tls", "client_certificate"),
    "network": ("network", "resolve_to"),
}


class PaneRoom(QObject):
    """Puts the panes into a tab. ``session_values_changed`` carries the variables of the tab alone; ``undo_offered``
    what was deleted, and how that is undone.
    """

    session_values_changed = Signal(dict)
    undo_offered = Signal(str, object)

    def __init__(
        self,
        services: Services,
        panes: RequestPanes,
        document: RequestDocument,
        talk: RequestTalk,
        define_elsewhere: Callable[[str], object],
    ) -> None:
        """``define_elsewhere`` is for a variable that neither the request nor a folder has."""
        super().__init__(panes)
        self._define_elsewhere = define_elsewhere
        self._services = services
        self._panes = panes
        self._document = document
        self._talk = talk
        self._session_values: dict[str, str] = {}
        self._context = Context()
        self._token: TokenErrand | None = None
        self._made: dict[str, Pane] = {}
        self._cookies = RequestCookies(services, talk)
        for key, title, make in (
            (PARAMS, self.tr("Params"), self._make_params),
            (HEADERS, self.tr("Headers"), self._make_headers),
            (AUTH, self.tr("Auth"), self._make_auth),
            (COOKIES, self.tr("Cookies"), self._make_cookies),
            (SETTINGS, self.tr("Settings"), self._make_settings),
            (VARIABLES, self.tr("Variables"), self._make_variables),
            (NOTES, self.tr("Notes"), self._make_notes),
        ):
            panes.add_pane(key, title, make)
        document.changed.connect(self._show_badges)
        talk.variables_changed.connect(self.renew)
        self._cookies.on_change(self._show_badges)
        self.renew()

    @property
    def session_values(self) -> dict[str, str]:
        """The variables of this tab alone."""
        return dict(self._session_values)

    def set_session_values(self, values: Mapping[str, str]) -> None:
        """Take what was kept of the tab."""
        self._session_values = dict(values)
        pane = self._made.get(VARIABLES)
        if isinstance(pane, VariablesPane):
            pane.set_session_values(values)
        self._show_badges()

    def show_session_variables(self) -> None:
        """Bring the variables of this tab to the front."""
        self._panes.show_pane(VARIABLES)
        pane = self._panes.pane(VARIABLES)
        if isinstance(pane, VariablesPane):
            pane.show_session()
            pane.take_keyboard()

    def show_path_parameter(self, name: str) -> None:
        """Begin to type the value of a parameter in the path."""
        self._panes.show_pane(PARAMS)
        pane = self._panes.pane(PARAMS)
        if isinstance(pane, ParamsPane):
            pane.show_in_path(name)

    def show_part(self, part: RequestPart, name: str = "") -> None:
        """Bring the field to the front in which a part of the request is changed; ``name`` is that of a header."""
        if part == "auth":
            self._panes.show_pane(AUTH, takes_keyboard=True)
            return
        place = _PLACES.get(part)
        if place is not None:
            self.show_setting(*place)
        else:
            self._panes.show_pane(HEADERS)
            pane = self._panes.pane(HEADERS)
            if isinstance(pane, HeadersPane):
                pane.point_at(name)

    def show_setting(self, group: str, name: str) -> None:
        """Bring a row of the settings to the front."""
        self._panes.show_pane(SETTINGS)
        pane = self._panes.pane(SETTINGS)
        if isinstance(pane, SettingsPane):
            pane.point_at(group, name)

    @Slot(str)
    def define(self, name: str) -> None:
        """Go to where a variable is to have its value: in the request or folder that has its name, or elsewhere."""
        from wireyard.gui.request.level_sheet import open_level_sheet
        from wireyard.workspace.variables.scope import level_of

        id_ = level_of(self._talk.scope.key_of(name))
        if not id_:
            self._define_elsewhere(name)
        elif id_ == self._document.id:
            self._panes.show_pane(VARIABLES)
            pane = self._panes.pane(VARIABLES)
            if isinstance(pane, VariablesPane):
                pane.show_variable(name)
        else:
            sheet = open_level_sheet(self._services, self._panes.window(), id_)
            if sheet is not None:
                sheet.show_variable(name)

    def commit(self) -> None:
        """Take what is being typed into a pane, before it is saved, dialled or sent."""
        for pane in self._made.values():
            pane.commit()

    def close(self) -> None:
        """Hear nothing of the workspace any more."""
        self._cookies.close()
        if self._token is not None:
            self._token.cancel()

    @Slot()
    def renew(self) -> None:
        """Look again at what is inherited and which variables there are."""
        self._context = Context(
            levels=self._document.levels,
            defaults=self._services.settings.settings.network,
            source=self._talk,
            root=self._services.library.root,
        )
        self._panes.composer.files.root = self._services.library.root
        for pane in self._made.values():
            pane.set_context(self._context)
        self._show_badges()

    @Slot()
    def _show_badges(self) -> None:
        file = self._document.draft.edited
        if self._context.levels != self._document.levels:
            self.renew()
            return
        show = self._panes.set_badge
        show(PARAMS, badges.params_badge(file))
        show(HEADERS, badges.headers_badge(file, self._context))
        show(AUTH, badges.auth_badge(file, self._context))
        show(COOKIES, badges.cookies_badge(file, self._context, self._cookies.sent))
        show(SETTINGS, badges.settings_badge(file))
        show(VARIABLES, badges.variables_badge(file, self._session_values))
        show(NOTES, badges.notes_badge(file))

    @Slot()
    def _on_session_edited(self) -> None:
        pane = self._made[VARIABLES]
        if isinstance(pane, VariablesPane):
            self._session_values = pane.session_values
            self._show_badges()
            self.session_values_changed.emit(self._session_values)

    def _make_params(self) -> QWidget:
        return self._keep(PARAMS, ParamsPane(self._services.look, self._document.draft))

    def _make_headers(self) -> QWidget:
        return self._keep(HEADERS, HeadersPane(self._services.look, self._document.draft))

    def _make_auth(self) -> QWidget:
        self._token = TokenErrand(self._services, lambda: self._talk.plan().request, self)
        return self._keep(AUTH, AuthPane(self._services.look, self._document.draft, self._token))

    def _make_cookies(self) -> QWidget:
        pane = CookiesPane(self._services.look, self._document.draft, self._cookies)
        pane.undo_offered.connect(self.undo_offered)
        return self._keep(COOKIES, pane)

    def _make_settings(self) -> QWidget:
        return self._keep(SETTINGS, SettingsPane(self._services.look, self._document.draft))

    def _make_variables(self) -> QWidget:
        words = self.tr("Saved with the request")
        pane = VariablesPane(
            self._services.look,
            self._document.draft,
            words,
            secrets=self._services.library.secrets,
            item=lambda: self._document.id,
            has_session=True,
        )
        pane.set_session_values(self._session_values)
        pane.session_edited.connect(self._on_session_edited)
        return self._keep(VARIABLES, pane)

    def _make_notes(self) -> QWidget:
        words = self.tr("What this request is for, whom to ask, what to look out for")
        return self._keep(NOTES, NotesPane(self._services.look, self._document.draft, words))

    def _keep(self, key: str, pane: _AnyPane) -> QWidget:
        self._made[key] = pane
        pane.set_context(self._context)
        return pane
