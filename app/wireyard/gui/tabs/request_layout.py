"""How a request tab is laid out, what gives way in it, and how it shows that something failed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Slot
from PySide6.QtWidgets import QApplication, QVBoxLayout

from wireyard.gui.addresses import is_secure
from wireyard.gui.composer.panes import MESSAGE, RequestPanes
from wireyard.gui.connection.connect_bar import ConnectBar
from wireyard.gui.failure.failure_view import FailureView
from wireyard.gui.request.notices import Notices, Remedy
from wireyard.gui.tabs import later_retry
from wireyard.gui.tabs.arrangement import Arrangement, Layout
from wireyard.gui.tabs.request_talk import Blocked
from wireyard.gui.tabs.room import (
    LEAST_PANES_PX,
    LEAST_VIEWER_PX,
    LEFT_PANES_PX,
    PANES_PX,
    PanesHeight,
    layout_with_room,
    panes_height,
)
from wireyard.gui.tabs.tab import Tab
from wireyard.gui.tabs.viewer import Viewer
from wireyard.gui.theme.look import Look
from wireyard.gui.widgets.splitter import Splitter
from wireyard.gui.widgets.variable_source import VariableSource
from wireyard.session import states
from wireyard.session.wording import close_words, words
from wireyard.session.wording.model import CloseWords

_BLOCKED = "blocked"
_CLOSED = "closed"
_THE_REST = 10_000


class RequestLayout(QObject):
    """Bar and notices in the tab ``page``, and below them panes and viewer as the window's arrangement says."""

    def __init__(self, look: Look, page: Tab, viewer: Viewer) -> None:
        super().__init__(page)
        self._look = look
        self._page = page
        self._viewer = viewer
        self._is_collapsed_by_us = False
        self._missing = ""
        self._panes_height: PanesHeight = "usual"
        self._arrangement = Arrangement(self)
        self._layout: Layout = "above"
        self._is_moving = False
        self.bar = ConnectBar(look, lambda address: bool(is_secure(address)))
        self.panes = RequestPanes(look)
        self.notices = Notices(look, self.bar.button)
        self.failure_view = FailureView(look)
        self._splitter = Splitter(look, Qt.Orientation.Vertical)
        self._lay_out()
        self._leave_keys_to_the_window()
        page.installEventFilter(self)
        # What was not sent is another message by now: “Send as typed” must not send what nobody sees any more.
        self.panes.composer.draft_changed.connect(self.unsay_blocked)
        page.joined.connect(self.follow)
        look.changed.connect(self._on_look_changed)
        self._fit_widths()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._page and event.type() == QEvent.Type.Resize:
            self._fit_panes()
            self._fit_layout()
        if watched is self._page and event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest):
            self._fit_viewer()
        return False

    @property
    def layout(self) -> Layout:
        """Where the composer is now."""
        return self._layout

    @Slot(object)
    def follow(self, arrangement: Arrangement) -> None:
        """Be laid out as the window says that the tab is in from now on."""
        self._arrangement.changed.disconnect(self._on_arranged)
        self._arrangement = arrangement
        arrangement.changed.connect(self._on_arranged)
        self._on_arranged()

    def show_outcome(self, state: states.State, address: str, *, is_in_front: bool) -> None:
        """Show why it failed or broke, or hide that once another attempt began."""
        if isinstance(state, states.Connecting):
            self.notices.unsay(_CLOSED)
            self.notices.unsay(later_retry.TOPIC)
            self._hide_failure()
        elif isinstance(state, states.Failed):
            self._show_failure(state, address)
            if is_in_front:
                self._point_at_fault(state)
        elif isinstance(state, states.Closed) and state.failure is not None:
            self.failure_view.show_failure(state.failure, words(state.failure), (), address)
        elif isinstance(state, states.Closed):
            self._show_close(close_words(state.event))

    def _show_close(self, said: CloseWords) -> None:
        """Offer what helps against the reason that the server gave; connecting anew is the button above."""
        remedies = [
            Remedy(remedy.button, partial(self.failure_view.remedy_chosen.emit, remedy))
            for remedy in said.remedies
            if remedy.id != "reconnect"
        ]
        if remedies:
            self.notices.say(_CLOSED, f"{said.title}. {said.explanation}", remedies=remedies)

    def _show_failure(self, state: states.Failed, address: str) -> None:
        """Say why an attempt failed, and make room for what can be done about it."""
        said = words(state.failure)
        self.failure_view.show_failure(state.failure, said, state.steps, address)
        self._viewer.show_failure(is_shown=True)
        # Room for what can be done about it, where the composer has nothing to say or the window is low.
        draft = self.panes.composer.draft()
        has_words = bool(draft.text or draft.file) or self.panes.current != MESSAGE
        if not has_words or self._panes_height != "usual":
            self._is_collapsed_by_us = not self.panes.is_collapsed
            focus = QApplication.focusWidget()
            if focus is not None and self.panes.isAncestorOf(focus):
                # Else Qt gives the keyboard to the first button of the window.
                self.bar.button.setFocus(Qt.FocusReason.OtherFocusReason)
            self.panes.set_collapsed(True)

    def _hide_failure(self) -> None:
        """Another attempt began."""
        self._viewer.show_failure(is_shown=False)
        if self._is_collapsed_by_us:
            self._is_collapsed_by_us = False
            self.panes.set_collapsed(False)

    @Slot()
    def toggle_failure(self) -> None:
        """Show why it failed, or the timeline again."""
        if self.failure_view.words is not None:
            self._viewer.show_failure(is_shown=self.failure_view.isHidden())

    def _point_at_fault(self, state: states.Failed) -> None:
        """Put the caret where the address is wrong, if that is what failed."""
        if state.failure.code == "bad_address":
            position = state.failure.facts.get("position")
            if position is not None:
                self.bar.point_at_fault(int(position))

    def focus_composer(self) -> None:
        """Have the keyboard in the message."""
        self.panes.show_pane(MESSAGE)
        self.panes.composer.editor.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_blocked(
        self, blocked: Blocked, define: Callable[[str], object], show_in_path: Callable[[str], object]
    ) -> None:
        """Say why nothing was dialled or sent, and what can be done."""
        remedies: list[Remedy] = []
        self._missing = blocked.name
        if blocked.name:
            remedies.append(Remedy(self.tr("Define"), partial(define, blocked.name)))
        if blocked.path_name:
            remedies.append(Remedy(self.tr("Open Params"), partial(show_in_path, blocked.path_name)))
        if blocked.as_typed is not None:
            remedies.append(Remedy(self.tr("Send as typed"), blocked.as_typed))
        self.notices.say(_BLOCKED, blocked.words, tone="err", remedies=remedies)

    @Slot()
    def unsay_blocked(self) -> None:
        """It went on."""
        self._missing = ""
        self.notices.unsay(_BLOCKED)

    def look_again(self, source: VariableSource) -> None:
        """Values are others now: the variable that kept something from happening may have one."""
        if self._missing and source.lookup(self._missing) is not None:
            self.unsay_blocked()

    def _lay_out(self) -> None:
        self._splitter.addWidget(self.panes)
        self._splitter.addWidget(self._viewer)
        self._splitter.setStretchFactor(1, 1)
        self._splitter.reset_requested.connect(self._on_reset)
        self._splitter.splitterMoved.connect(self._on_moved)
        self._arrangement.changed.connect(self._on_arranged)
        self.panes.collapsed_changed.connect(self._on_arranged)
        self._viewer.set_failure_view(self.failure_view)
        column = QVBoxLayout(self._page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(self.notices)
        column.addWidget(self._splitter, 1)
        self._reset_panes()

    def _leave_keys_to_the_window(self) -> None:
        # These keys act from anywhere in the tab; a pane that has them too would make them ambiguous.
        composer = self.panes.composer
        for action in (composer.send_action, composer.beautify_action, self.panes.collapse_action):
            action.setShortcuts([])

    @Slot()
    def _on_look_changed(self) -> None:
        self._fit_widths()
        self._fit_panes()
        self._fit_layout()

    def _fit_widths(self) -> None:
        # Said outright: what stands in them gives way as they get narrower, and asks for room for all of it until then.
        self.panes.setMinimumWidth(self._look.px(LEAST_PANES_PX))
        self._viewer.setMinimumWidth(self._look.px(LEAST_VIEWER_PX))

    @Slot()
    def _fit_panes(self) -> None:
        """Have the panes give way, or come back, when the window's height or the zoom changes that much."""
        height = panes_height(self._page.window().height() * 100 / self._look.zoom_percent)
        if height != self._panes_height:
            was_collapsed, self._panes_height = self._panes_height == "collapsed", height
            if was_collapsed or height == "collapsed":
                self.panes.set_collapsed(height == "collapsed")
            self._reset_panes()

    def _fit_viewer(self) -> None:
        """Where the open panes leave no room, as in a small window at 200 %, they have the page to themselves."""
        above = self.bar.height() + (0 if self.notices.isHidden() else self.notices.sizeHint().height())
        left = self._page.height() - above - self.panes.minimumHeight()
        has_room = self.panes.is_collapsed or self._layout == "left" or left >= self._viewer.minimumSizeHint().height()
        if has_room == self._viewer.isHidden():
            self._viewer.setVisible(has_room)

    @Slot()
    def _reset_panes(self) -> None:
        # What a collapsed composer gives up goes to the timeline.
        sizes = [0 if self.panes.is_collapsed else self._look.px(self._wanted_size()), _THE_REST]
        self._is_moving = True
        self._splitter.setSizes(sizes[::-1] if self._layout == "below" else sizes)
        self._is_moving = False
        self._fit_viewer()

    def _wanted_size(self) -> int:
        """How large the panes are, in design pixels: as somebody chose, where there is room for it."""
        chosen = self._arrangement.size(self._layout)
        if self._layout == "left":
            return chosen or LEFT_PANES_PX
        height = "low" if self._panes_height == "collapsed" else self._panes_height
        return chosen if chosen and height == "usual" else PANES_PX[height]

    @Slot()
    def _on_arranged(self) -> None:
        if not self._is_moving:
            self._fit_layout()
            self._reset_panes()

    @Slot()
    def _on_reset(self) -> None:
        self._arrangement.set_size(self._layout, None)
        self._reset_panes()

    @Slot(int, int)
    def _on_moved(self, _position: int, _index: int) -> None:
        """A person dragged the line between panes and timeline: the other tabs of the window follow."""
        size = self._splitter.sizes()[self._splitter.indexOf(self.panes)]
        if self._layout != "left" and self._panes_height != "usual":
            return  # made for a low window, not for good
        self._is_moving = True
        self._arrangement.set_size(self._layout, round(size * 100 / self._look.zoom_percent))
        self._is_moving = False

    def _fit_layout(self) -> None:
        """Have the panes where the window wants them, and there is room for them."""
        width = self._page.width() * 100 / self._look.zoom_percent
        layout = layout_with_room(self._arrangement.layout, width, is_collapsed=self.panes.is_collapsed)
        if layout == self._layout:
            return
        self._layout = layout
        self._splitter.setOrientation(Qt.Orientation.Horizontal if layout == "left" else Qt.Orientation.Vertical)
        self._splitter.insertWidget(1 if layout == "below" else 0, self.panes)
        self._splitter.setStretchFactor(self._splitter.indexOf(self.panes), 0)
        self._splitter.setStretchFactor(self._splitter.indexOf(self._viewer), 1)
        self._reset_panes()
