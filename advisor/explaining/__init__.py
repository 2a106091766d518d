"""Explanations, all of them computed from the rules, the answers and the justification graph; none written by hand."""
