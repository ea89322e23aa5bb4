"""Variables: how they are spelled in a text, who gives their values, and the text with the values in place."""
