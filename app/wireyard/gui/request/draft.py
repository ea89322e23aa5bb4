"""What a tab edits, without a widget: the request as its file says it, and as it stands in the tab now.

The address and the rows of parameters are one model: changing either changes the other. Both sides are kept in the same
form, so a change that is taken back is no change.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from msgspec.structs import replace

from wireyard.workspace.model import Field, RequestFile
from wireyard.workspace.query import join_address, piece_of, split_address

Listener = Callable[[frozenset[str]], None]
# What makes an untitled request worth a question before it goes; an address alone is soon typed again.
_WORTH_KEEPING = ("notes", "headers", "subprotocols", "tls", "network", "variables", "messages")


class RequestDraft:
    """Listeners hear the names of the fields that changed, with ``address`` for ``url`` and ``params`` together."""

    def __init__(self, saved: RequestFile | None = None, edited: RequestFile | None = None) -> None:
        self._saved = tidy(saved) if saved is not None else None
        self._edited = tidy(edited or saved or RequestFile())
        self._address = join_address(self._edited.url, self._edited.params)
        self._listeners: list[Listener] = []

    # ------------------------------------------------------------------------------------------------------ properties

    @property
    def saved(self) -> RequestFile | None:
        """What the file says, None for a request that was never saved."""
        return self._saved

    @property
    def edited(self) -> RequestFile:
        """What a save would write."""
        return self._edited

    @property
    def is_dirty(self) -> bool:
        """Whether something would be lost with the tab."""
        if self._saved is not None:
            return self._edited != self._saved
        empty = RequestFile()
        return any(getattr(self._edited, name) != getattr(empty, name) for name in _WORTH_KEEPING)

    @property
    def address(self) -> str:
        """The address with the parameters that are on."""
        return self._address

    @property
    def params(self) -> tuple[Field, ...]:
        return self._edited.params

    @property
    def headers(self) -> tuple[Field, ...]:
        return self._edited.headers

    # -------------------------------------------------------------------------------------------------- public methods

    def on_change(self, listener: Listener) -> None:
        """Tell ``listener`` of every change from now on."""
        self._listeners.append(listener)

    def set_address(self, address: str) -> None:
        """Take an address as it was typed; rows keep their notes, and those that are off their places."""
        if address == self._address:
            return
        base, pieces = split_address(address)
        self._take(replace(self._edited, url=base, params=reconciled(self._edited.params, pieces)))

    def set_params(self, params: Sequence[Field]) -> None:
        """Take the rows of the grid; the address follows."""
        self.change(params=tuple(params))

    def change(self, **values: Any) -> None:
        """Change fields of `RequestFile`."""
        self._take(tidy(replace(self._edited, **values)))

    def revert(self) -> None:
        """Go back to what the file says."""
        self._take(self._saved or RequestFile())

    def settle(self, saved: RequestFile) -> None:
        """The file says this now, and nothing here is newer."""
        self._saved = tidy(saved)
        self._take(self._saved, always=True)

    def rebase(self, theirs: RequestFile) -> frozenset[str]:
        """The file changed: take what was not edited here. Answers the fields that both sides changed, kept as ours."""
        theirs = tidy(theirs)
        base = self._saved or RequestFile()
        taken: dict[str, Any] = {}
        contested: set[str] = set()
        for name in _changed(base, theirs):
            ours, new = getattr(self._edited, name), getattr(theirs, name)
            if ours == getattr(base, name):
                taken[name] = new
            elif ours != new:
                contested.add(name)
        self._saved = theirs
        self._take(replace(self._edited, **taken), always=True)
        return frozenset(contested)

    # ------------------------------------------------------------------------------------------------------- internals

    def _take(self, edited: RequestFile, *, always: bool = False) -> None:
        before, self._edited = self._edited, edited
        changed = _changed(before, edited)
        address = join_address(edited.url, edited.params)
        if address != self._address:
            self._address = address
            changed.add("address")
        if changed or always:
            for listener in self._listeners:
                listener(frozenset(changed))


def tidy(request: RequestFile) -> RequestFile:
    """The same request with the whole query in ``params``."""
    base, rows = split_address(request.url)
    params = (*rows, *request.params)
    if base.endswith("?") and any(not row.off for row in params):
        base = base[:-1]
    return replace(request, url=base, params=params)


def reconciled(rows: Sequence[Field], pieces: Sequence[Field]) -> tuple[Field, ...]:
    """Rows that say ``pieces``: with the notes of those they come from, and rows that are off where they were."""
    on = [index for index, row in enumerate(rows) if not row.off]
    old, new = [piece_of(rows[index]) for index in on], [piece_of(piece) for piece in pieces]
    head = _common(old, new)
    tail = _common(old[head:][::-1], new[head:][::-1])
    slots = on[head : len(on) - tail]
    middle = _with_notes([rows[index] for index in slots], pieces[head : len(pieces) - tail])
    place = slots[-1] + 1 if slots else on[head - 1] + 1 if head else on[0] if on else len(rows)
    result: list[Field] = []
    for index, row in enumerate((*rows, None)):
        if index == place:
            result += middle[len(slots) :]
        if row is None:
            break
        if index not in slots:
            result.append(row)
        elif slots.index(index) < len(middle):
            result.append(middle[slots.index(index)])
    return tuple(result)


def _with_notes(before: Sequence[Field], pieces: Sequence[Field]) -> list[Field]:
    """The pieces with the notes of rows of their name, else of the row in their place."""
    left = dict(enumerate(before))
    notes: dict[int, str] = {}
    for place, piece in enumerate(pieces):
        same = next((index for index, row in left.items() if row.name == piece.name), None)
        if same is not None:
            notes[place] = left.pop(same).note
    for place in range(len(pieces)):
        if place not in notes and place in left:
            notes[place] = left.pop(place).note
    return [replace(piece, note=notes.get(place, "")) for place, piece in enumerate(pieces)]


def _common(one: Sequence[str], other: Sequence[str]) -> int:
    count = 0
    for first, second in zip(one, other, strict=False):
        if first != second:
            break
        count += 1
    return count


def _changed(before: RequestFile, after: RequestFile) -> set[str]:
    return {name for name in RequestFile.__struct_fields__ if getattr(before, name) != getattr(after, name)}
