"""The operating system's keyring, where there is a real one.

keyring takes what it finds, also a plain text file or nothing at all. Counted here are only backends that it calls
recommended (priority 1 or more), and none of `keyrings.alt`. Every call may block and may open a window of the system.
"""

from __future__ import annotations

from typing import Any

from wireyard.workspace.secrets.errors import SecretError
from wireyard.workspace.secrets.store import SecretKey

_LABELS = {
    "keyring.backends.macOS": "the macOS keychain",
    "keyring.backends.Windows": "the Windows Credential Manager",
    "keyring.backends.SecretService": "the desktop's keyring",
    "keyring.backends.libsecret": "the desktop's keyring",
    "keyring.backends.kwallet": "KWallet",
}
_REFUSED = ("keyrings.alt", "keyring.backends.fail", "keyring.backends.null", "keyring.backends.chainer")
_RECOMMENDED = 1
# Windows keeps no more in one credential, in UTF-16.
_WINDOWS_MAX_BYTES = 2560


class KeyringStore:
    """Secrets in the keyring. `find` gives one."""

    def __init__(self, backend: Any) -> None:
        self._backend = backend
        module = type(backend).__module__
        self.label = next((label for start, label in _LABELS.items() if module.startswith(start)), "the keyring")
        self._is_windows = module.startswith("keyring.backends.Windows")

    @classmethod
    def find(cls) -> KeyringStore | None:
        """The keyring of this machine and user; None where there is none that counts. Takes its time."""
        backend = _backend()
        return None if backend is None else cls(backend)

    def get(self, key: SecretKey) -> str | None:
        """The value, or None. Raises `SecretError`."""
        try:
            return self._backend.get_password(_service(key), _user(key))
        except Exception as error:
            raise self._failure("read", key, error) from error

    def set(self, key: SecretKey, value: str) -> None:
        """Keep a value. Raises `SecretError`."""
        if self._is_windows and len(value.encode("utf-16-le", "surrogatepass")) > _WINDOWS_MAX_BYTES:
            raise SecretError(f"“{key.name}” is too long for {self.label}: it takes 1,280 characters.")
        try:
            self._backend.set_password(_service(key), _user(key), value)
        except Exception as error:
            raise self._failure("kept", key, error) from error

    def delete(self, key: SecretKey) -> None:
        """Forget a value; it need not be there. Raises `SecretError`."""
        if self.get(key) is None:
            return
        try:
            self._backend.delete_password(_service(key), _user(key))
        except Exception as error:
            raise self._failure("removed", key, error) from error

    def _failure(self, verb: str, key: SecretKey, error: Exception) -> SecretError:
        # Its text may be anything, in any language: only its kind is told.
        if type(error).__name__ in ("KeyringLocked", "InitError", "LockedException", "PromptDismissedException"):
            return SecretError(f"“{key.name}” can't be {verb}: {self.label} is locked. Unlock it and try again.")
        return SecretError(f"“{key.name}” can't be {verb}: {self.label} failed ({type(error).__name__}).")


def _service(key: SecretKey) -> str:
    return f"wireyard/{key.workspace}"


def _user(key: SecretKey) -> str:
    return f"{key.environment}/{key.name}"


def _backend() -> Any:
    """The best backend that counts. What the person chose for keyring is respected: also none."""
    try:
        import keyring  # 50 ms, and only for those who have secrets
        from keyring.backends.chainer import ChainerBackend

        chosen = keyring.get_keyring()
        candidates: list[Any] = list(chosen.backends) if isinstance(chosen, ChainerBackend) else [chosen]
        return next((backend for backend in candidates if _counts(backend)), None)
    except Exception:  # noqa: BLE001 - backends and their settings come from elsewhere and raise anything
        return None


def _counts(backend: Any) -> bool:
    module = type(backend).__module__
    return not module.startswith(_REFUSED) and backend.priority >= _RECOMMENDED
