"""Matching: accounts of projects against the known ones. Pure; `match` is the entry point."""

from offing.match.accounts.profile import profiles
from offing.match.match import match, pairs_of

__all__ = ["match", "pairs_of", "profiles"]
