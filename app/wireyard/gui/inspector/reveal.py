"""What the inspector knows of the secrets in what it shows: its eye, and copies that they were left out of."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QObject, Signal, Slot

from wireyard.gui.inspector.code_view import CodeView
from wireyard.gui.inspector.details_view import DetailsView
from wireyard.gui.inspector.hex_view import HexView
from wireyard.gui.inspector.navigation import Selection
from wireyard.gui.widgets.reveal_button import RevealButton
from wireyard.session.masked_reader import Masking


class Reveal(QObject):
    """``left_out`` tells that something was copied while secrets in it are masked."""

    left_out = Signal()

    def __init__(
        self,
        masking: Masking,
        eye: RevealButton,
        views: Iterable[CodeView | HexView | DetailsView],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._masking = masking
        self._eye = eye
        self._is_masked = False
        self._place: tuple[CodeView | HexView | DetailsView, Selection | None, int, int] | None = None
        for view in views:
            view.copied.connect(self._on_copied)

    @property
    def is_masked(self) -> bool:
        """Whether something that is shown is masked."""
        return self._is_masked

    def show_state(self, *, has_secrets: bool) -> None:
        """Say whether there are secrets in what is shown now."""
        is_revealed = self._masking.is_revealed
        self._is_masked = has_secrets and not is_revealed
        self._eye.show_state(has_secrets=has_secrets, is_revealed=is_revealed)

    def keep_place(self, view: CodeView | HexView | DetailsView) -> None:
        """The row in this view is about to be read again: `put_back` goes to the same place in it."""
        selection = None if isinstance(view, DetailsView) else view.selection
        self._place = (view, selection, view.verticalScrollBar().value(), view.horizontalScrollBar().value())

    @Slot()
    def put_back(self) -> None:
        """Scroll to where it was, once."""
        if self._place is None:
            return
        (view, selection, down, right), self._place = self._place, None
        # What is masked is as long as what it stands for, so that every place is still the same.
        if selection is not None and not isinstance(view, DetailsView) and view.document is not None:
            view.select(selection, is_shown=False)
        view.verticalScrollBar().setValue(down)
        view.horizontalScrollBar().setValue(right)

    @Slot()
    def _on_copied(self) -> None:
        if self._is_masked:
            self.left_out.emit()
