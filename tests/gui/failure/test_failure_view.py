"""The failure view says where it stopped, shows what the other side said, and offers what can be done."""

from __future__ import annotations

import time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from wireyard.domain.event import Attempt, Step, StepName
from wireyard.domain.failure import Answer, Certificate, Chain, Failure
from wireyard.gui.failure.evidence import around_fault
from wireyard.gui.failure.facts import (
    MAX_BODY_BYTES,
    answer_text,
    certificate_facts,
    chain_facts,
    stepper_facts,
    tried_facts,
)
from wireyard.gui.failure.failure_view import FailureView
from wireyard.gui.theme.look import Look
from wireyard.gui.widgets.button import Button
from wireyard.gui.widgets.label import Label
from wireyard.gui.widgets.text_box import TextBox
from wireyard.session.wording import words

REFUSED = Failure(code="refused", step="tcp", technical="ConnectionRefusedError", facts={"host": "h", "port": "9"})


def step(name: StepName, *, ok: bool = True, detail: str = "", attempts: tuple[Attempt, ...] = ()) -> Step:
    return Step(ts_ns=0, mono_ns=0, name=name, ok=ok, ms=12.0, detail=detail, attempts=attempts)


@pytest.fixture
def view(look: Look, qtbot: QtBot) -> FailureView:
    view = FailureView(look)
    qtbot.addWidget(view)
    view.resize(1100, 600)
    view.show()
    return view


def test_the_stepper_tells_done_failed_unused_and_unreached_apart() -> None:
    failure = Failure(code="tls_host_mismatch", step="tls")
    facts = stepper_facts(failure, (step("resolve"), step("tcp", detail="1.2.3.4")), "TLS failed")
    assert [fact.outcome for fact in facts] == ["done", "done", "unused", "failed", "unreached"]
    assert facts[1].detail == "1.2.3.4 · 12 ms"
    assert facts[3].detail == "Host name mismatch"


def test_a_bad_address_reaches_no_step() -> None:
    facts = stepper_facts(Failure(code="bad_address", step="address"), (), "Check address")
    assert {fact.outcome for fact in facts} == {"unreached"}


def test_each_address_that_was_tried_is_listed() -> None:
    attempts = (
        Attempt(address="[::1]:9", ms=1.5, error="refused"),
        Attempt(address="127.0.0.1:9", ms=20, error="refused"),
    )
    facts = tried_facts(REFUSED, (step("tcp", ok=False, attempts=attempts),))
    assert [(fact.name, fact.value) for fact in facts] == [
        ("[::1]:9", "refused · 1.5 ms"),
        ("127.0.0.1:9", "refused · 20 ms"),
    ]


def test_a_certificate_is_told_with_days_and_a_short_fingerprint() -> None:
    now = time.time()
    certificate = Certificate(names=("a.example",), issuer="CA", not_after=int(now - 3 * 86400), sha256="ab" * 32)
    facts = {fact.name: fact for fact in certificate_facts(certificate, "tls_expired", now)}
    assert facts["Expired"].value.endswith("3 days ago")
    assert facts["SHA-256"].full == ":".join(["AB"] * 32)


def test_a_json_answer_is_laid_out_without_loss() -> None:
    answer = Answer(
        status=401, reason="Unauthorized", headers=(("A", "b"),), body=b'{"n":1.0,"big":12345678901234567890}'
    )
    text = answer_text(answer)
    assert text.startswith("HTTP/1.1 401 Unauthorized\nA: b\n\n{")
    assert '"n": 1.0' in text
    assert "12345678901234567890" in text


def test_an_answer_of_html_or_xml_is_laid_out_and_begins_as_it_came() -> None:
    page = Answer(status=407, raw=b"HTTP/1.0 407 Sign in\r\nA: b\r\n", body=b"<html><body><p>No</p></body></html>")
    assert answer_text(page) == "HTTP/1.0 407 Sign in\n\n<html>\n  <body>\n    <p>No</p>\n  </body>\n</html>"
    assert "<a>\n  <b>1</b>" in answer_text(Answer(status=500, body=b"<a><b>1</b></a>"))
    assert answer_text(Answer(status=500, body=b"<a><b>1</a>")).endswith("<a><b>1</a>")


