"""Writes packaging/locks/py3XX.txt: every dependency with its hashes, for Linux, macOS and Windows, one per Python.

Run it after a dependency changes in pyproject.toml: ``.venv-3.11/bin/python packaging/lock.py``. With ``--upgrade`` the
newest allowed versions are taken; without it, what is locked stays where it still fits.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ROOT / "packaging" / "locks"
MINORS = ("3.11", "3.12", "3.13")
HEADER = "# Made by packaging/lock.py from pyproject.toml. Do not edit by hand.\n"


def lock(minor: str, upgrade: bool, project: Path) -> None:
    """Resolve the dependencies for one Python minor, in the folder ``project``, and write its lock."""
    target = LOCKS / f"py{minor.replace('.', '')}.txt"
    # uv reads this setting from the project file only, and each lock is for one Python: so each has its own copy.
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    project.joinpath("pyproject.toml").write_text(
        f"{text}\n[tool.uv]\nenvironments = [\"python_version == '{minor}'\"]\n", "utf-8"
    )
    command = [sys.executable, "-m", "uv", "pip", "compile", "pyproject.toml", "--group", "dev", "--universal"]
    command += ["--python-version", minor, "--generate-hashes", "--no-header", "--quiet", "-o", str(target)]
    # The hashes are those of PyPI, whatever mirror this machine is set to.
    command += ["--default-index", "https://pypi.org/simple", "--no-emit-index-url"]
    command += ["--upgrade"] if upgrade else []
    subprocess.run(command, cwd=project, check=True)
    # Every line repeats that it is for this Python, which the file's name already says.
    lines = target.read_text(encoding="utf-8").removeprefix(HEADER)
    lines = re.sub(r" ; python_full_version < '[\d.]+'(?: and (?=\S))?(?= \\|.)", _keep_other_markers, lines)
    target.write_text(HEADER + lines, encoding="utf-8")
    print(f"{target.relative_to(ROOT)} written")


def _keep_other_markers(match: re.Match[str]) -> str:
    return " ; " if match[0].endswith(" and ") else ""


def main() -> int:
    """Write all locks."""
    parser = argparse.ArgumentParser(description="Write the locks of all supported Pythons.")
    parser.add_argument("--upgrade", action="store_true", help="take the newest versions that pyproject.toml allows")
    options = parser.parse_args()
    LOCKS.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        for minor in MINORS:
            lock(minor, options.upgrade, Path(folder))
    return 0


if __name__ == "__main__":
    sys.exit(main())
