"""The library page: all texts, the notebook of all marks, and the search across everything."""
