"""Readers of files made by others, one module per provider."""
