"""Tabs and drafts on disk."""

import stat
from pathlib import Path

import pytest

from wireyard.settings import tabs
from wireyard.settings.tabs import LARGE_CHARACTERS, SavedTab, SavedTabs, keep_large_drafts, load_tabs, save_tabs


def test_tabs_come_back_as_they_were(tmp_path: Path) -> None:
    saved = SavedTabs(tabs=(SavedTab(url="ws://a", draft='{"a":1}'), SavedTab(url="wss://b")), current=1)
    save_tabs(tmp_path / "tabs.json", saved)
    assert load_tabs(tmp_path / "tabs.json") == saved
    assert stat.S_IMODE((tmp_path / "tabs.json").stat().st_mode) == 0o600


def test_nothing_saved_means_no_tabs(tmp_path: Path) -> None:
    assert load_tabs(tmp_path / "tabs.json") == SavedTabs()


def test_a_junk_file_is_kept_aside(tmp_path: Path) -> None:
    (tmp_path / "tabs.json").write_bytes(b"{junk")
    assert load_tabs(tmp_path / "tabs.json") == SavedTabs()
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"{junk"]


def test_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "tabs.json").write_bytes(b'{"tabs":[{"url":"ws://a"}],"version":99}')
    assert load_tabs(tmp_path / "tabs.json") == SavedTabs()
    assert (tmp_path / "tabs.json").exists()


LARGE = "é\ud800" + "x" * LARGE_CHARACTERS


def test_a_large_draft_has_a_file_of_its_own_and_comes_back_whole(tmp_path: Path) -> None:
    saved = SavedTabs(tabs=(SavedTab(url="ws://a", draft=LARGE), SavedTab(url="ws://b", draft="small")))
    save_tabs(tmp_path / "tabs.json", saved)
    assert (tmp_path / "tabs.json").stat().st_size < 1000
    (file,) = (tmp_path / "drafts").iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert load_tabs(tmp_path / "tabs.json") == saved


def test_a_large_draft_is_written_once_and_goes_when_it_is_sent(tmp_path: Path) -> None:
    path = tmp_path / "tabs.json"
    saved = SavedTabs(tabs=(SavedTab(url="ws://a", draft=LARGE),))
    keep_large_drafts(path, saved)
    (file,) = (tmp_path / "drafts").iterdir()
    inode = file.stat().st_ino
    save_tabs(path, saved)
    assert [each.stat().st_ino for each in (tmp_path / "drafts").iterdir()] == [inode]
    save_tabs(path, SavedTabs(tabs=(SavedTab(url="ws://a"),)))
    assert list((tmp_path / "drafts").iterdir()) == []


def test_two_tabs_may_have_the_same_draft(tmp_path: Path) -> None:
    saved = SavedTabs(tabs=(SavedTab(draft=LARGE), SavedTab(draft=LARGE)))
    save_tabs(tmp_path / "tabs.json", saved)
    assert load_tabs(tmp_path / "tabs.json") == saved


def test_what_is_kept_of_a_draft_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tabs, "MAX_KEPT_CHARACTERS", LARGE_CHARACTERS + 10)
    save_tabs(tmp_path / "tabs.json", SavedTabs(tabs=(SavedTab(draft="y" * 2 * LARGE_CHARACTERS),)))
    assert load_tabs(tmp_path / "tabs.json").tabs[0].draft == "y" * (LARGE_CHARACTERS + 10)


def test_a_draft_that_is_gone_leaves_its_tab(tmp_path: Path) -> None:
    save_tabs(tmp_path / "tabs.json", SavedTabs(tabs=(SavedTab(url="ws://a", draft=LARGE),)))
    (file,) = (tmp_path / "drafts").iterdir()
    file.unlink()
    assert load_tabs(tmp_path / "tabs.json") == SavedTabs(tabs=(SavedTab(url="ws://a"),))


def test_a_name_in_the_file_reads_nothing_outside_the_drafts(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("mine")
    (tmp_path / "tabs.json").write_bytes(b'{"tabs":[{"draft_kept":"../secret.txt"}]}')
    assert load_tabs(tmp_path / "tabs.json").tabs[0].draft == ""
