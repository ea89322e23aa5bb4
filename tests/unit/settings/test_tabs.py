"""Tabs and drafts on disk."""

import stat
from pathlib import Path

from wireyard.settings.tabs import SavedTab, SavedTabs, load_tabs, save_tabs


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
