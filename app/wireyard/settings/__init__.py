"""What the program remembers about how a person wants it to work, and where it keeps its files."""
