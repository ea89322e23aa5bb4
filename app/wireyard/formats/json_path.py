r"""JSONPath, as far as a list needs it: the parts of a JSON payload that a path such as ``$.payload.data[0]`` names.

Names, numbers of elements (negative ones count from the end) and ``*`` for all of a container: no search at any depth,
no slices, no conditions. What is found is the value exactly as it is spelled, big integers and ``1.0`` included: each
level is cut by msgspec into values that stay bytes, which takes microseconds for a message of 2 KB. Where a key stands
twice, the last one counts, as it does for JavaScript and Python.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import NamedTuple

import msgspec

MAX_CHARS = 500
# What a ``*`` looks at in one container: more than a line of a list has room for.
MAX_SIBLINGS = 200

# A name, the number of an element, None for all.
Step = str | int | None

_NAME = re.compile(r"[^\W\d][\w$-]*|\$[\w$-]*")
_INDEX = re.compile(r"-?[0-9]{1,9}(?![0-9])")
_DOUBLE = re.compile(r'"(?:[^"\\]|\\.)*+"')
_SINGLE = re.compile(r"'(?:[^'\\]|\\.)*+'")
_ESCAPED_OR_QUOTE = re.compile(r"\\.|\"")
_OBJECT = msgspec.json.Decoder(dict[str, msgspec.Raw])
_ARRAY = msgspec.json.Decoder(list[msgspec.Raw])
_SPACE = b" \t\n\r"
_Value = bytes | msgspec.Raw


class JsonPath(NamedTuple):
    """A path that can be looked up; without steps it names the whole document."""

    steps: tuple[Step, ...]


class JsonPathError(ValueError):
    """Why something is no path that is understood here. ``at`` is the character it is about, counted from 0."""

    def __init__(self, at: int, reason: str) -> None:
        super().__init__(reason)
        self.at = at
        self.reason = reason

    def __str__(self) -> str:
        return f"Character {self.at + 1}: {self.reason}"


def parse_path(text: str) -> JsonPath:
    """Read a path. Raises `JsonPathError`."""
    if len(text) > MAX_CHARS:
        raise JsonPathError(MAX_CHARS, f"a path has at most {MAX_CHARS} characters")
    if not text.startswith("$"):
        raise JsonPathError(0, "a path begins with $")
    steps: list[Step] = []
    at = 1
    while at < len(text):
        if text[at] == ".":
            step, at = _dotted(text, at + 1)
        elif text[at] == "[":
            step, at = _bracketed(text, at + 1)
        else:
            raise JsonPathError(at, f". or [ should stand here, not {text[at]}")
        steps.append(step)
    return JsonPath(tuple(steps))


def find(data: bytes, path: JsonPath) -> Iterator[bytes]:
    """The values at a path, as they are spelled, in their order; none where ``data`` is no JSON or has no such part."""
    found: Iterable[_Value] = (data.strip(_SPACE),)
    for step in path.steps:
        found = _below(found, step)
    try:
        for value in found:
            yield bytes(value).strip(_SPACE)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return  # not JSON, or nested deeper than anybody reads


def _below(values: Iterable[_Value], step: Step) -> Iterator[_Value]:
    for value in values:
        yield from _children(value, step)


def _children(value: _Value, step: Step) -> Iterator[_Value]:
    first = bytes(memoryview(value)[:1])
    if first == b"{" and not isinstance(step, int):
        members = _OBJECT.decode(value)
        if step is None:
            yield from islice(members.values(), MAX_SIBLINGS)
        elif step in members:
            yield members[step]
    elif first == b"[" and not isinstance(step, str):
        elements = _ARRAY.decode(value)
        if step is None:
            yield from elements[:MAX_SIBLINGS]
        elif -len(elements) <= step < len(elements):
            yield elements[step]


def _dotted(text: str, at: int) -> tuple[Step, int]:
    if text.startswith(".", at):
        raise JsonPathError(at, "a search at any depth (..) is not possible here: name each level")
    if text.startswith("*", at):
        return None, at + 1
    name = _NAME.match(text, at)
    if name is None:
        if at == len(text):
            raise JsonPathError(at, "a name is missing after the last .")
        raise JsonPathError(at, f"no name begins with {text[at]} after a dot: write ['…'] around it")
    return name[0], name.end()


def _bracketed(text: str, at: int) -> tuple[Step, int]:
    opened = at - 1
    step: Step
    if text.startswith("*", at):
        step, end = None, at + 1
    elif text.startswith(("'", '"'), at):
        step, end = _quoted(text, at)
    else:
        number = _INDEX.match(text, at)
        if number is None:
            raise JsonPathError(at, _no_step(text[at : at + 1]))
        step, end = int(number[0]), number.end()
    if text.startswith("]", end):
        return step, end + 1
    if end == len(text):
        raise JsonPathError(end, f"the [ of character {opened + 1} is not closed")
    if text[end] in ":,":
        raise JsonPathError(end, "several elements are named by [*] only: no slices and lists here")
    raise JsonPathError(end, f"] should stand here, not {text[end]}")


def _no_step(found: str) -> str:
    if found == "?":
        return "conditions [?…] are not possible here"
    if found == ":":
        return "several elements are named by [*] only: no slices and lists here"
    return "a number, a name in quotes or * should stand after ["


def _quoted(text: str, at: int) -> tuple[str, int]:
    """A name in quotes; both kinds have the escapes of JSON."""
    is_double = text[at] == '"'
    match = (_DOUBLE if is_double else _SINGLE).match(text, at)
    if match is None:
        raise JsonPathError(at, "the quotation mark that begins here is not closed")
    spelled = match[0]
    if not is_double:
        # The other kind of quotation mark needs a backslash in JSON, this kind must have none.
        inner = _ESCAPED_OR_QUOTE.sub(lambda found: {"\\'": "'", '"': '\\"'}.get(found[0], found[0]), spelled[1:-1])
        spelled = f'"{inner}"'
    try:
        name = json.loads(spelled, strict=False)
    except ValueError:
        raise JsonPathError(at, "an escape in this name is none of JSON's") from None
    return str(name), match.end()
