"""Rows as text and back: what stays, keeps its note."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wireyard.gui.request.bulk import Mark, rows_of, text_of
from wireyard.workspace.model import Field

_TEXT = st.text(alphabet="ab c:=#é{}", max_size=6)
_ROW = st.builds(Field, name=_TEXT, value=_TEXT, off=st.booleans(), note=st.sampled_from(("", "n", "m")))


@pytest.mark.parametrize("mark", [":", "="])
@given(rows=st.lists(_ROW, max_size=5))
def test_a_text_that_is_not_touched_changes_no_row(mark: Mark, rows: list[Field]) -> None:
    kept = [row for row in rows if text_of([row], mark).strip()]
    assert list(rows_of(text_of(kept, mark), mark, kept)) == kept


@pytest.mark.parametrize(
    ("line", "mark", "row"),
    [
        ("Name: a: b", ":", Field(name="Name", value="a: b")),
        ("  X-A:1", ":", Field(name="X-A", value="1")),
        ("# X-A: 1", ":", Field(name="X-A", value="1", off=True)),
        ("#X-A: 1", ":", Field(name="X-A", value="1", off=True)),
        ("a=b=c", "=", Field(name="a", value="b=c")),
        ("a= b ", "=", Field(name="a", value=" b ")),
        ("live", "=", Field(value="live")),
        ("# live", "=", Field(value="live", off=True)),
        ("Name", ":", Field(name="Name")),
    ],
)
def test_a_line_is_read_as_a_person_means_it(line: str, mark: Mark, row: Field) -> None:
    assert rows_of(line, mark) == (row,)


def test_a_changed_value_keeps_the_note_of_its_name() -> None:
    before = (Field(name="A", value="1", note="why"), Field(name="B", value="2", note="because"))
    after = rows_of("B: 2\nA: 3", ":", before)
    assert after == (Field(name="B", value="2", note="because"), Field(name="A", value="3", note="why"))


def test_empty_lines_are_passed_over() -> None:
    assert rows_of("\n  \nA: 1\n\n", ":") == (Field(name="A", value="1"),)
