"""The page: the text as it is read."""
