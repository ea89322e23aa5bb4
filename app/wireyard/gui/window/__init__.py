"""The window around the tabs: frame, sidebar and palette at work, opening, closing, exporting."""
