"""Which works a project is: by kind and place, by its number, or as the one that its country has. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator

from offing.model.naming import BODY, THE_ONE, Works
from offing.model.project import ProjectFacts
from offing.model.sounds import han_names
from offing.recognize.fold import Folded, fold, fold_form, is_arabic, is_han
from offing.recognize.ordinary import Ordinary
from offing.recognize.spans import Span
from offing.recognize.works import Spot, WorksReader

_EARLY = 500  # characters behind a title in which a text says what it is about
_LEAD = 250
_LATIN = re.compile("[a-z]{3,}")
_MOST = 12
_MOST_PLACES = 4
_NEAR = 3  # words between a kind and its place, at most


class WorksNames:
    """Reads works from what is told of a project.

    Args:
        reader: finds kinds of works.
        ordinary: tells which words are ordinary, which towns large.
        is_name: whether a word is written like a name and nowhere ordinary.
    """

    def __init__(self, reader: WorksReader, ordinary: Ordinary, is_name: Callable[[str], bool]) -> None:
        self._reader, self._ordinary, self._is_name = reader, ordinary, is_name

    def names_of(self, facts: ProjectFacts, title: str, description: str = "") -> tuple[Works, ...]:
        """The works that a project is told to be, those that its title tells first.

        Args:
            facts: what is known of it; the kind that title or lead name first is beside its places, too.
            title: of the project or of an article that tells of it.
            description: free text of it, or the article's.
        """
        folded = fold(f"{title}\n\n{description[:_EARLY]}")
        spots = list(self._reader.spots(folded))
        lead = folded.place(min(len(title) + _LEAD, len(folded.original)))
        main = self._main(spots, folded.place(len(title)), lead)
        found = dict.fromkeys(works for spot in spots if spot.kind == main for works in self._placed(folded, spot))
        found |= dict.fromkeys(self._numbered(folded, lead, main))
        found |= dict.fromkeys(Works(main, place) for place in self._places(facts) if main)
        if main in self._reader.nationwide:
            found[Works(main, THE_ONE)] = None
        return tuple(found)[:_MOST]

    def is_sure(self, works: Works) -> bool:
        """Whether a place tells its works by itself: a word of Latin letters that is no town's."""
        which = works.which
        return (
            works.kind != BODY and _LATIN.fullmatch(fold_form(which)) is not None and not self._ordinary.is_town(which)
        )

    def _main(self, spots: list[Spot], title: int, lead: int) -> str:
        """The kind that a title names first; else the one that the lead names most often."""
        counts = Counter(spot.kind for spot in spots if spot.start < lead)
        titled = (spot.kind for spot in spots if spot.start < title)
        return next(titled, max(counts, key=lambda kind: counts[kind]) if counts else "")

    def _numbered(self, folded: Folded, lead: int, main: str) -> Iterator[Works]:
        for spot, number in self._reader.numbers(folded):
            if spot.kind == main and spot.start < lead:
                yield Works(spot.kind, number)

    def _placed(self, folded: Folded, spot: Spot) -> Iterator[Works]:
        """A kind and the names of places that stand close to it; in Chinese right before it, in Arabic none is sure."""
        if is_han(folded.text[spot.start]):
            before = folded.text[spot.words[0][0] : spot.start] if spot.words else ""
            barred = self._ordinary.barred(before)
            cut = max((place + 1 for place in range(len(before)) if barred.overlap(place, place + 1)), default=0)
            words = han_names(before[cut:])[-1:]
        else:
            words = [folded.written(*span) for span in spot.words if self._is_near(spot, span, folded)]
        yield from (Works(spot.kind, word) for word in words if self._is_place(word, spot.kind))

    def _is_near(self, spot: Spot, span: Span, folded: Folded) -> bool:
        between = folded.text[min(span[1], spot.end) : max(span[0], spot.start)]
        return len(between.split()) < _NEAR

    def _places(self, facts: ProjectFacts) -> list[str]:
        words = [word for place in facts.places for word in place.replace("-", " ").replace("–", " ").split()]
        caseless = (word for word in words if self._in_other_script(word) and not self._ordinary.is_word(word))
        named = (word for word in words if word[0].isupper() and self._is_name(word))
        return [*named, *caseless][:_MOST_PLACES]

    def _is_place(self, word: str, kind: str) -> bool:
        """Whether a word beside a kind may be the name of its place: no country, firm, or large town that has many."""
        if not word.isalpha() or self._ordinary.barred(word).overlap(0, len(word)):
            return False
        if is_han(word[0]):
            return not (self._ordinary.is_word(word) or self._ordinary.is_listed(word))
        large = kind in self._reader.citywide and self._ordinary.is_large_town(word)
        return word[0].isupper() and (large or (self._is_name(word) and not self._ordinary.is_listed(word)))

    def _in_other_script(self, word: str) -> bool:
        return is_han(word[0]) or is_arabic(word[0])
