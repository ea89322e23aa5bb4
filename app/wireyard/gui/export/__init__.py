"""The sheet that hands a session over as a file."""
