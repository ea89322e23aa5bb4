"""Runs inside the program that is tried: a keyring of its own, which looks around while it is there.

keyring imports it when its settings in the user's home say so, and that works in a frozen program as well. So what the
program has on board is asked of the program itself, which needs no door for it.
"""

from __future__ import annotations

import json
import sys
from importlib import metadata
from pathlib import Path

from keyring.backend import KeyringBackend, get_all_keyring
from keyring.compat import properties

FOLDER = Path(__file__).parent
REPORT = FOLDER / "report.json"
KEPT = FOLDER / "kept.json"


class Keyring(KeyringBackend):
    """Keeps passwords in a file beside this one. Only for trying."""

    @properties.classproperty
    def priority(self) -> float:
        """Higher than any other."""
        return 9

    def get_password(self, service: str, username: str) -> str | None:
        """What is kept under these names."""
        write_report()
        return _kept().get(f"{service} {username}")

    def set_password(self, service: str, username: str, password: str) -> None:
        """Keep it."""
        KEPT.write_text(json.dumps({**_kept(), f"{service} {username}": password}), encoding="utf-8")

    def delete_password(self, service: str, username: str) -> None:
        """Forget it."""
        KEPT.write_text(json.dumps({**_kept(), f"{service} {username}": None}), encoding="utf-8")


def _kept() -> dict[str, str]:
    return json.loads(KEPT.read_text(encoding="utf-8")) if KEPT.exists() else {}


def write_report() -> None:
    """What of the libraries is there, for those who started the program."""
    import yaml
    from rapidfuzz import fuzz, process

    near = process.extract("ehco", ["echo", "ticker"], scorer=fuzz.partial_ratio, limit=1)
    report = {
        "keyring entry points": sorted(
            entry.name for entry in metadata.entry_points(group="keyring.backends") if entry.load()
        ),
        "keyring backends": sorted(type(found).__module__ for found in get_all_keyring()),
        "secret service": _imports("secretstorage") if sys.platform == "linux" else True,
        "yaml in C": yaml.__with_libyaml__ and hasattr(yaml, "CSafeLoader"),
        "rapidfuzz in C++": near[0][0] == "echo" and fuzz.partial_ratio.__module__.startswith("rapidfuzz.fuzz_cpp"),
        "frozen": getattr(sys, "frozen", False),
    }
    REPORT.write_text(json.dumps(report), encoding="utf-8")


def _imports(name: str) -> bool:
    try:
        __import__(name)
    except ImportError:
        return False
    return True
