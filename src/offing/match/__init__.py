"""Matching: accounts of projects against those that are known. Pure; `match` is its door."""

from offing.match.match import match, pairs_of
from offing.match.sketch import sketches

__all__ = ["match", "pairs_of", "sketches"]
