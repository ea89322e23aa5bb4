"""What ``wireyard probe`` prints: the steps with their times, what was agreed on, the certificate, or the refusal."""

from __future__ import annotations

import time
from collections.abc import Iterable
from typing import Any

import msgspec

from wireyard.cli.probe_run import Probed
from wireyard.domain.event import Closed, Event, Failed, Note, Opened, Step
from wireyard.exchange.exporters.jsonl import JsonlWriter
from wireyard.exchange.redact import Redaction, redact_url
from wireyard.exchange.secret_values import SecretValues
from wireyard.session.wording import step_name, words

Record = dict[str, Any]
# What the lines of a log have, and a report has no need of.
_OF_LINES = ("seq", "ts", "mono_ns", "kind")
_MAX_BODY_LINES = 20
_LABEL = 14


def report_of(probed: Probed, secrets: Iterable[str] = ()) -> Record:
    """The report as data, with secrets hidden: the records are those of a JSON Lines log."""
    secrets = tuple(secrets)
    lines = JsonlWriter(Redaction(secrets=secrets))

    def records(kind: type[Event]) -> list[Record]:
        return [_plain(lines, event) for event in probed.events if isinstance(event, kind)]

    steps = records(Step)
    failed = records(Failed) if probed.failure is not None else []
    if probed.failure is not None:
        said = words(probed.failure)
        failed[0] |= {"title": said.title, "explanation": said.explanation}
    return {
        "url": redact_url(probed.url, SecretValues(secrets)),
        "ok": any(isinstance(event, Opened) for event in probed.events),
        "exit_code": int(probed.code),
        "steps": steps,
        "total_ms": sum(step["ms"] for step in steps),
        "notes": [note["text"] for note in records(Note)],
        "open": next(iter(records(Opened)), None),
        "close": next(iter(records(Closed)), None),
        "failure": next(iter(failed), None),
    }


def as_json(report: Record) -> str:
    """The report for programs."""
    return msgspec.json.format(msgspec.json.encode(report)).decode()


def as_text(report: Record, encoding: str = "utf-8") -> str:
    """The report for people, in characters that the encoding of the output has."""
    done, failed = _marks(encoding)
    lines = [report["url"]]
    for step in report["steps"]:
        mark = done if step["ok"] else failed
        lines.append(
            f"  {mark} {step_name(step['name']):<{_LABEL - 2}}{step['ms']:>9.1f} ms   {step['detail']}".rstrip()
        )
    if len(report["steps"]) > 1:
        lines.append(f"    {'Total':<{_LABEL - 2}}{report['total_ms']:>9.1f} ms")
    lines += [f"  {note}" for note in report["notes"]]
    opened, failure = report["open"], report["failure"]
    if opened is not None:
        lines += ["", *_agreed(opened)]
    if failure is not None:
        lines += _refusal(failure)
    text = "\n".join(_printable(line) for line in lines)
    return text.encode(encoding, "replace").decode(encoding)


def _marks(encoding: str) -> tuple[str, str]:
    try:
        "✓✗".encode(encoding)
    except UnicodeEncodeError:
        return "+", "x"
    return "✓", "✗"


def _plain(lines: JsonlWriter, event: Event) -> Record:
    record: Record = msgspec.to_builtins(lines.record(0, event))
    return {name: value for name, value in record.items() if name not in _OF_LINES}


def _agreed(opened: Record) -> list[str]:
    lines = _row("Subprotocol", opened["subprotocol"] or "none")
    lines += _row("Extensions", opened["extensions"] or "none")
    if opened["tls_version"]:
        how = "pinned" if opened.get("tls_pinned") else "verified" if opened["tls_verified"] else "not verified"
        alpn = f", ALPN {opened['alpn']}" if opened.get("alpn") else ""
        lines += _row("TLS", f"{opened['tls_version']}, {how}{alpn}")
    for certificate in _chain(opened):
        lines += ["", *_certificate(certificate)]
    return [*lines, "", *_headers(opened["headers"])]


def _refusal(failure: Record) -> list[str]:
    lines: list[str] = []
    for certificate in _chain(failure):
        lines += ["", *_certificate(certificate)]
    answer = failure.get("answer")
    if answer is not None:
        lines += ["", f"  HTTP {answer['status']} {answer['reason']}".rstrip(), *_headers(answer["headers"])]
        body = answer.get("text") or ""
        if answer.get("packed_as"):
            body = f"(the body is packed as {answer['packed_as']})"
        shown = body.splitlines()
        lines += [*([""] if shown else []), *(f"  {line}" for line in shown[:_MAX_BODY_LINES])]
        if len(shown) > _MAX_BODY_LINES:
            lines.append(f"  … {len(shown) - _MAX_BODY_LINES} more lines")
    return lines


def _chain(record: Record) -> list[Record]:
    """The certificates that the server showed, its own first."""
    chain: Record = record.get("chain") or {}
    first: Record | None = record.get("certificate")
    return chain.get("certificates") or ([first] if first else [])


def _certificate(certificate: Record) -> list[str]:
    return [
        *_row("Certificate", certificate["subject"]),
        *_row("Names", ", ".join(certificate["names"])),
        *_row("Issuer", certificate["issuer"]),
        *_row("Valid", f"{_date(certificate['not_before'])} to {_date(certificate['not_after'])}"),
        *_row("SHA-256", certificate["sha256"]),
    ]


def _headers(headers: Iterable[Iterable[str]]) -> list[str]:
    return [f"  {name}: {value}" for name, value in headers]


def _row(label: str, text: str) -> list[str]:
    return [f"  {label:<{_LABEL}}{text}"] if text else []


def _date(seconds: int) -> str:
    return time.strftime("%Y-%m-%d", time.gmtime(seconds))


def _printable(line: str) -> str:
    return "".join(c if c.isprintable() or c == "\t" else "\ufffd" for c in line)
