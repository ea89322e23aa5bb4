"""What permessage-deflate was agreed to be."""

from __future__ import annotations

import pytest

from wireyard.domain.compression import Deflate, Saved, agreed_deflate
from wireyard.domain.event import Opened


def opened(offered: str, answered: str) -> Opened:
    return Opened(
        ts_ns=1,
        mono_ns=1,
        url="ws://h/",
        request_target="/",
        request_headers=(("Sec-WebSocket-Extensions", offered),),
        status=101,
        reason="",
        headers=(),
        extensions=answered,
    )


@pytest.mark.parametrize(
    ("offered", "answered", "agreed"),
    [
        ("permessage-deflate", "", None),
        ("permessage-deflate", "x-other", None),
        ("permessage-deflate; client_max_window_bits", "permessage-deflate", Deflate()),
        (
            "permessage-deflate; client_max_window_bits=10",
            "permessage-deflate; server_max_window_bits=12",
            Deflate(server_window_bits=12, client_window_bits=10),
        ),
        (
            "permessage-deflate; client_max_window_bits",
            'x; a=b, permessage-deflate; client_max_window_bits="9"; server_no_context_takeover',
            Deflate(client_window_bits=9, server_context_takeover=False),
        ),
        (
            "permessage-deflate; client_no_context_takeover",
            "permessage-deflate",
            Deflate(client_context_takeover=False),
        ),
        (
            "permessage-deflate",
            "permessage-deflate; client_no_context_takeover; server_max_window_bits=x",
            Deflate(client_context_takeover=False),
        ),
    ],
)
def test_offer_and_answer_together_say_what_was_agreed(offered: str, answered: str, agreed: Deflate | None) -> None:
    assert agreed_deflate(opened(offered, answered)) == agreed


def test_sums_grow() -> None:
    assert Saved().plus(1, 100, 20).plus(2, 50, 10) == Saved(count=3, message_bytes=150, wire_bytes=30)
