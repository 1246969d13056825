"""Sharing a copy: what goes along is chosen, and seen before anything is written."""
