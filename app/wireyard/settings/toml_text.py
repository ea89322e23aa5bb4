"""The settings file as text: find a key's line, and change one value without touching anything else."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, cast

from wireyard.settings.rows import Value


def edited(text: str, key: str, value: Value | None, default: Value) -> str:
    """Return the text with one value set, or with its line gone for ``None``."""
    import tomlkit  # 40 ms to import, and only needed when something is changed

    document = tomlkit.parse(text)
    topic, name = key.split(".", 1)
    tables = cast("dict[str, Any]", document)
    table = _table(tables.get(topic))
    if value is None:
        if table is not None:
            table.pop(name, None)
        return tomlkit.dumps(document)
    if table is None:
        if value == default:
            return text
        tables[topic] = tomlkit.table()
        table = cast("dict[str, Any]", tables[topic])
    if name in table or value != default:
        table[name] = value
    return tomlkit.dumps(document)


def _table(value: object) -> dict[str, Any] | None:
    return cast("dict[str, Any]", value) if isinstance(value, Mapping) else None


def line_of(text: str, topic: str, name: str) -> int:
    """Find the line of a key in a file that is known to be TOML; 0 when it is written in a way we don't look for."""
    inside = False
    table = re.compile(rf"\s*\[\s*[\"']?{re.escape(topic)}[\"']?\s*\]")
    own = re.compile(rf"\s*[\"']?{re.escape(name)}[\"']?\s*=") if name else None
    dotted = re.compile(rf"\s*{re.escape(topic)}\s*(\.\s*{re.escape(name)}\s*)?=")
    for number, line in enumerate(text.splitlines(), 1):
        if table.match(line):
            inside = True
            if own is None:
                return number
        elif line.lstrip().startswith("["):
            inside = False
        elif (inside and own is not None and own.match(line)) or (not inside and dotted.match(line)):
            return number
    return 0
