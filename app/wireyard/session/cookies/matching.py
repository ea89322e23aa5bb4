"""Which cookie belongs to which host and path (RFC 6265 sections 5.1.3 and 5.1.4)."""

from __future__ import annotations

from wireyard.engine.hostname import ip_text

# Second levels under which countries hand out names to others: a cookie for "co.uk" would go to strangers. The full
# list of such suffixes is thousands of lines that change weekly; this keeps the usual ones out.
_REGISTRIES = frozenset(
    [
        "ac",
        "asn",
        "co",
        "com",
        "edu",
        "gen",
        "go",
        "gob",
        "gouv",
        "gov",
        "govt",
        "id",
        "info",
        "ltd",
        "me",
        "mil",
        "ne",
        "net",
        "nhs",
        "nom",
        "or",
        "org",
        "plc",
        "sch",
        "school",
        "web",
    ]
)


def is_ip(host: str) -> bool:
    """Whether a host is an address: those match only themselves."""
    return ip_text(host.partition("%")[0]) is not None


def canonical(host: str) -> str:
    """A host in the form in which hosts are compared."""
    return host.lower().removesuffix(".")


def belongs(host: str, domain: str) -> bool:
    """Whether a host is the domain or lies below it."""
    return host == domain or (host.endswith(f".{domain}") and not is_ip(host))


def is_shared_suffix(domain: str) -> bool:
    """Whether everybody can have names below it: a top-level domain, or a country's second level such as co.uk."""
    first, dot, rest = domain.partition(".")
    return not dot or ("." not in rest and len(rest) == 2 and first in _REGISTRIES)


def default_path(target: str) -> str:
    """The path of a cookie that says none: that of the request up to its last slash."""
    path = target.partition("?")[0]
    return path[: path.rfind("/")] or "/" if path.startswith("/") else "/"


def path_belongs(target: str, path: str) -> bool:
    """Whether a request's path is the cookie's or lies below it."""
    asked = target.partition("?")[0] or "/"
    return asked == path or (asked.startswith(path) and (path.endswith("/") or asked[len(path) : len(path) + 1] == "/"))
