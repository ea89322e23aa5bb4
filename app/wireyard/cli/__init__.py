"""The command line: the same conversations, recordings and words as the window, without it."""
