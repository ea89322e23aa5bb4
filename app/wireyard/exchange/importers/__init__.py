"""Readers of session logs, one form a file: bytes in, events out, as a stream. Every file is taken as hostile."""
