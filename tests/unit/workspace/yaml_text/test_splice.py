"""Texts that are changed only where something changed, whatever they look like."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
import yaml
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from tests.helpers.scruffy_yaml import scruffy_requests
from tests.helpers.workspace_files import FILES, REQUEST_KEYS, REQUESTS

from wireyard.workspace.model import Field, RequestFile, SavedMessage, TlsSettings, Variable
from wireyard.workspace.yaml_text.reading import read
from wireyard.workspace.yaml_text.splice import CannotWrite, splice, write

LINE_BREAKS = st.sampled_from(["\n", "\r\n"])
CHANGES = st.sampled_from(sorted(REQUEST_KEYS)).flatmap(lambda key: st.tuples(st.just(key), REQUEST_KEYS[key]))


@given(FILES)
def test_any_file_survives_write_and_read(value: msgspec.Struct) -> None:
    assert read(write(value), type(value)) == value


@given(FILES)
def test_a_new_file_says_its_version_first(value: msgspec.Struct) -> None:
    assert write(value).startswith("wireyard: 1\n")


@given(scruffy_requests(REQUESTS), CHANGES, LINE_BREAKS, st.booleans())
def test_a_change_of_one_key_leaves_the_rest_byte_for_byte(
    scruffy: tuple[RequestFile, list[tuple[str, str]]], change: tuple[str, Any], line_break: str, has_mark: bool
) -> None:
    request, chunks = scruffy
    key, value = change
    texts = [text.replace("\n", line_break) for _, text in chunks]
    texts[0] = ("\ufeff" if has_mark else "") + texts[0]
    changed = msgspec.structs.replace(request, **{key: value})
    new = splice("".join(texts), changed)
    assert read(new, RequestFile) == changed
    assert _is_only_changed_at(new, [name for name, _ in chunks], texts, key)


def _is_only_changed_at(new: str, keys: list[str], texts: list[str], key: str) -> bool:
    if key in keys:
        at = keys.index(key)
        return new.startswith("".join(texts[:at])) and new.endswith("".join(texts[at + 1 :]))
    old = "".join(texts)
    common = next((at for at, (one, other) in enumerate(zip(old, new, strict=False)) if one != other), len(old))
    return new.endswith(old[common:])


@given(scruffy_requests(REQUESTS), REQUESTS)
def test_any_change_keeps_keys_that_nobody_knows(
    scruffy: tuple[RequestFile, list[tuple[str, str]]], changed: RequestFile
) -> None:
    _, chunks = scruffy
    new = splice("".join(text for _, text in chunks), changed)
    assert read(new, RequestFile) == changed
    assert "x-owner:   team a  # ours\n" in new
    assert "x-list:\n- 1\n-   {b: 2}\n" in new


@given(scruffy_requests(REQUESTS))
def test_no_change_gives_the_same_text(scruffy: tuple[RequestFile, list[tuple[str, str]]]) -> None:
    request, chunks = scruffy
    text = "".join(text for _, text in chunks)
    assert read(text, RequestFile) == request
    assert splice(text, request) == text


REQUEST = """\
wireyard: 1 # format
url:   'wss://example.com'   # where
headers:
# first
-   name: Authorization
    value: "Bearer x"   # token
    x-team: [1, 2]
- {name: B, value: 'b'}

-
  name: C
  value: >
    folded
    text
variables:
    host: example.com # short
    port:
        value: 80
        mine: true
messages:
  - name: Sub
    body: '{"a":1}'
  - name: Unsub
    body: |
      {
        "b": 2
      }
