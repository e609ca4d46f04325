"""Numbers by which a title distinguishes its project from similar ones: the 21st team, phase II, the year."""

from __future__ import annotations

import re
from dataclasses import dataclass

from offing.match.text.account_patterns import patterns_of
from offing.model.pairs.matching import AccountWords

_YEAR = re.compile(r"(?<!\d)(?:19[5-9]\d|20[0-4]\d)(?!\d)")
_ANY = re.compile(r"\d[\d,.]*")


@dataclass(frozen=True, slots=True)
class Numbered:
    """The numbers of a title, by their meaning."""

    phases: frozenset[int]
    ordinals: frozenset[int]
    years: frozenset[int]
    others: frozenset[str]


def numbered(folded: str, words: AccountWords) -> Numbered:
    """The numbers of a folded title, recognised by the words of the rules."""
    patterns = patterns_of(words)
    ordinals = {int(match[1] or match[2]) for match in patterns.ordinals.finditer(folded)}
    years = {int(match[0]) for match in _YEAR.finditer(folded)}
    others = {match[0].rstrip(".,").replace(",", "") for match in _ANY.finditer(folded)}
    return Numbered(patterns.stages(folded), frozenset(ordinals), frozenset(years), frozenset(others))
