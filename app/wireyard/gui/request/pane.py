"""What every pane of a request has in common."""

from __future__ import annotations

from typing import Protocol

from wireyard.gui.request.context import Context


class Pane(Protocol):
    """A pane shows a draft and changes it; it hears of changes by itself."""

    def set_context(self, context: Context) -> None:
        """Show what is inherited, and take variables from there."""
        ...

    def commit(self) -> None:
        """Take what is being typed just now."""
        ...

    def take_keyboard(self) -> None:
        """Have the keyboard in the pane."""
        ...