tls: {verify: false}"""


def _lines_of(change: dict[str, Any]) -> tuple[list[str], list[str]]:
    """The lines that went and those that came."""
    new = splice(REQUEST, msgspec.structs.replace(read(REQUEST, RequestFile), **change)).split("\n")
    old = REQUEST.split("\n")
    return [line for line in old if line not in new], [line for line in new if line not in old]


def _headers(*rows: Field) -> dict[str, Any]:
    return {"headers": rows}


A, B, C = read(REQUEST, RequestFile).headers
SUB, UNSUB = read(REQUEST, RequestFile).messages
HOST, PORT = read(REQUEST, RequestFile).variables.values()
_WITH = msgspec.structs.replace


@pytest.mark.parametrize(
    ("change", "gone", "come"),
    [
        ({"url": "wss://b"}, ["url:   'wss://example.com'   # where"], ["url:   'wss://b'   # where"]),
        (_headers(_WITH(A, value="no"), B, C), ['    value: "Bearer x"   # token'], ['    value: "no"   # token']),
        (_headers(A, _WITH(B, off=True), C), ["- {name: B, value: 'b'}"], ["- {name: B, value: 'b', disabled: true}"]),
        (_headers(A, B, C, Field(name="D", value="1")), [], ["- name: D", '  value: "1"']),
        (_headers(A, B), ["-", "  name: C", "  value: >", "    folded", "    text"], []),
        (_headers(A, B, _WITH(C, note="why")), [], ["  note: why"]),
        (_headers(_WITH(A, off=True), B, C), [], ["    disabled: true"]),
        ({"messages": (SUB, _WITH(UNSUB, body='{\n  "b": 3\n}\n'))}, ['        "b": 2'], ['        "b": 3']),
        ({"messages": (SUB, _WITH(UNSUB, name="Off"))}, ["  - name: Unsub"], ['  - name: "Off"']),
        ({"variables": {"host": _WITH(HOST, value="no"), "port": PORT}}, None, ['    host: "no" # short']),
        (
            {"variables": {"host": HOST, "port": _WITH(PORT, value="81")}},
            ["        value: 80"],
            ['        value: "81"'],
        ),
        ({"variables": {"HOST": HOST, "port": PORT}}, None, ["    HOST: example.com # short"]),
        (
            {"variables": {"host": Variable(secret=True), "port": PORT}},
            None,
            ["    host: # short", "      secret: true"],
        ),
        ({"tls": TlsSettings(verify=True)}, ["tls: {verify: false}"], ["tls: {verify: true}"]),
        ({"tls": TlsSettings()}, ["tls: {verify: false}"], [""]),
        ({"preview_path": "$.a"}, [], ["preview_path: $.a"]),
        ({"subprotocols": ()}, [], ["subprotocols: []"]),
    ],
)
def test_a_change_touches_its_own_lines(change: dict[str, Any], gone: list[str] | None, come: list[str]) -> None:
    went, came = _lines_of(change)
    assert came == [line for line in come if line]
    if gone is not None:
        assert went == gone


def test_a_moved_row_takes_its_comments_and_strange_keys_along() -> None:
    text = splice(REQUEST, _WITH(read(REQUEST, RequestFile), headers=(B, _WITH(A, value="y"), C)))
    assert "- {name: B, value: 'b'}\n-   name: Authorization\n    value: \"y\"   # token\n    x-team: [1, 2]\n" in text


def test_a_block_without_known_keys_left_keeps_the_strange_ones() -> None:
    text = "tls:\n  verify: false\n  x-why: because\n"
    assert splice(text, RequestFile()) == "tls:\n  x-why: because\n"


def test_json_stays_json() -> None:
    text = '{"url": "ws://a", "headers": [{"name": "A"}]}\n'
    value = RequestFile(url="ws://b", headers=(Field(name="A", off=True), Field(name="C", value="{}")), notes="x\ny")
    rows = '[{"name": "A", "disabled": true}, {"name": "C", "value": "{}"}]'
    expected = '{"notes": "x\\ny", "url": "ws://b", "headers": ' + rows + "}\n"
    assert splice(text, value) == expected


def test_a_file_of_comments_keeps_them() -> None:
    assert splice("# mine", RequestFile(url="ws://a")) == "# mine\nwireyard: 1\nurl: ws://a\n"


def test_payloads_stand_in_blocks() -> None:
    value = RequestFile(messages=(SavedMessage(name="Hi", body='{"a": "it\'s"}'), SavedMessage(name="T", body="ping")))
    expected = 'wireyard: 1\nmessages:\n  - name: Hi\n    body: |-\n      {"a": "it\'s"}\n  - name: T\n    body: ping\n'
    assert write(value) == expected


def test_what_yaml_can_not_say_is_refused() -> None:
    with pytest.raises(CannotWrite):
        write(RequestFile(notes="half of a pair: \ud83d"))


def test_a_thousand_rows_are_moved_in_no_time() -> None:
    rows = tuple(Field(name=f"h{number}", value=str(number)) for number in range(1000))
    text = write(RequestFile(headers=rows))
    assert read(splice(text, RequestFile(headers=rows[::-1])), RequestFile).headers == rows[::-1]


@given(scruffy_requests(REQUESTS), st.lists(CHANGES, max_size=6))
def test_edits_one_after_another(
    scruffy: tuple[RequestFile, list[tuple[str, str]]], changes: list[tuple[str, Any]]
) -> None:
    value, chunks = scruffy
    text = "".join(text for _, text in chunks)
    for key, new in changes:
        value = msgspec.structs.replace(value, **{key: new})
        text = splice(text, value)
    assert read(text, RequestFile) == value
    assert "x-owner:   team a  # ours\n" in text


@given(scruffy=scruffy_requests(REQUESTS), changed=REQUESTS)
@hypothesis_settings(max_examples=30)
def test_all_the_same_with_the_parser_that_is_pure_python(
    scruffy: tuple[RequestFile, list[tuple[str, str]]], changed: RequestFile
) -> None:
    text = "".join(text for _, text in scruffy[1])
    fast = splice(text, changed)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("wireyard.workspace.yaml_text.compose._LOADER", yaml.SafeLoader)
        assert read(text, RequestFile) == scruffy[0]
        assert splice(text, changed) == fast


UGLY: list[tuple[str, dict[str, Any], str]] = [
    ("url:\tws://a", {"url": "b"}, "url:\tb"),
    ("url : ws://a # c\n", {"url": "b"}, "url : b # c\n"),
    ("url:\n  ws://a # c\nname: x\n", {"url": "b"}, "url:\n  b # c\nname: x\n"),
    ("url: ws://a\n  more\nname: x\n", {"url": "b"}, "url: b\nname: x\n"),
    ("notes: 'a\n\n  b' # c\nname: x\n", {"notes": "d\ne"}, "notes: |- # c\n  d\n  e\nname: x\n"),
    ("notes: |\n  a\n# c\nname: x\n", {"notes": "b\n"}, "notes: |\n  b\n# c\nname: x\n"),
    ("notes: |\n  a", {"notes": "b\n"}, "notes: |\n  b\n"),
    ("notes: |+\n  a\n\n\nname: x\n", {"notes": "b"}, "notes: b\nname: x\n"),
    ("notes: |4\n     a\n    b\n", {"notes": " c\nb\n"}, "notes: |4\n     c\n    b\n"),
    ("notes: >-\n  a\n  b\nname: x\n", {"notes": "a\nb"}, "notes: |-\n  a\n  b\nname: x\n"),
    ("--- # d\nurl: a\n...\n", {"url": "b"}, "--- # d\nurl: b\n...\n"),
    ("headers: # c\n", {"headers": (Field(name="Z"),)}, "headers: # c\n  - name: Z\n"),
    ("headers: ~ # c\n", {"headers": (Field(name="Z"),)}, "headers: # c\n  - name: Z\n"),
    ("headers:\n  # c\n  []\n", {"headers": (Field(name="Z"),)}, "headers:\n  # c\n  - name: Z\n"),
    ("headers: [\n  {name: A},\n]\n", {"headers": (Field(name="Z"),)}, "headers: [\n  {name: Z},\n]\n"),
    ("variables: {a, b}\n", {"variables": {"a": Variable(value="x"), "b": Variable()}}, "variables: {a: x, b}\n"),
    ("variables: {a: , b}\n", {"variables": {"a": Variable(value="x"), "b": Variable()}}, "variables: {a: x , b}\n"),
    ("url: a\rname: x\r", {"url": "b"}, "url: b\rname: x\r"),
    ("url: a\r\nname: x\r\n", {"notes": "b\nc"}, "url: a\r\nname: x\r\nnotes: |-\r\n  b\r\n  c\r\n"),
    ("messages:\n- note: y # c\n  # d\n  name: a\n", {"messages": (SavedMessage(name="a"),)},
     'messages:\n- note: "" # c\n  # d\n  name: a\n'),
    ("{}\n", {"url": "a"}, "{url: a}\n"),
    ("{url: a}\n", {"url": ""}, "{}\n"),
    ("\ufeff", {"url": "a"}, "\ufeffwireyard: 1\nurl: a\n"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "change", "expected"), UGLY, ids=[text for text, _, _ in UGLY])
def test_ugly_texts(text: str, change: dict[str, Any], expected: str) -> None:
    assert splice(text, msgspec.structs.replace(read(text, RequestFile), **change)) == expected
