"""Compression as the library does it, but never of something so large that a window would freeze."""

from __future__ import annotations

import pytest
from websockets.exceptions import NegotiationError
from websockets.frames import Frame, Opcode

from wireyard.engine.deflate import MAX_COMPRESSED_SEND_BYTES, BoundedDeflate, BoundedDeflateFactory


def agreed() -> BoundedDeflate:
    extension = BoundedDeflateFactory().process_response_params([("client_max_window_bits", "12")], [])
    assert isinstance(extension, BoundedDeflate)
    return extension


def test_the_offer_is_that_of_browsers() -> None:
    assert list(BoundedDeflateFactory().get_request_params()) == [("client_max_window_bits", None)]


def test_the_server_s_parameters_are_kept() -> None:
    assert agreed().local_max_window_bits == 12
    with pytest.raises(NegotiationError):
        BoundedDeflateFactory().process_response_params([("unheard_of", None)], [])


def test_a_message_is_compressed_up_to_a_size() -> None:
    extension = agreed()
    small = extension.encode(Frame(Opcode.TEXT, b"a" * MAX_COMPRESSED_SEND_BYTES))
    assert small.rsv1
    assert len(small.data) < 10_000
    large = Frame(Opcode.BINARY, b"a" * (MAX_COMPRESSED_SEND_BYTES + 1))
    assert extension.encode(large) is large


def test_leaving_one_out_does_not_disturb_the_next() -> None:
    sender, receiver = agreed(), agreed()
    for size in (100, MAX_COMPRESSED_SEND_BYTES + 1, 100):
        payload = b"same " * (size // 5 + 1)
        assert bytes(receiver.decode(sender.encode(Frame(Opcode.TEXT, payload))).data) == payload
