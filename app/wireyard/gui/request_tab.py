"""One request tab: its panes meet here, and a conversation does what they ask for."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from wireyard.domain.frame import Opcode
from wireyard.domain.request import ConnectRequest
from wireyard.domain.session import SessionInfo
from wireyard.exchange.redact import redact_url
from wireyard.gui.addresses import is_secure, short_name, without_secrets
from wireyard.gui.composer.panes import RequestPanes
from wireyard.gui.connect_terms import ConnectTerms
from wireyard.gui.connection.connect_bar import ConnectBar
from wireyard.gui.failure.failure_view import FailureView
from wireyard.gui.kept_tab import kept_draft, kept_filter, saved_tab
from wireyard.gui.live_status import live_status
from wireyard.gui.recording_errands import RecordingErrands
from wireyard.gui.room import PANES_PX, PanesHeight, panes_height
from wireyard.gui.services import Services
from wireyard.gui.session_tab import SessionTab
from wireyard.gui.shown_state import bar_state, composer_state, connection_state, evidence
from wireyard.gui.status.facts import StatusFacts
from wireyard.gui.timeline.feed import Arrivals
from wireyard.gui.widgets.splitter import Splitter
from wireyard.gui.widgets.tab_bar import TabFacts
from wireyard.recording.recording import Recording
from wireyard.recording.values import Progress, StorageHealth
from wireyard.session import states
from wireyard.session.conversation import Conversation
from wireyard.session.recorder import record_into, sessions_folder
from wireyard.session.remedy import remedied
from wireyard.session.wording import Remedy, words
from wireyard.settings.tabs import SavedTab


class RequestTab(SessionTab):
    """Connect bar, composer, timeline and inspector around one conversation."""

    def __init__(self, services: Services, saved: SavedTab | None = None) -> None:
        super().__init__(services)
        saved = saved or SavedTab()
        look = services.look
        self._name = saved.name
        self._terms = ConnectTerms(unverified_url=saved.url if saved.skip_verify else "")
        self._reconnects_to: str | None = None
        self._is_attached = False
        self._is_over = False
        self._is_in_front = False
        self._is_unread = False
        self._goes_to_composer = False
        self._is_collapsed_by_us = False
        self._panes_height: PanesHeight = "usual"
        self._arrivals: Arrivals | None = None
        self.bar = ConnectBar(look, lambda address: bool(is_secure(address)))
        self.panes = RequestPanes(look)
        self.failure_view = FailureView(look)
        self._conversation = Conversation(
            services.host,
            self._start_recording,
            on_change=self._on_state_changed,
            name=saved.name,
        )
        self._errands = RecordingErrands(self, self.tasks, lambda: self._conversation.recording)
        self._lay_out()
        self._connect_signals()
        self._restore(saved)
        self._leave_keys_to_the_window()

    # ------------------------------------------------------------------------------------------------------ properties

    @property
    def conversation(self) -> Conversation:
        return self._conversation

    @property
    def title(self) -> str:
        return self._name or short_name(redact_url(self.bar.address))

    def tab_facts(self) -> TabFacts:
        return TabFacts(
            title=self.title,
            state=connection_state(self._conversation.state),
            is_secure=is_secure(self.bar.address),
            is_unread=self._is_unread,
            tip=redact_url(self.bar.address),
        )

    def status_facts(self) -> StatusFacts:
        return live_status(self._conversation, self._arrivals)

    def saved(self) -> SavedTab:
        return saved_tab(
            self.bar.address,
            self._name,
            self.panes.composer.draft(),
            self.viewer.timeline.row_filter,
            skips_check=self._terms.skips_check(self.bar.address),
        )

    def regions(self) -> list[QWidget]:
        return [self.bar.url, self.panes.composer.editor, *super().regions()]

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_panes()

    # -------------------------------------------------------------------------------------------------- public methods

    def connect_to(self, address: str, *, then_write: bool = False) -> None:
        """Connect, as the button does; nothing happens while an attempt runs or a connection is open.

        ``then_write`` puts the keyboard into the message, unless the address is at fault.
        """
        if not states.may_connect(self._conversation.state):
            return
        self.bar.change_address(address)
        self._dial(self._request(address))
        if then_write and not isinstance(self._conversation.state, states.Failed):
            self._focus_composer()

    def run(self, command: str) -> bool:
        actions = {
            "press_primary": self.bar.activate,
            "reconnect": self._on_reconnect_key,
            "focus_address": self.bar.focus_address,
            "send": self.panes.composer.send,
            "beautify": self.panes.composer.beautify,
            "focus_message": self._focus_composer,
            "toggle_composer": self.panes.toggle,
            "show_failure": self._on_failure_requested,
        }
        action = actions.get(command)
        if action is None:
            return super().run(command)
        action()
        return True

    def close_question(self) -> str:
        if not isinstance(self._conversation.state, states.Open):
            return ""
        health = self._health()
        if health.failing or health.lost_messages:
            return self.tr("It is connected, and not all of its messages could be stored.")
        if self.panes.composer.is_dirty:
            return self.tr("It is connected, and its message has not been sent.")
        return ""

    def came_to_front(self) -> None:
        self._is_in_front = True
        if self._is_unread:
            self._is_unread = False
            self.changed.emit()

    def went_to_back(self) -> None:
        self._is_in_front = False

    def show_recent(self, addresses: tuple[str, ...]) -> None:
        self.bar.set_recent(addresses)

    def shut_down(self) -> None:
        self._is_over = True  # the conversation of a closed tab goes on for a moment
        super().shut_down()
        self.panes.composer.shut_down()

    # ------------------------------------------------------------------------------------------------------------ slots

    @Slot(str)
    def _on_connect_requested(self, address: str) -> None:
        self._goes_to_composer = self.bar.url.hasFocus()
        self._dial(self._request(address))

    @Slot()
    def _on_disconnect_requested(self) -> None:
        self._conversation.disconnect()

    @Slot(int, str)
    def _on_close_requested(self, code: int, reason: str) -> None:
        self._conversation.disconnect(code, reason)

    @Slot(str)
    def _on_reconnect_requested(self, address: str) -> None:
        if states.may_connect(self._conversation.state):
            self._dial(self._request(address))
            return
        self._reconnects_to = address
        self._conversation.disconnect()

    @Slot()
    def _on_reconnect_key(self) -> None:
        self._on_reconnect_requested(self.bar.address)

    @Slot(object, object)
    def _on_send_requested(self, opcode: Opcode, payload: bytes) -> None:
        if states.may_connect(self._conversation.state):
            self._dial(self._request(self.bar.address))
        self._send(opcode, payload)

    @Slot()
    def _on_failure_requested(self) -> None:
        if self.failure_view.words is not None:
            self.viewer.show_failure(is_shown=self.failure_view.isHidden())

    @Slot(object)
    def _on_remedy_chosen(self, remedy: Remedy) -> None:
        before = self._request(self.bar.address)  # which may have been edited since
        changed = remedied(before, remedy)
        if changed is not None:
            self._terms.adopt(changed, before)
            self.bar.change_address(changed.url)
            self._dial(changed)
        elif remedy.id == "edit_url":
            self.bar.focus_address()
            self._point_at_fault()
        elif remedy.id == "save_elsewhere":
            self._errands.ask_where_else()
        else:
            self._copy_evidence(remedy)

    def _on_progress(self, progress: Progress) -> None:
        # On the recording's writer thread; the timeline merges what comes and wakes the GUI thread.
        self.viewer.timeline.on_progress(progress)

    @Slot(object)
    def _on_arrived(self, arrivals: Arrivals) -> None:
        before = self._arrivals.totals.received_count if self._arrivals else 0
        self._arrivals = arrivals
        self.viewer.banner.show_health(arrivals.health)
        if not self._is_in_front and arrivals.totals.received_count > before:
            self._is_unread = True
        self.changed.emit()

    def _on_state_changed(self, state: states.State) -> None:
        if self._is_over:
            return
        self._attach_once()
        shape = connection_state(state)
        self.bar.show_state(bar_state(state, self.bar.address))
        self.viewer.timeline.set_live(shape)
        self.panes.composer.set_state(composer_state(shape))
        if isinstance(state, states.Connecting):
            self.viewer.show_failure(is_shown=False)
            if self._is_collapsed_by_us:
                self._is_collapsed_by_us = False
                self.panes.set_collapsed(False)
        elif isinstance(state, states.Failed):
            self._show_failure(state)
        elif isinstance(state, states.Closed) and state.failure is not None:
            self.failure_view.show_failure(state.failure, words(state.failure), (), self.bar.address)
        elif isinstance(state, states.Open):
            self._remember_address()
            if self._goes_to_composer and self.bar.url.hasFocus():
                self._focus_composer()
        self.changed.emit()
        if self._reconnects_to is not None and states.may_connect(state):
            address, self._reconnects_to = self._reconnects_to, None
            self._dial(self._request(address))

    # ------------------------------------------------------------------------------------------------------- internals

    def _lay_out(self) -> None:
        look = self.services.look
        self._splitter = Splitter(look, Qt.Orientation.Vertical)
        self._splitter.addWidget(self.panes)
        self._splitter.addWidget(self.viewer)
        self._splitter.setStretchFactor(1, 1)
        self._splitter.reset_requested.connect(self._reset_panes)
        self.panes.collapsed_changed.connect(self._reset_panes)
        self.viewer.set_failure_view(self.failure_view)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(self._splitter, 1)
        self._reset_panes()

    def _leave_keys_to_the_window(self) -> None:
        # These keys act from anywhere in the tab; a pane that has them too would make them ambiguous.
        composer = self.panes.composer
        for action in (composer.send_action, composer.beautify_action, self.panes.collapse_action):
            action.setShortcuts([])

    @Slot()
    def _fit_panes(self) -> None:
        """Have the panes give way, or come back, when the window's height or the zoom changes that much."""
        height = panes_height(self.window().height() * 100 / self.services.look.zoom_percent)
        if height != self._panes_height:
            was_collapsed, self._panes_height = self._panes_height == "collapsed", height
            if was_collapsed or height == "collapsed":
                self.panes.set_collapsed(height == "collapsed")
            self._reset_panes()

    @Slot()
    def _reset_panes(self) -> None:
        # What a collapsed composer gives up goes to the timeline.
        height = "low" if self._panes_height == "collapsed" else self._panes_height
        wanted = 0 if self.panes.is_collapsed else self.services.look.px(PANES_PX[height])
        self._splitter.setSizes([wanted, 10_000])

    def _connect_signals(self) -> None:
        bar, viewer = self.bar, self.viewer
        self.services.look.changed.connect(self._fit_panes)
        bar.connect_requested.connect(self._on_connect_requested)
        bar.cancel_requested.connect(self._conversation.cancel)
        bar.disconnect_requested.connect(self._on_disconnect_requested)
        bar.force_close_requested.connect(self._conversation.drop)
        bar.close_requested.connect(self._on_close_requested)
        bar.drop_requested.connect(self._conversation.drop)
        bar.reconnect_requested.connect(self._on_reconnect_requested)
        bar.failure_requested.connect(self._on_failure_requested)
        bar.address_edited.connect(self.changed)
        self.panes.composer.send_requested.connect(self._on_send_requested)
        self.panes.composer.draft_changed.connect(self.changed)
        self.panes.composer.noticed.connect(self.noticed)
        self.failure_view.remedy_chosen.connect(self._on_remedy_chosen)
        viewer.resend_requested.connect(self._errands.resend)
        viewer.edit_resend_requested.connect(self._errands.edit)
        viewer.banner.save_elsewhere_requested.connect(self._errands.ask_where_else)
        self._errands.resent.connect(self._send)
        self._errands.edited.connect(self._edit)
        self._errands.noticed.connect(self.noticed)
        viewer.timeline.connect_requested.connect(self.bar.activate)
        viewer.timeline.compose_requested.connect(self._focus_composer)
        viewer.timeline.arrived.connect(self._on_arrived)

    def _restore(self, saved: SavedTab) -> None:
        self.bar.set_address(saved.url)
        self.panes.composer.set_draft(kept_draft(saved))
        self.viewer.timeline.set_filter(kept_filter(saved))

    def _start_recording(self, info: SessionInfo) -> Recording:
        # Where the settings of the moment say, not of the moment when the tab was opened.
        settings = self.services.settings.settings
        folder = sessions_folder(self.services.profile, settings)
        return record_into(folder, settings, on_progress=self._on_progress, goes_on_in_memory=True)(info)

    def _request(self, address: str) -> ConnectRequest:
        return self._terms.request(address, self.services.settings.settings.network.for_request())

    def _dial(self, request: ConnectRequest) -> None:
        self._conversation.connect(request)
        self._attach_once()

    def _attach_once(self) -> None:
        recording = self._conversation.recording
        if self._is_attached or recording is None:
            return
        self._is_attached = True
        self.viewer.attach(recording.reader)

    def _focus_composer(self) -> None:
        self._goes_to_composer = False
        self.panes.set_collapsed(False)
        self.panes.composer.editor.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _show_failure(self, state: states.Failed) -> None:
        said = words(state.failure)
        self.failure_view.show_failure(state.failure, said, state.steps, self.bar.address)
        self.viewer.show_failure(is_shown=True)
        # Room for what can be done about it, where the composer has nothing to say or the window is low.
        if not self.panes.composer.draft().text or self._panes_height != "usual":
            self._is_collapsed_by_us = not self.panes.is_collapsed
            self.panes.set_collapsed(True)
        if state.failure.code == "bad_address" and self._is_in_front:
            self._point_at_fault()

    def _point_at_fault(self) -> None:
        state = self._conversation.state
        if isinstance(state, states.Failed) and "position" in state.failure.facts:
            self.bar.point_at_fault(int(state.failure.facts["position"]))

    def _remember_address(self) -> None:
        request = self._conversation.request
        if request is None or not self.services.settings.settings.general.remember_addresses:
            return
        try:
            self.services.addresses.add(without_secrets(request.url))
        except OSError as error:
            self.noticed.emit(self.tr("Addresses can't be kept: {0}.").format(error.strerror or error))

    @Slot(object, object)
    def _edit(self, opcode: Opcode, payload: bytes) -> None:
        self.panes.set_collapsed(False)
        self.panes.composer.set_payload(payload, opcode)

    @Slot(object, object)
    def _send(self, opcode: Opcode, payload: bytes) -> None:
        # While connecting it is held; where it can't go out a row says "Not sent".
        if self._conversation.recording is not None:
            self._conversation.send(opcode, payload)

    def _copy_evidence(self, remedy: Remedy) -> None:
        QApplication.clipboard().setText(evidence(self._conversation.state, remedy.id))
        self.noticed.emit(self.tr("Copied"))

    def _health(self) -> StorageHealth:
        recording = self._conversation.recording
        return recording.health if recording is not None else StorageHealth()
