"""One live conversation: a request goes to the engine, and everything that happens goes to a recording.

Knows no screen. Window and command line hold conversations, hear of their states and use the same words for them.
"""
