"""Annotated Reader: a text with its annotations beside the words they belong to."""

__version__ = "0.1.0"
