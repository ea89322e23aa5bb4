"""What keeps a saved request or message from being used, besides its variables; each is one sentence for people."""

from __future__ import annotations

from wireyard.workspace.errors import WorkspaceError


class PlanError(WorkspaceError):
    """A request or message can't be used as it is written."""
