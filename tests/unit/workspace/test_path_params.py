"""Which segments of an address are parameters, and which only look so."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wireyard.workspace.path_params import has_path_syntax, path_names, pieces_of, with_plain_path


@pytest.mark.parametrize(
    ("url", "names"),
    [
        ("ws://h/:id", ("id",)),
        ("ws://h:8080/rooms/:room/users/:user_1/x", ("room", "user_1")),
        ("ws://h/:a/:a/:b-c", ("a", "b-c")),
        ("{{base}}/:id/?x=:no#:no", ("id",)),
        ("h.example:8080/:id", ("id",)),
        ("//h/:id", ("id",)),
        ("ws://u:p@h/:id", ("id",)),
        ("ws://[::1]:8080/:id", ("id",)),
        ("ws://h:8080", ()),
        ("ws://h:port/", ()),
        ("::1", ()),
        ("ws://[::1]/", ()),
        ("ws://h/a:b/x:/:/:1/::c/:d.e", ()),
        (r"ws://h/\:id/\:x", ()),
        ("ws://h/?a=/:b", ()),
        ("ws://h?/:b", ()),
        ("{{$now:yyyy/:MM/}}/x", ()),
        ("ws://h/{{a}}:b/:{{c}}", ()),
        ("", ()),
    ],
)
def test_what_is_a_parameter(url: str, names: tuple[str, ...]) -> None:
    assert path_names(url) == names


def test_a_backslash_keeps_a_segment() -> None:
    assert "".join(piece.text for piece in pieces_of(r"ws://h/\:id/:x/\:y")) == "ws://h/:id/:x/:y"
    assert path_names(r"ws://h/\:id/:x") == ("x",)


PARTS = ["ws://", "/", ":id", "\\", ":", "a", "{{v}}", "?", "#", "8080", "[::1]"]


@given(st.lists(st.sampled_from(PARTS)).map("".join))
def test_cutting_loses_nothing_and_a_plain_path_has_no_parameters(url: str) -> None:
    plain = with_plain_path(url)
    assert path_names(plain) == ()
    assert "".join(piece.text for piece in pieces_of(plain)) == "".join(piece.text for piece in pieces_of(url))
    assert has_path_syntax(url) or "".join(piece.text for piece in pieces_of(url)) == url
