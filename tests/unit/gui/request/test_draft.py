"""A request as it is edited: address and parameters as one, what is dirty, and what two sides changed."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from wireyard.gui.request.draft import RequestDraft, reconciled, tidy, without_empty_rows
from wireyard.workspace.model import Field, RequestFile, SavedMessage
from wireyard.workspace.query import join_address, split_address

_WORD = st.text(alphabet="ab=&?{}% é", max_size=5)
_ROW = st.builds(Field, name=_WORD, value=_WORD, off=st.booleans(), note=st.sampled_from(("", "n")))
_FILE = st.builds(
    RequestFile, url=st.text(alphabet="ws:/h?&=a{}", max_size=15), params=st.lists(_ROW, max_size=4).map(tuple)
)
_ADDRESS = st.text(alphabet="ws:/h?&=ab{}% ", max_size=30)


@given(_FILE, _ADDRESS)
def test_the_address_is_kept_as_it_was_typed(file: RequestFile, address: str) -> None:
    draft = RequestDraft(file)
    draft.set_address(address)
    assert draft.address == address
    assert join_address(draft.edited.url, draft.params) == address


@given(_FILE, _ADDRESS)
def test_rows_that_are_off_stay_in_order_whatever_is_typed(file: RequestFile, address: str) -> None:
    draft = RequestDraft(file)
    off = [row for row in draft.params if row.off]
    draft.set_address(address)
    assert [row for row in draft.params if row.off] == off


@given(_FILE, st.lists(_ROW, max_size=4))
def test_the_address_follows_the_rows(file: RequestFile, rows: list[Field]) -> None:
    draft = RequestDraft(file)
    draft.set_params(rows)
    assert draft.params == tuple(rows)
    assert draft.address == join_address(draft.edited.url, rows)


@given(_FILE)
def test_opening_a_request_changes_nothing_of_what_is_dialled(file: RequestFile) -> None:
    draft = RequestDraft(file)
    assert not draft.is_dirty
    assert draft.address == join_address(file.url, file.params)


@given(_FILE)
def test_what_was_tidied_is_tidy(file: RequestFile) -> None:
    assert tidy(tidy(file)) == tidy(file)


@given(_FILE, _ADDRESS)
def test_a_change_that_is_taken_back_is_no_change(file: RequestFile, address: str) -> None:
    draft = RequestDraft(file)
    draft.set_address(address)
    draft.revert()
    assert not draft.is_dirty
    assert draft.edited == tidy(file)


@given(st.lists(_ROW, max_size=5), _ADDRESS)
def test_the_rows_that_are_on_say_what_was_typed(rows: list[Field], address: str) -> None:
    _, pieces = split_address(address)
    on = [(row.name, row.value) for row in reconciled(rows, pieces) if not row.off]
    assert on == [(piece.name, piece.value) for piece in pieces]


def test_notes_and_rows_that_are_off_survive_typing_in_the_address() -> None:
    rows = (
        Field(name="a", value="1", note="first"),
        Field(name="x", off=True),
        Field(name="b", value="2", note="last"),
    )
    draft = RequestDraft(RequestFile(url="ws://h", params=rows))
    draft.set_address("ws://h?a=12&b=2&c=3")
    assert draft.params == (
        Field(name="a", value="12", note="first"),
        Field(name="x", off=True),
        Field(name="b", value="2", note="last"),
        Field(name="c", value="3"),
    )
    draft.set_address("ws://h?b=2&c=3")
    assert [row.name for row in draft.params] == ["x", "b", "c"]


def test_notes_follow_parameters_that_change_places() -> None:
    rows = (Field(name="a", value="1", note="one"), Field(name="b", value="2", note="two"))
    draft = RequestDraft(RequestFile(url="ws://h", params=rows))
    draft.set_address("ws://h?b=2&a=1")
    assert [(row.name, row.note) for row in draft.params] == [("b", "two"), ("a", "one")]


def test_a_question_mark_that_nothing_follows_stays_until_something_does() -> None:
    draft = RequestDraft(RequestFile(url="ws://h"))
    draft.set_address("ws://h?")
    assert (draft.edited.url, draft.params) == ("ws://h?", ())
    draft.set_params([Field(name="a", value="1")])
    assert draft.address == "ws://h?a=1"


def test_listeners_hear_which_fields_changed() -> None:
    draft, heard = RequestDraft(RequestFile(url="ws://h")), list[frozenset[str]]()
    draft.on_change(heard.append)
    draft.set_address("ws://h?a=1")
    draft.change(notes="x")
    draft.change(notes="x")
    assert heard == [{"params", "address"}, {"notes"}]


def test_an_untitled_request_is_worth_a_question_once_there_is_more_than_an_address() -> None:
    draft = RequestDraft()
    draft.set_address("ws://h?a=1")
    assert not draft.is_dirty
    draft.change(headers=(Field(name="A", value="1"),))
    assert draft.is_dirty


def test_what_the_file_changed_and_we_did_not_is_taken() -> None:
    draft = RequestDraft(RequestFile(url="ws://h", notes="old"))
    draft.set_address("ws://mine")
    theirs = RequestFile(url="ws://h", notes="new", messages=(SavedMessage(name="hi"),))
    assert draft.rebase(theirs) == frozenset()
    assert draft.edited == replace(theirs, url="ws://mine")
    assert draft.is_dirty


def test_what_both_changed_stays_ours_and_is_told() -> None:
    draft = RequestDraft(RequestFile(url="ws://h"))
    draft.set_address("ws://mine")
    assert draft.rebase(RequestFile(url="ws://theirs")) == {"url"}
    assert draft.address == "ws://mine"
    assert draft.saved == RequestFile(url="ws://theirs")


def test_the_same_change_on_both_sides_is_none() -> None:
    draft = RequestDraft(RequestFile(url="ws://h"))
    draft.set_address("ws://same")
    assert draft.rebase(RequestFile(url="ws://same")) == frozenset()
    assert not draft.is_dirty


def values(draft: RequestDraft) -> dict[str, str]:
    return {row.name: row.value for row in draft.edited.path_params}


def test_segments_of_the_path_become_rows_and_keep_their_values() -> None:
    draft = RequestDraft()
    draft.set_address("ws://h:8080/:room/:user")
    draft.set_path_params([Field(name="room", value="7"), Field(name="user", value="al", note="n")])
    assert draft.address == "ws://h:8080/:room/:user"
    draft.set_address("ws://h:8080/:user/:place/:room")
    assert values(draft) == {"user": "al", "place": "", "room": "7"}
    draft.set_address("ws://h:8080/:user")
    assert values(draft) == {"user": "al"}
    draft.set_address("ws://h:8080/:user/:room")
    assert values(draft) == {"user": "al", "room": "7"}


def test_a_name_that_is_typed_letter_by_letter_keeps_its_value() -> None:
    draft = RequestDraft(RequestFile(url="ws://h/:id", path_params=(Field(name="id", value="7"),)))
    for name in ("i", "", "o", "or", "order"):
        draft.set_address(f"ws://h/:{name}" if name else "ws://h/")
    assert values(draft) == {"order": ""}
    draft.set_address("ws://h/:id")
    assert values(draft) == {"id": "7"}
    draft.set_address("ws://h/:ids")
    assert values(draft) == {"ids": "7"}


def test_a_file_with_rows_for_other_segments_is_not_dirty() -> None:
    file = RequestFile(url="ws://h/:a", path_params=(Field(name="b", value="1"), Field(name="a", value="2")))
    draft = RequestDraft(file)
    assert values(draft) == {"a": "2"}
    assert not draft.is_dirty


def test_rows_without_a_value_are_not_written() -> None:
    rows = (Field(name="a"), Field(name="b", note="n"), Field(name="c", value="1"))
    assert without_empty_rows(RequestFile(path_params=rows)).path_params == rows[1:]
