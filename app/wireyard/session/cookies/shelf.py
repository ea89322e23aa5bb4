"""The jars of a profile: one for each environment of each workspace, and one for no environment; each a file.

They are kept on this machine and never in a workspace's own files. Two programs may use a jar at once: what is written
is what this one changed, over what the file says by then.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable
from pathlib import Path

import msgspec

from wireyard.domain.cookie import Cookie
from wireyard.session.cookies.jar import Change, Jar, Key
from wireyard.settings.private_file import write_private

MAX_FILE_BYTES = 32 * 1024 * 1024


class _File(msgspec.Struct, frozen=True, kw_only=True):
    version: int = 1
    environment: str = ""
    cookies: list[Cookie] = []


class CookieShelf:
    """Makes each jar once. ``on_change`` is called, on whichever thread, when one of them changed."""

    def __init__(self, folder: Path, on_change: Callable[[], None] | None = None) -> None:
        self._folder = folder
        self._on_change = on_change
        self._jars: dict[tuple[str, str], tuple[Jar, Path]] = {}
        self._writing = threading.Lock()
        self._stamps: dict[Path, tuple[int, int]] = {}

    def jar(self, workspace: str, environment: str) -> Jar:
        """The jar of an environment, empty for none, of a workspace; with what another program has put into it."""
        place = (workspace, environment)
        if place not in self._jars:
            jar = Jar()
            jar.on_change = self._on_change
            self._jars[place] = (jar, self._path(workspace, environment))
        jar, path = self._jars[place]
        self._read_again(jar, path)
        return jar

    def move(self, workspace: str, old: str, new: str) -> None:
        """Follow an environment that has another id now."""
        cookies = self.jar(workspace, old).cookies
        for cookie in cookies:
            self.jar(workspace, new).put(cookie)
        self.jar(workspace, old).remove(cookies)

    def save(self) -> None:
        """Write what was changed. Blocks; raises `OSError`, and then it is still to be written."""
        with self._writing:
            self._save()

    def _save(self) -> None:
        for (_, environment), (jar, path) in list(self._jars.items()):
            changes = jar.take_changes()
            if not changes:
                continue
            try:
                self._write(path, environment, changes)
            except OSError:
                jar.give_back(changes)
                raise

    def _write(self, path: Path, environment: str, changes: dict[Key, Change]) -> None:
        kept = {cookie.key: cookie for cookie in _read(path)}
        for key, change in changes.items():
            if change is None:
                kept.pop(key, None)
            else:
                kept[key] = change
        if not kept and not path.exists():
            return
        write_private(path, msgspec.json.encode(_File(environment=environment, cookies=list(kept.values()))))

    def _read_again(self, jar: Jar, path: Path) -> None:
        stamp = _stamp(path)
        if stamp != self._stamps.get(path, (0, 0)):
            self._stamps[path] = stamp
            jar.fill(_read(path))

    def _path(self, workspace: str, environment: str) -> Path:
        # Names of environments may be longer than those of files, or alike but for capitals.
        name = hashlib.sha256(environment.encode("utf-8", "surrogatepass")).hexdigest()[:24] if environment else "none"
        return self._folder / (workspace or "none") / f"{name}.json"


def _stamp(path: Path) -> tuple[int, int]:
    try:
        found = path.stat()
    except OSError:
        return 0, 0
    return found.st_mtime_ns, found.st_size


def _read(path: Path) -> list[Cookie]:
    """What the file says; one that can't be read says nothing, for cookies are had again."""
    try:
        with path.open("rb") as file:
            return msgspec.json.decode(file.read(MAX_FILE_BYTES), type=_File).cookies
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
        return []
