"""Prove it: the dossier for council and neighbourhood, its bundle, and who can recalculate it."""
