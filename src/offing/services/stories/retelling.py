"""Maps an article's tellings to its proposals after it was read again. Pure.

Order is no guide: once a firm is left out, the projects of a roundup come in another order, or there are fewer.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import product

from offing.model.projects.project import ProjectFacts
from offing.model.reading.evidence import FieldName
from offing.model.reading.mention import Mention
from offing.model.review.candidate import Proposal

NOTHING = Proposal(ProjectFacts(), (), (), 0.0)
PARTIES = (FieldName.FIRMS, FieldName.LENDERS)


@dataclass(frozen=True, slots=True)
class QuoteOffsets:
    """The offsets of a field's quote in the text of its article."""

    field: FieldName
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class EarlierTelling:
    """The earlier facts of a telling and the offsets of its quotes; `id` is the telling's."""

    id: int
    facts: ProjectFacts
    quotes: tuple[QuoteOffsets, ...] = ()


def renewed(
    before: Collection[EarlierTelling], proposals: Sequence[Proposal], silenced: Collection[Mention]
) -> dict[int, Proposal]:
    """Return the new proposals of the tellings of one article, by telling id, omitting unchanged ones.

    Args:
        before: all tellings of the article.
        proposals: of the article, read again.
        silenced: mentions that no longer count. A telling that resembles no proposal becomes empty if a quote of its
            parties overlaps one of these.
    """
    found = _alike(before, proposals)
    now = {number: proposals[place] for number, place in found.items()}
    return now | {earlier.id: NOTHING for earlier in before if earlier.id not in found and _rests_on(earlier, silenced)}


def quoted(proposal: Proposal) -> tuple[QuoteOffsets, ...]:
    """Return the offsets of a proposal's quotes."""
    return tuple(QuoteOffsets(proof.field, proof.start, proof.end) for proof in proposal.evidence)


def _alike(before: Iterable[EarlierTelling], proposals: Sequence[Proposal]) -> dict[int, int]:
    """Assign a proposal, by index, to each telling, one to one, those that share most first."""
    pairs = [
        (_common(earlier, new), earlier.id, place) for earlier, (place, new) in product(before, enumerate(proposals))
    ]
    found: dict[int, int] = {}
    for common, number, place in sorted(pairs, key=lambda pair: (-pair[0], *pair[1:])):
        if common and number not in found and place not in found.values():
            found[number] = place
    return found


def _common(earlier: EarlierTelling, new: Proposal) -> int:
    """Return how many countries, sums and quotes a telling and a proposal share."""
    quotes = quoted(new)
    shared = sum(any(one.field is other.field and _overlap(one, other) for other in quotes) for one in earlier.quotes)
    return shared + len(_values(earlier.facts) & _values(new.facts))


def _values(facts: ProjectFacts) -> set[object]:
    return {*facts.countries, *((each.value, each.currency) for each in facts.amounts)}


def _rests_on(earlier: EarlierTelling, silenced: Collection[Mention]) -> bool:
    return any(one.field in PARTIES and _overlap(one, mention) for one, mention in product(earlier.quotes, silenced))


def _overlap(one: QuoteOffsets, other: QuoteOffsets | Mention) -> bool:
    return one.start < other.end and other.start < one.end
