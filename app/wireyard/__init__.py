"""Wireyard: a desktop workbench for people who work with WebSocket APIs."""

__version__ = "0.1.0"
