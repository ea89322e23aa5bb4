"""Values that no file of a workspace holds, and the places that keep them."""
