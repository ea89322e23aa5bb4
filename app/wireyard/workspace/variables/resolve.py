"""A text with the values of its variables in place: a copy, for sending. What is in the file stays as it is written.

A value may name variables itself; a secret's value never does, so that a password is sent as it is. Within one text a
variable has one value, also where it leads to a random one.
"""

from __future__ import annotations

import msgspec

from wireyard.workspace.variables.dynamic import Dynamic
from wireyard.workspace.variables.errors import CircularVariable, NoFact, TooDeep, TooLarge, UndefinedVariable
from wireyard.workspace.variables.scope import Scope
from wireyard.workspace.variables.template import Reference, Text, parse

MAX_DEPTH = 20
MAX_BYTES = 16 * 1024 * 1024


class Resolved(msgspec.Struct, frozen=True):
    """The text, the values of secrets that are in it, and the names of the variables that it took."""

    text: str
    secrets: tuple[str, ...] = ()
    used: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return f"Resolved(…, used={self.used!r})"


def resolve(text: str, scope: Scope, dynamic: Dynamic | None = None, *, keep_undefined: bool = False) -> Resolved:
    """Put the values in. With ``keep_undefined`` a variable without a value stays as it was typed.

    Raises a `VariableError`, the first that is met.
    """
    if "{{" not in text:
        return Resolved(text)
    return Resolver(scope, dynamic, keep_undefined=keep_undefined).resolve(text)


class Resolver:
    """Resolves texts that belong together: a variable has the same value in all of them."""

    def __init__(self, scope: Scope, dynamic: Dynamic | None = None, *, keep_undefined: bool = False) -> None:
        self._scope = scope
        self._dynamic = dynamic
        self._keep_undefined = keep_undefined
        self._known: dict[str, str] = {}
        self._secrets: dict[str, None] = {}
        self._used: dict[str, None] = {}
        self._made_chars = 0

    @property
    def secrets(self) -> tuple[str, ...]:
        """The values of secrets that went into the texts so far."""
        return tuple(self._secrets)

    @property
    def used(self) -> tuple[str, ...]:
        """The names of variables that went into the texts so far."""
        return tuple(self._used)

    def resolve(self, text: str) -> Resolved:
        """Put the values into one text. Raises a `VariableError`."""
        if "{{" not in text:
            return Resolved(text)
        self._made_chars = 0
        made = self._fill(text, ())
        if len(made) > MAX_BYTES // 4 and len(made.encode("utf-8", "surrogatepass")) > MAX_BYTES:
            raise TooLarge("", MAX_BYTES)
        return Resolved(made, self.secrets, self.used)

    def _fill(self, text: str, chain: tuple[str, ...]) -> str:
        """The text with its values; ``chain`` names the variables whose value it is."""
        parts: list[str] = []
        for part in parse(text):
            made = part.text if isinstance(part, Text) else self._put(part, text, chain)
            # All that is made on the way counts, so that a few lines can't fill the memory.
            self._made_chars += len(made)
            if self._made_chars > 4 * MAX_BYTES:
                raise TooLarge(chain[0] if chain else "", MAX_BYTES)
            parts.append(made)
        return "".join(parts)

    def _put(self, part: Reference, text: str, chain: tuple[str, ...]) -> str:
        if part.is_built_in:
            return self._built_in(part, text)
        name = part.name
        if name in chain:
            raise CircularVariable((*chain[chain.index(name) :], name))
        if name not in self._known:
            if len(chain) >= MAX_DEPTH:
                raise TooDeep(name, MAX_DEPTH)
            value = self._scope.lookup(name)
            if value is None:
                if self._keep_undefined:
                    return text[part.start : part.end]
                raise UndefinedVariable(name, self._scope.environment, is_secret=self._scope.is_secret(name))
            if value.is_secret:
                self._known[name] = value.text
                if value.text:
                    self._secrets[value.text] = None
            else:
                self._known[name] = self._fill(value.text, (*chain, name))
        self._used[name] = None
        return self._known[name]

    def _built_in(self, part: Reference, text: str) -> str:
        if self._dynamic is None:
            return text[part.start : part.end]
        try:
            made = self._dynamic.value(part.name, part.arguments)
        except NoFact:
            if self._keep_undefined:
                return text[part.start : part.end]
            raise
        self._used[part.name] = None
        return made
