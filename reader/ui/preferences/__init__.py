"""The preferences: every setting and every key, in one dialog."""
