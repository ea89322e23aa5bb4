"""What a file may hold, worked out from its type: the guide for reading, writing and changing it."""

from __future__ import annotations

import dataclasses
import functools
from typing import Annotated, Any, Final, Literal, get_args, get_origin

import msgspec
from msgspec import inspect

from wireyard.workspace.model import AuthSettings, OpeningMessage, SavedMessage, Variable

# Keys in the order in which people read them; any other follows in the order of the type.
_ORDER: Final = (
    "wireyard", "name", "notes", "kind", "color", "inherits", "url", "path_params", "params", "headers",
    "inherit_headers", "removed_headers", "subprotocols", "auth", "variables", "tls", "network", "proxy", "reconnect",
    "on_open", "preview_path", "saved", "group", "format", "send_as", "value", "secret", "disabled", "note", "file",
    "body",
)  # fmt: skip
_LAST: Final = ("messages", "order")
# A variable that is nothing but a value is written as that value.
_SHORT: Final[dict[type, str]] = {Variable: "value"}
# Payloads stand in a block of their own, so that no quotation mark in them has to be escaped.
_PAYLOADS: Final = {(SavedMessage, "body"), (AuthSettings, "body"), (OpeningMessage, "body")}


@dataclasses.dataclass(frozen=True, slots=True)
class Shape:
    """One place of a file. ``leaf`` is the type of a single value, ``wanted`` says in words what it takes."""

    kind: Literal["leaf", "struct", "list", "map"]
    fields: dict[str, Shape] = dataclasses.field(default_factory=dict[str, "Shape"])
    required: tuple[str, ...] = ()
    defaults: dict[str, Any] = dataclasses.field(default_factory=dict[str, Any])
    item: Shape | None = None
    short: str = ""
    leaf: Any = str
    wanted: str = "text"
    is_optional: bool = False
    is_payload: bool = False

    @property
    def is_text(self) -> bool:
        return self.leaf is str

    def inner(self) -> Shape:
        """The shape of what a list or a map holds."""
        assert self.item is not None
        return self.item

    def rank(self, key: str) -> int:
        """Where a key stands among the others; unknown ones at the end."""
        keys = list(self.fields)
        return keys.index(key) if key in self.fields else len(keys)


@functools.cache
def shape_of(kind: type[Any]) -> Shape:
    """The shape of a file of this type."""
    return _shape(inspect.type_info(kind))


def _shape(info: inspect.Type) -> Shape:
    if isinstance(info, inspect.StructType):
        return _struct(info)
    if isinstance(info, inspect.VarTupleType):
        return Shape("list", item=_shape(info.item_type))
    if isinstance(info, inspect.DictType):
        return Shape("map", item=_shape(info.value_type))
    if isinstance(info, inspect.UnionType):
        one = next(each for each in info.types if not isinstance(each, inspect.NoneType))
        return dataclasses.replace(_shape(one), is_optional=True)
    return _leaf(info)


def _struct(info: inspect.StructType) -> Shape:
    fields: dict[str, Shape] = {}
    for field in sorted(info.fields, key=lambda field: _rank(field.encode_name)):
        shape = _shape(field.type)
        if (info.cls, field.encode_name) in _PAYLOADS:
            shape = dataclasses.replace(shape, is_payload=True)
        fields[field.encode_name] = shape
    required = tuple(field.encode_name for field in info.fields if field.required)
    defaults = {field.encode_name: _default(field) for field in info.fields if not field.required}
    return Shape("struct", fields, required, defaults, short=_SHORT.get(info.cls, ""))


def _default(field: inspect.Field) -> Any:
    """What a key says that isn't there, as plain dicts, lists and values."""
    default = field.default if field.default is not msgspec.NODEFAULT else field.default_factory()
    if isinstance(default, tuple):
        return list(default)  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]
    return msgspec.to_builtins(default)


def _rank(key: str) -> int:
    if key in _ORDER:
        return _ORDER.index(key)
    return len(_ORDER) + (_LAST.index(key) + 1 if key in _LAST else 0)


def _leaf(info: inspect.Type) -> Shape:
    if isinstance(info, inspect.BoolType):
        return Shape("leaf", leaf=bool, wanted="true or false")
    if isinstance(info, inspect.LiteralType):
        values = [str(value) for value in info.values]
        words = ", ".join(value for value in values if value)
        # Not the Literal of the type: what matters are the values.
        return Shape("leaf", leaf=Literal[tuple(values)], wanted=f"one of {words}")
    if isinstance(info, inspect.IntType | inspect.FloatType):
        is_whole = isinstance(info, inspect.IntType)
        meta = msgspec.Meta(ge=info.ge, le=info.le)
        wanted = "a whole number" if is_whole else "a number"
        if info.ge is not None:
            wanted += f", {info.ge} or more" if info.le is None else f" from {info.ge} to {info.le}"
        return Shape("leaf", leaf=_annotated(int if is_whole else float, meta), wanted=wanted)
    return Shape("leaf")


def _annotated(kind: Any, meta: msgspec.Meta) -> Any:
    return Annotated[kind, meta]


def choices(shape: Shape) -> tuple[str, ...]:
    """The values of a leaf that takes one of several."""
    return get_args(shape.leaf) if get_origin(shape.leaf) is Literal else ()
