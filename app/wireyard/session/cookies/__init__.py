"""Cookies of handshakes, kept as browsers keep them: RFC 6265, and what its successor (6265bis) adds for safety."""
