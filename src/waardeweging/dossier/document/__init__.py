"""The dossier as a document: one model of blocks, and a renderer per format."""
