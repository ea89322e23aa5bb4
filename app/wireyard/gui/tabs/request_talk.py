"""What a request tab dials and sends: planned from the request and its variables, told where one has no value."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace
from PySide6.QtCore import QObject, Signal, Slot

from wireyard.domain.frame import Opcode
from wireyard.domain.request import ConnectRequest
from wireyard.domain.session import SessionInfo
from wireyard.gui.addresses import without_secrets
from wireyard.gui.bridge import Tasks
from wireyard.gui.services import Services
from wireyard.gui.tabs.connect_terms import ConnectTerms
from wireyard.gui.tabs.request_document import RequestDocument
from wireyard.recording.recording import Recording
from wireyard.recording.values import Progress
from wireyard.session import states
from wireyard.session.conversation import Conversation
from wireyard.session.outbox import Outgoing
from wireyard.session.plan.address import address_of
from wireyard.session.plan.connecting import PlannedConnect, plan_connect
from wireyard.session.plan.errors import EmptyPathParameter
from wireyard.session.plan.opening import Opening, opening_messages
from wireyard.session.plan.sending import PlannedMessage, plan_saved_message
from wireyard.session.recorder import record_into, sessions_folder
from wireyard.workspace.errors import WorkspaceError
from wireyard.workspace.model import Field, SavedMessage
from wireyard.workspace.path_params import has_path_syntax
from wireyard.workspace.query import split_address
from wireyard.workspace.variables.dynamic import Dynamic
from wireyard.workspace.variables.errors import NoFact, UndefinedVariable
from wireyard.workspace.variables.resolve import Resolver

if TYPE_CHECKING:
    from wireyard.gui.widgets.variable_source import VariableValue
    from wireyard.workspace.variables.scope import Scope

Then = Callable[[], object]


class Blocked(NamedTuple):
    """Why nothing was dialled or sent. ``name`` is the variable to define; ``as_typed`` goes on without its value.

    ``path_name`` is the parameter of the path that has no value.
    """

    words: str
    name: str = ""
    as_typed: Then | None = None
    path_name: str = ""


class RequestTalk(QObject):
    """The conversation of a tab. ``state_changed`` carries its state; ``blocked`` a `Blocked`, ``cleared`` ends that.

    ``environment_changed`` says that another environment's values are in use, or could be.
    """

    state_changed = Signal(object)
    blocked = Signal(object)
    cleared = Signal()
    environment_changed = Signal()
    variables_changed = Signal()

    def __init__(
        self,
        services: Services,
        document: RequestDocument,
        terms: ConnectTerms,
        tasks: Tasks,
        on_progress: Callable[[Progress], None],
        label: str,
    ) -> None:
        super().__init__(document)
        self._services = services
        self._library = services.library
        self._document = document
        self._tasks = tasks
        self._on_progress = on_progress
        self._session_values: dict[str, str] = {}
        self._scope: Scope | None = None
        self._live_environment: str | None = None
        self._secrets: tuple[str, ...] = ()
        self._retry: Then | None = None
        self._is_over = False
        self.terms = terms
        self.conversation = Conversation(
            services.host,
            self._start_recording,
            on_change=self._on_conversation_changed,
            name=document.name,
            request_id=document.id,
            label=label,
            dial=services.sign_in.dial,
        )
        document.draft.on_change(self._on_draft_changed)
        self._library.environments_changed.connect(self._on_environments_changed)
        self._library.request_changed.connect(self._on_files_changed)

    # ------------------------------------------------------------------------------------------------------ properties

    @property
    def may_connect(self) -> bool:
        return states.may_connect(self.conversation.state)

    @property
    def held_environment(self) -> str | None:
        """The environment whose values an open connection goes on with, though another is active now; else None."""
        if self.may_connect or self._live_environment in (None, self._library.active_environment):
            return None
        return self._live_environment

    @property
    def scope(self) -> Scope:
        """Who gives which value to what is sent next."""
        if self._scope is None:
            held = self.held_environment
            draft = self._document.draft
            self._scope = self._library.scope(self._document.id, draft.edited, self._session_values, held)
        return self._scope

    # -------------------------------------------------------------------------------------------------- public methods

    def lookup(self, name: str) -> VariableValue | None:
        """The value of a variable, for chips; see `wireyard.gui.widgets.variable_source`."""
        return self.scope.lookup(name)

    def names(self) -> Sequence[tuple[str, VariableValue]]:
        """All variables that have a value."""
        return self.scope.names(built_in=False)

    def describe(self, label: str) -> None:
        """Say what a recording that is still to come is called."""
        self.conversation.describe(name=self._document.name, request_id=self._document.id, label=label)

    def set_session_values(self, values: Mapping[str, str]) -> None:
        """Take values that hold for this tab alone."""
        if dict(values) != self._session_values:
            self._session_values = dict(values)
            self.forget_scope()

    def use_active_environment(self) -> None:
        """Have the next message use the values of the active environment, over the connection that is open."""
        self._live_environment = self._library.active_environment
        self.forget_scope()
        self.environment_changed.emit()

    def plan(self, *, keep_undefined: bool = False) -> PlannedConnect:
        """What a press of Connect would dial now. Raises `WorkspaceError`."""
        draft, library = self._document.draft, self._library
        planned = plan_connect(
            draft.edited,
            self._document.levels,
            library.scope(self._document.id, draft.edited, self._session_values),
            defaults=self._services.settings.settings.network,
            root=library.root,
            dynamic=library.dynamic,
            keep_undefined=keep_undefined,
        )
        request = planned.request
        if "{{" not in draft.address and _says_the_same(draft.address, draft.edited.url, draft.params):
            # As it was typed: what is wrong with it is pointed at in the field.
            request = replace(request, url=draft.address)
        if request.network.cookies:
            request = replace(request, jar=self._services.cookies.jar())
        return replace(planned, request=self.terms.applied(request))

    def address_now(self) -> str:
        """The address as far as its variables have values; looking at it makes no built-in value go on."""
        draft, library = self._document.draft.edited, self._library
        resolver = Resolver(self.scope, Dynamic(facts=library.facts), keep_undefined=True)
        try:
            return address_of(
                draft.url,
                draft.params,
                lambda text: resolver.resolve(text).text,
                draft.path_params,
                keep_empty=True,
            )
        except WorkspaceError:
            return ""

    def connect_now(self, then: Then | None = None, *, keep_undefined: bool = False) -> bool:
        """Dial, and then do something; False where that is not possible now."""
        if not self.may_connect:
            return False
        try:
            planned = self.plan(keep_undefined=keep_undefined)
            opening = self._opening(planned, keep_undefined=keep_undefined)
            secrets = (*planned.secrets, *opening.secrets())
        except WorkspaceError as error:
            self.block(error, lambda keep: self.connect_now(then, keep_undefined=keep))
            return False
        self._live_environment = self._library.active_environment
        self.forget_scope()
        self._dial(planned.request, secrets, opening)
        if then is not None and not isinstance(self.conversation.state, states.Failed):
            then()
        return True

    def send(
        self,
        message: SavedMessage,
        on_sent: Then | None = None,
        *,
        keep_undefined: bool = False,
        chosen: bool = False,
    ) -> None:
        """Send a message with the values of this moment; connects first if need be.

        ``chosen`` says that a person chose its file, wherever that is.
        """

        def again(keep: bool) -> None:
            self.send(message, on_sent, keep_undefined=keep, chosen=chosen)

        def go() -> None:
            if message.file:
                self._tasks.spawn(self._send_file(self._planner(message, keep_undefined, chosen), on_sent, again))
            else:
                self._plan_and_send(self._planner(message, keep_undefined, chosen), on_sent, again)

        if self.may_connect:
            self.connect_now(go)
        else:
            go()

    async def make(self, message: SavedMessage, *, keep_undefined: bool = False, chosen: bool = False) -> Outgoing:
        """A message with the values of this moment. A file is read off the GUI thread. Raises `WorkspaceError`."""
        plan = self._planner(message, keep_undefined, chosen)
        planned = await asyncio.to_thread(plan) if message.file else plan()
        return Outgoing(planned.opcode, planned.payload, planned.secrets)

    def block(self, error: WorkspaceError, again: Callable[[bool], object]) -> None:
        """Say why nothing was sent. ``again`` goes on, with variables that have no value as they were typed or not."""
        if isinstance(error, NoFact):
            # There is nothing to define in a name of the program's own; another program's text may have it.
            self.blocked.emit(Blocked(str(error), as_typed=lambda: again(True)))
            return
        if isinstance(error, EmptyPathParameter):
            self.blocked.emit(Blocked(str(error), path_name=error.name))
            return
        if not isinstance(error, UndefinedVariable):
            self.blocked.emit(Blocked(str(error)))
            return
        if error.is_secret and self._library.secrets.is_loading:
            # The keyring is still being asked: it goes on by itself when the value is there.
            self._retry = lambda: again(False)
            self.blocked.emit(Blocked(self.tr("Waiting for the secret “{0}”").format(error.name)))
            return
        if error.is_secret and self._library.secrets.place == "locked":
            self.blocked.emit(Blocked(self.tr("The secret “{0}” is locked.").format(error.name)))
            self._library.secrets.unlock_wanted.emit()
            return

        def as_typed() -> None:
            again(True)

        self.blocked.emit(Blocked(str(error), error.name, as_typed))

    def send_raw(self, opcode: Opcode, payload: bytes, secrets: Sequence[str] = ()) -> None:
        """Send bytes as they are. While connecting they are held; where they can't go out a row says "Not sent".

        ``secrets`` are the values in them that views and exports are to hide.
        """
        if self.conversation.recording is not None:
            self.conversation.send(opcode, payload, secrets)

    def remember_address(self, tell: Callable[[str], object]) -> None:
        """Offer the address of the open connection from now on; not where a variable's value would be kept with it."""
        request, general = self.conversation.request, self._services.settings.settings.general
        if request is None or not general.remember_addresses or "{{" in self._document.draft.address:
            return
        try:
            self._services.addresses.add(without_secrets(request.url))
        except OSError as error:
            tell(self.tr("Addresses can't be kept: {0}.").format(error.strerror or error))

    def forget_scope(self) -> None:
        """Something may have another value now."""
        self._scope = None
        self.variables_changed.emit()

    def close(self) -> None:
        """Hear nothing of the workspace any more; the conversation goes on for a moment, and tells nobody."""
        self._is_over = True
        self._retry = None
        self._library.environments_changed.disconnect(self._on_environments_changed)
        self._library.request_changed.disconnect(self._on_files_changed)

    # ------------------------------------------------------------------------------------------------------------ slots

    def _on_conversation_changed(self, state: states.State) -> None:
        if not self._is_over:
            self.state_changed.emit(state)

    @Slot()
    def _on_environments_changed(self) -> None:
        self.forget_scope()
        self.cleared.emit()
        self.environment_changed.emit()
        retry, self._retry = self._retry, None
        if retry is not None:
            retry()

    @Slot(str)
    def _on_files_changed(self, id_: str) -> None:
        if self._document.id.startswith(id_ + "/"):
            self.forget_scope()

    def _on_draft_changed(self, fields: frozenset[str]) -> None:
        if "variables" in fields:
            self.forget_scope()
        if "path_params" in fields:
            self.cleared.emit()

    # ------------------------------------------------------------------------------------------------------- internals

    def _opening(self, planned: PlannedConnect, *, keep_undefined: bool) -> Opening:
        """What is sent after each opening, with the values of that moment, of the environment that was connected with.

        Raises `WorkspaceError`.
        """
        messages = opening_messages(self._document.draft.edited, self._document.levels)
        root, dynamic = self._library.root, self._library.dynamic
        return Opening(messages, root, lambda: self.scope, dynamic, first=planned.first, keep_undefined=keep_undefined)

    def _dial(self, request: ConnectRequest, secrets: tuple[str, ...], opening: Opening) -> None:
        self.cleared.emit()
        self._note_secrets(secrets)
        self.conversation.connect(request, secrets, opening)

    def _planner(self, message: SavedMessage, keep_undefined: bool, chosen: bool) -> Callable[[], PlannedMessage]:
        """What makes a message with the values of now: on any thread. It raises `WorkspaceError`."""
        return partial(
            plan_saved_message,
            message,
            self._library.root,
            self.scope,
            self._library.dynamic,
            keep_undefined=keep_undefined,
            chosen=chosen,
        )

    def _plan_and_send(
        self, plan: Callable[[], PlannedMessage], on_sent: Then | None, again: Callable[[bool], object]
    ) -> None:
        try:
            planned = plan()
        except WorkspaceError as error:
            self.block(error, again)
            return
        self._send_planned(planned, on_sent)

    async def _send_file(
        self, plan: Callable[[], PlannedMessage], on_sent: Then | None, again: Callable[[bool], object]
    ) -> None:
        try:
            planned = await asyncio.to_thread(plan)
        except WorkspaceError as error:
            self.block(error, again)
            return
        self._send_planned(planned, on_sent)

    def _send_planned(self, planned: PlannedMessage, on_sent: Then | None) -> None:
        self.cleared.emit()
        self.send_raw(planned.opcode, planned.payload, planned.secrets)
        if on_sent is not None:
            on_sent()

    def _note_secrets(self, secrets: tuple[str, ...]) -> None:
        self._secrets = secrets
        recording = self.conversation.recording
        if recording is not None and secrets:
            recording.note_secrets(secrets)

    def _start_recording(self, info: SessionInfo) -> Recording:
        # Where the settings of the moment say, not of the moment when the tab was opened.
        settings = self._services.settings.settings
        folder = sessions_folder(self._services.profile, settings)
        recording = record_into(folder, settings, on_progress=self._on_progress, goes_on_in_memory=True)(info)
        recording.note_secrets(self._secrets)
        return recording


def _says_the_same(address: str, url: str, params: Sequence[Field]) -> bool:
    """Whether the address field says all that there is to the rows that are on."""
    if has_path_syntax(url):
        return False
    base, rows = split_address(address)
    on = [(row.name, row.value) for row in params if not row.off]
    return base == url and [(row.name, row.value) for row in rows] == on
