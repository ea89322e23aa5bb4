"""What is secret in an ``auth`` block: it is written into a file as a variable, and its value kept where secrets are.

Who types a password does not think of variables. So before a file is written each value of such a field becomes a
secret variable of that file, and the value is handed to whoever keeps secrets.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, NamedTuple, TypeVar

from msgspec.structs import replace

from wireyard.workspace.model import AuthKind, AuthSettings, FolderFile, RequestFile, Variable
from wireyard.workspace.variables.template import is_name

F = TypeVar("F", RequestFile, FolderFile)

SECRET_FIELDS: Final = ("password", "token", "key", "client_secret")
# In the rows of OAuth's extra parameters there may be anything: these names mean a secret.
_SECRET_ROWS: Final = ("secret", "password", "assertion", "token", "api_key")
FIELDS_OF_KIND: Final[Mapping[AuthKind, tuple[str, ...]]] = {
    "inherit": (),
    "none": (),
    "basic": ("user", "password"),
    "digest": ("user", "password"),
    "bearer": ("token",),
    "api_key": ("key_name", "key", "sent_in"),
    "oauth2": (
        "grant", "authorization_url", "token_url", "client_id", "client_secret", "client_auth", "user", "password",
        "scope", "audience", "sent_in", "key_name", "extra",
    ),
    "message": ("format", "send_as", "body"),
}  # fmt: skip


class Sealed(NamedTuple):
    """A block without secrets, the variables that stand in their place, and the values by the variables' names."""

    auth: AuthSettings
    variables: dict[str, Variable]
    values: dict[str, str]


def literals_of(auth: AuthSettings) -> dict[str, str]:
    """The secret fields that hold a value and not only variables, by name; a row of ``extra`` is ``extra:NUMBER``."""
    found = {name: value for name in SECRET_FIELDS if _is_literal(value := getattr(auth, name))}
    for number, row in enumerate(auth.extra):
        if any(word in row.name.casefold() for word in _SECRET_ROWS) and _is_literal(row.value):
            found[f"extra:{number}"] = row.value
    return found


def sealed(auth: AuthSettings, variables: Mapping[str, Variable]) -> Sealed:
    """The block as it may be written, beside ``variables`` of the same file: the same where nothing is secret."""
    made, values = dict(variables), dict[str, str]()
    for field, value in literals_of(auth).items():
        name = _variable_name(field, auth, made, values)
        made[name] = Variable(secret=True)
        values[name] = value
        auth = with_secret(auth, field, "{{" + name + "}}")
    return Sealed(auth, made, values)


def unsealed(auth: AuthSettings, values: Mapping[str, str]) -> AuthSettings:
    """The block with the values in their places again, for when they could not be kept."""
    by_reference = {"{{" + name + "}}": value for name, value in values.items()}
    changes: dict[str, Any] = {
        field: by_reference[getattr(auth, field)] for field in SECRET_FIELDS if getattr(auth, field) in by_reference
    }
    rows = tuple(replace(row, value=by_reference.get(row.value, row.value)) for row in auth.extra)
    return replace(auth, extra=rows, **changes)


def without_literals(auth: AuthSettings) -> AuthSettings:
    """The block with nothing in the place of its secrets."""
    for field in literals_of(auth):
        auth = with_secret(auth, field, "")
    return auth


def only_of_its_kind(auth: AuthSettings) -> AuthSettings:
    """The block without what other kinds have."""
    return AuthSettings(kind=auth.kind, **{name: getattr(auth, name) for name in FIELDS_OF_KIND[auth.kind]})


def _is_literal(value: str) -> bool:
    return bool(value) and "{{" not in value


def _variable_name(field: str, auth: AuthSettings, variables: Mapping[str, Variable], values: Mapping[str, str]) -> str:
    word = auth.extra[int(field.removeprefix("extra:"))].name if field.startswith("extra:") else field
    base = f"auth_{word}" if is_name(f"auth_{word}") else "auth_secret"
    name, number = base, 1
    # A secret of this name is an earlier value of the same field: it is replaced. A plain variable is somebody else's.
    while name in values or (name in variables and not variables[name].secret):
        number += 1
        name = f"{base}_{number}"
    return name


def with_secret(auth: AuthSettings, field: str, value: str) -> AuthSettings:
    """The block with another value in a field that `literals_of` names."""
    if not field.startswith("extra:"):
        return replace(auth, **{field: value})
    at = int(field.removeprefix("extra:"))
    return replace(auth, extra=(*auth.extra[:at], replace(auth.extra[at], value=value), *auth.extra[at + 1 :]))