def test_a_body_that_is_packed_or_no_text_is_told_and_not_spilled() -> None:
    assert answer_text(Answer(status=500, body=b"\x1b\x03", packed_as="br")).endswith("2 bytes, packed as br")
    assert answer_text(Answer(status=500, body=b"\x89PNG\0\0")).endswith("6 bytes that are no text")


def test_the_chain_is_told_also_where_it_was_refused(view: FailureView) -> None:
    now = time.time()
    own = Certificate(names=("a.example",), subject="CN=a.example", issuer="CN=Test", sha256="ab" * 32)
    above = Certificate(subject="CN=Test", not_after=int(now - 3 * 86400), sha256="cd" * 32)
    chain = Chain(certificates=(own, above))
    (fact,) = chain_facts(chain, now)
    assert (fact.name, fact.full) == ("Certificate 2", ":".join(["CD"] * 32))
    assert fact.value.startswith("CN=Test\nexpired")
    assert chain_facts(Chain(certificates=(own,), is_leaf_only=True), now)[0].name == "Chain"
    failure = Failure(code="tls_untrusted", step="tls", certificate=own, chain=chain)
    view.show_failure(failure, words(failure), ())
    assert any("Certificate 2" in label.text() for label in view.findChildren(Label))


def test_what_a_proxy_answered_is_called_so(view: FailureView) -> None:
    answer = Answer(status=407, reason="Proxy Authentication Required")
    failure = Failure(code="proxy_auth", step="proxy", answer=answer, facts={"proxy_host": "p"})
    view.show_failure(failure, words(failure), ())
    captions = [label.text() for label in view.findChildren(Label)]
    assert "Proxy's answer" in captions
    assert "Server's answer" not in captions


def test_a_huge_answer_is_cut_and_says_so() -> None:
    text = answer_text(Answer(status=200, body=b"x" * (MAX_BODY_BYTES + 5)))
    assert text.endswith("… 5 more bytes")


@pytest.mark.parametrize("body", [b"{broken", b"\xff\xfe", b"[1,", b""])
def test_any_body_can_be_shown(view: FailureView, body: bytes) -> None:
    failure = Failure(code="status", step="upgrade", answer=Answer(status=500, body=body))
    view.show_failure(failure, words(failure), ())
    assert view.findChildren(TextBox)


def test_the_fault_of_a_long_address_is_in_sight() -> None:
    text, column = around_fault("wss://" + "a" * 5000 + "!" + "b" * 500, 5006)
    assert text[column] == "!"
    assert len(text) < 80


def test_a_remedy_is_chosen_by_keyboard(view: FailureView, qtbot: QtBot) -> None:
    told = words(REFUSED)
    view.show_failure(REFUSED, told, ())
    button = next(button for button in view.findChildren(Button) if button.text() == told.remedies[0].button)
    with qtbot.waitSignal(view.remedy_chosen) as chosen:
        qtbot.keyClick(button, Qt.Key.Key_Space)
    assert chosen.args == [told.remedies[0]]


def test_the_technical_detail_is_one_click_away(view: FailureView, qtbot: QtBot) -> None:
    view.show_failure(REFUSED, words(REFUSED), ())
    copy = next(b for b in view.findChildren(QAbstractButton) if b.accessibleName() == "Copy technical detail")
    qtbot.mouseClick(copy, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == "ConnectionRefusedError"


def test_another_failure_takes_the_place_of_the_first(view: FailureView) -> None:
    view.show_failure(REFUSED, words(REFUSED), ())
    lost = Failure(code="no_answer", step="upgrade")
    view.show_failure(lost, words(lost), ())
    assert view.words == words(lost)


def test_it_folds_when_the_window_is_narrow(view: FailureView) -> None:
    view.show_failure(REFUSED, words(REFUSED), (step("tcp", ok=False),))
    view.resize(500, 600)
    assert view.horizontalScrollBar().maximum() == 0
