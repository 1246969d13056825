"""A text as blocks, runs and one canonical string. Knows nothing of annotations or Qt."""
