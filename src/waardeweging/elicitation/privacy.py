"""From how many people on a figure is about a group, and no longer about somebody."""

FEWEST = 5
