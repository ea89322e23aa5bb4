"""Compression as the library does it, but never of something so large that a window would freeze."""

from __future__ import annotations

import pytest
from websockets.exceptions import NegotiationError
from websockets.frames import Frame, Opcode

from wireyard.domain.request import Network
from wireyard.engine.deflate import MAX_COMPRESSED_SEND_BYTES, BoundedDeflate, BoundedDeflateFactory


def agreed() -> BoundedDeflate:
    extension = BoundedDeflateFactory(Network()).process_response_params([("client_max_window_bits", "12")], [])
    assert isinstance(extension, BoundedDeflate)
    return extension


def test_the_offer_is_that_of_browsers() -> None:
    assert list(BoundedDeflateFactory(Network()).get_request_params()) == [("client_max_window_bits", None)]


def test_the_server_s_parameters_are_kept() -> None:
    assert agreed().local_max_window_bits == 12
    with pytest.raises(NegotiationError):
        BoundedDeflateFactory(Network()).process_response_params([("unheard_of", None)], [])


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


def test_windows_and_takeover_are_offered_as_wanted() -> None:
    wanted = Network(
        server_window_bits=10, client_window_bits=9, server_context_takeover=False, client_context_takeover=False
    )
    assert list(BoundedDeflateFactory(wanted).get_request_params()) == [
        ("server_no_context_takeover", None),
        ("client_no_context_takeover", None),
        ("server_max_window_bits", "10"),
        ("client_max_window_bits", "9"),
    ]


@pytest.mark.parametrize(
    ("network", "answered", "objection"),
    [
        (Network(), [("client_max_window_bits", "8")], "client_bits_8"),
        (Network(client_window_bits=10), [("client_max_window_bits", "11")], "client_bits"),
        (Network(server_window_bits=10), [], "server_bits"),
        (Network(server_window_bits=10), [("server_max_window_bits", "15")], "server_bits"),
        (Network(server_context_takeover=False), [], "server_takeover"),
        (Network(), [("unheard_of", None)], "parameter"),
        (Network(), [("server_max_window_bits", "99")], "parameter"),
    ],
)
def test_what_can_t_be_taken_is_named(network: Network, answered: list[tuple[str, str | None]], objection: str) -> None:
    factory = BoundedDeflateFactory(network)
    with pytest.raises(NegotiationError):
        factory.process_response_params(answered, [])
    assert factory.objection == objection


def test_a_server_with_the_smallest_window_is_understood() -> None:
    extension = BoundedDeflateFactory(Network()).process_response_params([("server_max_window_bits", "8")], [])
    sender = BoundedDeflate(False, False, 15, 9, {})
    payload = bytes(range(256)) * 20
    assert bytes(extension.decode(sender.encode(Frame(Opcode.BINARY, payload))).data) == payload
