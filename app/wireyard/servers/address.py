"""Where the built-in server listens."""

from __future__ import annotations

HOST = "127.0.0.1"
FIRST_PORT = 9600
