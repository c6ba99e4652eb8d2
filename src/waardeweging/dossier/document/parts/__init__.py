"""The chapters of a dossier, each a function from facts to blocks."""
