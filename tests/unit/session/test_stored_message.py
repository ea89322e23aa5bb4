"""A message to be sent again comes back as it was recorded, unless it is too large to be held."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.helpers.recordings import message, recording

from wireyard.domain.frame import Opcode
from wireyard.session.stored_message import MessageTooLargeError, stored_message


def test_opcode_and_payload_come_back(tmp_path: Path) -> None:
    with recording(tmp_path, [message("text"), message(b"\x00\xff")]) as made:
        assert stored_message(made, 1) == (Opcode.TEXT, b"text")
        assert stored_message(made, 2) == (Opcode.BINARY, b"\x00\xff")


def test_the_limit_itself_is_allowed(tmp_path: Path) -> None:
    with recording(tmp_path, [message("12345")]) as made:
        assert stored_message(made, 1, max_bytes=5) == (Opcode.TEXT, b"12345")
        with pytest.raises(MessageTooLargeError):
            stored_message(made, 1, max_bytes=4)


def test_a_message_that_is_lost_is_a_lookup_error(tmp_path: Path) -> None:
    with recording(tmp_path, [message("a")]) as made, pytest.raises(LookupError):
        stored_message(made, 9)
