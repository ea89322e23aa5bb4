"""What was sent, newest last, to be walked with Alt+Up and Alt+Down as in a shell.

What was being written when the walk began waits at its end; what is changed on the way is not lost but becomes what
waits there.
"""

from __future__ import annotations

from wireyard.gui.composer.draft import Draft

MOST_DRAFTS = 200
MOST_CHARS = 8 * 1024 * 1024


class SendHistory:
    """A bounded list of drafts and a place in it."""

    def __init__(self) -> None:
        self._sent: list[Draft] = []
        self._place: int | None = None
        self._written = Draft()

    def __len__(self) -> int:
        return len(self._sent)

    @property
    def drafts(self) -> tuple[Draft, ...]:
        return tuple(self._sent)

    def add(self, draft: Draft) -> None:
        """Remember what was sent; the same twice in a row is kept once."""
        self._place = None
        if not self._sent or self._sent[-1] != draft:
            self._sent.append(draft)
        while len(self._sent) > 1 and (len(self._sent) > MOST_DRAFTS or self._chars() > MOST_CHARS):
            del self._sent[0]

    def restore(self, drafts: tuple[Draft, ...]) -> None:
        """Take back what `drafts` gave, after a restart."""
        self._sent = list(drafts[-MOST_DRAFTS:])
        self._place = None

    def older(self, present: Draft) -> Draft | None:
        """The draft sent before; ``None`` at the oldest. ``present`` is what the composer holds."""
        self._leave(present)
        place = len(self._sent) if self._place is None else self._place
        # What was just sent still stands in the composer: the first step goes behind it.
        while place > 0:
            place -= 1
            if self._sent[place] != present:
                self._place = place
                return self._sent[place]
        return None

    def newer(self, present: Draft) -> Draft | None:
        """The draft sent after, and at the end what was being written; ``None`` when that is shown already."""
        self._leave(present)
        if self._place is None:
            return None
        if self._place + 1 < len(self._sent):
            self._place += 1
            return self._sent[self._place]
        self._place = None
        return self._written

    def _leave(self, present: Draft) -> None:
        if self._place is None or present != self._sent[self._place]:
            self._written = present
            self._place = None

    def _chars(self) -> int:
        return sum(len(draft.text) for draft in self._sent)
