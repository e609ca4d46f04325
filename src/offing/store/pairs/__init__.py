"""Pairs that may be the same: blocking keys, matching results, people's decisions on them."""
