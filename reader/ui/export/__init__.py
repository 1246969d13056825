"""The dialog in which notes are taken out."""
