"""Annotated copies on disk: reading them, checking them, describing them."""
