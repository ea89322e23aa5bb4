"""What files say, and what is said about files that say it wrong."""

from __future__ import annotations

import pytest

from wireyard.workspace.model import Field, FolderFile, NetworkSettings, RequestFile, TlsSettings, Variable
from wireyard.workspace.yaml_text.nodes import YamlFault
from wireyard.workspace.yaml_text.reading import read


@pytest.mark.parametrize("spelled", ["1.0", "no", "null", "007", "~", "2024-01-01", "0x1F", "1:30", "yes", ".inf"])
def test_text_stays_as_it_was_spelled(spelled: str) -> None:
    assert read(f"headers:\n  - name: A\n    value: {spelled}\n", RequestFile).headers[0].value == spelled


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("variables: {host: a.b, port: 80}", {"host": Variable(value="a.b"), "port": Variable(value="80")}),
        ("variables: {a: , b: {value: x, disabled: true}}", {"a": Variable(), "b": Variable(value="x", off=True)}),
        ("variables:", {}),
        ("variables: ~", {}),
    ],
)  # fmt: skip
def test_variables_may_be_short(text: str, value: dict[str, Variable]) -> None:
    assert read(text, RequestFile).variables == value


def test_keys_without_a_value_say_nothing() -> None:
    text = "name:\nheaders:\nsubprotocols:\ntls:\n  verify:\n  ca_file:\nnetwork: null\ninherit_headers:\n"
    assert read(text, RequestFile) == RequestFile()


def test_an_empty_list_is_not_nothing() -> None:
    assert read("subprotocols: []", RequestFile).subprotocols == ()


def test_an_empty_text_is_not_nothing() -> None:
    assert read('tls: {ca_file: ""}', RequestFile).tls == TlsSettings(ca_file="")


def test_values_are_typed_by_their_place() -> None:
    text = 'network: {open_timeout_s: "2.5", max_message_bytes: 10, compression: False}'
    assert read(text, RequestFile).network == NetworkSettings(
        open_timeout_s=2.5, max_message_bytes=10, compression=False
    )


def test_keys_that_nobody_knows_are_passed_over() -> None:
    text = "x-mine: {a: [1, {b: c}]}\nheaders:\n  - {name: A, x: [1]}\n"
    assert read(text, RequestFile) == RequestFile(headers=(Field(name="A"),))


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("wireyard: x", 1, "wireyard must be a whole number, 1 or more, not “x”."),
        ("\nheaders: text", 2, "headers must be a list, not a single value."),
        ("headers:\n  name: A", 2, "headers must be a list, not keys with values."),
        ("headers:\n  - A", 2, "headers, row 1 must be keys with values, not a single value."),
        ("headers:\n  - name: A\n  -\n", 3, "headers, row 2 is empty."),
        ("headers:\n  - disabled: maybe", 2, "headers, row 1, disabled must be true or false, not “maybe”."),
        ("headers:\n  - name: [A]", 2, "headers, row 1, name must be text, not a list."),
        ("url: {a: b}", 1, "url must be text, not keys with values."),
        ("network:\n  open_timeout_s: 9999", 2, "network.open_timeout_s must be a number from 0 to 3600, not “9999”."),
        ("network:\n  max_message_bytes: 1.5", 2, "network.max_message_bytes must be a whole number"),
        ("messages:\n  - body: x", 2, "messages, row 1 has no name."),
        ("messages:\n  - name: x\n    format: xml", 3, "format must be one of base64, hex, json, text, not “xml”."),
        ("variables: [a]", 1, "variables must be names with values, not a list."),
        ("variables:\n  a: [1]", 2, "variables.a must be keys with values, not a list."),
        ("wireyard: 2\nheaders: new", 1, "made by a newer Wireyard (its format is 2, this program knows 1)"),
        ("wireyard: 99999999999999999999", 1, "made by a newer Wireyard"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_line(text: str, line: int, reason: str) -> None:
    with pytest.raises(YamlFault) as caught:
        read(text, RequestFile)
    assert caught.value.line == line
    assert reason in caught.value.reason


def test_order_is_a_list_of_text() -> None:
    assert read("order: [1, on, Two]", FolderFile).order == ("1", "on", "Two")
