"""Which place a workspace's secrets are kept in."""

from __future__ import annotations

from pathlib import Path

import pytest

from wireyard.session.vault import (
    Vault,
    encrypted_store,
    has_encrypted_store,
    headless_store,
    vault_of,
)
from wireyard.settings.profile import Profile
from wireyard.workspace.secrets.errors import NoSecretStore, SecretError, WrongPassphrase
from wireyard.workspace.secrets.store import MemoryStore, SecretStore


@pytest.fixture
def profile(tmp_path: Path) -> Profile:
    return Profile.at(tmp_path)


def opened(
    profile: Profile,
    environ: dict[str, str] | None = None,
    file: Path | None = None,
    typed: str | None = None,
    keyring: SecretStore | None = None,
) -> SecretStore:
    return headless_store(profile, environ or {}, file, lambda _: typed, find_keyring=lambda: keyring)


def test_the_keyring_comes_first(profile: Profile) -> None:
    keyring = MemoryStore()
    assert opened(profile, {"WIREYARD_PASSPHRASE": "x"}, keyring=keyring) is keyring


def test_without_a_keyring_the_passphrase_comes_from_file_environment_or_terminal(
    profile: Profile, tmp_path: Path
) -> None:
    file = tmp_path / "pass"
    file.write_bytes(b"from file\r\nsecond line\n")
    Vault("w", lambda: opened(profile, {"WIREYARD_PASSPHRASE": "wrong"}, file)).keep("e", "n", "v")
    assert Vault("w", lambda: opened(profile, {"WIREYARD_PASSPHRASE": "from file"})).value("e", "n") == "v"
    assert Vault("w", lambda: opened(profile, typed="from file")).value("e", "n") == "v"
    with pytest.raises(WrongPassphrase):
        opened(profile, typed="wrong")


def test_with_no_passphrase_from_anywhere_there_is_no_store(profile: Profile) -> None:
    with pytest.raises(NoSecretStore, match="WIREYARD_PASSPHRASE"):
        opened(profile)
    assert not has_encrypted_store(profile)


@pytest.mark.parametrize(("content", "told"), [(b"\nx", "no passphrase"), (b"\xff\xfe", "no text")])
def test_a_passphrase_file_that_has_none_is_told(profile: Profile, tmp_path: Path, content: bytes, told: str) -> None:
    file = tmp_path / "pass"
    file.write_bytes(content)
    with pytest.raises(SecretError, match=told):
        opened(profile, file=file)


def test_no_store_is_opened_before_a_secret_is_asked_for(profile: Profile) -> None:
    def fail() -> SecretStore:
        raise AssertionError

    Vault("w", fail)


def test_secrets_follow_an_environment_with_another_id() -> None:
    vault = Vault("w", MemoryStore)
    vault.keep("old", "a", "1")
    vault.move("old", "new", ["a", "without a value"])
    assert (vault.value("old", "a"), vault.value("new", "a")) == (None, "1")


def test_an_empty_value_is_none() -> None:
    vault = Vault("w", MemoryStore)
    vault.keep("e", "n", "1")
    vault.keep("e", "n", "")
    assert vault.value("e", "n") is None


def test_a_workspace_has_the_same_secrets_each_time(profile: Profile, tmp_path: Path) -> None:
    store = MemoryStore()
    vault_of(profile, tmp_path, lambda: store).keep("e", "n", "v")
    assert vault_of(profile, tmp_path, lambda: store).value("e", "n") == "v"


def test_what_a_workspace_had_elsewhere_is_found_until_it_gets_another_value() -> None:
    store = MemoryStore()
    Vault("before", lambda: store).keep("e", "n", "old")
    vault = Vault("w", lambda: store, ["before"])
    assert vault.value("e", "n") == "old"
    vault.keep("e", "n", "new")
    assert (vault.value("e", "n"), Vault("w", lambda: store).value("e", "n")) == ("new", "new")
    vault.forget("e", "n")
    assert vault.value("e", "n") is None


def test_the_encrypted_file_has_a_real_cost(profile: Profile) -> None:
    Vault("w", lambda: encrypted_store(profile, "x")).keep("e", "n", "v")
    assert '"n": 65536' in profile.secrets_file.read_text()
