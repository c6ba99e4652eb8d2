"""What must be fast, timed beside something that anyone can run on the same machine."""
