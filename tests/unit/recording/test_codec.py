"""Columns and JSON give back what was put in."""

from __future__ import annotations

import msgspec
import pytest
from tests.helpers import recordings as make
from tests.helpers.recordings import SENT

from wireyard.domain.event import Message, Note, Opened
from wireyard.recording.codec import (
    control_kind,
    decode,
    encode_message_detail,
    encode_structured,
    from_json,
    special_kind,
    structured_kind,
    to_json,
)
from wireyard.recording.kinds import OPCODE_SHIFT, RSV1, RowKind
from wireyard.recording.kinds import SENT as SENT_BIT


def test_text_that_is_not_unicode_survives() -> None:
    text = to_json({"a": "\udc80\u0000\U0001f600"})
    assert text.isascii()
    assert from_json(text, dict[str, str]) == {"a": "\udc80\u0000\U0001f600"}


def kind_of(message: Message) -> int:
    kind = RowKind.MESSAGE | message.opcode << OPCODE_SHIFT | special_kind(message)
    return kind | (SENT_BIT if message.direction else 0) | (RSV1 if message.rsv1 else 0)


def test_a_message_without_specials_needs_no_detail() -> None:
    event = make.message("hi", direction=SENT)
    assert decode(event.ts_ns, event.mono_ns, kind_of(event), event.wire_bytes, b"hi", None) == event


def test_a_message_with_specials() -> None:
    event = make.message("hi", fragments=2, fault="x", note="\udc80", rsv1=True)
    detail = encode_message_detail(event)
    assert decode(event.ts_ns, event.mono_ns, kind_of(event), event.wire_bytes, b"hi", detail) == event


def test_no_stored_wire_size_means_the_usual_one() -> None:
    event = decode(0, 0, kind_of(make.message("hi", direction=SENT)), None, b"hi", None)
    assert event == make.message("hi", direction=SENT, wire_bytes=8, ts_ns=0, mono_ns=0)


def test_a_control_frame() -> None:
    event = make.ping(payload=b"x")
    assert decode(event.ts_ns, event.mono_ns, control_kind(event), event.wire_bytes, b"x", None) == event


def test_times_are_in_their_columns_alone() -> None:
    event = make.opened(5)
    text = encode_structured(event)
    assert "ts_ns" not in text
    decoded = decode(event.ts_ns, event.mono_ns, structured_kind(event), None, None, text)
    assert isinstance(decoded, Opened)
    assert decoded == event


@pytest.mark.parametrize("detail", [None, "", "{", "[]", '{"text": 5}', "{}"])
def test_nonsense_is_refused(detail: str | None) -> None:
    with pytest.raises((msgspec.MsgspecError, ValueError)):
        decode(0, 0, structured_kind(make.note()), None, None, detail)


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(KeyError):
        decode(0, 0, 15, None, None, "{}")


@pytest.mark.parametrize("event", [make.opened(), make.note()])
def test_what_older_files_do_not_tell_has_its_usual_value(event: Opened | Note) -> None:
    newer = ("tls_pinned", "alpn", "chain", "topic", "attempt", "attempts")
    fields = msgspec.json.decode(encode_structured(event))
    older = to_json({name: value for name, value in fields.items() if name not in newer})
    assert older != encode_structured(event)
    assert decode(event.ts_ns, event.mono_ns, structured_kind(event), None, None, older) == event
