"""Views of payloads: text, JSON, hex and their kin, all derived from bytes that are never changed."""
