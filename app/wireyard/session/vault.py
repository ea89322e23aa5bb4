"""Where the secrets of a workspace are kept on this machine: for the window and the command line alike.

The keyring, where there is one that counts. Else the window asks: this session only, or the encrypted file; the command
line takes the encrypted file, its passphrase from the environment, a file or the terminal.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from wireyard.settings.private_file import write_private
from wireyard.settings.profile import Profile
from wireyard.workspace.secrets.encrypted_store import EncryptedStore
from wireyard.workspace.secrets.errors import NoSecretStore, SecretError
from wireyard.workspace.secrets.keyring_store import KeyringStore
from wireyard.workspace.secrets.registry import WorkspaceIds
from wireyard.workspace.secrets.store import SecretKey, SecretStore

PASSPHRASE_VARIABLE = "WIREYARD_PASSPHRASE"
_MAX_PASSPHRASE_BYTES = 64 * 1024

FindKeyring = Callable[[], SecretStore | None]


class Vault:
    """The secrets of one workspace. Blocks, and may ask the person: never on the GUI thread. Raises `SecretError`.

    ``open_store`` is asked at the first secret, so that who has none is asked for no passphrase. ``earlier`` are ids
    that the workspace had in other folders: what is not found under its own is looked for there.
    """

    def __init__(self, workspace: str, open_store: Callable[[], SecretStore], earlier: Sequence[str] = ()) -> None:
        self._workspaces = (workspace, *earlier)
        self._open_store = open_store
        self._opened: SecretStore | None = None

    @property
    def store(self) -> SecretStore:
        """Where they are kept."""
        if self._opened is None:
            self._opened = self._open_store()
        return self._opened

    def value(self, environment: str, name: str) -> str | None:
        """The value of a secret, None where it has none on this machine."""
        found = (self.store.get(key) for key in self._keys(environment, name))
        return next((value for value in found if value is not None), None)

    def keep(self, environment: str, name: str, value: str) -> None:
        """Keep a value. An empty one is none."""
        if value:
            self.store.set(self._keys(environment, name)[0], value)
        else:
            self.forget(environment, name)

    def forget(self, environment: str, name: str) -> None:
        """Remove a value; it need not be there."""
        for key in self._keys(environment, name):
            self.store.delete(key)

    def move(self, old: str, new: str, names: Iterable[str]) -> None:
        """Follow an environment that has another id now. Nothing is removed before its copy is kept."""
        for name in names:
            value = self.value(old, name)
            if value is not None:
                self.keep(new, name, value)
                self.forget(old, name)

    def _keys(self, environment: str, name: str) -> list[SecretKey]:
        return [SecretKey(workspace, environment, name) for workspace in self._workspaces]


def vault_of(profile: Profile, root: Path, open_store: Callable[[], SecretStore]) -> Vault:
    """The secrets of the workspace in this folder, by its ids in the profile. Raises `SecretError`."""
    own, *earlier = workspace_ids(profile).ids_of(root)
    return Vault(own, open_store, earlier)


def workspace_id(profile: Profile, root: Path) -> str:
    """What the secrets and cookies of the workspace in this folder belong to. Raises `SecretError`."""
    return workspace_ids(profile).ids_of(root)[0]


def workspace_ids(profile: Profile) -> WorkspaceIds:
    """What the secrets of each workspace belong to."""
    return WorkspaceIds(profile.workspace_ids_file, write_private)


def has_encrypted_store(profile: Profile) -> bool:
    """Whether there is an encrypted file already, so that its passphrase is asked for and not a new one."""
    return profile.secrets_file.exists()


def encrypted_store(profile: Profile, passphrase: str) -> EncryptedStore:
    """The encrypted file of this profile. Takes a quarter of a second. Raises `SecretError`."""
    return EncryptedStore(profile.secrets_file, passphrase, write_private)


def headless_store(
    profile: Profile,
    environ: Mapping[str, str],
    passphrase_file: Path | None,
    ask: Callable[[bool], str | None],
    *,
    find_keyring: FindKeyring = KeyringStore.find,
) -> SecretStore:
    """The store of a command: the keyring, else the encrypted file. Raises `SecretError`.

    ``ask`` asks on the terminal, for a new passphrase when it is given True, and answers None where there is no
    terminal. With no passphrase from anywhere it is `NoSecretStore`.
    """
    keyring = find_keyring()
    if keyring is not None:
        return keyring
    passphrase = environ.get(PASSPHRASE_VARIABLE) or None
    if passphrase_file is not None:
        passphrase = _read_passphrase(passphrase_file)
    if passphrase is None:
        passphrase = ask(not has_encrypted_store(profile))
    if not passphrase:
        raise NoSecretStore(
            "This machine has no keyring. Give a passphrase for the encrypted file: in "
            f"{PASSPHRASE_VARIABLE}, with --passphrase-file, or on a terminal."
        )
    return encrypted_store(profile, passphrase)


def _read_passphrase(path: Path) -> str:
    """The first line of a file."""
    try:
        with path.open("rb") as file:
            text = file.read(_MAX_PASSPHRASE_BYTES).decode()
    except OSError as error:
        raise SecretError(f"{path} can't be read: {error.strerror or error}.") from error
    except UnicodeDecodeError as error:
        raise SecretError(f"{path} is no text.") from error
    line = text.removeprefix("\ufeff").partition("\n")[0].removesuffix("\r")
    if not line:
        raise SecretError(f"{path} has no passphrase in its first line.")
    return line
