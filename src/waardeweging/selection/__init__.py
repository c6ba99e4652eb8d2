"""Which initiatives first: an exact choice under capacity, with a reason for everyone."""
