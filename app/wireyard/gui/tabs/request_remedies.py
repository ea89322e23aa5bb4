"""What the error view offers to do: each changes the request where a person can see it, and tries again."""

from __future__ import annotations

from typing import Any

from msgspec.structs import fields, replace
from PySide6.QtCore import QObject, Signal, Slot

from wireyard.domain.request import ConnectRequest, Network
from wireyard.gui.connection.connect_bar import ConnectBar
from wireyard.gui.failure.failure_view import FailureView
from wireyard.gui.tabs.recording_errands import RecordingErrands
from wireyard.gui.tabs.request_document import RequestDocument
from wireyard.gui.tabs.request_talk import RequestTalk
from wireyard.gui.tabs.shown_state import evidence
from wireyard.gui.widgets.scheme_badge import with_scheme
from wireyard.session import states
from wireyard.session.remedy import remedied
from wireyard.session.wording import Remedy
from wireyard.workspace.errors import WorkspaceError


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
    ) -> None:
        super().__init__(document)
        self._document = document
        self._talk = talk
        self._bar = bar
        self._errands = errands
        self._view = view
        view.remedy_chosen.connect(self._on_chosen)

    @Slot(object)
    def _on_chosen(self, remedy: Remedy) -> None:
        try:
            before = self._talk.plan(keep_undefined=True).request  # it may have been edited since
        except WorkspaceError as error:
            self.noticed.emit(str(error))
            return
        changed = remedied(before, remedy)
        if changed is not None:
            self._adopt(changed, before, remedy)
            self._talk.connect_now()
        elif remedy.id == "edit_url":
            self._bar.focus_address()
            self._point_at_fault()
        elif remedy.id == "save_elsewhere":
            self._errands.ask_where_else()
        else:
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
        limits: dict[str, Any] = {
            field.name: getattr(changed.network, field.name) or 0
            for field in fields(Network)
            if getattr(changed.network, field.name) != getattr(before.network, field.name)
        }
        if "compression" in limits:
            limits["compression"] = changed.network.compression
        if limits:
            draft.change(network=replace(draft.edited.network, **limits))

    def _point_at_fault(self) -> None:
        state = self._talk.conversation.state
        if isinstance(state, states.Failed) and "position" in state.failure.facts:
            self._bar.point_at_fault(int(state.failure.facts["position"]))
