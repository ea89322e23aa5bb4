"""What can go wrong where secrets are kept, each as one sentence for people. None ever holds a secret."""

from __future__ import annotations

from wireyard.workspace.errors import WorkspaceError


class SecretError(WorkspaceError):
    """A secret can't be read or kept."""


class NoSecretStore(SecretError):  # noqa: N818 - the state it tells of
    """There is nowhere to keep a secret."""


class WrongPassphrase(SecretError):  # noqa: N818
    """The file is whole, and the passphrase is another."""


class DamagedSecrets(SecretError):  # noqa: N818
    """The file is not as it was written. It is left alone."""
