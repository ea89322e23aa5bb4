"""The timeline: every message of a session in order, live, at any length, without ever blocking the window."""
