"""Secrets in a file behind a passphrase."""

from __future__ import annotations

import base64
import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wireyard.settings.private_file import write_private
from wireyard.workspace import lock
from wireyard.workspace.secrets.encrypted_store import Cost, EncryptedStore
from wireyard.workspace.secrets.errors import DamagedSecrets, SecretError, WrongPassphrase
from wireyard.workspace.secrets.store import SecretKey

KEY = SecretKey("w1", "staging", "token")
CHEAP = Cost(n=2, r=1, p=1)


def store(path: Path, passphrase: str = "open sesame") -> EncryptedStore:
    return EncryptedStore(path, passphrase, write_private, cost=CHEAP)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "secrets.json"


@pytest.fixture
def filled(path: Path) -> Path:
    store(path).set(KEY, "hunter2")
    return path


def test_a_value_is_there_again_with_the_same_passphrase(filled: Path) -> None:
    assert store(filled).get(KEY) == "hunter2"
    assert store(filled).get(SecretKey("w2", "staging", "token")) is None


def test_nothing_is_written_before_there_is_a_value(path: Path) -> None:
    store(path).delete(KEY)
    assert not path.exists()


def test_the_file_is_private_and_holds_no_value_and_no_name(filled: Path) -> None:
    assert filled.stat().st_mode & 0o777 == 0o600
    assert b"hunter2" not in filled.read_bytes()
    assert b"token" not in filled.read_bytes()


def test_a_deleted_value_is_gone(filled: Path) -> None:
    store(filled).delete(KEY)
    assert store(filled).get(KEY) is None


def test_two_that_are_open_at_once_lose_nothing(filled: Path) -> None:
    one, other = store(filled), store(filled)
    one.set(SecretKey("w1", "staging", "a"), "1")
    other.set(SecretKey("w1", "staging", "b"), "2")
    assert (one.get(SecretKey("w1", "staging", "b")), other.get(KEY)) == ("2", "hunter2")


def test_many_that_write_at_once_lose_nothing(path: Path) -> None:
    def write(number: int) -> None:
        store(path).set(SecretKey("w1", "staging", f"n{number}"), str(number))

    store(path).set(KEY, "x")
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(write, range(24)))
    again = store(path)
    assert [again.get(SecretKey("w1", "staging", f"n{number}")) for number in range(24)] == list(map(str, range(24)))


def test_another_that_keeps_the_lock_is_told(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lock, "_WAIT_S", 0.05)
    with lock.locked(path.parent), pytest.raises(SecretError, match="Another program is changing"):
        store(path).set(KEY, "x")


def test_a_wrong_passphrase_is_told_as_one(filled: Path) -> None:
    with pytest.raises(WrongPassphrase):
        store(filled, "open says me")
    with pytest.raises(SecretError, match="empty passphrase"):
        store(filled, "")


@pytest.mark.parametrize("field", ["salt", "check", "nonce"])
def test_a_changed_head_is_damage_and_not_a_wrong_passphrase(filled: Path, field: str) -> None:
    file = json.loads(filled.read_text())
    size = len(base64.b64decode(file["head"][field]))
    file["head"][field] = base64.b64encode(bytes(size)).decode()
    filled.write_text(json.dumps(file))
    with pytest.raises(DamagedSecrets, match="checksum"):
        store(filled)


@pytest.mark.parametrize("data", [b"", b"{}", b"\xff", b"[1]", b'{"wireyard_secrets":1}'])
def test_what_is_no_such_file_is_damage_and_stays(path: Path, data: bytes) -> None:
    path.write_bytes(data)
    with pytest.raises(DamagedSecrets):
        store(path)
    assert path.read_bytes() == data


def test_a_torn_file_is_damage(filled: Path) -> None:
    filled.write_bytes(filled.read_bytes()[:-20])
    with pytest.raises(DamagedSecrets):
        store(filled)


def test_a_file_that_became_damaged_is_not_written_over(filled: Path) -> None:
    opened = store(filled)
    filled.write_bytes(b"damage")
    with pytest.raises(DamagedSecrets):
        opened.set(KEY, "new")
    assert filled.read_bytes() == b"damage"


def test_a_newer_file_is_told_as_one(path: Path) -> None:
    path.write_text('{"wireyard_secrets": 2, "other": true}')
    with pytest.raises(SecretError, match="newer version"):
        store(path)


def test_a_file_that_asks_for_too_much_memory_is_refused(filled: Path) -> None:
    file = json.loads(filled.read_text())
    file["head"]["cost"]["n"] = 2**40
    filled.write_text(json.dumps(file))
    with pytest.raises(DamagedSecrets):
        store(filled)


def test_when_writing_fails_the_value_is_not_taken_for_kept(filled: Path) -> None:
    def full(path: Path, data: bytes) -> None:
        raise OSError(28, "No space left on device")

    opened = EncryptedStore(filled, "open sesame", full)
    with pytest.raises(SecretError, match="No space left"):
        opened.set(KEY, "new")
    assert opened.get(KEY) == "hunter2"


def test_the_passphrase_is_the_same_however_its_accents_are_typed(path: Path) -> None:
    store(path, "caf\u00e9").set(KEY, "x")
    assert store(path, "cafe\u0301").get(KEY) == "x"


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.text(min_size=1, max_size=10), st.text(max_size=30), max_size=4))
def test_any_text_is_kept(path: Path, values: dict[str, str]) -> None:
    path.unlink(missing_ok=True)
    opened = store(path)
    for name, value in values.items():
        opened.set(SecretKey("w", "e", name), value)
    again = store(path)
    assert {name: again.get(SecretKey("w", "e", name)) for name in values} == values
