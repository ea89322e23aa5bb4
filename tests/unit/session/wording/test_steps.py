"""The steps of connecting in words."""

from __future__ import annotations

from wireyard.domain.event import Step
from wireyard.session.wording import STEP_ORDER, step_name, step_row


def test_the_stepper_has_its_words_in_order() -> None:
    assert [step_name(step) for step in STEP_ORDER] == ["Auth", "DNS", "TCP", "Proxy", "TLS", "Upgrade"]


def test_what_led_to_another_round_has_its_own_words() -> None:
    for detail, words in (("302 Found", "Redirected 302 Found"), ("401 Unauthorized", "Asked to sign in 401")):
        step = Step(ts_ns=0, mono_ns=0, name="upgrade", ok=True, ms=1, detail=detail)
        assert step_row(step).startswith(words)


def test_a_row_tells_outcome_detail_and_time() -> None:
    assert (
        step_row(Step(ts_ns=0, mono_ns=0, name="resolve", ok=True, ms=3.21, detail="10.0.0.1"))
        == "Resolved 10.0.0.1 · 3.2 ms"
    )
    assert step_row(Step(ts_ns=0, mono_ns=0, name="tcp", ok=False, ms=12_345)) == "TCP failed · 12 s"
