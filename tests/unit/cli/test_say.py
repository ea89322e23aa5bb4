"""What goes to stderr: the window's words, without secrets or control characters."""

from __future__ import annotations

import pytest

from wireyard.cli.say import option_for, say, say_failure
from wireyard.domain.failure import Failure
from wireyard.session.wording import remedies


def test_secrets_and_control_characters_stay_out(capsys: pytest.CaptureFixture[str]) -> None:
    say("to ws://me:hush@h/?token=hush\x1b[31m\nAuthorization: Bearer hush")
    said = capsys.readouterr().err
    assert "hush" not in said
    assert "\x1b" not in said
    assert said.count("\n") == 2


def test_a_failure_is_told_with_the_options_that_help(capsys: pytest.CaptureFixture[str]) -> None:
    facts = {"host": "h", "port": "1", "seconds": "10"}
    say_failure(Failure(code="timeout", step="tcp", facts=facts))
    assert capsys.readouterr().err == (
        "wireyard: Timed out: No answer in 10 s while connecting\n"
        "  A firewall may drop the traffic, or the server is overloaded.\n"
        "  --connect-timeout 30 waits longer.\n"
    )


def test_remedies_that_are_no_option_are_not_told() -> None:
    assert option_for(remedies.EDIT_URL) == ""
    assert option_for(remedies.raise_limit(1 << 25)) == "--max-size 33554432 takes it."
