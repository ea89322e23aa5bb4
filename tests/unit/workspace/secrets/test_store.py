"""Secrets in memory."""

from __future__ import annotations

from wireyard.workspace.secrets.store import MemoryStore, SecretKey


def test_memory_keeps_until_it_is_told_to_forget() -> None:
    store, key = MemoryStore(), SecretKey("w", "e", "n")
    store.set(key, "v")
    assert store.get(key) == "v"
    store.delete(key)
    store.delete(key)
    assert store.get(key) is None
