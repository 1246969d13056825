"""What becomes of marks when another revision of their text comes."""
