"""Marks as W3C Web Annotations: out of JSON-LD, and into it."""
