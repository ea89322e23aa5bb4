"""A cookie jar: takes what servers send, gives what an address gets, and says why it refused (RFC 6265 section 5).

It may be asked from the loop of the sockets and from the window at once.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Sequence

from msgspec.structs import replace

from wireyard.domain.cookie import Cookie, CookieOutcome
from wireyard.session.cookies.matching import belongs, canonical, path_belongs
from wireyard.session.cookies.set_cookie import Origin, RefusedError, read_set_cookie

# What no server of good will reaches; the oldest go first. They bound memory, the file, and the size of a request.
MAX_LINES = 50
MAX_PER_DOMAIN = 150
MAX_COOKIES = 3000
MAX_HEADER_BYTES = 8190

Key = tuple[str, str, str]
Change = Cookie | None


class Jar:
    """``on_change`` is called, on whichever thread, after cookies came or went."""

    def __init__(self, cookies: Iterable[Cookie] = (), *, clock: Callable[[], float] = time.time) -> None:
        self._clock = clock
        self._lock = threading.RLock()
        self._cookies: dict[Key, Cookie] = {}
        self._changes: dict[Key, Change] = {}
        self.on_change: Callable[[], None] | None = None
        self.fill(cookies)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({len(self._cookies)} cookies)"

    @property
    def cookies(self) -> tuple[Cookie, ...]:
        """What has not run out, by domain, path and name."""
        with self._lock:
            self._drop_expired()
            return tuple(self._cookies[key] for key in sorted(self._cookies))

    def fill(self, cookies: Iterable[Cookie]) -> None:
        """Hold these, with what was changed here since `take_changes` on top."""
        with self._lock:
            self._cookies = {cookie.key: cookie for cookie in cookies}
            for key, change in self._changes.items():
                self._apply(key, change)
            self._make_room()

    def take_changes(self) -> dict[Key, Change]:
        """What was changed since this was asked last; None for what is gone."""
        with self._lock:
            changes, self._changes = self._changes, {}
            return changes

    def give_back(self, changes: dict[Key, Change]) -> None:
        """These could not be stored: they are still to be."""
        with self._lock:
            self._changes = changes | self._changes

    def sent_to(self, *, secure: bool, host: str, target: str) -> tuple[Cookie, ...]:
        """The cookies that this address gets, in the order of the header: longer paths first, then the older."""
        host = canonical(host)
        with self._lock:
            self._drop_expired()
            found = [each for each in self._cookies.values() if _goes(each, secure=secure, host=host, target=target)]
        found.sort(key=lambda each: (-len(each.path), each.created_s))
        room, sent = MAX_HEADER_BYTES, list[Cookie]()
        for cookie in found:
            room -= len(cookie.name) + len(cookie.value) + 3
            if room < 0:
                break
            sent.append(cookie)
        return tuple(sent)

    def cookies_for(self, *, secure: bool, host: str, target: str) -> Sequence[tuple[str, str]]:
        """The same as names and values; see `wireyard.domain.ports.CookieJar`."""
        return [(each.name, each.value) for each in self.sent_to(secure=secure, host=host, target=target)]

    def take(self, lines: Sequence[str], *, secure: bool, host: str, target: str) -> tuple[CookieOutcome, ...]:
        """Take the Set-Cookie lines of one answer, and say what became of each."""
        origin = Origin(secure, host, target)
        with self._lock:
            outcomes = [self._take_one(line, origin) for line in lines[:MAX_LINES]]
            self._make_room()
        if len(lines) > MAX_LINES:
            name, why = f"{len(lines) - MAX_LINES:,} more", f"An answer may set {MAX_LINES} cookies."
            outcomes.append(CookieOutcome(name=name, fate="refused", why=why))
        if any(outcome.fate != "refused" for outcome in outcomes):
            self._tell()
        return tuple(outcomes)

    def put(self, cookie: Cookie, instead_of: Cookie | None = None) -> None:
        """Keep a cookie that a person wrote, in the place of another."""
        with self._lock:
            if instead_of is not None and instead_of.key != cookie.key:
                self._change(instead_of.key, None)
            self._change(cookie.key, replace(cookie, created_s=cookie.created_s or self._clock()))
            self._make_room()
        self._tell()

    def remove(self, cookies: Iterable[Cookie]) -> None:
        """Delete cookies."""
        with self._lock:
            for cookie in cookies:
                self._change(cookie.key, None)
        self._tell()

    # Internals. The lock is held.

    def _take_one(self, line: str, origin: Origin) -> CookieOutcome:
        now_s = self._clock()
        try:
            cookie = read_set_cookie(line, origin, now_s)
            known = self._cookies.get(cookie.key)
            if known is not None and known.secure and not origin.secure:
                raise RefusedError(cookie.name, "It would replace one that was set over TLS.")
        except RefusedError as refused:
            return CookieOutcome(name=_shown(refused.name), fate="refused", why=str(refused))
        if cookie.expires_s is not None and cookie.expires_s <= now_s:
            self._change(cookie.key, None)
            return CookieOutcome(name=cookie.name, fate="deleted", domain=cookie.domain, path=cookie.path)
        created_s = known.created_s if known is not None else cookie.created_s
        self._change(cookie.key, replace(cookie, created_s=created_s))
        return CookieOutcome(name=cookie.name, fate="kept", domain=cookie.domain, path=cookie.path)

    def _change(self, key: Key, change: Change) -> None:
        if change is None and key not in self._cookies:
            return
        self._changes[key] = change
        self._apply(key, change)

    def _apply(self, key: Key, change: Change) -> None:
        if change is None:
            self._cookies.pop(key, None)
        else:
            self._cookies[key] = change

    def _drop_expired(self) -> None:
        now_s = self._clock()
        for key in [key for key, each in self._cookies.items() if _is_over(each, now_s)]:
            self._change(key, None)

    def _make_room(self) -> None:
        if len(self._cookies) <= MAX_PER_DOMAIN:
            return
        self._drop_expired()
        counts: dict[str, int] = {}
        newest_first = sorted(self._cookies.values(), key=lambda each: each.created_s, reverse=True)
        for total, cookie in enumerate(newest_first, 1):
            counts[cookie.domain] = counts.get(cookie.domain, 0) + 1
            if counts[cookie.domain] > MAX_PER_DOMAIN or total > MAX_COOKIES:
                self._change(cookie.key, None)

    def _tell(self) -> None:
        if self.on_change is not None:
            self.on_change()


def _goes(cookie: Cookie, *, secure: bool, host: str, target: str) -> bool:
    is_host = host == cookie.domain if cookie.host_only else belongs(host, cookie.domain)
    return is_host and (secure or not cookie.secure) and path_belongs(target, cookie.path)


def _shown(name: str) -> str:
    return "".join(char if char.isprintable() else "\ufffd" for char in name)


def _is_over(cookie: Cookie, now_s: float) -> bool:
    return cookie.expires_s is not None and cookie.expires_s <= now_s
