"""Numbers that count what another number names: 7 regional and 96 district hospitals, 900 in A and 240 in B."""

from __future__ import annotations

import re

from offing.recognize.fold import Folded
from offing.recognize.number import Number

_REACH = 70
# Between two numbers that share a noun: an adjective of the first, and the link.
_SHARING = {
    "en": re.compile(r" (?:[^\W\d_s]|[^\W\d_](?:[^\W\d_]|-){0,22}[^\W\d_s]) (?:and|or|plus) "),
    "ru": re.compile(r" [а-я-]{2,24}(?:ых|их) (?:и|плюс) "),
}
_LINK = re.compile(r"(?:,|;| and| et| y| e| и| plus)? $|(?:،| )و?$")
_ELSEWHERE = re.compile(
    r" (?:in|at|on|for|à|au|aux|en|dans|em|no|na|para|a|в|во|на|для|في|على) (?:the |la |el |les |o |as? )?(?=[^\W\d_])"
)
_SENTENCE = re.compile(r"[.!?;:\n](?: |$)|[.!?\n]")
_PAUSE = re.compile(r"$|[.,;:)!?\n]")
_PLANNED = re.compile(
    r" (?:que|qu'|prevu|prevue|planned|promised|foreseen|scheduled|ordered|contracted|envisaged|required|previst"
    r"|planead|planejad|prometid|contratad|запланирован|обещан|предусмотрен|намечен|المقرر|المخطط|الموعود)"
)


def shares_noun(folded: Folded, number: Number, following: Number, language: str, unit_start: int) -> bool:
    """Whether a number has the noun of the next one: 7 regional and 96 district hospitals.

    Args:
        folded: the text.
        number: the first one.
        following: the next one, which has a unit.
        language: of the text.
        unit_start: where that unit starts: an adjective must stand before it, too.
    """
    pattern = _SHARING.get(language)
    between = pattern and pattern.fullmatch(folded.text, number.end, following.start)
    return bool(between) and unit_start > following.end + 1


def is_elsewhere(folded: Folded, number: Number, last_end: int) -> bool:
    """Whether a number counts the same as the one before at another place: "and 240 in Dosso"."""
    gap = folded.text[last_end : number.start]
    if len(gap) > _REACH or _SENTENCE.search(gap) or not _LINK.search(gap):
        return False
    place = _ELSEWHERE.match(folded.text, number.end)
    return place is not None and _is_name(folded, place.end())


def is_done_part(folded: Folded, number: Number, last_end: int) -> bool:
    """Whether a number ends a sentence that starts with the whole: "Of the 94 km of cable they have laid 71."."""
    gap = folded.text[last_end : number.start]
    return len(gap) <= _REACH and not _SENTENCE.search(gap) and _PAUSE.match(folded.text, number.end) is not None


def is_planned(folded: Folded, end: int) -> bool:
    """Whether a number is followed by who planned it: "of the 46 that the agency wants"."""
    return _PLANNED.match(folded.text, end) is not None


def _is_name(folded: Folded, place: int) -> bool:
    """Whether a name starts at a place: a capital, or a script without capitals."""
    letter = folded.written(place, place + 1)
    return letter.isupper() or letter.lower() == letter.upper()
