"""The jobs of the command line that need no window; each is a module with two functions.

`add_options` declares what a job is told, `run` does it and answers the exit status.
"""
