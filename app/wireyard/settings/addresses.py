"""Addresses that were connected to, newest first, for completing the next one. Secrets in them are not kept."""

from __future__ import annotations

from pathlib import Path

import msgspec

from wireyard.settings.private_file import write_private

MAX_ADDRESSES = 200
MAX_ADDRESS_CHARACTERS = 2048


class AddressBook:
    """The list and its file. A file that can't be read counts as empty; one that can't be written is left alone."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._addresses = _read(path)

    @property
    def addresses(self) -> tuple[str, ...]:
        """Newest first."""
        return tuple(self._addresses)

    def add(self, address: str) -> None:
        """Put an address at the top. The caller has taken secrets out of it. Raises `OSError`."""
        if not address or len(address) > MAX_ADDRESS_CHARACTERS:
            return
        rest = [known for known in self._addresses if known != address]
        self._addresses = [address, *rest][:MAX_ADDRESSES]
        write_private(self._path, msgspec.json.encode(self._addresses))

    def clear(self) -> None:
        """Forget all of them. Raises `OSError`."""
        self._addresses = []
        write_private(self._path, b"[]")


def _read(path: Path) -> list[str]:
    try:
        return msgspec.json.decode(path.read_bytes(), type=list[str])[:MAX_ADDRESSES]
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
        return []
