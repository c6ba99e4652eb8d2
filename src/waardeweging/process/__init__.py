"""How people decide together: a workshop as a chain of events, and the answers people give."""
