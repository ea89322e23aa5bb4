"""The page of a first start."""
