"""The end of a connection in words: who closed, with what, and whether that was a goodbye."""

from __future__ import annotations

import pytest

from wireyard.domain.event import Closed, ClosedBy
from wireyard.domain.failure import Failure
from wireyard.domain.frame import CLOSE_CODE_NAMES
from wireyard.session import states
from wireyard.session.wording import close_detail, close_row, close_words, end_words


def closed(by: ClosedBy, code: int, reason: str = "", cause: str = "", open_s: float = 64.0) -> Closed:
    return Closed(ts_ns=0, mono_ns=0, by=by, code=code, reason=reason, cause=cause, open_s=open_s)


@pytest.mark.parametrize(
    ("event", "row"),
    [
        (closed("server", 1001), "Closed by server: 1001 Going away"),
        (closed("us", 1000), "Closed by you: 1000 Normal closure"),
        (closed("server", 4321), "Closed by server: 4321 Private to this service"),
        (closed("server", 1005), "Closed by server: 1005 No code given"),
        (closed("nobody", 1006), "Connection lost: no close frame (1006)"),
        (closed("us", 1006), "Dropped by you: no close frame (1006)"),
    ],
)
def test_the_row_says_who_and_what(event: Closed, row: str) -> None:
    assert close_row(event) == row


def test_the_detail_says_why_and_how_long() -> None:
    assert close_detail(closed("server", 1001, "deploy", "Late.")) == "“deploy” · Late · open for 1 min 4 s"


def test_a_goodbye_is_calm() -> None:
    for event in (closed("us", 1000), closed("server", 1000), closed("server", 1005), closed("us", 4000)):
        assert close_words(event).is_calm
        assert not close_words(event).is_error


def test_a_loss_is_an_error_and_offers_to_reconnect() -> None:
    said = close_words(closed("nobody", 1006))
    assert said.is_error
    assert said.pill == "Lost"
    assert [remedy.id for remedy in said.remedies] == ["reconnect"]


def test_a_drop_of_ones_own_is_no_error() -> None:
    said = close_words(closed("us", 1006))
    assert (said.pill, said.is_error, said.is_calm) == ("Dropped", False, False)


@pytest.mark.parametrize("code", sorted(CLOSE_CODE_NAMES))
@pytest.mark.parametrize("by", ["us", "server", "nobody"])
def test_every_code_has_words(by: ClosedBy, code: int) -> None:
    said = close_words(closed(by, code, "because"))
    assert said.pill
    assert said.title
    assert said.explanation.endswith(".")
    assert "!" not in said.explanation


def test_the_reason_is_quoted_on_one_line() -> None:
    said = close_words(closed("server", 1008, "token\nexpired \u202e!"))
    assert "“token expired !”" in said.explanation
    assert said.title == "The server closed it: rule broken"


def test_what_broke_the_connection_comes_before_its_close() -> None:
    failure = Failure(code="too_big", step="open", facts={"limit": "1000", "refused_by": "us"})
    said = end_words(states.Closed(event=closed("us", 1009), failure=failure))
    assert said.pill == "Message too big"
    assert said.row == "Closed by you: 1009 Message too big"
    assert said.is_error


def test_without_a_failure_the_close_itself_is_told() -> None:
    event = closed("server", 1001)
    assert end_words(states.Closed(event=event)) == close_words(event)
