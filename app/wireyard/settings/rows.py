"""The settings as rows of a form: read from the annotations in `wireyard.settings.model`, for window and docs alike."""

from __future__ import annotations

from functools import cache
from typing import Any, Literal, cast

import msgspec
from msgspec import inspect

from wireyard.settings.model import Settings

Value = bool | int | float | str
Kind = Literal["switch", "choice", "whole", "number", "text", "folder"]


class Choice(msgspec.Struct, frozen=True):
    """One value of a choice and what people read."""

    value: str
    label: str


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One setting. ``key`` is ``topic.name``; ``off_label`` says what the value zero means, where it is special."""

    key: str
    title: str
    help: str
    kind: Kind
    default: Value
    minimum: float | None = None
    maximum: float | None = None
    step: float = 1
    unit: str = ""
    off_label: str = ""
    choices: tuple[Choice, ...] = ()


class Topic(msgspec.Struct, frozen=True, kw_only=True):
    """One page of the Settings window."""

    name: str
    title: str
    help: str
    rows: tuple[Row, ...]


@cache
def topics() -> tuple[Topic, ...]:
    """All topics with their rows, in the order they are shown."""
    root = cast("inspect.StructType", inspect.type_info(Settings))
    return tuple(_topic(field) for field in root.fields)


@cache
def row(key: str) -> Row:
    """The row of one key. Raises `KeyError` for a key that is no setting."""
    for topic in topics():
        for candidate in topic.rows:
            if candidate.key == key:
                return candidate
    raise KeyError(key)


def value_of(settings: Settings, key: str) -> Value:
    """What a setting is set to."""
    topic, name = key.split(".", 1)
    return getattr(getattr(settings, topic), name)


def with_value(settings: Settings, key: str, value: Value) -> Settings:
    """The same settings with one changed. Raises `msgspec.ValidationError` when the value is not allowed."""
    topic, name = key.split(".", 1)
    row(key)
    before: msgspec.Struct = getattr(settings, topic)
    changed = {**msgspec.structs.asdict(before), name: value}
    return msgspec.structs.replace(settings, **{topic: msgspec.convert(changed, type(before))})


def _topic(field: inspect.Field) -> Topic:
    metadata = cast("inspect.Metadata", field.type)
    struct = cast("inspect.StructType", metadata.type)
    shown = cast("dict[str, Any]", metadata.extra_json_schema or {})  # pyright: ignore[reportUnknownMemberType]
    title = str(shown.get("title", field.name))
    text = (struct.cls.__doc__ or "").strip()
    return Topic(
        name=field.name,
        title=title,
        help=text,
        rows=tuple(_row(f"{field.name}.{inner.name}", inner) for inner in struct.fields),
    )


def _row(key: str, field: inspect.Field) -> Row:
    shown: dict[str, Any] = {}
    extra: dict[str, Any] = {}
    kind = field.type
    while isinstance(kind, inspect.Metadata):
        shown |= cast("dict[str, Any]", kind.extra_json_schema or {})
        extra |= cast("dict[str, Any]", kind.extra or {})
        kind = kind.type
    labels: dict[str, str] = extra.get("labels", {})
    choices: tuple[Choice, ...] = ()
    if isinstance(kind, inspect.LiteralType):
        choices = tuple(Choice(str(value), labels.get(str(value), str(value))) for value in _in_order(labels, kind))
    limits = kind if isinstance(kind, inspect.IntType | inspect.FloatType) else None
    return Row(
        key=key,
        title=str(shown.get("title", key)),
        help=str(shown.get("description", "")),
        kind=extra.get("kind") or _kind(kind),
        default=cast("Value", field.default),
        minimum=limits.ge if limits else None,
        maximum=limits.le if limits else None,
        step=extra.get("step", 1),
        unit=extra.get("unit", ""),
        off_label=extra.get("off", ""),
        choices=choices,
    )


def _in_order(labels: dict[str, str], kind: inspect.LiteralType) -> list[str]:
    # inspect sorts the values; people want them in the order they were written down.
    known = [str(value) for value in kind.values]
    return [value for value in labels if value in known] + [value for value in known if value not in labels]


def _kind(kind: inspect.Type) -> Kind:
    if isinstance(kind, inspect.BoolType):
        return "switch"
    if isinstance(kind, inspect.LiteralType):
        return "choice"
    if isinstance(kind, inspect.IntType):
        return "whole"
    if isinstance(kind, inspect.FloatType):
        return "number"
    return "text"
