"""Close codes: which have a name, and which an application may send."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wireyard.domain.frame import close_code_name, close_fault, is_sendable_close_code


@pytest.mark.parametrize(
    ("code", "name"),
    [
        (1000, "Normal closure"),
        (1006, "Lost"),
        (3000, "Unauthorized"),
        (3999, "Registered by a library"),
        (4000, "Private to this service"),
        (4999, "Private to this service"),
        (999, "Unknown code"),
        (1016, "Unknown code"),
        (5000, "Unknown code"),
    ],
)
def test_a_close_code_has_a_name_of_its_own_or_of_its_range(code: int, name: str) -> None:
    assert close_code_name(code) == name


@pytest.mark.parametrize("code", [1000, 1001, 1011, 1014, 3000, 4999])
def test_a_code_for_applications_can_be_sent(code: int) -> None:
    assert is_sendable_close_code(code)


# 1004 is reserved; 1005, 1006 and 1015 stand for what was not on the wire (RFC 6455 section 7.4.1).
@pytest.mark.parametrize("code", [1004, 1005, 1006, 1015])
def test_a_code_that_is_never_on_the_wire_cannot_be_sent(code: int) -> None:
    assert not is_sendable_close_code(code)


@given(st.integers().filter(lambda code: not 1000 <= code <= 1014 and not 3000 <= code <= 4999))
def test_no_other_code_can_be_sent(code: int) -> None:
    assert not is_sendable_close_code(code)


@pytest.mark.parametrize("code", [1000, 1003, 1007, 1014, 3000, 4999])
def test_what_can_be_sent_has_no_fault(code: int) -> None:
    assert close_fault(code, "é" * 61 + "!") == ""
    assert close_fault(None, "") == ""


@pytest.mark.parametrize(
    ("code", "reason", "said"),
    [
        (1004, "", "Close code 1004 is reserved"),
        (1016, "", "Close code 1016 is reserved"),
        (2999, "", "Close code 2999 is reserved"),
        (1005, "", "only says, on this side, that the close frame had no code"),
        (1006, "", "that there was no close frame"),
        (1015, "", "that TLS failed"),
        (999, "", "from 1000 to 4999: 999 is none"),
        (0, "", "0 is none"),
        (-1, "", "-1 is none"),
        (5000, "", "5000 is none"),
        (65536, "", "65536 is none"),
        (None, "why", "A close reason needs a close code."),
        (1000, "x" * 124, "at most 123 bytes: this has 124."),
        (1000, "é" * 62, "at most 123 bytes: this has 124."),
        (1000, "\ud83d", "half a character"),
    ],
)
def test_what_can_t_be_sent_is_explained(code: int | None, reason: str, said: str) -> None:
    assert said in close_fault(code, reason)


@given(st.integers(-10, 70000))
def test_exactly_the_sendable_codes_have_no_fault(code: int) -> None:
    assert (close_fault(code, "") == "") == is_sendable_close_code(code)
