"""The left panel: contents and index."""
