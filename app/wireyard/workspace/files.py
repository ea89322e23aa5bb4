"""The files of a workspace as values: opened, and saved with only what changed written anew."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any, Final, TypeVar, cast

import msgspec

from wireyard.workspace.disk import Disk, Stamp, fault, stamp_of
from wireyard.workspace.documents import Opened
from wireyard.workspace.errors import Conflict, FileProblem, SaveError
from wireyard.workspace.lock import locked
from wireyard.workspace.model import EnvironmentFile, FolderFile, RequestFile, Variable
from wireyard.workspace.yaml_text.nodes import MAX_BYTES, YamlFault
from wireyard.workspace.yaml_text.reading import read
from wireyard.workspace.yaml_text.splice import CannotWrite, splice, write

_T = TypeVar("_T", bound=msgspec.Struct)
# A file that was written this shortly before it was read may change again without another stamp.
SETTLED_NS: Final = 2_000_000_000
_KEPT: Final = 512
IGNORED: Final = ("*.local.yaml", ".wireyard-*")


class Files:
    """Opens and saves the files of one workspace."""

    def __init__(self, root: Path) -> None:
        self.disk = Disk(root)
        self._known: dict[str, tuple[Stamp, Opened[Any]]] = {}

    def open(self, path: str, kind: type[_T], item_id: str | None = None) -> Opened[_T]:
        """A file as it is now. Raises `FileProblem`; also for one that isn't there."""
        try:
            text, _ = self.disk.read(path)
        except FileNotFoundError:
            raise fault(path, "There is no such file any more.") from None
        return _opened(path, kind, text, item_id)

    def open_or_new(self, path: str, kind: type[_T], item_id: str | None = None) -> Opened[_T]:
        """The same; a file that isn't there says the defaults, and comes to be when it is saved."""
        try:
            text, _ = self.disk.read(path)
        except FileNotFoundError:
            text = ""
        return _opened(path, kind, text, item_id)

    def glance(self, path: str, kind: type[_T], item_id: str | None = None) -> Opened[_T]:
        """Like `open_or_new`, without reading again what is still the same file."""
        try:
            stamp = stamp_of(self.disk.path(path).stat())
        except OSError:
            return self.open_or_new(path, kind, item_id)
        known = self._known.get(path)
        if known is not None and known[0] == stamp and isinstance(known[1].value, kind):
            return known[1]
        opened = self.open_or_new(path, kind, item_id)
        if time.time_ns() - stamp[1] > SETTLED_NS:
            if len(self._known) >= _KEPT:
                self._known.clear()
            self._known[path] = (stamp, opened)
        return opened

    def save(self, opened: Opened[_T], value: _T, *, force: bool = False) -> Opened[_T]:
        """Write what changed. Raises `Conflict`, `FileProblem`, `SaveError`; then the file is as it was."""
        value = without_secrets(value)
        if opened.path.endswith(".local.yaml"):
            self.ignore_local()
        with locked(self.disk.root):
            there = self._there(opened, force=force)
            base = opened.text if there is None else there
            try:
                text = splice(base, value) if base else write(value)
            except YamlFault as error:
                raise fault(opened.path, error.reason, error.line) from None
            except CannotWrite:
                raise SaveError(f"{opened.path} can't be changed to say this. Edit it by hand.") from None
            if text != there:
                _check_size(opened.path, text)
                self.disk.write(opened.path, text)
        self._known.pop(opened.path, None)
        return msgspec.structs.replace(opened, value=value, text=text)

    def ignore_local(self) -> None:
        """See that git leaves out the files of this machine. Raises `SaveError`."""
        with locked(self.disk.root):
            try:
                text, _ = self.disk.read(".gitignore")
            except FileNotFoundError:
                text = ""
            lines = {line.strip() for line in text.splitlines()}
            missing = [pattern for pattern in IGNORED if pattern not in lines]
            if missing:
                gap = "" if not text or text.endswith("\n") else "\n"
                self.disk.write(".gitignore", text + gap + "\n".join(missing) + "\n")

    def _there(self, opened: Opened[Any], *, force: bool) -> str | None:
        """What is on disk, which has to be what was opened, unless ``force``. None: there is no file."""
        try:
            text, _ = self.disk.read(opened.path)
        except FileNotFoundError:
            if opened.text and not force:
                raise Conflict(opened.path, None) from None
            return None
        if text != opened.text and not force:
            kind = cast("type[msgspec.Struct]", type(opened.value))
            raise Conflict(opened.path, _opened(opened.path, kind, text, opened.id))
        return text


def _opened(path: str, kind: type[_T], text: str, item_id: str | None) -> Opened[_T]:
    try:
        value = read(text, kind)
    except YamlFault as error:
        raise FileProblem(_problem(path, error)) from None
    return Opened(id=path if item_id is None else item_id, path=path, value=value, text=text)


def _check_size(path: str, text: str) -> None:
    """Write nothing that would not be read again."""
    if len(text.encode()) > MAX_BYTES:
        size = MAX_BYTES >> 20
        raise SaveError(f"{path} would be larger than {size} MiB. Keep large messages in files of their own.")


def _problem(path: str, error: YamlFault) -> Any:
    return fault(path, error.reason, error.line).problem


def without_secrets(value: _T) -> _T:
    """The value with the names of secrets only: theirs are never written."""
    if not isinstance(value, RequestFile | FolderFile | EnvironmentFile):
        return value
    if not any(variable.secret and variable.value for variable in value.variables.values()):
        return value
    variables = {name: _named(variable) for name, variable in value.variables.items()}
    return msgspec.structs.replace(value, variables=variables)


def _named(variable: Variable) -> Variable:
    return msgspec.structs.replace(variable, value="") if variable.secret else variable
