"""The left panel: contents, index and the reader's notes."""
