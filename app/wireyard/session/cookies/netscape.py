"""Files of cookies as curl and browsers' tools write them: Netscape's ``cookies.txt``."""

from __future__ import annotations

from wireyard.domain.cookie import Cookie
from wireyard.session.cookies.matching import canonical

_HTTP_ONLY = "#HttpOnly_"
_FIELDS = 7


def read_cookie_file(text: str) -> list[Cookie]:
    """The cookies of a file. Raises `ValueError` with a sentence that names the line."""
    cookies: list[Cookie] = []
    for number, line in enumerate(text.removeprefix("\ufeff").splitlines(), 1):
        line = line.rstrip("\r\n")
        is_http_only = line.startswith(_HTTP_ONLY)
        if is_http_only:
            line = line[len(_HTTP_ONLY) :]
        if not line.strip() or line.startswith("#"):
            continue
        cookie = _cookie(line, is_http_only)
        if cookie is None:
            raise ValueError(f"Line {number} is no line of a cookies.txt: it has seven fields with tabs between them.")
        cookies.append(cookie)
    return cookies


def _cookie(line: str, is_http_only: bool) -> Cookie | None:
    fields = line.split("\t")
    if len(fields) == _FIELDS - 1:
        fields.append("")  # a value that is empty
    if len(fields) != _FIELDS:
        return None
    domain, below, path, secure, expires, name, value = fields
    number = expires.strip()
    if not name or not domain or not path.startswith("/") or not number.lstrip("-").isdecimal() or len(number) > 15:
        return None
    return Cookie(
        name=name,
        value=value,
        domain=canonical(domain.removeprefix(".")),
        path=path,
        host_only=below.upper() != "TRUE",
        secure=secure.upper() == "TRUE",
        http_only=is_http_only,
        expires_s=float(number) if int(number) > 0 else None,
    )
