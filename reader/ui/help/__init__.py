"""Help: the guides inside the program, what is new, and a report of a problem."""
