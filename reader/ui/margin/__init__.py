"""The margin: cards beside their words."""
