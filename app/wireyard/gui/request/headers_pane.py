"""The headers of the upgrade request: one's own, those that are inherited, and those that the app sets."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from wireyard.gui.request.context import Context
from wireyard.gui.request.draft import RequestDraft
from wireyard.gui.request.grid import FieldGrid
from wireyard.gui.request.grid_model import FixedRow, Section
from wireyard.gui.request.header_names import HEADER_NAMES
from wireyard.gui.request.level_draft import LevelDraft
from wireyard.gui.request.rules import Fault, header_fault
from wireyard.gui.theme.look import Look
from wireyard.workspace.model import Field, RequestFile


class HeadersPane(FieldGrid):
    """Rows for request, folder or collection. What the app sets is only told of a request."""

    def __init__(self, look: Look, draft: LevelDraft[Any], parent: QWidget | None = None) -> None:
        super().__init__(
            look,
            label=self.tr("Headers"),
            captions=(self.tr("Name"), self.tr("Value"), self.tr("Note")),
            blank_words=self.tr("Add a header"),
            mark=":",
            rule=self._fault,
            bulk_hint=self.tr("One header a line: Name: value. “# ” in front switches it off."),
            parent=parent,
        )
        self._draft = draft
        self._context = Context()
        self.set_completions(HEADER_NAMES)
        draft.on_change(self._on_draft_changed)
        self.edited.connect(self._on_rows_edited)
        self.section_switched.connect(self._on_section_switched)
        self.fixed_switched.connect(self._on_fixed_switched)
        self.set_rows(draft.edited.headers)
        self._show_below()

    def set_context(self, context: Context) -> None:
        self._context = context
        self.set_source(context.source)
        self._show_below()

    def point_at(self, name: str) -> None:
        """Have the keyboard at what is wrong with a header, else at the header of this name."""
        wanted = name.casefold()
        rows = range(len(self.rows))
        faulty = next((row for row in rows if self.model.fault(row) is not None), None)
        named = next((row for row in rows if self.rows[row].name.casefold() == wanted), None)
        if faulty is not None or named is not None:
            self.point_at_row(faulty if faulty is not None else named or 0)
        else:
            self.take_keyboard()

    @Slot()
    def _on_rows_edited(self) -> None:
        self._draft.change(headers=self.rows)

    @Slot(bool)
    def _on_section_switched(self, is_on: bool) -> None:
        self._draft.change(inherit_headers=is_on)

    @Slot(str, bool)
    def _on_fixed_switched(self, name: str, is_on: bool) -> None:
        """Have one of the app's headers sent, or left out."""
        inherited = self._context.setting("", "removed_headers").value
        names = [each for each in self._removed() if each.casefold() != name.casefold()]
        removed = tuple(names if is_on else [*names, name])
        self._draft.change(removed_headers=None if removed == tuple(inherited) else removed)

    def _removed(self) -> tuple[str, ...]:
        own = self._draft.edited.removed_headers
        return tuple(self._context.setting("", "removed_headers").value if own is None else own)

    def _fault(self, row: Field) -> Fault | None:
        hosts = sum(not each.off and each.name.casefold() == "host" for each in self.rows)
        if row.name.casefold() == "host" and hosts > 1:
            return Fault("name", self.tr("There is another Host: a request has one."))
        return header_fault(row)

    def _on_draft_changed(self, fields: frozenset[str]) -> None:
        if "headers" in fields:
            self.set_rows(self._draft.edited.headers)
        if fields & {"headers", "inherit_headers", "removed_headers", "network", "subprotocols", "address", "url"}:
            self._show_below()

    def _own_names(self) -> set[str]:
        """A row that is off counts too: it keeps the inherited header of its name out."""
        return {row.name.casefold() for row in self._draft.edited.headers if row.name}

    def _show_below(self) -> None:
        own, inherits = self._own_names(), self._draft.edited.inherit_headers
        inherited = [
            FixedRow(
                row.name,
                row.value,
                source,
                is_replaced=not inherits or row.name.casefold() in own,
                can_replace=row.name.casefold() not in own,
            )
            for row, source in self._context.headers()
        ]
        sections: list[Section] = []
        if self._context.levels:
            hint = self.tr("Use inherited headers") if inherited else self.tr("Use inherited headers: there are none")
            sections.append(Section(self.tr("Inherited"), tuple(inherited), is_on=inherits, hint=hint))
        if isinstance(self._draft, RequestDraft):
            taken = {row.name.casefold() for row in self._draft.edited.headers if not row.off}
            taken = taken.union(row.name.casefold() for row in inherited if inherits and not row.is_replaced)
            sections.append(Section(self.tr("Set by the app"), tuple(self._set_by_app(self._draft.edited, taken))))
        self.set_below(sections)

    def _set_by_app(self, request: RequestFile, taken: set[str]) -> Sequence[FixedRow]:
        from wireyard.engine.request import USER_AGENT  # the engine is loaded when a tab needs it

        network, context = request.network, self._context
        compresses = network.compression
        if compresses is None:
            compresses = bool(context.setting("network", "compression").value)
        protocols = request.subprotocols
        if protocols is None:
            protocols = context.setting("", "subprotocols").value
        rows = [
            self._removable("Host", self._host()),
            self._removable("User-Agent", USER_AGENT),
            FixedRow("Upgrade", "websocket"),
            FixedRow("Connection", "Upgrade"),
            FixedRow("Sec-WebSocket-Key", self.tr("new for each connection")),
            FixedRow("Sec-WebSocket-Version", "13"),
        ]
        if compresses:
            rows.append(FixedRow("Sec-WebSocket-Extensions", "permessage-deflate"))
        if protocols:
            rows.append(FixedRow("Sec-WebSocket-Protocol", ", ".join(protocols), self.tr("from Settings")))
        return [
            FixedRow(row.name, row.value, row.source, is_replaced=True) if row.name.casefold() in taken else row
            for row in rows
        ]

    def _removable(self, name: str, value: str) -> FixedRow:
        is_on = name.casefold() not in map(str.casefold, self._removed())
        words = self.tr("Enter to replace") if is_on else self.tr("left out")
        return FixedRow(name, value, words, can_replace=True, is_on=is_on)

    def _host(self) -> str:
        """The host as it will be sent; with variables in it, as it is written."""
        from wireyard.engine.address import parse_address
        from wireyard.engine.errors import AddressError

        address = self._draft.address if isinstance(self._draft, RequestDraft) else ""
        if "{{" in address:
            rest = address.partition("://")[2] or address
            return rest.partition("/")[0].partition("?")[0]
        try:
            return parse_address(address).host_header
        except AddressError:
            return self.tr("from the address")
