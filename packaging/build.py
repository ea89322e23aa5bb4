"""Builds what is handed out into ``dist/``, and tries it: a wheel, and a frozen program for the system it runs on.

``./dev package`` builds both; ``./dev package wheel`` or ``./dev package frozen`` builds one.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DIST = ROOT / "dist"
SPEC = ROOT / "packaging" / "pyinstaller" / "wireyard.spec"
SMOKE = ROOT / "packaging" / "smoke.py"


def build_wheel(folder: Path) -> Path:
    """Build the wheel into ``folder`` with the locked backend, so that nothing is fetched."""
    subprocess.run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)], cwd=ROOT, check=True)
    return max(folder.glob("wireyard-*.whl"), key=lambda path: path.stat().st_mtime)


def build_frozen(folder: Path) -> Path:
    """Build the frozen program into ``folder`` and give the path of its executable."""
    shutil.rmtree(folder / "wireyard", ignore_errors=True)
    options = ["--noconfirm", "--clean", "--log-level", "WARN"]
    places = ["--distpath", str(folder), "--workpath", str(ROOT / "build" / "pyinstaller")]
    subprocess.run([sys.executable, "-m", "PyInstaller", *options, *places, str(SPEC)], cwd=ROOT, check=True)
    return folder / "wireyard" / ("wireyard.exe" if sys.platform == "win32" else "wireyard")


def size_mb(folder: Path) -> float:
    """How much the files of a folder take, in megabytes."""
    return sum(path.lstat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6


def main() -> int:
    """Build what was asked for, everything by default."""
    parser = argparse.ArgumentParser(description="Build the wheel and the frozen program.")
    parser.add_argument("what", nargs="?", choices=["wheel", "frozen", "both"], default="both")
    asked = parser.parse_args().what
    DIST.mkdir(exist_ok=True)
    if asked in ("wheel", "both"):
        wheel = build_wheel(DIST)
        print(f"{wheel.relative_to(ROOT)}: {wheel.stat().st_size / 1e6:.1f} MB")
    if asked in ("frozen", "both"):
        program = build_frozen(DIST)
        print(f"{program.parent.relative_to(ROOT)}: {size_mb(program.parent):.0f} MB")
        return subprocess.run([sys.executable, str(SMOKE), str(program)], check=False).returncode
    return 0


if __name__ == "__main__":
    sys.exit(main())
