"""The palette (Ctrl+K): requests, saved messages, environments and actions by a few typed letters."""
