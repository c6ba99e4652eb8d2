"""The chapters of a project: from its facts to blocks."""
