"""Blocking keys of tellings, so that a new one is compared only with the few that share a key.

Any pair that may be the same news shares at least one: a band of the text's sketch, or the country together with a
party, a sum, a place by its spelling or sound, an organisation or the sector.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b
from math import floor, log

from offing.model.review.story import Telling
from offing.model.values.codec import to_plain
from offing.model.values.sums import EXCHANGED_BY_OUTLETS
from offing.propose.story.minhash import bands_of
from offing.propose.story.normalise import firms_of, folded, lenders_of, sounding
from offing.propose.story.stated_figures import sums_of

_STEP = log(1 + 1.4 * EXCHANGED_BY_OUTLETS)  # logarithms of two equal sums differ by less than a step
_LONGEST = 40  # bytes of a name; a longer one is replaced by its digest


@dataclass(frozen=True, slots=True)
class Keys:
    """The blocking keys of a telling: facts within days, text within weeks, identical text at any time.

    `content` is one key of all its facts, shared only by its repeats.
    """

    facts: frozenset[str]
    text: frozenset[str]
    same: frozenset[str]
    content: frozenset[str] = frozenset()

    @property
    def all(self) -> frozenset[str]:
        """All keys."""
        return self.facts | self.text | self.same | self.content


def keys_of(telling: Telling) -> Keys:
    """The keys of a telling; none where it names no country and its text is too short for a sketch."""
    words = set()
    for kind, name in _named_facts(telling):
        encoded = name.encode("utf-8", "replace")
        word = name if len(encoded) <= _LONGEST else blake2b(encoded, digest_size=12).hexdigest()
        words.add(f"{kind}:{word}")
    facts = frozenset(f"{country}:{word}" for country in telling.facts.countries for word in words)
    has_text = bool(telling.text_hash and telling.sketch)
    return Keys(
        facts=facts,
        text=frozenset(bands_of(telling.sketch)),
        same=frozenset({f"same:{telling.text_hash[:32]}"} if has_text else ()),
        content=frozenset({f"said:{_digest(telling)}"} if telling.alone and facts else ()),
    )


def _digest(telling: Telling) -> str:
    """A digest of all facts and the language: tellings that share it differ only in words, source and time."""
    content = json.dumps([telling.language, to_plain(telling.facts)], sort_keys=True, ensure_ascii=False)
    return blake2b(content.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def _named_facts(telling: Telling) -> Iterator[tuple[str, str]]:
    facts = telling.facts
    yield from (("firm", name) for name in firms_of(facts))
    yield from (("lender", name) for name in lenders_of(facts))
    yield from (("place", name) for name in folded(facts.places))
    yield from (("heard", of) for _, of in sounding(facts.places))
    yield from (("body", name) for name in folded(facts.counterparts))
    yield from (("sum", step) for step in _steps(telling))
    if facts.sector:
        yield "sector", facts.sector


def _steps(telling: Telling) -> Iterator[str]:
    """Two adjacent buckets per sum on a logarithmic scale: equal sums share at least one."""
    for amount, dollars in sums_of(telling):
        for unit, value in ((amount.currency, float(amount.value)), ("USD", dollars)):
            if value and value > 0:
                step = floor(log(value) / _STEP)
                yield from (f"{unit}{step}", f"{unit}{step + 1}")
