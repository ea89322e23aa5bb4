"""Sessions in other forms: what a log looks like outside the program, and how to read it back."""
