"""Which session is meant, and which form it gets."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.helpers.recordings import message, record

from wireyard.cli.exporting import find_session
from wireyard.cli.main import main
from wireyard.recording.catalogue import Catalogue


def test_a_file_is_itself_and_an_id_is_looked_up(tmp_path: Path) -> None:
    path = record(tmp_path / "sessions", [message()])
    (summary,) = Catalogue(tmp_path / "sessions").sessions()
    assert find_session(str(path), tmp_path / "sessions") == path
    assert find_session(summary.id, tmp_path / "sessions") == path
    assert find_session("", tmp_path / "sessions") is None


@pytest.mark.parametrize(
    ("arguments", "start"),
    [
        (("-o", "{}/a.txt"), b"Wireyard session"),
        (("-o", "{}/a.log"), b"Wireyard session"),
        (("-o", "{}/a.jsonl"), b'{"kind":"session"'),
        (("-o", "{}/a"), b'{"kind":"session"'),
        (("-o", "{}/a.txt", "--format", "jsonl"), b'{"kind":"session"'),
    ],
)
def test_the_form_is_asked_for_or_seen_from_the_name(tmp_path: Path, arguments: tuple[str, ...], start: bytes) -> None:
    path = record(tmp_path / "sessions", [message()])
    given = [each.format(tmp_path) for each in arguments]
    assert main(["export", str(path), *given, "--profile", str(tmp_path / "profile")]) == 0
    assert Path(given[1]).read_bytes().startswith(start)
