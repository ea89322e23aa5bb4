"""Which keyrings count, and what their failures are called."""

from __future__ import annotations

from typing import Any

import keyring
import pytest
from keyring.backends import fail, null
from keyring.backends.chainer import ChainerBackend
from keyring.errors import KeyringLocked

from wireyard.workspace.secrets.errors import SecretError
from wireyard.workspace.secrets.keyring_store import KeyringStore
from wireyard.workspace.secrets.store import SecretKey

KEY = SecretKey("w1", "staging", "token")


class FakeKeyring:
    """A backend in memory. Its module and priority are what a test says. A real one would be found by other tests."""

    priority = 5

    def __init__(self, error: Exception | None = None) -> None:
        self.values: dict[tuple[str, str], str] = {}
        self.error = error

    def get_password(self, service: str, username: str) -> str | None:
        if self.error:
            raise self.error
        return self.values.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        if self.error:
            raise self.error
        self.values[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.values[service, username]


def found(monkeypatch: pytest.MonkeyPatch, backend: Any) -> KeyringStore | None:
    monkeypatch.setattr(keyring, "get_keyring", lambda: backend)
    return KeyringStore.find()


def test_values_are_kept_by_workspace_environment_and_name(monkeypatch: pytest.MonkeyPatch) -> None:
    store = found(monkeypatch, FakeKeyring())
    assert store is not None
    store.set(KEY, "hunter2")
    assert store.get(KEY) == "hunter2"
    assert store.get(SecretKey("w2", "staging", "token")) is None
    store.delete(KEY)
    store.delete(KEY)
    assert store.get(KEY) is None


@pytest.mark.parametrize("backend", [fail.Keyring(), null.Keyring()])
def test_no_keyring_is_none(monkeypatch: pytest.MonkeyPatch, backend: Any) -> None:
    assert found(monkeypatch, backend) is None


@pytest.mark.parametrize(
    ("module", "priority"), [("keyrings.alt.file", 5), ("somewhere.else", 0.5), ("keyring.backends.chainer.x", 10)]
)
def test_a_keyring_that_protects_nothing_does_not_count(
    monkeypatch: pytest.MonkeyPatch, module: str, priority: float
) -> None:
    weak = type("Weak", (FakeKeyring,), {"__module__": module, "priority": priority})
    assert found(monkeypatch, weak()) is None


def test_a_keyring_that_breaks_while_it_is_looked_for_does_not_count(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> Any:
        raise RuntimeError("no such backend")

    monkeypatch.setattr(keyring, "get_keyring", broken)
    assert KeyringStore.find() is None


def test_of_several_the_best_that_counts_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    weak = type("Weak", (FakeKeyring,), {"__module__": "keyrings.alt.file"})
    good = FakeKeyring()
    monkeypatch.setattr(ChainerBackend, "backends", [weak(), good])
    store = found(monkeypatch, ChainerBackend())
    assert store is not None
    store.set(KEY, "hunter2")
    assert good.values == {("wireyard/w1", "staging/token"): "hunter2"}


def test_what_a_backend_raises_is_told_in_plain_words_without_the_value() -> None:
    store = KeyringStore(FakeKeyring(KeyringLocked("hunter2")))
    with pytest.raises(SecretError, match=r"^“token” can't be kept: the keyring is locked") as caught:
        store.set(KEY, "hunter2")
    assert "hunter2" not in str(caught.value)
    with pytest.raises(SecretError, match=r"^“token” can't be read: the keyring failed \(ZeroDivisionError\)"):
        KeyringStore(FakeKeyring(ZeroDivisionError())).get(KEY)


def test_a_value_too_long_for_windows_is_refused_before_it_is_cut() -> None:
    windows = type("WinVault", (FakeKeyring,), {"__module__": "keyring.backends.Windows"})
    with pytest.raises(SecretError, match="too long for the Windows Credential Manager"):
        KeyringStore(windows()).set(KEY, "x" * 1281)
