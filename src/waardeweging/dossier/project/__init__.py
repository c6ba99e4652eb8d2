"""The dossier of a whole project, and what its public page says: the same facts and parts."""
