"""The window. Only this package, and `reader.app` above it, import PySide6."""
