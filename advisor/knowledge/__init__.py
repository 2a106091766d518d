"""The knowledge base: found on disk, read from YAML, cross-checked, and kept compiled in a cache."""
