"""The session store: one SQLite file a session, written by its own thread, read by anybody (docs/session-format.md)."""
