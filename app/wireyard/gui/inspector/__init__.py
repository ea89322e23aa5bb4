"""The inspector: one message, handshake or close in full, drawn from bytes that stay bytes."""
