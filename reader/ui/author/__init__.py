"""Author mode: annotating a copy in the window."""
