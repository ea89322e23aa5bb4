"""Secrets for a command: where they are kept on this machine, and how a value or a passphrase is given without a trace.

Neither ever comes from the arguments, which other users of the machine can see and shells remember.
"""

from __future__ import annotations

import getpass
import os
import sys
from pathlib import Path

import click

from wireyard.cli.setup import Setup
from wireyard.session import vault
from wireyard.workspace.secrets.errors import SecretError

_MOST_BYTES = 1024 * 1024


def vault_of(setup: Setup, root: Path, passphrase_file: Path | None) -> vault.Vault:
    """The secrets of the workspace in this folder; nothing is asked before the first one. Raises `SecretError`."""
    return vault.vault_of(
        setup.profile, root, lambda: vault.headless_store(setup.profile, os.environ, passphrase_file, _ask_passphrase)
    )


def read_secret(name: str) -> str:
    """A secret's value: typed at the terminal, unseen, or all of stdin but its last line break."""
    if sys.stdin.isatty():
        value = getpass.getpass(f"Value of {name}: ", stream=sys.stderr)
    else:
        data = sys.stdin.buffer.read(_MOST_BYTES + 1)
        if len(data) > _MOST_BYTES:
            raise click.UsageError(f"The value of {name} is over {_MOST_BYTES} bytes.")
        try:
            value = data.decode()
        except UnicodeDecodeError:
            raise click.UsageError(f"The value of {name} is no UTF-8 text.") from None
        value = value.removesuffix("\n").removesuffix("\r")
    if not value:
        raise click.UsageError(f"No value for {name} came from {'the terminal' if sys.stdin.isatty() else 'stdin'}.")
    return value


def _ask_passphrase(is_new: bool) -> str | None:
    """Ask on the terminal, twice for a new one; None where there is no terminal. Raises `SecretError`."""
    if not _has_terminal():
        return None
    if not is_new:
        return getpass.getpass("Passphrase of the encrypted secrets: ") or None
    passphrase = getpass.getpass("New passphrase for the encrypted secrets: ")
    if passphrase and getpass.getpass("Once more: ") != passphrase:
        raise SecretError("The two passphrases differ.")
    return passphrase or None


def _has_terminal() -> bool:
    """Whether a person can be asked, also while stdin is a pipe."""
    if os.name == "nt":
        return sys.stdin.isatty()
    try:
        os.close(os.open("/dev/tty", os.O_RDWR | os.O_NOCTTY))
    except OSError:
        return False
    return True
