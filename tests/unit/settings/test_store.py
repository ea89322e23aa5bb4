"""The settings file keeps what people wrote, refuses what it can't take, and is never lost."""

from __future__ import annotations

import stat
import sys
from pathlib import Path

import pytest

from wireyard.settings.model import Settings
from wireyard.settings.store import SettingsError, SettingsStore

HAND_WRITTEN = """\
# mine
[appearance]
zoom_percent = 120  # the beamer

[network]
open_timeout_s = 3
future_name = "kept"

[plugin]
x = 1
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "settings.toml"


def loaded(path: Path) -> SettingsStore:
    store = SettingsStore(path)
    store.load()
    return store


def test_a_missing_file_means_the_defaults_and_is_not_made(path: Path) -> None:
    store = loaded(path)
    assert store.settings == Settings()
    assert store.problems == ()
    assert not path.exists()


def test_values_are_read(path: Path) -> None:
    path.write_text(HAND_WRITTEN)
    store = loaded(path)
    assert store.settings.appearance.zoom_percent == 120
    assert store.settings.network.open_timeout_s == 3
    assert store.problems == ()


def test_a_change_keeps_comments_order_and_unknown_names(path: Path) -> None:
    path.write_text(HAND_WRITTEN)
    loaded(path).change("appearance.zoom_percent", 150)
    assert path.read_text() == HAND_WRITTEN.replace("120", "150")


def test_a_change_is_read_back(path: Path) -> None:
    store = loaded(path)
    store.change("network.ping_interval_s", 7.5)
    store.change("appearance.scheme", "dark")
    store.change("general.echo_server", False)
    assert loaded(path).settings == store.settings


def test_a_default_is_not_written_into_an_empty_file(path: Path) -> None:
    loaded(path).change("appearance.zoom_percent", 100)
    assert not path.exists()


def test_reset_takes_the_line_out(path: Path) -> None:
    path.write_text(HAND_WRITTEN)
    store = loaded(path)
    assert store.reset("network.open_timeout_s").network.open_timeout_s == 10
    assert "open_timeout_s" not in path.read_text()
    assert 'future_name = "kept"' in path.read_text()


def test_edits_made_by_hand_meanwhile_are_kept(path: Path) -> None:
    store = loaded(path)
    path.write_text(HAND_WRITTEN)
    store.change("appearance.scheme", "dark")
    assert "# the beamer" in path.read_text()
    assert 'scheme = "dark"' in path.read_text()


@pytest.mark.skipif(sys.platform == "win32", reason="permissions are POSIX")
def test_the_file_is_private(path: Path) -> None:
    loaded(path).change("appearance.scheme", "dark")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_nothing_else_is_left_in_the_folder(path: Path) -> None:
    loaded(path).change("appearance.scheme", "dark")
    assert [entry.name for entry in path.parent.iterdir()] == ["settings.toml"]


@pytest.mark.parametrize(
    ("text", "line"),
    [("[network]\nopen_timeout_s = \n", 2), ("a = 1\n\n[x", 3), ('a = """\n\n', 3)],
)
def test_bad_toml_is_told_with_its_line(path: Path, text: str, line: int) -> None:
    path.write_text(text)
    store = loaded(path)
    assert store.settings == Settings()
    (problem,) = store.problems
    assert problem.line == line
    assert str(problem).startswith(f"{path}, line {line}: ")


def test_a_file_that_is_not_text_is_told_with_its_line(path: Path) -> None:
    path.write_bytes(b"# fine\n# \xff\n")
    assert loaded(path).problems[0].line == 2


def test_an_unreadable_file_is_kept_aside_at_the_first_change(path: Path) -> None:
    path.write_text("[broken")
    store = loaded(path)
    assert path.read_text() == "[broken"
    store.change("appearance.scheme", "dark")
    assert store.kept_aside is not None
    assert store.kept_aside.read_text() == "[broken"
    assert loaded(path).settings.appearance.scheme == "dark"
    assert store.problems == ()


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("zoom_percent = 900", "appearance.zoom_percent: 900 is not a whole number from 80 to 200."),
        ("zoom_percent = nan", "nan is not a whole number from 80 to 200."),
        ("zoom_percent = 100.0", "100.0 is not a whole number from 80 to 200."),
        ('scheme = "mauve"', '"mauve" is not one of system, light, dark'),
        ('reduce_motion = "yes"', '"yes" is not true or false.'),
    ],
)
def test_one_bad_value_costs_only_itself(path: Path, line: str, words: str) -> None:
    path.write_text(f"[appearance]\n{line}\n[network]\nclose_timeout_s = 2\n")
    store = loaded(path)
    assert store.settings.network.close_timeout_s == 2
    assert store.settings.appearance == Settings().appearance
    (problem,) = store.problems
    assert words in problem.text
    assert problem.line == 2


def test_a_bad_value_stays_in_the_file_until_it_is_changed(path: Path) -> None:
    path.write_text("[appearance]\nzoom_percent = 900\n")
    store = loaded(path)
    store.change("appearance.scheme", "dark")
    assert "zoom_percent = 900" in path.read_text()
    assert len(store.problems) == 1
    store.change("appearance.zoom_percent", 110)
    assert store.problems == ()


def test_a_topic_that_is_no_table_is_told(path: Path) -> None:
    path.write_text("network = 3\n")
    (problem,) = loaded(path).problems
    assert problem.line == 1
    assert "[network] must be a table" in problem.text


def test_a_value_out_of_its_limits_is_refused(path: Path) -> None:
    store = loaded(path)
    with pytest.raises(SettingsError, match=r"^Zoom: 79 is not a whole number from 80 to 200\.$"):
        store.change("appearance.zoom_percent", 79)
    assert store.settings == Settings()


def test_listeners_hear_each_change(path: Path) -> None:
    store = loaded(path)
    heard: list[Settings] = []
    store.on_change(heard.append)
    store.change("appearance.zoom_percent", 110)
    assert heard == [store.settings]


def test_a_change_that_can_not_be_written_still_holds(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    store = loaded(tmp_path / "file" / "settings.toml")
    with pytest.raises(SettingsError, match="They hold until you quit"):
        store.change("appearance.zoom_percent", 110)
    assert store.settings.appearance.zoom_percent == 110
