"""Print: a text on paper with its notes in the margin, for PDF files and printers alike."""
