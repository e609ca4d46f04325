"""Pairs that may be the same, and names of known projects."""
