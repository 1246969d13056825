"""Taking marks in from a file."""
