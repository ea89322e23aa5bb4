"""Files of the profile that several programs may change: one at a time."""

from __future__ import annotations

import contextlib
from collections.abc import Generator
from pathlib import Path

from wireyard.workspace.errors import SaveError
from wireyard.workspace.lock import locked
from wireyard.workspace.secrets.errors import SecretError


@contextlib.contextmanager
def one_at_a_time(path: Path) -> Generator[None]:
    """Keep others from changing the file. Raises `SecretError` when another one takes long."""
    with contextlib.ExitStack() as held:
        try:
            held.enter_context(locked(path.parent))
        except SaveError as error:
            raise SecretError(f"Another program is changing {path}. Try again.") from error
        yield
