"""Where an editor learns what a variable stands for, and how a value is shown to a person."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from wireyard.formats import visible

if TYPE_CHECKING:
    from wireyard.workspace.variables.scope import Scope, Value

DOTS = "••••••••"
_MOST_SHOWN = 240


class VariableValue(Protocol):
    """A value, where it comes from ("Staging"), and whether it is nobody's business."""

    @property
    def text(self) -> str: ...
    @property
    def source(self) -> str: ...
    @property
    def is_secret(self) -> bool: ...


class VariableSource(Protocol):
    """What has a value at this place. Asked while painting, so it answers at once."""

    def lookup(self, name: str) -> VariableValue | None:
        """The value behind a name, nothing where it has none."""
        ...

    def names(self) -> Sequence[tuple[str, VariableValue]]:
        """All that have a value, in the order in which they are offered."""
        ...


class NoVariables:
    """Nothing has a value: the source of an editor that was not given one."""

    def lookup(self, name: str) -> VariableValue | None:
        return None

    def names(self) -> Sequence[tuple[str, VariableValue]]:
        return ()


class ScopeSource:
    """What a request's scope gives, with the variables that stand in a value filled in. A secret's part hides all."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope
        self._known: dict[str, Value | None] = {}

    def lookup(self, name: str) -> Value | None:
        """The value as it would be sent."""
        if name not in self._known:
            self._known[name] = self._filled(name)
        return self._known[name]

    def names(self) -> Sequence[tuple[str, Value]]:
        """All that have a value; the built-in ones are offered anyway."""
        found = [(name, self.lookup(name)) for name, _ in self._scope.names(built_in=False)]
        return [(name, value) for name, value in found if value is not None]

    def _filled(self, name: str) -> Value | None:
        from msgspec.structs import replace

        from wireyard.workspace.variables.errors import VariableError
        from wireyard.workspace.variables.resolve import resolve

        value = self._scope.lookup(name)
        if value is None or value.is_secret or "{{" not in value.text:
            return value
        try:
            resolved = resolve(value.text, self._scope, keep_undefined=True)
        except VariableError:
            return value  # shown as it is written; sending says what is wrong
        return replace(value, text=resolved.text, is_secret=bool(resolved.secrets))


def shown_value(value: VariableValue) -> str:
    """The value as it may be seen over somebody's shoulder: secrets as dots, long ones cut, breaks as signs."""
    if value.is_secret:
        return DOTS
    text = value.text
    return visible.show(text[:_MOST_SHOWN]) + ("…" if len(text) > _MOST_SHOWN else "")
