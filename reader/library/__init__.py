"""What this reader has: texts and reading places, in one SQLite file."""
