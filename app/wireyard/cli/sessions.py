"""``wireyard sessions``: the list of what was recorded, newest first; and the removal of what is old."""

from __future__ import annotations

import sys
from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

from wireyard.cli.options import profile_folder, profile_option

if TYPE_CHECKING:
    from wireyard.cli.setup import Setup
    from wireyard.recording.catalogue import SessionSummary


@click.command("sessions", help="List recorded sessions, newest first.")
@click.option("--json", "as_json", is_flag=True, help="As a JSON array, for programs.")
@click.option("--prune", is_flag=True, help="Remove those beyond the age and size of the settings, and list them.")
@click.option("--dry-run", is_flag=True, help="With --prune: only list what would be removed.")
@profile_option
def command(as_json: bool, prune: bool, dry_run: bool) -> int:
    """Print the list, or remove what is due and print that."""
    from wireyard.cli.setup import prepare  # the store is not needed for --help
    from wireyard.recording.catalogue import Catalogue

    if dry_run and not prune:
        raise click.UsageError("--dry-run goes with --prune.")
    setup = prepare(profile_folder())
    summaries = _prune(setup, is_trial=dry_run) if prune else Catalogue(setup.sessions).sessions()
    if as_json:
        import msgspec

        text = msgspec.json.format(msgspec.json.encode([as_record(each) for each in summaries])).decode()
        print(text)
    elif sys.stdout.isatty() and (summaries or not prune):
        _print_table(summaries)
    else:
        for each in summaries:
            print("\t".join(_columns(each)))
    return 0


def _prune(setup: Setup, *, is_trial: bool) -> list[SessionSummary]:
    """Remove what is due, and say on stderr how much that was."""
    from wireyard.cli.say import say
    from wireyard.recording.retention import prune
    from wireyard.session.retention import limits_of, rule_words
    from wireyard.session.wording import phrases

    pruned = prune(setup.sessions, limits_of(setup.settings), is_trial=is_trial)
    count = len(pruned.sessions)
    many = "1 session" if count == 1 else f"{count:,} sessions"
    rule = rule_words(setup.settings)
    if not rule:
        say("No limit is set: sessions are never removed.")
    elif not count:
        say(f"Nothing is {rule}.")
    else:
        said = "Would remove" if is_trial else "Removed"
        say(f"{said} {many}, {phrases.size(pruned.size_bytes)}: {rule}.")
    return list(pruned.sessions)


def as_record(summary: SessionSummary) -> dict[str, Any]:
    """What ``--json`` tells of one session; secrets of its address are hidden."""
    from wireyard.exchange.redact import redact_url

    if summary.problem:
        return {"path": str(summary.path), "size_bytes": summary.size_bytes, "problem": summary.problem}
    totals, code = summary.totals, summary.close_code
    return {
        "id": summary.id,
        "path": str(summary.path),
        "url": redact_url(summary.url),
        "name": summary.name,
        "request": summary.request,
        "label": summary.label,
        "start": _utc(summary.started_ts_ns),
        "duration_s": round(summary.duration_s, 3),
        "counts": {
            "sent": totals.sent_count,
            "sent_bytes": totals.sent_bytes,
            "received": totals.received_count,
            "received_bytes": totals.received_bytes,
        },
        "close": None if code is None else {"code": code, "by": summary.closed_by},
        "failure": summary.failure or None,
        "is_complete": summary.has_ended,
        "kept": summary.kept,
        "size_bytes": summary.size_bytes,
    }


def _columns(summary: SessionSummary) -> tuple[str, ...]:
    from wireyard.exchange.redact import redact_url
    from wireyard.session.wording import phrases

    if summary.problem:
        return ("—", "", "", "", "", summary.problem, str(summary.path))
    totals = summary.totals
    return (
        summary.id,
        _local(summary.started_ts_ns),
        _printable(redact_url(summary.url)),
        f"↑ {totals.sent_count:,}",
        f"↓ {totals.received_count:,} · {phrases.size(totals.received_bytes)}",
        _end(summary),
        str(summary.path),
    )


def _end(summary: SessionSummary) -> str:
    from wireyard.domain.frame import close_code_name

    if summary.close_code is not None:
        return f"{summary.close_code} {close_code_name(summary.close_code)}"
    if summary.failure:
        return f"Failed: {summary.failure.replace('_', ' ')}"
    return "" if summary.has_ended else "Recording, or cut off"


def _print_table(summaries: list[SessionSummary]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    if not summaries:
        print("No session has been recorded yet.")
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    for title in ("Id", "Start", "Address"):
        table.add_column(title, overflow="fold" if title == "Id" else "ellipsis", no_wrap=True)
    for title in ("Sent", "Received"):
        table.add_column(title, justify="right", no_wrap=True)
    table.add_column("Close", no_wrap=True)
    for each in summaries:
        table.add_row(*(Text(column) for column in _columns(each)[:-1]))
    Console(highlight=False).print(table)


def _utc(ts_ns: int) -> str:
    from datetime import UTC

    seconds, rest = divmod(ts_ns, 1_000_000_000)
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%dT%H:%M:%S}.{rest:09d}Z"


def _local(ts_ns: int) -> str:
    return f"{datetime.fromtimestamp(ts_ns / 1e9).astimezone():%Y-%m-%d %H:%M:%S}"


def _printable(text: str) -> str:
    return "".join(c if c.isprintable() else "\ufffd" for c in text)
