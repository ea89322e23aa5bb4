"""PySide's hook is off Python's imports when the window's modules are loaded."""

from __future__ import annotations

import subprocess
import sys

CODE = """
import builtins
plain = builtins.__import__
import wireyard.gui.plain_imports
assert builtins.__import__ is plain
import wireyard.gui.bootstrap, PySide6.QtWidgets, linecache
assert builtins.__import__ is plain
assert not any("wireyard" in name for name in linecache.cache), "the sources were read"
"""


def test_imports_are_pythons_own_and_no_source_is_read() -> None:
    done = subprocess.run([sys.executable, "-c", CODE], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
