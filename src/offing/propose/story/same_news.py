"""Whether two tellings report the same news: a symmetric relation that depends on these two alone.

Near copies of a text do. So do two reports of one project within days, by what they share: country, then parties, sums,
places, sizes, organisations, the words of headline and text. Differences count against it.
"""

from __future__ import annotations

from datetime import timedelta

from offing.model.review.story import Telling
from offing.model.values.vocabulary import Sector, Status
from offing.propose.story.minhash import near_copies, resemblance
from offing.propose.story.normalise import firms_of, folded, headline_words, lenders_of, share, share_a_place
from offing.propose.story.stated_figures import same_size, share_a_sum, sums_contradict, unlike_sizes

DAYS = timedelta(days=10)  # weeklies and other languages follow within these; later news is an update
COPIED = timedelta(days=30)
COPY = 100.0  # higher than any score from facts
ENOUGH = 3.5
_EARLY = frozenset({Status.PROPOSED, Status.AGREED, Status.APPROVED, Status.SIGNED})
_ENDED = frozenset({Status.SUSPENDED, Status.CANCELLED})
_ALIKE = 0.06  # texts with so much in common quote the same release


def same_news(one: Telling, other: Telling) -> float:
    """How surely two tellings report the same news; 0 where they do not, at least `COPY` for copies.

    `same_news(a, b) == same_news(b, a)`, whatever else is known.
    """
    if one.article_id == other.article_id:
        return 0.0
    if is_copy(one, other):
        return COPY + resemblance(one.sketch, other.sketch) if _fits(one, other) else 0.0
    points = _points(one, other)
    return points if points >= ENOUGH else 0.0


def is_copy(one: Telling, other: Telling) -> bool:
    """Whether one article's text is the other's, changed or cut; identical texts count at any distance in time."""
    if one.text_hash and one.text_hash == other.text_hash and bool(one.sketch) and bool(other.sketch):
        return True
    return abs(one.at - other.at) <= COPIED and near_copies(one.sketch, other.sketch)


def cannot_link(one: Telling, other: Telling) -> bool:
    """Whether two tellings cannot belong to one story, whatever links them.

    Because one article distinguishes them, they name different countries, two of sums, sizes and places disagree, or
    one is weeks later.
    """
    if one.article_id == other.article_id:
        return True
    if is_copy(one, other):
        return not _fits(one, other)
    return abs(one.at - other.at) > COPIED or _elsewhere(one, other) or _unlike(one, other)


def _fits(one: Telling, other: Telling) -> bool:
    """Whether two tellings of one text are about the same project, where an article reports several."""
    if one.alone and other.alone:
        return one.text_hash == other.text_hash or not _elsewhere(one, other)
    return not _elsewhere(one, other) and not _unlike(one, other) and _points(one, other) >= ENOUGH


def _elsewhere(one: Telling, other: Telling) -> bool:
    ours, theirs = set(one.facts.countries), set(other.facts.countries)
    return bool(ours and theirs and not ours & theirs)


def _unlike(one: Telling, other: Telling) -> bool:
    """Whether two of these three disagree: sums, sizes, the places within one language."""
    against = (sums_contradict(one, other), any(True for _ in unlike_sizes(one, other)), _other_places(one, other))
    return sum(against) >= 2 and not share_a_sum(one, other)  # noqa: PLR2004 -- one difference alone may be a mistake


def _points(one: Telling, other: Telling) -> float:
    if abs(one.at - other.at) > DAYS or not set(one.facts.countries) & set(other.facts.countries):
        return 0.0
    subject = _sector(one.facts.sector, other.facts.sector) + _stage(one.facts.status, other.facts.status)
    return _parties(one, other) + _figures(one, other) + _sites(one, other) + subject + _wording(one, other)


def _parties(one: Telling, other: Telling) -> float:
    firms = firms_of(one.facts), firms_of(other.facts)
    lenders = lenders_of(one.facts), lenders_of(other.facts)
    points = 1.5 * bool(firms[0] & firms[1]) + 0.5 * bool(lenders[0] & lenders[1])
    return points - 1.5 * bool(firms[0] and firms[1] and not firms[0] & firms[1])


def _figures(one: Telling, other: Telling) -> float:
    shared = share_a_sum(one, other)
    sized = any(same_size(a, b) for a in one.facts.quantities for b in other.facts.quantities)
    points = 2.5 * shared + 1.5 * sized
    points -= 1.5 * (not shared and sums_contradict(one, other))
    return points - 0.75 * (not sized and any(True for _ in unlike_sizes(one, other)))


def _sites(one: Telling, other: Telling) -> float:
    places = share_a_place(one.facts.places, other.facts.places)
    bodies = bool(folded(one.facts.counterparts) & folded(other.facts.counterparts))
    return 1.5 * places + 1.0 * bodies - 1.0 * _other_places(one, other)


def _other_places(one: Telling, other: Telling) -> bool:
    """Whether both name places and share none, in one language; across languages spellings differ."""
    ours, theirs = folded(one.facts.places), folded(other.facts.places)
    return one.language == other.language and bool(ours and theirs and not ours & theirs)


def _sector(one: Sector | None, other: Sector | None) -> float:
    """A hospital is a building, too: "buildings" contradicts no other sector."""
    if one is other:
        return 0.0 if one is None else 1.0
    return 0.0 if {one, other} & {None, Sector.BUILDINGS} else -1.0


def _stage(one: Status | None, other: Status | None) -> float:
    """A signature and an opening are different events."""
    if one is None or other is None:
        return 0.0
    if one is other:
        return 0.5
    both = {one, other}
    if both <= _EARLY:
        return 0.0
    return -1.5 if both & _EARLY and (Status.COMPLETED in both or both & _ENDED) else -0.5


def _wording(one: Telling, other: Telling) -> float:
    if one.language != other.language:
        return 0.0
    headline = share(headline_words(one.title, one.facts), headline_words(other.title, other.facts))
    return 2.0 * headline + 1.5 * (resemblance(one.sketch, other.sketch) >= _ALIKE)
