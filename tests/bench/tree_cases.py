"""A workspace of a thousand requests: made here, read and searched through the store alone, in its own process.

Prints what was measured as one line of JSON.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import tempfile
import time
from pathlib import Path
from typing import Any

from wireyard.workspace.model import Field, FolderFile, RequestFile, SavedMessage, Variable, WorkspaceFile
from wireyard.workspace.workspace import Workspace
from wireyard.workspace.yaml_text.splice import write

COLLECTIONS = 10
FOLDERS = 100
MESSAGES = 3
WORDS = tuple(
    "order price quote trade user account ticker depth candle balance login token status update event".split()  # noqa: SIM905
)


def make_workspace(root: Path, requests: int) -> None:
    """Write a workspace with so many requests in 100 folders, as an hour ago: the same each time."""
    chance = random.Random(7)
    _write(root / "wireyard.yaml", WorkspaceFile(name="Bench"))
    for number in range(FOLDERS):
        collection = root / f"Collection {number % COLLECTIONS}"
        folder = collection / f"Folder {number}"
        folder.mkdir(parents=True, exist_ok=True)
        _write(collection / "collection.yaml", FolderFile(notes="A collection."))
        header = Field(name="Authorization", value="Bearer {{token}}")
        _write(folder / "folder.yaml", FolderFile(headers=(header,), variables={"token": Variable(secret=True)}))
        for each in range(requests // FOLDERS):
            _write(folder / f"Request {each} {chance.choice(WORDS)}.ws.yaml", _request(chance))


def _request(chance: random.Random) -> RequestFile:
    messages = tuple(
        SavedMessage(name=f"Message {number}", body=json.dumps(_payload(chance), indent=2))
        for number in range(MESSAGES)
    )
    return RequestFile(
        url=f"wss://{chance.choice(WORDS)}.example.com/{chance.choice(WORDS)}?v={chance.randint(1, 9)}",
        notes=" ".join(chance.choices(WORDS, k=20)),
        headers=(Field(name="X-Trace", value="{{$uuid}}"), Field(name="X-Old", value="1", off=True)),
        messages=messages,
    )


def _payload(chance: random.Random) -> dict[str, Any]:
    return {word: chance.choice([chance.random(), chance.choice(WORDS), None]) for word in chance.sample(WORDS, 8)}


def _write(path: Path, value: Any) -> None:
    path.write_text(write(value), encoding="utf-8")
    before = time.time() - 3600
    os.utime(path, (before, before))


def _ms(work: Any) -> tuple[float, Any]:
    began = time.perf_counter()
    answer = work()
    return (time.perf_counter() - began) * 1000, answer


def measure(root: Path, cache: Path) -> dict[str, Any]:
    """Everything that the store does when a workspace is opened and searched, without an index and with it."""
    figures: dict[str, Any] = {}
    cold = Workspace.open(root, cache=cache)
    figures["cold_glance_ms"], _ = _ms(cold.glance)
    parts: list[float] = []
    began = time.perf_counter()
    figures["cold_scan_ms"], tree = _ms(lambda: cold.scan(on_part=lambda _: parts.append(time.perf_counter() - began)))
    figures["requests"] = sum(1 for item in tree.walk() if item.kind == "request" and item.is_loaded)

    def again() -> Any:
        return Workspace.open(root, cache=cache).glance()

    figures["warm_glance_ms"], glanced = _ms(again)
    figures["is_same"] = glanced == tree
    warm = Workspace.open(root, cache=cache)
    tree = warm.scan()
    figures["warm_scan_ms"], _ = _ms(warm.scan)
    typed = [
        "o",
        "or",
        "ord",
        "orde",
        "order",
        "order p",
        "order price",
        "x",
        "example.com",
        "status null",
        "nothing here",
    ]
    figures["search_ms"] = [_ms(lambda text=text: warm.search(tree, text))[0] for text in typed]
    return figures


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("case", choices=["store"])
    parser.add_argument("--count", type=int, default=1000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder, "workspace").resolve()
        root.mkdir()
        make_workspace(root, options.count)
        print(json.dumps(measure(root, Path(folder, "profile", "index.json"))))


if __name__ == "__main__":
    main()
