"""Permissions that hold for the tests too, where they run as root: root's rights over files laid down for a while."""

from __future__ import annotations

import contextlib
import ctypes
import os
import shutil
import sys
from collections.abc import Generator
from pathlib import Path

import pytest

# capability.h: CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH, CAP_FOWNER; and version 3 of what capget and capset take.
_OVER_FILES = 1 << 1 | 1 << 2 | 1 << 3
_VERSION_3 = 0x20080522
_IS_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0

needs_permissions = pytest.mark.skipif(
    os.name == "nt" or (_IS_ROOT and (sys.platform != "linux" or shutil.which("setpriv") is None)),
    reason="needs permissions that hold",
)


def without_rights() -> list[str]:
    """What comes before a command so that its process has no more rights over files than their owner."""
    names = "-dac_override,-dac_read_search,-fowner"
    return ["setpriv", f"--bounding-set={names}", f"--inh-caps={names}"] if _IS_ROOT else []


@contextlib.contextmanager
def protected(*paths: Path) -> Generator[None]:
    """Take the right to write from files and folders, and from this thread root's right to write all the same."""
    modes = [(path, path.stat().st_mode) for path in paths]
    for path, mode in modes:
        path.chmod(mode & 0o555)
    try:
        with _as_anybody() if _IS_ROOT else contextlib.nullcontext():
            yield
    finally:
        for path, mode in modes:
            path.chmod(mode)


@contextlib.contextmanager
def _as_anybody() -> Generator[None]:
    class Head(ctypes.Structure):
        _fields_ = (("version", ctypes.c_uint32), ("pid", ctypes.c_int))

    class Data(ctypes.Structure):
        _fields_ = (("effective", ctypes.c_uint32), ("permitted", ctypes.c_uint32), ("inheritable", ctypes.c_uint32))

    libc = ctypes.CDLL(None, use_errno=True)
    head, data = Head(_VERSION_3, 0), (Data * 2)()
    if libc.capget(ctypes.byref(head), ctypes.byref(data)):
        raise OSError(ctypes.get_errno(), "capget")
    before = data[0].effective
    data[0].effective = before & ~_OVER_FILES
    if libc.capset(ctypes.byref(head), ctypes.byref(data)):
        raise OSError(ctypes.get_errno(), "capset")
    try:
        yield
    finally:
        data[0].effective = before
        libc.capset(ctypes.byref(head), ctypes.byref(data))
