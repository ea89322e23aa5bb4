"""Signing in where a header is not enough: an answer to a challenge, or a token that is asked for first."""
