"""The eye: shows secret values that are masked, or masks them again."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from wireyard.gui.theme.look import Look
from wireyard.gui.widgets.button import IconButton

REVEAL_KEYS = "Ctrl+Shift+H"


class RevealButton(IconButton):
    """There only where something is masked, or would be. It is pressed for a wish; `show_state` says what is so."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, "eye", "", checkable=True, parent=parent)
        self.show_state(has_secrets=False, is_revealed=False)

    def show_state(self, *, has_secrets: bool, is_revealed: bool) -> None:
        """Whether there is something secret, and whether it can be read."""
        self.setVisible(has_secrets)
        self.setChecked(is_revealed)
        self.set_name(self.tr("Hide secrets") if is_revealed else self.tr("Show secrets"), REVEAL_KEYS)
