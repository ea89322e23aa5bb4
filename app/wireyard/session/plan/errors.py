"""What keeps a saved request or message from being used, besides its variables; each is one sentence for people."""

from __future__ import annotations

from wireyard.workspace.errors import WorkspaceError


class PlanError(WorkspaceError):
    """A request or message can't be used as it is written."""


class EmptyPathParameter(PlanError):  # noqa: N818 - the state it tells of
    """A segment ``:name`` of the address has no value."""

    def __init__(self, name: str) -> None:
        super().__init__(f"“:{name}” in the address has no value. Give it one under Params, or write \\:{name}.")
        self.name = name
