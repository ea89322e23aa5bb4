"""The connect bar: where to, what it is doing, and the one button that changes that."""
