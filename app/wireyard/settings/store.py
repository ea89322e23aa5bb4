"""The settings file: read at start, changed one value at a time, never losing what a person wrote into it.

Comments, order and names this version doesn't know stay as they are. A file that can't be read is never written over:
the first change moves it aside and says where.
"""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, cast

import msgspec

from wireyard.settings.model import Settings
from wireyard.settings.private_file import set_aside, write_private
from wireyard.settings.rows import Row, Value, row, topics, value_of, with_value
from wireyard.settings.toml_text import edited, line_of

_TOML_PLACE = re.compile(r"\s*\(at line (\d+), column \d+\)$|\s*\(at end of document\)$")


class SettingsProblem(msgspec.Struct, frozen=True, kw_only=True):
    """Something in the file that could not be taken; the default is used instead. ``line`` is 0 where unknown."""

    text: str
    path: str
    line: int = 0
    key: str = ""

    def __str__(self) -> str:
        place = f"{self.path}, line {self.line}" if self.line else self.path
        return f"{place}: {self.text}"


class SettingsError(Exception):
    """A change that was not made, because the value is not allowed or the file can't be written."""


class SettingsStore:
    """The settings of one profile, and the file they are kept in."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._settings = Settings()
        self._problems: tuple[SettingsProblem, ...] = ()
        self._is_unreadable = False
        self._kept_aside: Path | None = None
        self._listeners: list[Callable[[Settings], None]] = []

    @property
    def path(self) -> Path:
        """The file."""
        return self._path

    @property
    def settings(self) -> Settings:
        """What is in force now."""
        return self._settings

    @property
    def problems(self) -> tuple[SettingsProblem, ...]:
        """What was wrong with the file when it was last read."""
        return self._problems

    @property
    def kept_aside(self) -> Path | None:
        """Where an unreadable file was moved to before the first change was written."""
        return self._kept_aside

    def on_change(self, listener: Callable[[Settings], None]) -> None:
        """Call ``listener`` with the settings after each change."""
        self._listeners.append(listener)

    def forget(self, listener: Callable[[Settings], None]) -> None:
        """Call a listener no more."""
        self._listeners = [each for each in self._listeners if each != listener]

    def load(self) -> Settings:
        """Read the file. Never raises: see `problems`. A missing file means the defaults."""
        text, problem = self._read()
        self._is_unreadable = problem is not None
        if problem is not None:
            self._settings, self._problems = Settings(), (problem,)
        else:
            self._settings, self._problems = self._take(text)
        return self._settings

    def change(self, key: str, value: Value) -> Settings:
        """Set one value and write it. Raises `SettingsError`; a value that could not be written is still in force."""
        described = row(key)
        try:
            settings = with_value(self._settings, key, _checked(described, value))
        except (msgspec.ValidationError, ValueError):
            raise SettingsError(f"{described.title}: {refusal(described, value)}") from None
        self._adopt(settings)
        self._write(key, value_of(settings, key))
        return settings

    def reset(self, key: str) -> Settings:
        """Go back to one setting's default and take its line out of the file. Raises `SettingsError`."""
        settings = with_value(self._settings, key, row(key).default)
        self._adopt(settings)
        self._write(key, None)
        return settings

    def _adopt(self, settings: Settings) -> None:
        self._settings = settings
        for listener in self._listeners:
            listener(settings)

    def _read(self) -> tuple[str, SettingsProblem | None]:
        try:
            data = self._path.read_bytes()
        except FileNotFoundError:
            return "", None
        except OSError as error:
            return "", self._problem(f"The file can't be read: {error.strerror or error}. Defaults are used.")
        text = ""
        try:
            text = data.decode("utf-8-sig")
            tomllib.loads(text)
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            return "", self._problem("This is not UTF-8 text. Defaults are used.", line)
        except tomllib.TOMLDecodeError as error:
            message = str(error)
            found = _TOML_PLACE.search(message)
            line = int(found[1]) if found and found[1] else (text.count("\n") + 1 if found else 0)
            return "", self._problem(f"{_TOML_PLACE.sub('', message)}. Defaults are used.", line)
        return text, None

    def _take(self, text: str) -> tuple[Settings, tuple[SettingsProblem, ...]]:
        tables = tomllib.loads(text)
        settings = Settings()
        problems: list[SettingsProblem] = []
        for topic in topics():
            table: object = tables.get(topic.name, {})
            if not isinstance(table, Mapping):
                line = line_of(text, topic.name, "")
                problems.append(self._problem(f"[{topic.name}] must be a table. Its defaults are used.", line))
                continue
            values = cast("Mapping[str, Any]", table)
            for described in topic.rows:
                name = described.key.removeprefix(f"{topic.name}.")
                if name not in values:
                    continue
                try:
                    settings = with_value(settings, described.key, _checked(described, values[name]))
                except (msgspec.ValidationError, ValueError):
                    why = f"{described.key}: {refusal(described, values[name])} The default is used."
                    problems.append(self._problem(why, line_of(text, topic.name, name), described.key))
        return settings, tuple(problems)

    def _problem(self, text: str, line: int = 0, key: str = "") -> SettingsProblem:
        return SettingsProblem(text=text, path=str(self._path), line=line, key=key)

    def _write(self, key: str, value: Value | None) -> None:
        # The file is read anew, so that what was edited by hand since the start is kept too.
        try:
            text, problem = self._read()
            if problem is not None:
                self._kept_aside = set_aside(self._path)
                text = ""
            changed = edited(text, key, value, row(key).default)
            if changed != text or problem is not None:
                write_private(self._path, changed.encode())
        except OSError as error:
            why = error.strerror or str(error)
            raise SettingsError(
                f"Settings can't be written to {self._path}: {why}. They hold until you quit."
            ) from error
        if self._is_unreadable:
            self._is_unreadable, self._problems = False, ()
        else:
            self._problems = tuple(known for known in self._problems if known.key != key)


def refusal(described: Row, value: object) -> str:
    """Say in one sentence what a setting takes, for a value it does not take."""
    if described.kind == "switch":
        wanted = "true or false"
    elif described.kind == "choice":
        wanted = "one of " + ", ".join(choice.value for choice in described.choices)
    elif described.kind in ("whole", "number"):
        wanted = "a whole number" if described.kind == "whole" else "a number"
        wanted += f" from {described.minimum:g} to {described.maximum:g}"
    else:
        wanted = "text"
    return f"{_shown(value)} is not {wanted}."


def _checked(described: Row, value: object) -> Value:
    if isinstance(value, float) and not math.isfinite(value):
        raise ValueError(value)
    if described.kind == "whole" and isinstance(value, float):
        raise ValueError(value)
    return cast("Value", value)


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    text = f'"{value}"' if isinstance(value, str) else str(value)
    return text if len(text) <= 40 else text[:39] + "…"
