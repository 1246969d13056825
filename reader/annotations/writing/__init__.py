"""Writing annotations.yaml and document.yaml as a person would: only what changes is touched."""
