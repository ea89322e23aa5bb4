"""The slice-wise check finds what decoding at once finds, at the same place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wireyard.engine import utf8


def fault_at_once(payload: bytes) -> tuple[int, int, str] | None:
    try:
        payload.decode()
    except UnicodeDecodeError as fault:
        return fault.start, fault.end, fault.reason
    return None


def fault_in_slices(payload: bytes) -> tuple[int, int, str] | None:
    try:
        utf8.check_utf8(payload)
    except UnicodeDecodeError as fault:
        return fault.start, fault.end, fault.reason
    return None


_PIECES = st.sampled_from(
    [b"a", "ä".encode(), "€".encode(), "😀".encode(), b"\xf0\x9f", b"\x80", b"\xc3", b"\xff", b"\xed\xa0"]
)


@pytest.mark.parametrize("slice_bytes", [4, 5, 7, 64])
@given(st.lists(_PIECES, max_size=40).map(b"".join))
def test_slices_agree_with_the_whole(slice_bytes: int, payload: bytes) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(utf8, "_SLICE_BYTES", slice_bytes)
        assert fault_in_slices(payload) == fault_at_once(payload)


def test_a_large_text_with_a_fault_far_in() -> None:
    payload = "ß".encode() * 1_500_000 + b"\xff" + "ß".encode() * 100
    assert fault_in_slices(payload) == (3_000_000, 3_000_001, "invalid start byte")
    assert utf8.first_invalid_byte(payload) == 3_000_000


def test_a_good_payload_has_no_invalid_byte() -> None:
    utf8.check_utf8(b"gut")
    assert utf8.first_invalid_byte("schön".encode()) == 0
