"""Messages as they go over the wire."""

from __future__ import annotations

from pathlib import Path

import pytest

from wireyard.domain.frame import Opcode
from wireyard.session.plan.errors import PlanError
from wireyard.session.plan.sending import plan_message, plan_saved_message
from wireyard.workspace.model import SavedMessage, Variable
from wireyard.workspace.variables.errors import UndefinedVariable
from wireyard.workspace.variables.scope import Layer, Scope

SCOPE = Scope(
    [Layer("Staging", {"id": Variable(value="42"), "token": Variable(secret=True)}, "staging")],
    lambda environment, name: "hunter2",
)


def test_values_go_into_json_as_they_are() -> None:
    planned = plan_message('{"id": {{id}}, "auth": "{{token}}"}', "json", "text", SCOPE)
    assert planned.payload == b'{"id": 42, "auth": "hunter2"}'
    assert (planned.opcode, planned.secrets, planned.used) == (Opcode.TEXT, ("hunter2",), ("id", "token"))
    assert "hunter2" not in repr(planned)


def test_hex_is_read_after_the_values_are_in_place() -> None:
    assert plan_message("de ad {{id}}", "hex", "binary", SCOPE).payload == b"\xde\xad\x42"
    assert plan_message("", "hex", "binary", SCOPE).opcode is Opcode.BINARY
    with pytest.raises(PlanError, match="not hex"):
        plan_message("xyz", "hex", "binary", SCOPE)


def test_base64_is_read_after_the_values_are_in_place() -> None:
    assert plan_message("3q{{id}}", "base64", "binary", SCOPE).payload == b"\xde\xae6"
    with pytest.raises(PlanError, match=r"not Base64: .* no Base64 digit"):
        plan_message("$", "base64", "binary", SCOPE)


def test_an_undefined_variable_stops_the_send_or_goes_as_typed() -> None:
    with pytest.raises(UndefinedVariable):
        plan_message("{{nobody}}", "text", "text", SCOPE)
    assert plan_message("{{nobody}}", "text", "text", SCOPE, keep_undefined=True).payload == b"{{nobody}}"


def test_a_file_is_sent_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "42.bin").write_bytes(b"{{id}}\xff")
    message = SavedMessage(name="x", send_as="binary", body="not this", file="{{id}}.bin")
    planned = plan_saved_message(message, tmp_path, SCOPE)
    assert (planned.opcode, planned.payload, planned.used) == (Opcode.BINARY, b"{{id}}\xff", ("id",))


def test_a_saved_message_without_a_file_is_its_body() -> None:
    assert plan_saved_message(SavedMessage(name="x", body="{{id}}"), None, SCOPE).payload == b"42"
