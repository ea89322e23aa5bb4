"""Writes a request the way people write YAML by hand: each with other indents, quotation marks, comments and braces."""

from __future__ import annotations

import json
import random
from typing import Any

from hypothesis import strategies as st

from wireyard.workspace.model import RequestFile
from wireyard.workspace.yaml_text.splice import tree_of


class Scruffy:
    """Turns a request into chunks of text, one for each key with what stands before it."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)

    def chunks(self, request: RequestFile) -> list[tuple[str, str]]:
        """The keys, and the text of each. Keys without a name in the model are strangers."""
        tree = tree_of(request)
        keys = [*tree, "x-owner", "x-list"]
        self._random.shuffle(keys)
        strangers = {"x-owner": "x-owner:   team a  # ours\n", "x-list": "x-list:\n- 1\n-   {b: 2}\n"}
        found: list[tuple[str, str]] = []
        for key in keys:
            before = self._pick("", "", "\n", "# a comment\n", "\n # odd comment: here\n\n")
            text = strangers.get(key) or self._entry(key, tree[key], 0)
            found.append((key, before + text))
        return found

    def _pick(self, *choices: Any) -> Any:
        return self._random.choice(choices)

    def _entry(self, key: str, value: Any, column: int) -> str:
        pad = " " * column
        spelled = self._pick(key, key, f'"{key}"') if key.isalpha() else _json(key)
        style = self._pick("flow", "block", "block", "block")
        gap = self._pick("", "", "  ")
        if isinstance(value, str):
            return f"{pad}{spelled}: {gap}{self._text(value, column)}"
        if isinstance(value, dict | list) and value and style == "block":
            tail = self._pick("", "", "  # below")
            lines = self._rows(value, column) if isinstance(value, list) else self._map(value, column)
            return f"{pad}{spelled}:{tail}\n{lines}"
        return f"{pad}{spelled}: {gap}{self._flow(value)}{self._tail()}\n"

    def _map(self, value: dict[str, Any], column: int) -> str:
        inside = column + self._pick(1, 2, 4)
        return "".join(self._between(inside) + self._entry(key, each, inside) for key, each in value.items())

    def _rows(self, value: list[Any], column: int) -> str:
        dash = column + self._pick(0, 2, 3)
        return "".join(self._between(dash) + self._row(each, dash) for each in value)

    def _row(self, value: str | float | dict[str, Any], dash: int) -> str:
        pad = " " * dash
        if not isinstance(value, dict):
            return f"{pad}- {self._flow(value)}{self._tail()}\n"
        style = self._pick("flow", "block", "block", "alone")
        if not value or style == "flow":
            return f"{pad}- {self._flow(value)}{self._tail()}\n"
        step = self._pick(2, 2, 4)
        lines = "".join(self._entry(key, each, dash + step) for key, each in value.items())
        if style == "alone":
            return f"{pad}-\n{lines}"
        return f"{pad}-{' ' * (step - 1)}{lines[dash + step :]}"

    def _between(self, column: int) -> str:
        return self._pick("", "", "", "\n", " " * column + "# between\n")

    def _tail(self) -> str:
        return self._pick("", "", " # said", "   #")

    def _text(self, value: str, column: int) -> str:
        plain = all(each.isalpha() or each == "\n" for each in value)
        if plain and value.strip("\n") and "\n" in value and not value.startswith("\n") and not value.endswith("\n\n"):
            inside = " " * (column + self._pick(2, 3, 5))
            lines = "".join(f"{inside if line else ''}{line}\n" for line in value.removesuffix("\n").split("\n"))
            return f"|{'' if value.endswith(chr(10)) else '-'}{self._pick('', ' # said')}\n{lines}"
        return f"{self._flow(value)}{self._tail()}\n"

    def _flow(self, value: Any) -> str:
        if isinstance(value, dict):
            inside = ", ".join(f"{_json(key)}: {self._flow(each)}" for key, each in value.items())
            return "{" + inside + self._pick("", ",") * bool(value) + "}"
        if isinstance(value, list):
            return "[" + self._pick(", ", " , ").join(self._flow(each) for each in value) + "]"
        if isinstance(value, str):
            if value.isalpha() and value.isascii():
                return f"'{value}'"
            return _json(value)
        return str(value).lower()


def _json(value: str) -> str:
    """In double quotation marks; YAML has escapes of eight digits, JSON has pairs."""
    parts = (f"\\U{ord(each):08X}" if ord(each) > 0xFFFF else json.dumps(each)[1:-1] for each in value)
    return '"' + "".join(parts).replace("\x7f", "\\x7f") + '"'


def scruffy_requests(
    requests: st.SearchStrategy[RequestFile],
) -> st.SearchStrategy[tuple[RequestFile, list[tuple[str, str]]]]:
    """A request, and the chunks that say it."""
    return st.tuples(requests, st.integers(0, 2**32)).map(lambda made: (made[0], Scruffy(made[1]).chunks(made[0])))
