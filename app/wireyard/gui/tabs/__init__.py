"""What stands in a tab: a request with its conversation, an opened log, the welcome page."""
