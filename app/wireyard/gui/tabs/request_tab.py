"""One request tab: its panes meet here, and a conversation does what they ask for."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from wireyard.domain.frame import Opcode
from wireyard.exchange.redact import redact_url
from wireyard.gui.addresses import short_name, shown_secure
from wireyard.gui.composer.draft import Draft, message_of
from wireyard.gui.services import Services
from wireyard.gui.status.facts import StatusFacts
from wireyard.gui.tabs.bar_errands import BarErrands
from wireyard.gui.tabs.connect_terms import ConnectTerms
from wireyard.gui.tabs.environment_choice import EnvironmentChoice
from wireyard.gui.tabs.kept_tab import kept_base, kept_draft, kept_filter, kept_request, saved_tab
from wireyard.gui.tabs.later_retry import LaterRetry
from wireyard.gui.tabs.live_status import live_status
from wireyard.gui.tabs.message_file import MessageFile
from wireyard.gui.tabs.message_repeat import MessageRepeat
from wireyard.gui.tabs.message_shelf import MessageShelf
from wireyard.gui.tabs.preview_path import join_preview_path
from wireyard.gui.tabs.recording_errands import RecordingErrands
from wireyard.gui.tabs.request_document import RequestDocument
from wireyard.gui.tabs.request_layout import RequestLayout
from wireyard.gui.tabs.request_panes import PaneRoom
from wireyard.gui.tabs.request_remedies import Remedies
from wireyard.gui.tabs.request_saving import RequestSaving
from wireyard.gui.tabs.request_talk import Blocked, RequestTalk
from wireyard.gui.tabs.session_tab import SessionTab
from wireyard.gui.tabs.shown_state import bar_state, composer_state, connection_state
from wireyard.gui.timeline.feed import Arrivals
from wireyard.gui.widgets.tab_bar import TabFacts
from wireyard.recording.recording import Recording
from wireyard.recording.values import Progress, StorageHealth
from wireyard.session import states
from wireyard.session.conversation import Conversation
from wireyard.settings.tabs import SavedTab


class RequestTab(SessionTab):
    """Connect bar, panes, timeline and inspector around one request and its conversation.

    ``saved_as`` carries the request's id after its file was written."""

    saved_as = Signal(str)

    def __init__(self, services: Services, saved: SavedTab | None = None) -> None:
        super().__init__(services)
        saved = saved or SavedTab()
        self._label = saved.label
        self._reconnects_to: str | None = None
        self._is_attached = False
        self._is_in_front = False
        self._is_unread = False
        self._goes_to_composer = False
        self._arrivals: Arrivals | None = None
        self._ui = RequestLayout(services.look, self, self.viewer)
        self.bar, self.panes, self.notices = self._ui.bar, self._ui.panes, self._ui.notices
        self.failure_view = self._ui.failure_view
        self.document = RequestDocument(
            services.library, saved.request, kept_request(saved), self, base=kept_base(saved)
        )
        terms = ConnectTerms(unverified_url=saved.url if saved.skip_verify else "")
        self.talk = RequestTalk(services, self.document, terms, self.tasks, self._on_progress, saved.label)
        self.viewer.follow_secrets(lambda: self.conversation.secrets)
        self.file = MessageFile(services.library, self, self.tasks, self.panes.composer)
        self.repeat = MessageRepeat(services.look, self, self.talk, self.panes.composer)
        self._errands = RecordingErrands(self, self.tasks, lambda: self.conversation.recording)
        self.saving = RequestSaving(services, self, self.document, self.notices)
        self.shelf = MessageShelf(services, self, self.document, self.panes)
        self.room = PaneRoom(services, self.panes, self.document, self.talk, self.define_requested.emit)
        later = LaterRetry(self.talk, self.notices)
        self._remedies = Remedies(
            self.document, self.talk, self.bar, self.failure_view, self._errands, self.room, later
        )
        self._environment = EnvironmentChoice(services, self.bar, self.talk, self.notices)
        BarErrands(self.bar, self.conversation, self.noticed.emit)
        join_preview_path(self.document.draft, self.viewer.timeline.preview)
        self._connect_signals()
        self._restore(saved)

    # ------------------------------------------------------------------------------------------------------ properties

    @property
    def conversation(self) -> Conversation:
        return self.talk.conversation

    @property
    def request_id(self) -> str:
        return self.document.id

    @property
    def is_dirty(self) -> bool:
        return self.document.is_dirty

    @property
    def has_work(self) -> bool:
        return self.is_dirty or self.panes.composer.is_dirty

    @property
    def label(self) -> str:
        return self._label

    @property
    def title(self) -> str:
        return self._label or self.document.name or short_name(redact_url(self.bar.address))

    def mark_keeper(self) -> Recording | None:
        return self.conversation.recording

    def tab_facts(self) -> TabFacts:
        address = redact_url(self.bar.address)
        named = " · ".join(part for part in (self._label, self.document.name) if part)
        return TabFacts(
            title=self.title,
            state=connection_state(self.conversation.state),
            is_secure=shown_secure(self.bar.address),
            is_dirty=self.is_dirty,
            is_unread=self._is_unread,
            tip=f"{named}\n{address}" if named else address,
        )

    def status_facts(self) -> StatusFacts:
        return live_status(self.conversation, self._arrivals)

    def saved(self) -> SavedTab:
        return saved_tab(
            self.document,
            self._label,
            self.panes.composer.draft(),
            self.viewer.timeline.row_filter,
            skips_check=self.talk.terms.skips_check(self.bar.address),
            session_values=self.room.session_values,
            pane=self.panes.current,
        )

    def regions(self) -> list[QWidget]:
        return [self.bar.url, self.panes, *super().regions()]

    # -------------------------------------------------------------------------------------------------- public methods

    def connect_to(self, address: str, *, then_write: bool = False) -> None:
        """Connect, as the button does; nothing happens while an attempt runs or a connection is open.

        ``then_write`` puts the keyboard into the message, unless the address is at fault.
        """
        if not self.talk.may_connect:
            return
        self.bar.change_address(address)
        is_dialled = self.talk.connect_now()
        if then_write and is_dialled and not isinstance(self.conversation.state, states.Failed):
            self._focus_composer()

    def connect_saved(self) -> None:
        """Connect to what the request says."""
        self.talk.connect_now()

    def open_message(self, index: int) -> None:
        """Put a saved message into the composer."""
        self.shelf.load(index)

    def send_saved(self, index: int) -> None:
        """Send a saved message at once; connects first if need be."""
        self.shelf.send(index)

    def save(self, then: Callable[[], object] | None = None) -> None:
        """Write the request into its file; one without asks where. ``then`` follows when it is written."""
        self.room.commit()
        self.saving.save(then)

    def set_label(self, label: str) -> None:
        self._label = label.strip()
        self.talk.describe(self._label)
        self.changed.emit()

    def run(self, command: str) -> bool:
        action = self._commands().get(command)
        if action is None:
            return super().run(command)
        self.room.commit()
        action()
        return True

    def close_question(self) -> str:
        if not isinstance(self.conversation.state, states.Open):
            return ""
        health = self._health()
        if health.failing or health.lost_messages:
            return self.tr("It is connected, and not all of its messages could be stored.")
        if self.panes.composer.is_dirty:
            return self.tr("It is connected, and its message has not been sent.")
        if self.repeat.is_running:
            return self.tr("It is connected and repeats a message.")
        return ""

    def came_to_front(self) -> None:
        self._is_in_front = True
        self.room.renew()
        if self._is_unread:
            self._is_unread = False
            self.changed.emit()

    def went_to_back(self) -> None:
        self._is_in_front = False

    def show_recent(self, addresses: tuple[str, ...]) -> None:
        self.bar.set_recent(addresses)

    def shut_down(self) -> None:
        super().shut_down()
        self._environment.close()
        self.talk.close()
        self.room.close()
        self.document.close()
        self.panes.composer.shut_down()

    # ------------------------------------------------------------------------------------------------------------ slots

    @Slot(str)
    def _on_connect_requested(self, _address: str) -> None:
        self._goes_to_composer = self.bar.url.hasFocus()
        self.talk.connect_now()

    @Slot()
    def _on_reconnect(self) -> None:
        if not self.talk.connect_now() and not self.talk.may_connect:
            self._reconnects_to = self.bar.address
            self.conversation.disconnect()

    @Slot(object)
    def _on_send_requested(self, draft: Draft) -> None:
        sent = partial(self.panes.composer.mark_sent, draft)
        self.talk.send(message_of(draft), sent, chosen=draft.is_chosen)

    @Slot(object)
    def _on_blocked(self, blocked: Blocked) -> None:
        self._ui.show_blocked(blocked, self.room.define, self.room.show_path_parameter)

    @Slot(str)
    def _on_address_edited(self, address: str) -> None:
        self.document.draft.set_address(address)
        self.changed.emit()

    def _on_draft_changed(self, fields: frozenset[str]) -> None:
        if "address" in fields and self.document.draft.address != self.bar.address:
            self.bar.change_address(self.document.draft.address)

    @Slot()
    def _on_document_changed(self) -> None:
        self.talk.describe(self._label)
        self.bar.show_dirty(is_dirty=self.is_dirty)
        self.changed.emit()

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

    @Slot(object)
    def _on_state_changed(self, state: states.State) -> None:
        self._attach_once()
        shape = connection_state(state)
        self.bar.show_state(bar_state(state, self.bar.address))
        self.viewer.timeline.set_live(shape)
        self.panes.composer.set_state(composer_state(shape))
        self._ui.show_outcome(state, self.bar.address, is_in_front=self._is_in_front)
        if isinstance(state, states.Open):
            self.talk.remember_address(self.noticed.emit)
            if self._goes_to_composer and self.bar.url.hasFocus():
                self._focus_composer()
        self._environment.show()
        self.changed.emit()
        if self._reconnects_to is not None and self.talk.may_connect:
            self._reconnects_to = None
            self.talk.connect_now()

    # ------------------------------------------------------------------------------------------------------- internals

    def _commands(self) -> dict[str, Callable[[], Any]]:
        show = self.panes.show_pane
        return {
            "press_primary": self.bar.activate,
            "reconnect": self._on_reconnect,
            "focus_address": self.bar.focus_address,
            "send": self.panes.composer.send,
            "beautify": self.panes.composer.beautify,
            "focus_message": self._focus_composer,
            "toggle_composer": self.panes.toggle,
            "show_failure": self._ui.toggle_failure,
            "save": self.save,
            "repeat": self.repeat.ask,
            "stop_repeat": self.repeat.stop,
            "save_message": self.shelf.save_message,
            "save_message_as": self.shelf.add_message,
            "focus_saved": self.shelf.take_keyboard,
            "choose_environment": self._environment.open_menu,
            "show_session_variables": self.room.show_session_variables,
            **{f"show_{key}": partial(show, key, takes_keyboard=True) for key in _PANES},
            **{f"send_saved_{number}": partial(self.send_saved, number - 1) for number in range(1, 10)},
        }

    def _connect_signals(self) -> None:
        bar, viewer, composer = self.bar, self.viewer, self.panes.composer
        bar.connect_requested.connect(self._on_connect_requested)
        bar.reconnect_requested.connect(self._on_reconnect)
        bar.failure_requested.connect(self._ui.toggle_failure)
        bar.save_requested.connect(self.save)
        bar.address_edited.connect(self._on_address_edited)
        bar.url.define_requested.connect(self.room.define)
        self._environment.button.edit_requested.connect(self.environments_requested)
        parts = (composer, self.saving, self.shelf, self.repeat, self.file, self._remedies, self._errands)
        for part in parts:
            part.noticed.connect(self.noticed)
        composer.send_requested.connect(self._on_send_requested)
        composer.draft_changed.connect(self.changed)
        composer.editor.define_requested.connect(self.room.define)
        self.talk.state_changed.connect(self._on_state_changed)
        self.talk.blocked.connect(self._on_blocked)
        self.talk.cleared.connect(self._ui.unsay_blocked)
        self.talk.variables_changed.connect(self._on_variables_changed)
        self.document.draft.on_change(self._on_draft_changed)
        self.document.changed.connect(self._on_document_changed)
        self.saving.saved.connect(self.saved_as)
        self.shelf.undo_offered.connect(self.undo_offered)
        self.shelf.send_requested.connect(self.talk.send)
        self.room.session_values_changed.connect(self._on_session_values_changed)
        self.repeat.started.connect(self._ui.unsay_blocked)
        self.room.undo_offered.connect(self.undo_offered)
        viewer.resend_requested.connect(self._errands.resend)
        viewer.edit_resend_requested.connect(self._errands.edit)
        viewer.banner.save_elsewhere_requested.connect(self._errands.ask_where_else)
        self._errands.resent.connect(self.talk.send_raw)
        self._errands.edited.connect(self._edit)
        viewer.timeline.connect_requested.connect(self.bar.activate)
        viewer.timeline.compose_requested.connect(self._focus_composer)
        viewer.timeline.arrived.connect(self._on_arrived)

    @Slot()
    def _on_variables_changed(self) -> None:
        self.bar.url.set_variables(self.talk)
        self.panes.composer.editor.set_variables(self.talk)
        self._ui.look_again(self.talk)

    @Slot(dict)
    def _on_session_values_changed(self, values: dict[str, str]) -> None:
        self.talk.set_session_values(values)
        self.changed.emit()

    def _restore(self, saved: SavedTab) -> None:
        if saved.url and saved.draft_request is None and not self.document.has_file:
            self.document.draft.set_address(saved.url)  # until its file has been read
        self.bar.set_address(self.document.draft.address)
        self.shelf.begin(kept_draft(saved))
        self.viewer.timeline.set_filter(kept_filter(saved))
        self.room.set_session_values(saved.session_values)
        self.talk.set_session_values(saved.session_values)
        self._on_variables_changed()
        self._on_document_changed()
        if saved.pane:
            self.panes.tabs.setCurrentIndex(self.panes.index_of(saved.pane))

    def _attach_once(self) -> None:
        recording = self.conversation.recording
        if self._is_attached or recording is None:
            return
        self._is_attached = True
        self.viewer.attach(recording.reader)

    @Slot()
    def _focus_composer(self) -> None:
        self._goes_to_composer = False
        self._ui.focus_composer()

    @Slot(object, object)
    def _edit(self, opcode: Opcode, payload: bytes) -> None:
        self.panes.show_pane("message")
        self.panes.composer.set_payload(payload, opcode)

    def _health(self) -> StorageHealth:
        recording = self.conversation.recording
        return recording.health if recording is not None else StorageHealth()


_PANES = ("params", "headers", "auth", "cookies", "settings", "variables", "notes")
