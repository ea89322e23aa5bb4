"""Secrets as panes handle them: where they are kept is asked once, and their values are kept before they are marked."""
