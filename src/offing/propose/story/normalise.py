"""Names of parties, places and headlines, normalised for comparison between tellings."""

from __future__ import annotations

import re
from itertools import pairwise

from offing.model.projects.project import Firm, Lender, ProjectFacts
from offing.model.text.folding import fold_text
from offing.model.text.sounds import script_of, sound

_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[^\W_]+")
_STEM = 6
_LEAST = 3
_LEAST_SOUND = 3  # consonants
_HAN = "\u3040"


def identity(party: Firm | Lender) -> str:
    """The lexicon id of a firm or lender, else its folded name."""
    return party.id or fold_text(party.name)


def firms_of(facts: ProjectFacts) -> frozenset[str]:
    """The identities of the firms."""
    return frozenset(map(identity, facts.firms))


def lenders_of(facts: ProjectFacts) -> frozenset[str]:
    """The identities of the lenders."""
    return frozenset(map(identity, facts.lenders))


def folded(names: tuple[str, ...]) -> frozenset[str]:
    """Names of places or organisations, folded."""
    return frozenset(" ".join(fold_text(name).split()) for name in names)


def share_a_place(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two texts name the same place: by spelling, or by sound across scripts."""
    if folded(one) & folded(other):
        return True
    theirs = sounding(other)
    return any(script != their and of == key for script, of in sounding(one) for their, key in theirs)


def sounding(names: tuple[str, ...]) -> list[tuple[str, str]]:
    """The script and sound of each name that is long enough to be distinctive."""
    return [(script_of(name), of) for name in names if len(of := sound(name)) >= _LEAST_SOUND]


def headline_words(title: str, facts: ProjectFacts) -> frozenset[str]:
    """The words of a headline that may identify its subject, without party names, which count separately.

    Words are cut to their first letters, since endings differ; Chinese is split into pairs of adjacent characters.
    """
    parties: tuple[Firm | Lender, ...] = (*facts.firms, *facts.lenders)
    return _words(title) - _words(" ".join(f"{party.name} {party.as_written}" for party in parties))


def _words(text: str) -> frozenset[str]:
    words = _WORD.findall(fold_text(text))
    pairs = {one + two for one, two in pairwise(words) if one >= _HAN and two >= _HAN}
    return frozenset({word[:_STEM] for word in words if len(word) > _LEAST and word < _HAN} | pairs)


def share(one: frozenset[str], other: frozenset[str]) -> float:
    """The overlap coefficient of two sets; 0 where one is empty."""
    return len(one & other) / min(len(one), len(other)) if one and other else 0.0
