"""Showing a saved request."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.unit.cli.conftest import Run

REQUEST = """\
notes: |-
  First line
  second line
url: ws://{{host}}/x?key=literal
headers:
  - name: Authorization
    value: Bearer literal
  - name: Cookie
    value: '{{cookie}}'
subprotocols: [v1]
network: {open_timeout_s: 3}
variables:
  host: h.example
messages:
  - name: Hello
    body: '{"id": "{{$counter}}", "cookie": "{{cookie}}"}'
"""


@pytest.fixture(autouse=True)
def request_file(root: Path) -> None:
    (root / "Shop").mkdir()
    (root / "Shop" / "One.ws.yaml").write_text(REQUEST)
    (root / "Shop" / "collection.yaml").write_text("headers:\n  - {name: X-From, value: above}\n")
    (root / "environments" / "e.yaml").write_text("name: Staging\nvariables:\n  cookie: {secret: true}\n")
    (root / "environments" / "e.local.yaml").write_text("variables:\n  cookie: in-a-local-file\n")


def test_as_it_is_written(run: Run) -> None:
    record = json.loads(run("show", "Shop/One", "--json").out)
    assert record["url"] == "ws://{{host}}/x?key=(hidden)"
    assert [header["value"] for header in record["headers"]] == ["(hidden)", "{{cookie}}"]
    assert (record["path"], record["file"], record["variables"]) == (
        "Shop/One",
        "Shop/One.ws.yaml",
        {"host": {"value": "h.example"}},
    )


def test_with_secrets_the_file_is_shown_whole(run: Run) -> None:
    record = json.loads(run("show", "Shop/One", "--json", "--with-secrets").out)
    assert (record["url"], record["headers"][0]["value"]) == ("ws://{{host}}/x?key=literal", "Bearer literal")


def test_resolved_it_is_what_would_be_sent_with_secrets_hidden(run: Run) -> None:
    record = json.loads(run("show", "Shop/One", "--resolved", "-e", "staging", "--json").out)
    assert record["url"] == "ws://h.example/x?key=(hidden)"
    assert [(each["name"], each["value"], each["source"]) for each in record["headers"]] == [
        ("X-From", "above", "Shop"),
        ("Authorization", "(hidden)", None),
        ("Cookie", "(hidden)", None),
    ]
    assert json.loads(record["messages"][0]["body"]) == {"id": "1", "cookie": "(hidden)"}
    assert (record["subprotocols"], record["network"]["open_timeout_s"]) == (["v1"], 3)


def test_resolved_with_secrets_nothing_is_hidden(run: Run) -> None:
    record = json.loads(run("show", "Shop/One", "--resolved", "-e", "staging", "--json", "--with-secrets").out)
    assert record["headers"][2]["value"] == "in-a-local-file"
    assert record["headers"][1]["value"] == "Bearer literal"


def test_a_value_of_this_run_wins(run: Run) -> None:
    outcome = run("show", "Shop/One", "--resolved", "--set", "host=other", "--set", "cookie=c", "--json")
    assert json.loads(outcome.out)["url"].startswith("ws://other/")


def test_what_has_no_value_is_19(run: Run) -> None:
    outcome = run("show", "Shop/One", "--resolved")
    assert (outcome.code, outcome.out, "“cookie” has no value" in outcome.err) == (19, "", True)


def test_for_people_it_is_lines(run: Run) -> None:
    text = run("show", "Shop/One").out
    assert "  Notes        First line\n               second line\n" in text
    assert "  Header       Authorization: (hidden)\n" in text
    assert "  Network      open_timeout_s 3" in text
    assert "  Message      Hello (json)\n" in text
