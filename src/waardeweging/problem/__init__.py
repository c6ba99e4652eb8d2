"""What is decided: criteria, options, what each option does, and where that was read."""
