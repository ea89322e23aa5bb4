"""The window's secrets: fetched beside the GUI thread, from where the person chose."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from wireyard.gui.secrets import Secrets
from wireyard.settings.profile import Profile
from wireyard.workspace.secrets.keyring_store import KeyringStore
from wireyard.workspace.secrets.store import MemoryStore

KEY = ("staging", "token")


@pytest.fixture
def profile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Profile:
    """A profile on a machine without a keyring."""
    monkeypatch.setattr(KeyringStore, "find", classmethod(lambda cls: None))
    kept = Profile.at(tmp_path / "profile")
    kept.prepare()
    return kept


@pytest.fixture
def secrets(profile: Profile, tmp_path: Path) -> Iterator[Secrets]:
    """The secrets of one workspace."""
    made = Secrets(profile)
    made.open(tmp_path / "orders")
    yield made
    made.shut_down()


def kept(qtbot: QtBot, secrets: Secrets, value: str) -> str:
    """Keep a value and give what was said."""
    said: list[str] = []
    secrets.keep(*KEY, value, said.append)
    qtbot.waitUntil(lambda: bool(said))
    return said[0]


def test_without_a_keyring_nothing_is_kept_before_somebody_chose_where(qtbot: QtBot, secrets: Secrets) -> None:
    assert kept(qtbot, secrets, "hush") == "There is nowhere to keep a secret yet."
    assert secrets.place == "absent"
    assert secrets.lookup(*KEY) is None


def test_a_secret_of_this_session_is_known_at_once(qtbot: QtBot, secrets: Secrets) -> None:
    secrets.use_session()
    assert kept(qtbot, secrets, "hush") == ""
    assert secrets.lookup(*KEY) == "hush"
    assert secrets.values() == ("hush",)


def test_an_emptied_secret_is_forgotten(qtbot: QtBot, secrets: Secrets) -> None:
    secrets.use_session()
    kept(qtbot, secrets, "hush")
    kept(qtbot, secrets, "")
    assert secrets.lookup(*KEY) is None
    assert secrets.values() == ()


def test_a_keyring_is_asked_beside_the_gui_thread(
    qtbot: QtBot, secrets: Secrets, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(KeyringStore, "find", classmethod(lambda cls: MemoryStore()))
    kept(qtbot, secrets, "hush")
    secrets.lookup("staging", "other")
    assert secrets.is_loading
    qtbot.waitUntil(lambda: not secrets.is_loading)
    assert secrets.lookup("staging", "other") is None
    assert secrets.place == "keyring"


def test_another_workspace_reaches_none_of_them(qtbot: QtBot, secrets: Secrets, tmp_path: Path) -> None:
    secrets.use_encrypted("open sesame", lambda fault: None)
    qtbot.waitUntil(lambda: secrets.place == "encrypted")
    kept(qtbot, secrets, "hush")
    secrets.open(tmp_path / "elsewhere")
    secrets.use_encrypted("open sesame", lambda fault: None)
    qtbot.waitUntil(lambda: secrets.place == "encrypted")
    secrets.want([KEY])
    qtbot.waitUntil(lambda: not secrets.is_loading)
    assert secrets.lookup(*KEY) is None


def test_an_encrypted_secret_is_there_again_after_a_restart_once_it_is_unlocked(
    qtbot: QtBot, profile: Profile, secrets: Secrets, tmp_path: Path
) -> None:
    secrets.use_encrypted("open sesame", lambda fault: None)
    qtbot.waitUntil(lambda: secrets.place == "encrypted")
    kept(qtbot, secrets, "hush")
    later = Secrets(profile)
    later.open(tmp_path / "orders")
    with qtbot.waitSignal(later.found_locked):
        later.lookup(*KEY)
    later.use_encrypted("open sesame", lambda fault: None)
    qtbot.waitUntil(lambda: later.lookup(*KEY) == "hush")
    later.shut_down()


def test_a_wrong_passphrase_is_said_and_opens_nothing(qtbot: QtBot, profile: Profile, secrets: Secrets) -> None:
    secrets.use_encrypted("open sesame", lambda fault: None)
    qtbot.waitUntil(lambda: secrets.place == "encrypted")
    kept(qtbot, secrets, "hush")
    said: list[str] = []
    later = Secrets(profile)
    later.open(Path("orders"))
    later.use_encrypted("open barley", said.append)
    qtbot.waitUntil(lambda: bool(said))
    assert said[0]
    assert later.place == "unknown"
    later.shut_down()


def test_no_value_is_in_the_profile_in_clear(qtbot: QtBot, profile: Profile, secrets: Secrets) -> None:
    secrets.use_encrypted("open sesame", lambda fault: None)
    qtbot.waitUntil(lambda: secrets.place == "encrypted")
    kept(qtbot, secrets, "hush-hush-hush")
    files = [file for file in profile.root.rglob("*") if file.is_file()]
    assert files
    assert not [file for file in files if b"hush-hush" in file.read_bytes()]


def test_an_environment_without_secrets_is_renamed_in_silence(qtbot: QtBot, secrets: Secrets) -> None:
    said: list[str] = []
    secrets.move("staging", "production", [], said.append)
    secrets.move("staging", "production", ["token"], said.append)
    qtbot.waitUntil(lambda: len(said) == 2)
    assert said == ["", ""]


def keep(qtbot: QtBot, secrets: Secrets, key: str, name: str, value: str) -> None:
    said: list[str] = []
    secrets.keep(key, name, value, said.append)
    qtbot.waitUntil(lambda: bool(said))


def test_secrets_follow_an_item_and_what_is_in_it(qtbot: QtBot, secrets: Secrets) -> None:
    secrets.use_session()
    keep(qtbot, secrets, "/Orders", "pin", "one")
    keep(qtbot, secrets, "/Orders/A.ws.yaml", "pin", "two")
    keep(qtbot, secrets, "/Orders too", "pin", "three")
    secrets.follow("Orders", "Sales", {"Orders": ["pin"]})
    assert secrets.lookup("/Sales/A.ws.yaml", "pin") == "two"
    qtbot.waitUntil(lambda: secrets.lookup("/Orders", "pin") is None)
    assert secrets.lookup("/Sales", "pin") == "one"
    assert secrets.lookup("/Orders too", "pin") == "three"


def test_moves_happen_in_their_order(qtbot: QtBot, secrets: Secrets) -> None:
    secrets.use_session()
    keep(qtbot, secrets, "/a", "pin", "one")
    for old, new in ("ab", "bc", "cd", "de"):
        secrets.follow(old, new, {old: ["pin"]})
    qtbot.waitUntil(lambda: secrets.lookup("/d", "pin") is None)
    assert secrets.lookup("/e", "pin") == "one"


def test_locked_secrets_follow_once_they_are_unlocked(
    qtbot: QtBot, profile: Profile, secrets: Secrets, tmp_path: Path
) -> None:
    secrets.use_encrypted("open sesame", lambda fault: None)
    qtbot.waitUntil(lambda: secrets.place == "encrypted")
    keep(qtbot, secrets, "/a", "pin", "one")
    later = Secrets(profile)
    later.open(tmp_path / "orders")
    with qtbot.waitSignal(later.found_locked):
        later.follow("a", "b", {"a": ["pin"]})
    later.use_encrypted("open sesame", lambda fault: None)
    qtbot.waitUntil(lambda: later.lookup("/b", "pin") == "one")
    later.shut_down()


def test_what_is_kept_late_stays_with_its_workspace(qtbot: QtBot, secrets: Secrets, tmp_path: Path) -> None:
    secrets.use_encrypted("open sesame", lambda fault: None)
    qtbot.waitUntil(lambda: secrets.place == "encrypted")
    said: list[str] = []
    secrets.keep(*KEY, "hush", said.append)
    secrets.open(tmp_path / "elsewhere")
    qtbot.waitUntil(lambda: bool(said))
    assert secrets.values() == ()
