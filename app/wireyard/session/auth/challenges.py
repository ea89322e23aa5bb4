"""The challenges of ``WWW-Authenticate`` headers (RFC 9110 section 11.6.1): one header may have several."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

_TOKEN = r"[!#$%&'*+\-.^_`|~0-9A-Za-z]+"
# A parameter, or a scheme that begins the next challenge.
_PARAMETER = re.compile(rf'({_TOKEN})\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]*))')
_SCHEME = re.compile(rf"({_TOKEN})(?=\s|,|$)")
_MAX_CHARS = 64 * 1024


class Challenge(NamedTuple):
    """A scheme in small letters and its parameters, names in small letters too."""

    scheme: str
    parameters: dict[str, str]


def challenges(lines: Iterable[str]) -> list[Challenge]:
    """Read them in order. What is no challenge is passed over."""
    found: list[Challenge] = []
    for line in lines:
        _read(line[:_MAX_CHARS], found)
    return found


def _read(line: str, found: list[Challenge]) -> None:
    position = 0
    is_first = True
    while position < len(line):
        if line[position] in " \t,":
            position += 1
            continue
        parameter = _PARAMETER.match(line, position)
        if parameter is not None and not is_first:
            quoted = parameter[2]
            value = re.sub(r"\\(.)", r"\1", quoted) if quoted is not None else parameter[3]
            found[-1].parameters.setdefault(parameter[1].lower(), value)
            position = parameter.end()
            continue
        scheme = _SCHEME.match(line, position)
        if scheme is not None:
            found.append(Challenge(scheme[1].lower(), {}))
            is_first = False
            position = scheme.end()
            continue
        comma = line.find(",", position)  # a token68, or nothing that anybody knows
        position = len(line) if comma < 0 else comma
