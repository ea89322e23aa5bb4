"""Who gives a variable its value: the layers of values that hold for one request, strongest first.

Set by hand for this session; the request; its folders, the innermost first; the environment, the values of this
machine before the shared ones; the environments that it inherits from, in the same way; the collection. A secret that
has no value on this machine ends the search: a weaker value of the same name must not be sent in its place.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import msgspec

from wireyard.workspace.documents import Level
from wireyard.workspace.model import EnvironmentFile, RequestFile, Variable
from wireyard.workspace.variables.dynamic import BY_NAME, DYNAMIC, DynamicValue

SESSION = "This session"
REQUEST = "This request"
BUILT_IN = "Built in"
THIS_MACHINE = "{}, this machine"

# Gives the value of a secret, by the environment's id (or the key of a level, see `level_key`) and its name.
Secrets = Callable[[str, str], str | None]


class Value(msgspec.Struct, frozen=True):
    """A variable's value as it is written, variables in it unresolved. ``source`` says in words who gives it."""

    text: str
    source: str
    is_secret: bool = False

    def __repr__(self) -> str:
        shown = "(hidden)" if self.is_secret else repr(self.text)
        return f"Value({shown}, {self.source!r})"


class Layer(msgspec.Struct, frozen=True):
    """Values from one place. ``key`` is what its secrets are kept under, empty where it can have none."""

    source: str
    variables: Mapping[str, Variable]
    key: str = ""


class Environment(msgspec.Struct, frozen=True):
    """One environment of a chain: what all have, and what only this machine has."""

    id: str
    name: str
    shared: EnvironmentFile
    local: EnvironmentFile = EnvironmentFile()


class Scope:
    """Answers for names. Made anew whenever something changes; asking is cheap."""

    def __init__(self, layers: Sequence[Layer], secrets: Secrets | None = None, *, environment: str = "") -> None:
        self._layers = tuple(layers)
        self._secrets = secrets
        self.environment = environment
        # A name that is secret anywhere is secret: a value typed by hand or kept in a local file is hidden too.
        self._secret_names = frozenset(
            name
            for layer in layers
            for name, variable in layer.variables.items()
            if variable.secret and not variable.off
        )

    def lookup(self, name: str) -> Value | None:
        """The value of a name; None where there is none. A built-in value answers with an example."""
        if name.startswith("$"):
            known = BY_NAME.get(name)
            return None if known is None else _built_in(known)
        for layer in self._layers:
            variable = layer.variables.get(name)
            if variable is not None and not variable.off:
                return self._value(layer, name, variable)
        return None

    def key_of(self, name: str) -> str:
        """Where a name is looked for last: the id of an environment, the key of a level, or empty for neither."""
        layers = (layer for layer in self._layers if name in layer.variables and not layer.variables[name].off)
        found = next(layers, None)
        return found.key if found is not None else ""

    def is_secret(self, name: str) -> bool:
        """Whether the values of this name are to be hidden, also where there is none yet."""
        return name in self._secret_names

    def names(self, *, built_in: bool = True) -> list[tuple[str, Value]]:
        """All names that have a value, by name; then the built-in ones."""
        known = {name for layer in self._layers for name in layer.variables}
        found = [(name, self.lookup(name)) for name in sorted(known, key=lambda name: (name.casefold(), name))]
        listed = [(name, value) for name, value in found if value is not None]
        return listed + [(one.name, _built_in(one)) for one in DYNAMIC] if built_in else listed

    def _value(self, layer: Layer, name: str, variable: Variable) -> Value | None:
        is_secret = name in self._secret_names
        if not variable.secret:
            return Value(variable.value, layer.source, is_secret)
        kept = self._secrets(layer.key, name) if self._secrets is not None and layer.key else None
        # A file written by hand may hold the value all the same.
        text = kept if kept is not None else variable.value
        return Value(text, layer.source, is_secret=True) if text else None


def scope_of(
    session_values: Mapping[str, str],
    request: RequestFile,
    levels: Sequence[Level] = (),
    environments: Sequence[Environment] = (),
    secrets: Secrets | None = None,
    *,
    request_id: str = "",
) -> Scope:
    """The scope of a request. ``levels`` go from the collection down; ``environments`` are the chosen one and then
    those it inherits from, the nearest first."""
    layers = [
        Layer(SESSION, {name: Variable(value=value) for name, value in session_values.items()}),
        Layer(REQUEST, request.variables, level_key(request_id) if request_id else ""),
    ]
    layers += [_layer_of(level) for level in reversed(levels[1:])]
    for environment in environments:
        layers.append(Layer(THIS_MACHINE.format(environment.name), environment.local.variables, environment.id))
        layers.append(Layer(environment.name, environment.shared.variables, environment.id))
    layers += [_layer_of(level) for level in levels[:1]]
    return Scope(layers, secrets, environment=environments[0].name if environments else "")


def environment_chain(first: str, read: Callable[[str], Environment | None]) -> list[Environment]:
    """An environment and those that it inherits from, the nearest first; a circle is gone round once."""
    chain: list[Environment] = []
    seen: set[str] = set()
    at = first
    while at and at not in seen:
        seen.add(at)
        environment = read(at)
        if environment is None:
            break
        chain.append(environment)
        at = environment.shared.inherits
    return chain


def level_key(identity: str) -> str:
    """What the secrets of a request, folder or collection are kept under. No environment has a name like it."""
    return f"/{identity}"


def level_of(key: str) -> str:
    """The request, folder or collection whose secrets are kept under a key; empty for an environment's."""
    return key[1:] if key.startswith("/") else ""


def _layer_of(level: Level) -> Layer:
    return Layer(level.name, level.file.variables, level_key(level.id))


def _built_in(known: DynamicValue) -> Value:
    return Value(known.example, BUILT_IN)
