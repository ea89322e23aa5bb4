"""Deleting, so that it can be undone: what goes is kept in the profile for a while."""

from __future__ import annotations

import contextlib
import errno
import shutil
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import msgspec

from wireyard.workspace import names
from wireyard.workspace.disk import TEMPORARY, Disk, save_error

_KEPT_S: Final = 7 * 24 * 3600


class Deleted(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that was deleted. ``place`` is the one it had in its parent's order, None where it had none."""

    id: str
    kept: Path
    place: int | None = None


class Deletion(msgspec.Struct, frozen=True, kw_only=True):
    """What was deleted at once, and can be brought back at once."""

    items: tuple[Deleted, ...]


class Trash:
    """The folder that keeps what was deleted."""

    def __init__(self, disk: Disk, folder: Path | None) -> None:
        self._disk = disk
        self._folder = folder

    def put(self, paths: Sequence[str]) -> list[Path]:
        """Move files and folders out of the workspace; where each is kept. Raises `SaveError`."""
        self._forget_old()
        kept: list[Path] = []
        for path in paths:
            source = self._disk.root / path
            self._disk.path(path.rpartition("/")[0])
            target = self._new_folder() / source.name
            try:
                _take_out(source, target)
            except OSError as error:
                self._put_back(paths, kept)
                with contextlib.suppress(OSError):
                    target.parent.rmdir()
                raise save_error(path, error, "deleted") from error
            kept.append(target)
        return kept

    def take(self, kept: Path, path: str) -> str:
        """Move one back to where it was, or beside what stands there now; its path."""
        self._disk.path(path.rpartition("/")[0])
        target = self._disk.root / path
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            if target.exists():
                suffix = "".join(target.suffixes[-2:]) if target.name.endswith(names.REQUEST_SUFFIX) else ""
                suffix = suffix or (target.suffix if kept.is_file() else "")
                taken = [each.name.removesuffix(suffix) for each in target.parent.iterdir()]
                target = target.with_name(names.file_name(target.name.removesuffix(suffix), taken) + suffix)
            shutil.move(kept, target)
        except OSError as error:
            raise save_error(path, error, "brought back") from error
        with contextlib.suppress(OSError):
            kept.parent.rmdir()
        return target.relative_to(self._disk.root).as_posix()

    def _put_back(self, paths: Sequence[str], kept: list[Path]) -> None:
        for path, each in zip(paths, kept, strict=False):
            with contextlib.suppress(OSError):
                shutil.move(each, self._disk.root / path)
                each.parent.rmdir()

    def _new_folder(self) -> Path:
        if self._folder is None:
            self._folder = Path(tempfile.mkdtemp(prefix="wireyard-deleted-"))
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            return Path(tempfile.mkdtemp(prefix=f"{int(time.time())}-", dir=self._folder))
        except OSError as error:
            raise save_error(str(self._folder), error) from error

    def _forget_old(self) -> None:
        """Take the space back of what was deleted a week ago."""
        if self._folder is None or not self._folder.is_dir():
            return
        oldest = time.time() - _KEPT_S
        for folder in self._folder.iterdir():
            stamp = folder.name.partition("-")[0]
            if stamp.isdecimal() and int(stamp) < oldest:
                shutil.rmtree(folder, ignore_errors=True)


def _take_out(source: Path, target: Path) -> None:
    """Move something to another place, which may be on another disk; whole or not at all."""
    try:
        source.rename(target)
        return
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
    # Out of sight first, in one step: the copy may take a while, and what is half deleted must not be seen.
    aside = source.with_name(f"{TEMPORARY}{target.parent.name}")
    source.rename(aside)
    try:
        if aside.is_dir() and not aside.is_symlink():
            shutil.copytree(aside, target, symlinks=True)
        else:
            shutil.copy2(aside, target, follow_symlinks=False)
    except OSError:
        aside.rename(source)
        raise
    if aside.is_dir() and not aside.is_symlink():
        shutil.rmtree(aside, ignore_errors=True)
    else:
        aside.unlink(missing_ok=True)
