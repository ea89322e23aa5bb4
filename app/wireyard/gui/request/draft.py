"""What a tab edits, without a widget: the request as its file says it, and as it stands in the tab now.

The address and the rows of parameters are one model: changing either changes the other. Both sides are kept in the same
form, so a change that is taken back is no change.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from wireyard.gui.request.level_draft import LevelDraft
from wireyard.workspace.model import Field, RequestFile
from wireyard.workspace.path_params import path_names
from wireyard.workspace.query import join_address, piece_of, split_address

# What makes an untitled request worth a question before it goes; an address alone is soon typed again.
_WORTH_KEEPING = (
    "notes", "headers", "removed_headers", "subprotocols", "auth", "tls", "network", "proxy", "reconnect",
    "on_open", "variables", "messages",
)  # fmt: skip


class RequestDraft(LevelDraft[RequestFile]):
    """Listeners hear ``address`` too when ``url`` and ``params`` together say another one."""

    def __init__(self, saved: RequestFile | None = None, edited: RequestFile | None = None) -> None:
        super().__init__(RequestFile(), saved, edited)
        self._address = join_address(self.edited.url, self.edited.params)
        # Rows of segments that are gone come back with them: an address is typed letter by letter.
        self._seen_in_path: dict[str, Field] = {}

    @property
    def is_dirty(self) -> bool:
        """Whether something would be lost with the tab."""
        if self.saved is not None:
            return super().is_dirty
        empty = RequestFile()
        return any(getattr(self.edited, name) != getattr(empty, name) for name in _WORTH_KEEPING)

    @property
    def address(self) -> str:
        """The address with the parameters that are on."""
        return self._address

    @property
    def params(self) -> tuple[Field, ...]:
        return self.edited.params

    def set_address(self, address: str) -> None:
        """Take an address as it was typed; rows keep their notes, and those that are off their places."""
        if address == self._address:
            return
        base, pieces = split_address(address)
        before = self.edited
        self._seen_in_path |= {row.name: row for row in before.path_params if row.value or row.note}
        in_path = renamed(before.path_params, path_names(base), self._seen_in_path)
        self._take(replace(before, url=base, params=reconciled(before.params, pieces), path_params=in_path))

    def set_params(self, params: Sequence[Field]) -> None:
        """Take the rows of the grid; the address follows."""
        self.change(params=tuple(params))

    def set_path_params(self, rows: Sequence[Field]) -> None:
        """Take the values of the segments ``:name``."""
        self.change(path_params=tuple(rows))

    def _tidy(self, file: RequestFile) -> RequestFile:
        return tidy(file)

    def _also_changed(self) -> set[str]:
        address = join_address(self.edited.url, self.edited.params)
        if address == self._address:
            return set()
        self._address = address
        return {"address"}


def tidy(request: RequestFile) -> RequestFile:
    """The same request with the whole query in ``params``."""
    base, rows = split_address(request.url)
    params = (*rows, *request.params)
    if base.endswith("?") and any(not row.off for row in params):
        base = base[:-1]
    known = {row.name: row for row in request.path_params}
    in_path = tuple(known.get(name, Field(name=name)) for name in path_names(base))
    return replace(request, url=base, params=params, path_params=in_path)


def without_empty_rows(request: RequestFile) -> RequestFile:
    """The same request without rows of the path that say nothing: the address has their names."""
    return replace(request, path_params=tuple(row for row in request.path_params if row.value or row.note))


def renamed(rows: Sequence[Field], names: Sequence[str], seen: Mapping[str, Field]) -> tuple[Field, ...]:
    """A row for each name: the one that has it, one that was seen before, or the one in its place that lost its own."""
    known = {row.name: row for row in rows}
    made: list[Field] = []
    for place, name in enumerate(names):
        row = known.get(name) or seen.get(name)
        if row is None and place < len(rows) and rows[place].name not in names:
            row = replace(rows[place], name=name)
        made.append(row or Field(name=name))
    return tuple(made)


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
