"""The pages of a project: the desk where both sides run it."""
