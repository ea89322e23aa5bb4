"""The shape of a session file: its marks, tables, and the views for people with any SQLite tool.

docs/session-format.md explains it for readers; change both together, and raise SCHEMA_VERSION when a program of today
could no longer read the file.
"""

from __future__ import annotations

import sqlite3
from typing import Final

from wireyard.recording.kinds import HIDDEN, RowKind
from wireyard.recording.marks import TABLE as MARKS_TABLE

APPLICATION_ID: Final = 0x57797264  # "Wyrd"
SCHEMA_VERSION: Final = 1
# Measured: 200 B rows are as quick with any size; 10 KB rows reach 550 MB/s with 16 KB pages (one row a page), 920
# with 32 KB, 1,000 with 64 KB. But a commit of one message writes at least one whole page (21, 29, 53 µs), and an
# empty session has five.
PAGE_BYTES: Final = 32768
SUFFIX: Final = ".sqlite"

_TABLES: Final = f"""
create table session(key text primary key, value) without rowid;
create table event(
  seq integer primary key, ts_ns integer not null, mono_ns integer not null, kind integer not null,
  wire integer, payload blob
);
create index event_hidden on event(seq) where kind & {HIDDEN};
create table detail(seq integer primary key, json text not null);
create table {MARKS_TABLE};
"""

_TIME: Final = (
    "strftime('%Y-%m-%dT%H:%M:%S', e.ts_ns / 1000000000, 'unixepoch') || printf('.%09dZ', e.ts_ns % 1000000000)"
)
_DIRECTION: Final = "case when e.kind & 256 then 'sent' else 'received' end"
_OPCODE: Final = (
    "case (e.kind >> 4) & 15 when 0 then 'continuation' when 1 then 'text' when 2 then 'binary'"
    " when 8 then 'close' when 9 then 'ping' when 10 then 'pong' end"
)
_SIZE: Final = "length(e.payload)"
WIRE_BYTES: Final = (
    "coalesce(e.wire, length(e.payload) + case when length(e.payload) < 126 then 2 when length(e.payload) < 65536"
    " then 4 else 10 end + case when e.kind & 256 then 4 else 0 end)"
)
_TIMES: Final = f"e.seq, {_TIME} as time, e.ts_ns, e.mono_ns"


def _detail_view(name: str, kind: RowKind, columns: tuple[str, ...]) -> str:
    fields = ", ".join(f"json_extract(d.json, '$.{column}') as {column}" for column in columns)
    return (
        f"create view {name} as select {_TIMES}, {fields} from event e join detail d on d.seq = e.seq"
        f" where e.kind & 15 = {int(kind)};\n"
    )


_VIEWS: Final = (
    f"""
create view messages as select {_TIMES}, {_DIRECTION} as direction, {_OPCODE} as opcode, {_SIZE} as size_bytes,
  {WIRE_BYTES} as wire_bytes, coalesce(json_extract(d.json, '$.fragments'), 1) as fragments, e.kind & 4096 != 0 as rsv1,
  case when e.kind & 1024 then 'failed' else 'sent' end as state,
  coalesce(json_extract(d.json, '$.fault'), '') as fault, coalesce(json_extract(d.json, '$.note'), '') as note,
  case (e.kind >> 4) & 15 when 1 then cast(e.payload as text) end as text, e.payload
  from event e left join detail d on d.seq = e.seq and e.kind & 16384 where e.kind & 15 = {int(RowKind.MESSAGE)};
create view control_frames as select {_TIMES}, {_DIRECTION} as direction, {_OPCODE} as opcode, {_SIZE} as size_bytes,
  {WIRE_BYTES} as wire_bytes, e.kind & 8192 != 0 as auto, json_extract(d.json, '$.rtt_ns') / 1e6 as rtt_ms, e.payload
  from event e left join detail d on d.seq = e.seq where e.kind & 15 = {int(RowKind.CONTROL)};
"""
    f"create view marks as select {_TIMES}, m.note from mark m join event e on e.seq = m.seq;\n"
    + _detail_view("steps", RowKind.STEP, ("name", "ok", "ms", "detail", "attempts"))
    + _detail_view(
        "handshakes",
        RowKind.OPEN,
        (
            "url",
            "request_target",
            "request_headers",
            "status",
            "reason",
            "headers",
            "subprotocol",
            "extensions",
            "peer",
            "tls_version",
            "tls_verified",
            "tls_pinned",
            "alpn",
            "chain",
            "cookies",
            "ms",
        ),
    )
    + _detail_view("closes", RowKind.CLOSE, ("by", "code", "reason", "clean", "open_s", "cause"))
    + _detail_view("errors", RowKind.ERROR, ("failure",))
    + _detail_view("notes", RowKind.NOTE, ("text", "topic", "attempt", "attempts"))
)


def lay_out(connection: sqlite3.Connection) -> None:
    """Give an empty database the marks, tables and views of a session file, in the caller's transaction."""
    connection.execute(f"pragma application_id={APPLICATION_ID}")
    connection.execute(f"pragma user_version={SCHEMA_VERSION}")
    for statement in (_TABLES + _VIEWS).split(";"):
        if statement.strip():
            connection.execute(statement)
