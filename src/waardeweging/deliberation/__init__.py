"""Where people agree and differ, and what that does to the outcome."""
