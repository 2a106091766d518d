"""Drafts of the documents a shop needs, filled in from a case: what is said, in which structure, in which format."""
