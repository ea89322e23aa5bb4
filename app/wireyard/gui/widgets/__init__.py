"""What the panes share: buttons, pills, tabs, fields, sheets. Each takes the look in its constructor."""
