"""The address that is dialled: of a request's url and the rows of its query, with the values of variables in place.

Everything stays as it is spelled but for what an address can't carry: a blank, a ``&`` in a row's value, a ``%`` that
begins no escape. Those are percent-encoded (RFC 3986 section 2.1). The value of a path parameter is one segment, also
where there is a slash in it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from urllib.parse import quote

from msgspec.structs import replace

from wireyard.session.plan.errors import EmptyPathParameter
from wireyard.workspace.model import Field
from wireyard.workspace.path_params import pieces_of
from wireyard.workspace.query import join_address, split_address

# What may stand in a value of a query, and in one's name. ``+`` stays: it may mean a blank, as in forms.
_VALUE_SAFE = "/%:@!$'()*+,;=~[]|?{}\\^`"
_NAME_SAFE = _VALUE_SAFE.replace("=", "")
# What may stand in a segment of a path (RFC 3986 section 3.3); braces are those of variables without a value.
_SEGMENT_SAFE = "%:@!$&'()*+,;=~{}"
_USER_SAFE = "%:!$&'()*+,;=~"
_BARE_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
# User name and password, up to the last @ before the path. A variable is one piece, whatever is in its braces.
_USER_INFO = re.compile(r"(?P<before>[A-Za-z][A-Za-z0-9+.-]*://)(?P<user>(?:\{\{[^{}]*\}\}|[^/?#{])*)@")


def address_of(
    url: str,
    params: Iterable[Field],
    resolve: Callable[[str], str],
    path_params: Iterable[Field] = (),
    *,
    keep_empty: bool = False,
) -> str:
    """Join url and rows. ``resolve`` puts the values of variables into a text.

    Raises `EmptyPathParameter`; with ``keep_empty`` such a segment stays as it was typed.
    """
    # A fragment is no part of a query: the engine says what is wrong with it.
    base, own = (url, ()) if "#" in url else split_address(url)
    rows = [_resolved(row, resolve) for row in (*own, *params) if not row.off and (row.name or row.value)]
    values = {row.name: row.value for row in path_params}
    pieces: list[str] = []
    for piece in pieces_of(base):
        if not piece.name:
            pieces.append(resolve(piece.text) if pieces else _resolved_base(piece.text, resolve))
            continue
        value = resolve(values.get(piece.name, ""))
        if not value and not keep_empty:
            raise EmptyPathParameter(piece.name)
        pieces.append(_encoded(value, _SEGMENT_SAFE) if value else piece.text)
    return join_address("".join(pieces), rows)


def with_parameter(url: str, name: str, value: str, replaces: str | None = None) -> str:
    """The address with one more parameter, or with ``value`` where this one has the value ``replaces``."""
    spelled = _encoded(name, _NAME_SAFE)
    if replaces:
        old = f"{spelled}={quote(replaces, safe='')}"
        if old in url:
            return url.replace(old, f"{spelled}={quote(value, safe='')}", 1)
    return join_address(url, [Field(name=spelled, value=quote(value, safe=""))])


def _resolved_base(base: str, resolve: Callable[[str], str]) -> str:
    found = _USER_INFO.match(base)
    if found is None:
        return resolve(base)
    # A password may hold anything, also what would end it.
    return f"{found['before']}{_encoded(resolve(found['user']), _USER_SAFE)}@{resolve(base[found.end() :])}"


def _resolved(row: Field, resolve: Callable[[str], str]) -> Field:
    return replace(row, name=_encoded(resolve(row.name), _NAME_SAFE), value=_encoded(resolve(row.value), _VALUE_SAFE))


def _encoded(text: str, safe: str) -> str:
    return quote(_BARE_PERCENT.sub("%25", text), safe=safe, errors="replace")
