"""No secret leaves; nothing else changes."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wireyard.domain.event import Failed, Message, Note, Opened
from wireyard.domain.failure import Answer, Failure
from wireyard.domain.frame import Direction, Opcode
from wireyard.domain.session import SessionInfo
from wireyard.exchange.redact import HIDDEN, Redaction, redact_text, redact_url
from wireyard.exchange.secret_values import SecretValues


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("wss://h.example/ws", "wss://h.example/ws"),
        ("wss://ann:pw@h.example/ws?a=1", "wss://(hidden)@h.example/ws?a=1"),
        ("wss://ann:p@w@h.example/", "wss://(hidden)@h.example/"),
        ("ann:pw@h.example/ws", "(hidden)@h.example/ws"),
        ("wss://h/ws?Token=abc&x=1", "wss://h/ws?Token=(hidden)&x=1"),
        ("wss://h/ws?x=1&ACCESS_TOKEN=a;b=c#top", "wss://h/ws?x=1&ACCESS_TOKEN=(hidden)#top"),
        ("wss://h/ws?%74oken=abc", "wss://h/ws?%74oken=(hidden)"),
        ("wss://h/ws?token=a b c&k=1", "wss://h/ws?token=(hidden)&k=1"),
        ("wss://h/ws#access_token=abc", "wss://h/ws#access_token=(hidden)"),
        ("/ws?secret=abc&monkey=1", "/ws?secret=(hidden)&monkey=1"),
        ("/chat/@me?key=1", "/chat/@me?key=(hidden)"),
        ("wss://h/ws?token=", "wss://h/ws?token="),
        ("wss://h/ws?q=key=5", "wss://h/ws?q=key=5"),
    ],
)
def test_addresses(url: str, shown: str) -> None:
    assert redact_url(url) == shown
    assert redact_url(shown) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ('could not open "wss://u:p@h/?token=abc" (12)', 'could not open "wss://(hidden)@h/?token=(hidden)" (12)'),
        ("GET / HTTP/1.1\r\nAuthorization: Basic eA==\r\nX: 1", "GET / HTTP/1.1\r\nAuthorization: (hidden)\r\nX: 1"),
        ("('Cookie', 'sid=1')", "('Cookie', (hidden)"),
        ("mail me@h.example, the key = 5", "mail me@h.example, the key = 5"),
        ("Authorization is missing", "Authorization is missing"),
    ],
)
def test_texts(text: str, shown: str) -> None:
    assert redact_text(text) == shown


def test_headers_of_any_case() -> None:
    headers = (
        ("authorization", "Bearer s3"),
        ("SET-COOKIE", "a=s3"),
        ("Location", "//u:s3@h/?key=s3"),
        ("Link", "<https://h/?token=s3>; rel=next"),
        ("Cookie", ""),
        ("X-Plain", "s4"),
    )
    event, _ = Redaction().event(msgspec.structs.replace(opened(""), headers=headers))
    assert isinstance(event, Opened)
    assert event.headers == (
        ("authorization", HIDDEN),
        ("SET-COOKIE", HIDDEN),
        ("Location", "//(hidden)@h/?key=(hidden)"),
        ("Link", "<https://h/?token=(hidden)>; rel=next"),
        ("Cookie", ""),
        ("X-Plain", "s4"),
    )


def opened(secret: str) -> Opened:
    return Opened(
        ts_ns=1,
        mono_ns=1,
        url=f"wss://h/?token={secret}",
        request_target=f"/?token={secret}",
        request_headers=(("Host", "h"), ("Authorization", f"Bearer {secret}")),
        status=101,
        reason="Switching Protocols",
        headers=(("Set-Cookie", f"sid={secret}"),),
    )


def test_it_tells_what_it_hid() -> None:
    redaction = Redaction()
    _, names = redaction.event(opened("s3"))
    assert names == ("token in the address", "Authorization", "Set-Cookie")
    redaction.event(opened("s3"))
    assert redaction.hidden == names
    info = SessionInfo(id="1", url="wss://u@h", created_ts_ns=0)
    assert redaction.info(info)[1] == ("user name and password in the address",)
    assert redaction.hidden == (*names, "user name and password in the address")


def test_with_secrets_nothing_is_touched() -> None:
    event = opened("s3")
    assert Redaction(hide=False).event(event) == (event, ())


def test_payloads_are_evidence() -> None:
    event = Message(
        ts_ns=1, mono_ns=1, direction=Direction.SENT, opcode=Opcode.TEXT, payload=b"?token=s3", wire_bytes=9
    )
    assert Redaction().event(event)[0] is event


def test_the_values_of_secrets_are_hidden_in_payloads_too() -> None:
    event = Message(
        ts_ns=1, mono_ns=1, direction=Direction.SENT, opcode=Opcode.TEXT, payload=b'{"t":"hunter2"}', wire_bytes=9
    )
    redaction = Redaction(secrets=["hunter2"])
    shown, names = redaction.event(event)
    assert isinstance(shown, Message)
    assert (shown.payload, names) == (b'{"t":"(hidden)"}', ("values of secret variables",))
    info = SessionInfo(id="1", url="wss://h/hunter2", created_ts_ns=1)
    assert redaction.info(info)[0].url == "wss://h/(hidden)"
    assert redact_text("no hunter2", SecretValues(["hunter2"])) == "no (hidden)"
    assert redact_url("wss://h/hunter2", SecretValues(["hunter2"])) == "wss://h/(hidden)"


def test_values_can_come_to_be_known_later() -> None:
    redaction = Redaction()
    note = Note(ts_ns=1, mono_ns=1, text="hunter2")
    assert redaction.event(note)[0] is note
    redaction.know(["hunter2"])
    assert redaction.event(note)[0] == Note(ts_ns=1, mono_ns=1, text="(hidden)")


def test_an_event_without_secrets_comes_back_itself() -> None:
    note = Note(ts_ns=1, mono_ns=1, text="paused")
    assert Redaction().event(note)[0] is note


SECRET = st.text(st.characters(codec="ascii", categories=("L", "N")), min_size=9).map("Q9Zs".__add__)
NOISE = st.text(st.characters(codec="ascii", categories=("L", "N", "Pd")), max_size=8)
PARAMETER = st.sampled_from(["token", "KEY", "Secret", "passWord", "access_token", "tok%65n"])


@given(SECRET, NOISE, PARAMETER, st.sampled_from(["", "wss://", "http://"]))
def test_no_secret_of_an_address_survives(secret: str, noise: str, name: str, scheme: str) -> None:
    url = f"{scheme}{secret}:{secret}@h{noise}.example/p?x={noise}&{name}={secret}&y={noise}#z"
    assert redact_url(url) == f"{scheme}(hidden)@h{noise}.example/p?x={noise}&{name}=(hidden)&y={noise}#z"


@given(SECRET, PARAMETER)
def test_no_secret_of_an_event_survives(secret: str, name: str) -> None:
    headers = (("Proxy-Authorization", secret), ("coOkie", f"a={secret}"), ("Location", f"/a?{name}={secret}"))
    raw = f"HTTP/1.1 302 Found\r\nSet-Cookie: {secret}\r\nLocation: /?{name}={secret}\r\n\r\n".encode()
    failure = Failure(
        code="status",
        step="upgrade",
        technical=f"wss://{secret}@h/?{name}={secret} refused",
        facts={"url": f"wss://{secret}@h", "location": f"/?{name}={secret}", "authorization": secret},
        answer=Answer(status=302, headers=headers, raw=raw + b"body"),
    )
    for event in (opened(secret), Failed(ts_ns=1, mono_ns=1, failure=failure)):
        shown, names = Redaction().event(event)
        assert names
        assert secret not in repr(shown)
    assert isinstance(shown, Failed)
    assert shown.failure.answer is not None
    assert shown.failure.answer.raw.endswith(b"\r\n\r\nbody")


@given(st.text())
def test_texts_without_secrets_stay_byte_equal(text: str) -> None:
    plain = text.replace("=", "").replace("@", "").replace(":", "").replace(",", "")
    assert redact_text(plain) == plain
    assert redact_url(plain) == plain
