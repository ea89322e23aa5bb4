"""Takes PySide's hook off Python's imports; has to be imported before any other module of the window.

With its first module PySide replaces `builtins.__import__`, to serve `from __feature__ import …`. From then on it reads
and searches the source of every module that is imported: a twelfth of the time to the first paint, and the text stays
in memory. We use no such features.
"""

from __future__ import annotations

import builtins
import importlib

_plain = builtins.__import__
importlib.import_module("PySide6.QtCore")
builtins.__import__ = _plain
