"""The command palette: any command, annotation or section, by a few letters of its name."""
