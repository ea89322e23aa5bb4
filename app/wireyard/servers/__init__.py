"""Servers that run inside the program, on this machine only."""
