"""JSON with variables in it: checked and laid out as if each variable were a value already.

A variable is put aside for something that JSON allows in its place and that is as long, so that places and lines stay
what they are; the layout puts it back.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from wireyard.formats import json_text
from wireyard.formats.json_fault import JsonFault
from wireyard.workspace.variables.template import Reference, references

_STRING = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+(?:"|\\?\Z)', re.DOTALL)
# The backslash that makes two braces stand for themselves; it isn't sent.
_ESCAPE = re.compile(r"(?<!\\)((?:\\\\)*)\\(?=\{\{)")
_BEFORE_COLON = re.compile(r"\s*:")
_SPARE = [chr(code) for code in range(0xE000, 0xE100)]


def validate(text: str) -> JsonFault | None:
    """As `json_text.validate`, with variables for values, names, or parts of them."""
    if "{{" not in text:
        return json_text.validate(text)
    parts: list[str] = []
    done = 0
    for each, in_string in _placed(text):
        size = each.end - each.start
        is_name = not in_string and _BEFORE_COLON.match(text, each.end) is not None
        parts += (text[done : each.start], f'"{"1" * (size - 2)}"' if is_name else "1" * size)
        done = each.end
    parts.append(text[done:])
    fault = json_text.validate(_ESCAPE.sub(r"\1-", "".join(parts)))
    return None if fault is None else _in_words(fault, text)


def beautify(text: str) -> str | None:
    """As `json_text.beautify`; variables stay as they are written. Nothing where one is only a part of a value."""
    if "{{" not in text:
        return json_text.beautify(text)
    spare = [char for char in _SPARE if char not in text][:2]
    if len(spare) < 2:
        return None
    mark, slash = spare
    aside: list[str] = []
    parts: list[str] = []
    done = 0
    for each, in_string in _placed(text):
        if in_string:
            continue
        aside.append(text[each.start : each.end])
        parts += (text[done : each.start], f'"{mark * (each.end - each.start - 2)}"')
        done = each.end
    parts.append(text[done:])
    pretty = json_text.beautify(_ESCAPE.sub(rf"\1{slash}", "".join(parts)))
    if pretty is None:
        return None
    back = iter(aside)
    return re.sub(f'"{mark}+"', lambda _: next(back), pretty).replace(slash, "\\")


def _in_words(fault: JsonFault, text: str) -> JsonFault:
    """The fault, told of the variable and not of what stood in its place."""
    for each in references(text):
        if each.start <= fault.offset < each.end:
            message = f"{text[each.start : each.end]} can't stand here"
            return JsonFault(line=fault.line, column=fault.column, offset=each.start, message=message)
    if text.startswith("\\{{", fault.offset):
        message = "\\{{ can stand only inside double quotes"
        return JsonFault(line=fault.line, column=fault.column, offset=fault.offset, message=message)
    return fault


def _placed(text: str) -> Iterator[tuple[Reference, bool]]:
    """Each variable, and whether it stands in a string."""
    found = references(text)
    strings = _strings_between(text, found)
    start, end = next(strings, (len(text), len(text)))
    for each in found:
        while end <= each.start:
            start, end = next(strings, (len(text), len(text)))
            if start == len(text):
                break
        yield each, start < each.start < end


def _strings_between(text: str, found: list[Reference]) -> Iterator[tuple[int, int]]:
    """Where strings begin and end; quotation marks in a variable outside of them begin none."""
    at = 0
    for each in found:
        while (quote := text.find('"', at, each.start)) >= 0:
            string = _STRING.match(text, quote)
            at = string.end() if string is not None else quote + 1
            yield quote, at
        at = max(at, each.end)
