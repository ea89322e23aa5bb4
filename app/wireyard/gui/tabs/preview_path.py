"""The preview path of a request and that of its timeline are one: chosen in the list, saved with the request."""

from __future__ import annotations

from wireyard.gui.request.draft import RequestDraft
from wireyard.gui.timeline.preview_choice import PreviewChoice


def join_preview_path(draft: RequestDraft, preview: PreviewChoice) -> None:
    """Show in the list what the draft says, and have the draft take what is chosen there."""

    def show(_fields: frozenset[str] = frozenset()) -> None:
        preview.show(draft.edited.preview_path)

    def take(path: str) -> None:
        draft.change(preview_path=path)

    show()
    draft.on_change(show)
    preview.chosen.connect(take)
