"""The hall of a live workshop: the facilitator's desk and the beamer."""
