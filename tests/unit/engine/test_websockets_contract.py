"""What the engine relies on in the library beyond its documented interface: a release that changes it fails here."""

from __future__ import annotations

import importlib.metadata
import inspect
import logging
import zlib

import pytest
from tests.helpers.frames import BINARY, CONTINUATION, PING, TEXT, close_frame, frame, read_client_frames
from websockets.client import ClientProtocol
from websockets.exceptions import InvalidHeaderValue, NegotiationError, PayloadTooBig, ProtocolError
from websockets.extensions.permessage_deflate import ClientPerMessageDeflateFactory, PerMessageDeflate
from websockets.frames import Close, Frame, Opcode
from websockets.http11 import Response
from websockets.protocol import CLOSED, CLOSING, OPEN
from websockets.uri import WebSocketURI
from websockets.utils import accept_key

URI = WebSocketURI(False, "host", 80, "/", "")
ACCEPT = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: {}\r\n"


class Probe(ClientProtocol):
    """Notes the order of what the library calls."""

    def __init__(self, **options: object) -> None:
        self.calls: list[object] = []
        super().__init__(URI, **options)  # type: ignore[arg-type]

    def recv_frame(self, frame: Frame) -> None:
        self.calls.append(("recv", frame.opcode, bytes(frame.data), frame.rsv1))
        super().recv_frame(frame)
        self.calls.append("accepted")

    def send_frame(self, frame: Frame) -> None:
        before = len(self.writes)
        super().send_frame(frame)
        assert len(self.writes) == before + 1
        self.calls.append(("send", frame.opcode, bytes(frame.data)))

    def fail(self, code: int, reason: str = "") -> None:
        self.calls.append(("fail", int(code)))
        super().fail(code, reason)


def opened(**options: object) -> Probe:
    probe = Probe(**options)
    request = probe.connect()
    probe.send_request(request)
    probe.receive_data((ACCEPT.format(accept_key(probe.key)) + "\r\n").encode())
    assert [type(event) for event in probe.events_received()] == [Response]
    assert probe.state is OPEN
    probe.data_to_send()
    return probe


def test_the_version_is_one_whose_internals_are_known() -> None:
    major, minor = importlib.metadata.version("websockets").split(".")[:2]
    assert int(major) == 17
    assert int(minor) >= 4


@pytest.mark.parametrize(
    ("owner", "name", "parameters"),
    [
        (ClientProtocol, "recv_frame", ["self", "frame"]),
        (ClientProtocol, "send_frame", ["self", "frame"]),
        (ClientProtocol, "fail", ["self", "code", "reason"]),
        (ClientProtocol, "process_extensions", ["self", "headers"]),
        (ClientProtocol, "process_subprotocol", ["self", "headers"]),
        (PerMessageDeflate, "encode", ["self", "frame"]),
        (PerMessageDeflate, "decode", ["self", "frame", "max_size"]),
        (ClientPerMessageDeflateFactory, "process_response_params", ["self", "params", "accepted_extensions"]),
    ],
)
def test_what_is_overridden_is_still_called_so(owner: type, name: str, parameters: list[str]) -> None:
    assert list(inspect.signature(getattr(owner, name)).parameters) == parameters


def test_a_ping_is_received_before_its_pong_is_sent_and_the_frame_is_what_was_written() -> None:
    probe = opened()
    probe.receive_data(frame(PING, b"x"))
    assert probe.calls == [("recv", Opcode.PING, b"x", False), ("send", Opcode.PONG, b"x"), "accepted"]
    assert [one.payload for one in read_client_frames(b"".join(probe.data_to_send()))] == [b"x"]


def test_a_frame_is_handed_over_within_receive_data_and_leaves_the_reader_empty() -> None:
    probe = opened()
    for data in (frame(TEXT, b"a"), frame(BINARY, b"b" * 70_000), frame(TEXT, b"", fin=False), frame(CONTINUATION)):
        probe.receive_data(data)
        assert probe.calls[-1] == "accepted"
        assert not probe.reader.buffer


@pytest.mark.parametrize(
    ("data", "code", "error"),
    [
        (frame(TEXT, b"x", rsv=4), 1002, ProtocolError),
        (frame(3), 1002, ProtocolError),
        (frame(CONTINUATION, b"x"), 1002, ProtocolError),
        (frame(TEXT, b"x", mask=b"abcd")[:2], 1002, ProtocolError),
        (frame(BINARY, b"x" * 200)[:4], 1009, PayloadTooBig),
        (frame(8, b"\x03\xe8\xff"), 1007, UnicodeDecodeError),
    ],
)
def test_a_broken_rule_goes_through_fail_before_the_close_frame(data: bytes, code: int, error: type) -> None:
    probe = opened(max_size=100)
    probe.receive_data(data)
    assert isinstance(probe.parser_exc, error)
    failed, sent = probe.calls.index(("fail", code)), len(probe.calls) - 1
    assert failed < sent
    assert probe.calls[sent][1] is Opcode.CLOSE  # type: ignore[index]
    assert probe.close_sent is not None
    assert probe.close_sent.code == code
    # What comes after is thrown away.
    probe.receive_data(frame(TEXT, b"late"))
    assert probe.events_received() == []


