"""Weigh heat options for a neighbourhood on several values, as equals."""

__version__ = "0.1.0"
