"""A session in the list for programs."""

from __future__ import annotations

from pathlib import Path

from wireyard.cli.sessions import as_record
from wireyard.domain.session import Totals
from wireyard.recording.catalogue import SessionSummary

PATH = Path("s.sqlite")


def test_a_session_has_every_field_and_no_secret() -> None:
    summary = SessionSummary(
        path=PATH,
        id="1",
        url="ws://u:hush@h/?key=hush",
        started_ts_ns=1_000_000_001,
        totals=Totals(received_count=3),
        has_ended=True,
        close_code=1001,
        closed_by="server",
    )
    record = as_record(summary)
    assert record["start"] == "1970-01-01T00:00:01.000000001Z"
    assert record["counts"]["received"] == 3
    assert record["close"] == {"code": 1001, "by": "server"}
    assert "hush" not in str(record)


def test_one_that_never_closed_has_no_close() -> None:
    record = as_record(SessionSummary(path=PATH, failure="refused"))
    assert (record["close"], record["failure"]) == (None, "refused")


def test_one_that_can_not_be_read_says_why() -> None:
    assert as_record(SessionSummary(path=PATH, problem="Damaged.")) == {
        "path": str(PATH),
        "size_bytes": 0,
        "problem": "Damaged.",
    }
