"""Ways out and in for a reader's marks: Markdown, HTML, CSV, W3C annotations and their kin."""
