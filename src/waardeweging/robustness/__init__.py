"""How firm the outcome is: what it would take to change it, and how likely that is."""
