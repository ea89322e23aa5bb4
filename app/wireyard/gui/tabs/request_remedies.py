"""What the error view offers to do: each changes the request where a person can see it, and tries again."""

from __future__ import annotations

from msgspec.structs import replace
from PySide6.QtCore import QObject, Signal, Slot

from wireyard.domain.request import ConnectRequest
from wireyard.gui.connection.connect_bar import ConnectBar
from wireyard.gui.failure.failure_view import FailureView
from wireyard.gui.tabs.adopting import network_changes, tls_changes, without_headers
from wireyard.gui.tabs.later_retry import LaterRetry
from wireyard.gui.tabs.recording_errands import RecordingErrands
from wireyard.gui.tabs.request_document import RequestDocument
from wireyard.gui.tabs.request_panes import PaneRoom
from wireyard.gui.tabs.request_talk import RequestTalk
from wireyard.gui.tabs.shown_state import evidence
from wireyard.gui.widgets.scheme_badge import with_scheme
from wireyard.session import states
from wireyard.session.remedy import part_of, remedied
from wireyard.session.wording import Remedy
from wireyard.session.wording.model import RemedyId
from wireyard.workspace.errors import WorkspaceError
from wireyard.workspace.model import ProxySettings

# As many as last for some minutes.
_ATTEMPTS = 10
COPIES: tuple[RemedyId, ...] = ("copy_answer", "copy_technical")


class Remedies(QObject):
    """``noticed`` carries a sentence for a toast."""

    noticed = Signal(str)

    def __init__(
        self,
        document: RequestDocument,
        talk: RequestTalk,
        bar: ConnectBar,
        view: FailureView,
        errands: RecordingErrands,
        room: PaneRoom,
        later: LaterRetry,
    ) -> None:
        super().__init__(document)
        self._document = document
        self._talk = talk
        self._bar = bar
        self._errands = errands
        self._room = room
        self._view = view
        self._later = later
        view.remedy_chosen.connect(self._on_chosen)

    @Slot(object)
    def _on_chosen(self, remedy: Remedy) -> None:
        try:
            before = self._talk.plan(keep_undefined=True).request  # it may have been edited since
        except WorkspaceError as error:
            self.noticed.emit(str(error))
            return
        changed = remedied(before, remedy)
        part = part_of(remedy)
        if changed is not None:
            self._adopt(changed, before, remedy)
            self._talk.connect_now()
        elif part is not None:
            state = self._talk.conversation.state
            header = state.failure.facts.get("header", "") if isinstance(state, states.Failed) else ""
            self._room.show_part(part, header or "Origin")
        elif remedy.id == "retry_after":
            self._later.begin(float(remedy.value))
        elif remedy.id == "edit_setting":
            self._room.show_setting(*remedy.value.split(".", 1))
        elif remedy.id == "edit_url":
            self._bar.focus_address()
            self._point_at_fault()
        elif remedy.id == "save_elsewhere":
            self._errands.ask_where_else()
        elif remedy.id in COPIES:
            self.noticed.emit(self.tr("Copied"))
            self._view.copy(evidence(self._talk.conversation.state, remedy.id))

    def _adopt(self, changed: ConnectRequest, before: ConnectRequest, remedy: Remedy) -> None:
        """Make the change in the request; a certificate that isn't checked is this tab's business alone."""
        draft = self._document.draft
        if changed.url != before.url:
            scheme = {"use_ws": "ws", "use_wss": "wss"}.get(remedy.id)
            self._bar.change_address(with_scheme(self._bar.address, scheme) if scheme else changed.url)
        if before.tls.verify and not changed.tls.verify:
            self._talk.terms.skip_check(changed.url)
        if changed.subprotocols != before.subprotocols:
            draft.change(subprotocols=changed.subprotocols)
        gone = {name.casefold() for name, _ in before.headers} - {name.casefold() for name, _ in changed.headers}
        if gone:
            draft.change(headers=without_headers(draft.edited.headers, gone, self._document.levels))
        if remedy.id == "auto_reconnect":
            # From the first attempt on: the server was not there just now.
            own = draft.edited.reconnect
            draft.change(reconnect=replace(own, attempts=own.attempts or _ATTEMPTS, from_start=True))
        if changed.proxy.mode != before.proxy.mode:
            draft.change(proxy=ProxySettings(mode=changed.proxy.mode))
        for block, values in (("network", network_changes(before, changed)), ("tls", tls_changes(before, changed))):
            if values:
                draft.change(**{block: replace(getattr(draft.edited, block), **values)})

    def _point_at_fault(self) -> None:
        state = self._talk.conversation.state
        if isinstance(state, states.Failed) and "position" in state.failure.facts:
            self._bar.point_at_fault(int(state.failure.facts["position"]))
