"""The view of a failed attempt: where it stopped, why, what the other side said, and what can be done."""
