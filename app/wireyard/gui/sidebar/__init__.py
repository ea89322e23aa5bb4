"""The sidebar: collections with their requests and saved messages, and the history of past sessions."""
