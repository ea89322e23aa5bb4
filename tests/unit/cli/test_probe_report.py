"""What a probe prints."""

from __future__ import annotations

import json
from typing import Any

import pytest

from wireyard.cli.exits import ExitCode
from wireyard.cli.probe_report import as_json, as_text, report_of
from wireyard.cli.probe_run import Probed
from wireyard.domain.event import Event, Failed, Note, Opened, Step
from wireyard.domain.failure import Answer, Failure

TIMES: dict[str, Any] = {"ts_ns": 1, "mono_ns": 1}
STEPS = (
    Step(**TIMES, name="resolve", ok=True, ms=1.25, detail="10.0.0.1"),
    Step(**TIMES, name="proxy", ok=True, ms=3.0, detail="HTTP CONNECT h:80"),
)
OPENED = Opened(
    **TIMES,
    url="ws://h/",
    request_target="/",
    request_headers=(("Authorization", "Basic sesame"),),
    status=101,
    reason="Switching",
    headers=(("X-Bell", "\x07"), ("Set-Cookie", "sid=sesame")),
    subprotocol="v1",
)


def probed(*events: Event, failure: Failure | None = None) -> Probed:
    code = ExitCode.OK if failure is None else ExitCode.UPGRADE
    return Probed(url="ws://h/?token=sesame&a=1", events=(*STEPS, *events), failure=failure, code=code)


def test_the_lines_of_a_connection() -> None:
    text = as_text(report_of(probed(Note(**TIMES, text="Redirected"), OPENED)))
    assert text.splitlines()[1:6] == [
        "  ✓ DNS               1.2 ms   10.0.0.1",
        "  ✓ Proxy             3.0 ms   HTTP CONNECT h:80",
        "    Total             4.2 ms",
        "  Redirected",
        "",
    ]
    assert "  Subprotocol   v1" in text
    assert "  Extensions    none" in text
    assert "\x07" not in text


def test_secrets_are_hidden() -> None:
    report = report_of(probed(OPENED), ["10.0.0.1"])
    for text in (as_text(report), as_json(report)):
        assert "sesame" not in text
        assert "10.0.0.1" not in text


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "latin-1"])
def test_an_output_with_few_characters(encoding: str) -> None:
    text = as_text(report_of(probed(OPENED)), encoding)
    assert text.encode(encoding).decode(encoding).splitlines()[1].startswith("  + DNS")


def test_a_refusal_has_its_answer() -> None:
    body = b"\n".join(b"line %d" % number for number in range(30))
    failure = Failure(code="status", step="upgrade", answer=Answer(status=503, reason="No", body=body))
    report = report_of(probed(Failed(**TIMES, failure=failure), failure=failure))
    text = as_text(report)
    assert "  HTTP 503 No" in text
    assert "  line 19" in text
    assert "  line 20" not in text
    assert "  … 10 more lines" in text
    made = json.loads(as_json(report))
    assert made["failure"]["title"] == "The service is not ready"
    assert (made["ok"], made["exit_code"], made["open"]) == (False, 15, None)


def test_a_body_that_is_packed_is_named() -> None:
    failure = Failure(code="status", step="upgrade", answer=Answer(status=503, body=b"x", packed_as="br"))
    text = as_text(report_of(probed(Failed(**TIMES, failure=failure), failure=failure)))
    assert "(the body is packed as br)" in text