def test_a_unicode_error_raised_while_a_frame_is_received_fails_with_1007() -> None:
    class Raises(Probe):
        def recv_frame(self, frame: Frame) -> None:
            super().recv_frame(frame)
            bytes(frame.data).decode()

    probe = Raises()
    probe.state = OPEN
    probe.parser = probe.parse()
    next(probe.parser)
    probe.receive_data(frame(TEXT, b"\xff"))
    assert ("fail", 1007) in probe.calls
    assert probe.state is CLOSING


def test_the_end_of_the_stream_fails_with_1006_and_sends_no_close_frame() -> None:
    probe = opened()
    probe.receive_eof()
    assert probe.calls == [("fail", 1006)]
    assert probe.state is CLOSED
    probe.receive_eof()


def test_who_closed_first_is_known() -> None:
    by_server = opened()
    by_server.receive_data(close_frame(1001, "going"))
    assert (by_server.close_rcvd, by_server.close_sent) == (Close(1001, "going"), Close(1001, "going"))
    assert by_server.close_rcvd_then_sent is True
    by_us = opened()
    by_us.send_close(1000, "bye")
    assert by_us.close_rcvd_then_sent is None
    by_us.receive_data(close_frame(1000, "bye"))
    assert by_us.close_rcvd_then_sent is False


def test_data_frames_are_read_on_while_closing() -> None:
    probe = opened()
    probe.send_close(1000)
    probe.receive_data(frame(TEXT, b"still here"))
    assert probe.calls[-2:] == [("recv", Opcode.TEXT, b"still here", False), "accepted"]


def test_the_compressed_form_is_seen_only_in_what_is_written() -> None:
    probe = opened()
    probe.extensions = [PerMessageDeflate(False, False, 15, 15)]
    probe.send_text(b"a" * 1000)
    assert probe.calls == [("send", Opcode.TEXT, b"a" * 1000)]
    assert probe.writes[-1][0] & 0x40
    assert len(probe.writes[-1]) < 100
    deflated = zlib.compress(b"b" * 1000, wbits=-15)
    probe.receive_data(frame(TEXT, deflated, rsv=4))
    assert probe.calls[-2] == ("recv", Opcode.TEXT, b"b" * 1000, False)


def test_the_agreed_parameters_of_the_extension_are_attributes() -> None:
    agreed = ClientPerMessageDeflateFactory(client_max_window_bits=True).process_response_params(
        [("server_no_context_takeover", None), ("client_max_window_bits", "12")], []
    )
    assert agreed.remote_no_context_takeover
    assert not agreed.local_no_context_takeover
    assert (agreed.remote_max_window_bits, agreed.local_max_window_bits) == (15, 12)
    assert agreed.compress_settings == {}


def test_a_failed_answer_is_kept_as_an_exception_and_not_raised() -> None:
    probe = Probe()
    probe.send_request(probe.connect())
    probe.receive_data((ACCEPT.format("wrong") + "\r\n").encode())
    assert isinstance(probe.handshake_exc, InvalidHeaderValue)
    assert probe.handshake_exc.name == "Sec-WebSocket-Accept"
    other = Probe()
    other.send_request(other.connect())
    head = ACCEPT.format(accept_key(other.key)) + "Sec-WebSocket-Protocol: chat\r\n\r\n"
    other.receive_data(head.encode())
    assert isinstance(other.handshake_exc, NegotiationError)


def test_the_key_can_be_chosen_and_the_request_changed_before_it_is_sent() -> None:
    probe = Probe()
    probe.key = "AAAAAAAAAAAAAAAAAAAAAA=="
    request = probe.connect()
    request.headers["X-Test"] = "1"
    request.path = "/other?"
    probe.send_request(request)
    (written,) = probe.data_to_send()
    assert written.startswith(b"GET /other? HTTP/1.1\r\n")
    assert b"Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n" in written
    assert b"X-Test: 1\r\n" in written


def test_a_logger_that_is_off_is_never_formatted_for() -> None:
    probe = Probe(logger=logging.getLogger("wireyard.engine.wire"))
    assert not probe.debug
