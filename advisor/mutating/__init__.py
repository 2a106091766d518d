"""Mutates rules one at a time, to see whether any recorded case would notice."""
