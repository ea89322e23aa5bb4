"""What the engine raises carries a failure that can be put into words."""

from __future__ import annotations

from wireyard.domain.failure import Failure
from wireyard.engine.errors import AddressError, DialError, EngineError, SendError


def test_an_address_error_is_a_failure_with_its_place() -> None:
    failure = AddressError("The host is missing.", 5).failure
    assert (failure.code, failure.step) == ("bad_address", "address")
    assert failure.facts == {"fault": "The host is missing.", "position": "5"}


def test_a_dial_error_reads_as_its_technical_text() -> None:
    error = DialError(Failure(code="refused", step="tcp", technical="ConnectionRefusedError"), ())
    assert str(error) == "ConnectionRefusedError"
    assert str(DialError(Failure(code="refused", step="tcp"), ())) == "refused"


def test_one_base_for_all() -> None:
    assert all(issubclass(kind, EngineError) for kind in (AddressError, DialError, SendError))
