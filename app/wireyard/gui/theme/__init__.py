"""Colours, type, icons and measures: everything that says how the window looks."""
