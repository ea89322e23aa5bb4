"""Gives freed memory back to the system.

glibc keeps what was freed for itself: 50 MB after a message of 10 MB. Elsewhere the allocator sees to it.
"""

from __future__ import annotations

import sys


def give_back() -> None:
    """Trim the heap where that can be done. Takes some milliseconds, without the interpreter's lock (worker)."""
    if sys.platform.startswith("linux"):
        import ctypes  # nothing is given back before a first payload was shown

        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
        if trim is not None:
            trim(0)
