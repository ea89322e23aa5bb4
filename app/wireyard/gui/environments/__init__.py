"""Environments in the window: the button that switches, and the sheet that edits them."""
