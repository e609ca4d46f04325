"""Finds numbers that share the unit of another: 7 regional and 96 district hospitals, 900 in A and 240 in B."""

from __future__ import annotations

import re
from collections.abc import Iterable

from offing.model.reading.patterns import PatternRole, PatternWord
from offing.recognize.text.folded_text import Folded, fold_form
from offing.recognize.text.number import Number

_REACH = 70
# An adjective before a shared noun, in languages with that order: in English it has no plural.
_ADJECTIVES = {
    "en": r"(?:[^\W\d_s]|[^\W\d_](?:[^\W\d_]|-){0,22}[^\W\d_s])",
    "ru": r"[а-я-]{2,24}(?:ых|их)",
}
_ATTACHED = re.compile(r"(?:،| )و?$")
_SENTENCE = re.compile(r"[.!?;:\n](?: |$)|[.!?\n]")
_PAUSE = re.compile(r"$|[.,;:)!?\n]")


class SizeSharing:
    """Finds numbers of one language that share a unit."""

    def __init__(self, words: Iterable[PatternWord], language: str) -> None:
        own = [word for word in words if word.language in (language, "*")]
        links = _choice(own, PatternRole.NUMBER_LINK)
        adjective = _ADJECTIVES.get(language)
        self._between = re.compile(f" {adjective} {links} ") if adjective else None
        self._link = re.compile(f"(?:,|;| {links})? $")
        self._elsewhere = re.compile(f" {_choice(own, PatternRole.NUMBER_PLACE)} (?:[^\\W\\d_]{{1,3}} )?(?=[^\\W\\d_])")
        self._planned = re.compile(f" {_choice(own, PatternRole.PLANNED, whole=False)}")

    def has_noun_of(self, folded: Folded, number: Number, following: Number, unit_start: int) -> bool:
        """Whether a number shares the noun of the next one: 7 regional and 96 district hospitals.

        Args:
            folded: the text.
            number: the first one.
            following: the next one, which has a unit.
            unit_start: where that unit starts: an adjective must precede it, too.
        """
        between = self._between and self._between.fullmatch(folded.text, number.end, following.start)
        return bool(between) and unit_start > following.end + 1

    def is_elsewhere(self, folded: Folded, number: Number, last_end: int) -> bool:
        """Whether a number counts the same as the one before, at another place: "and 240 in Dosso"."""
        gap = folded.text[last_end : number.start]
        linked = self._link.search(gap) or _ATTACHED.search(gap)
        if len(gap) > _REACH or _SENTENCE.search(gap) or not linked:
            return False
        place = self._elsewhere.match(folded.text, number.end)
        if place is None:
            return False
        letter = folded.written(place.end(), place.end() + 1)
        return letter.isupper() or letter.lower() == letter.upper()  # the place's name; some scripts have no capitals

    def stands_alone(self, folded: Folded, end: int) -> bool:
        """Whether no noun follows a number, but at most its planner: "of 46.", "of the 46 that the agency wants"."""
        return bool(_PAUSE.match(folded.text, end) or self._planned.match(folded.text, end))


def is_done_part(folded: Folded, number: Number, last_end: int) -> bool:
    """Whether a number ends a sentence that starts with the total: "Of the 94 km of cable they have laid 71."."""
    gap = folded.text[last_end : number.start]
    return len(gap) <= _REACH and not _SENTENCE.search(gap) and _PAUSE.match(folded.text, number.end) is not None


def _choice(words: Iterable[PatternWord], role: PatternRole, *, whole: bool = True) -> str:
    """A pattern of the words of a role, longest first; it matches nothing if there are none."""
    texts = sorted({fold_form(word.text) for word in words if word.role is role}, key=len, reverse=True)
    pattern = "|".join(re.escape(text).replace(r"\*", r"[^\W\d_]*") for text in texts)
    end = r"(?![^\W\d_])" if whole else ""
    return f"(?:{pattern}){end}" if texts else "(?!)"
