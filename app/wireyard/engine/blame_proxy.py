"""From what went wrong with a proxy to a `Failure`. The server was never reached then.

Facts, all text, besides those of `wireyard.engine.blame`: ``proxy`` (host and port), ``proxy_host``, ``proxy_port``,
``proxy_kind`` (HTTP, SOCKS 4, SOCKS 5), ``proxy_login`` (sent or none); and of a ``proxy_failed``:

- ``fault``: ``not_found``, ``lookup_failed``, ``not_listening``, ``unreachable``, ``cut``, ``refused``,
  ``not_a_proxy``, ``closed``, ``unusable`` or ``setting``.
- ``reason``: a few words of the protocol's, or for ``setting`` a sentence.
"""

from __future__ import annotations

from wireyard.domain.failure import Failure
from wireyard.domain.request import Proxy
from wireyard.engine.proxy_address import ProxyAddressError
from wireyard.engine.proxy_errors import ProxyError

_KINDS = {"http": "HTTP", "socks4": "SOCKS 4", "socks5": "SOCKS 5"}
_FAULTS = {
    "name_not_found": "not_found",
    "name_lookup_failed": "lookup_failed",
    "refused": "not_listening",
    "unreachable": "unreachable",
    "reset": "cut",
}


def facts_of(proxy: Proxy) -> dict[str, str]:
    """What is told of a proxy: never who signs in, nor with what."""
    host = f"[{proxy.host}]" if ":" in proxy.host else proxy.host
    return {
        "proxy": f"{host}:{proxy.port}",
        "proxy_host": proxy.host,
        "proxy_port": str(proxy.port),
        "proxy_kind": _KINDS.get(proxy.mode, ""),
        "proxy_login": "sent" if proxy.user or proxy.password else "none",
    }


def of_the_proxy(failure: Failure) -> Failure:
    """A failure of finding or connecting to the proxy. One that only took too long stays what it is."""
    fault = _FAULTS.get(failure.code)
    if fault is None:
        return failure
    facts = failure.facts | {"fault": fault}
    return Failure(code="proxy_failed", step=failure.step, technical=failure.technical, facts=facts)


def blame_setting(error: ProxyAddressError, facts: dict[str, str]) -> Failure:
    """The proxy's address is none, wherever it is from."""
    facts = facts | {"fault": "setting", "reason": str(error)}
    return Failure(code="proxy_failed", step="proxy", technical=str(error), facts=facts)


def blame_proxy(error: Exception, facts: dict[str, str]) -> Failure:
    """Say why the proxy did not let us through."""
    technical = f"{type(error).__name__}: {error}"
    if not isinstance(error, ProxyError):
        fault = "closed" if isinstance(error, ConnectionError) else "unusable"
        return Failure(code="proxy_failed", step="proxy", technical=technical, facts=facts | {"fault": fault})
    facts = facts | {"fault": error.fault, "reason": error.reason}
    if error.raw:
        facts["got"] = error.raw.split(b"\n", 1)[0][:300].decode("ascii", "backslashreplace").strip()
    code = "proxy_auth" if error.fault == "auth" else "proxy_failed"
    return Failure(code=code, step="proxy", technical=technical, facts=facts, answer=error.answer)


def few_words(error: Exception) -> str:
    """For the row of the step."""
    if isinstance(error, ProxyError):
        return error.reason or error.fault.replace("_", " ")
    return "cut" if isinstance(error, ConnectionError) else "failed"
