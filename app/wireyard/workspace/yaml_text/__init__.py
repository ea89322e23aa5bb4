"""YAML as people keep it in git: read with places, and changed in the places that changed."""
