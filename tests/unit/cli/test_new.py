"""Saving a request from the command line."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.unit.cli.conftest import Run

from wireyard.cli.new import request_of, split_path


@pytest.mark.parametrize(
    ("path", "names"),
    [
        ("A/b", ["A", "b"]),
        (r"A/b\/c/d", ["A", "b/c", "d"]),
        (" A / b ", ["A", "b"]),
        ("A//b", ["A", "", "b"]),
        ("alone", ["alone"]),
    ],
)
def test_a_path_is_names_with_slashes_between(path: str, names: list[str]) -> None:
    assert split_path(path) == names


def test_the_query_becomes_parameters_and_variables_stay() -> None:
    request = request_of("wss://{{host}}/x?a={{b}}&live", ["X: {{t}}"], [], [])
    assert (request.url, [(row.name, row.value) for row in request.params]) == (
        "wss://{{host}}/x",
        [("a", "{{b}}"), ("", "live")],
    )
    assert (request.headers[0].name, request.headers[0].value, request.subprotocols) == ("X", "{{t}}", None)


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ('{"a": 1}', "json"),
        ("[1]", "json"),
        ('{"a": {{b}}}', "json"),
        ("{{b}}", "text"),
        ("hello", "text"),
        ("", "text"),
    ],
)
def test_a_message_is_json_where_it_looks_like_it(text: str, form: str) -> None:
    (message,) = request_of("ws://h", [], [], [f"M={text}"]).messages
    assert (message.format, message.body) == (form, text)


def test_folders_are_made_and_found_again(run: Run, root: Path) -> None:
    assert run("new", "Shop/Live/One", "ws://h/").out == "Shop/Live/One.ws.yaml\n"
    assert run("new", "shop/live/Two", "ws://h/").out == "Shop/Live/Two.ws.yaml\n"
    assert run("new", "Shop/CON", "ws://h/").code == 0
    assert sorted(path.name for path in (root / "Shop" / "Live").glob("*.ws.yaml")) == ["One.ws.yaml", "Two.ws.yaml"]


def test_what_is_there_is_not_written_over(run: Run, root: Path) -> None:
    run("new", "Shop/One", "ws://h/")
    before = (root / "Shop" / "One.ws.yaml").read_text()
    outcome = run("new", "Shop/ONE", "ws://other/")
    assert (outcome.code, "is there already" in outcome.err) == (2, True)
    assert (root / "Shop" / "One.ws.yaml").read_text() == before


@pytest.mark.parametrize("path", ["alone", "/x", "A//x", "A/"])
def test_a_request_needs_a_collection_and_a_name(run: Run, root: Path, path: str) -> None:
    assert run("new", path, "ws://h/").code == 2
    assert not list(root.rglob("*.ws.yaml"))
