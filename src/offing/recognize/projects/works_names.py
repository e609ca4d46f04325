"""Identifies a project's works: by kind and place, by number, or as the only one in the country. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from offing.model.pairs.naming import BODY, THE_ONE, Works
from offing.model.projects.project import ProjectFacts
from offing.model.text.sounds import han_names
from offing.recognize.projects.ordinary_words import Ordinary
from offing.recognize.projects.works import Spot, WorksReader, is_right_beside
from offing.recognize.text.folded_text import Folded, fold, fold_form, is_arabic, is_han
from offing.recognize.text.spans import Span

_EARLY = 500  # characters after a title in which a text states its subject
_LEAD = 250
_SHORTEST = 4
_LATIN = re.compile("[a-z]{3,}")
_MOST = 12
_MOST_PLACES = 4
_NEAR = 3  # words between a kind and its place, at most
_LONGEST_NAME = 3  # words


class WorksNames:
    """Reads a project's works from facts and texts about it.

    Args:
        reader: finds kinds of works.
        ordinary: knows which words are ordinary, which towns large.
        is_name: whether a word is written like a name and ordinary nowhere.
    """

    def __init__(self, reader: WorksReader, ordinary: Ordinary, is_name: Callable[[str], bool]) -> None:
        self._reader, self._ordinary, self._is_name = reader, ordinary, is_name

    def names_of(self, facts: ProjectFacts, title: str, description: str = "") -> tuple[Works, ...]:
        """The works that a project is described as, those in its title first.

        Args:
            facts: what is known of it; its places are combined with the first kind in title or lead, too.
            title: of the project or of an article about it.
            description: free text about it, or the article's.
        """
        folded = fold(f"{title}\n\n{description[:_EARLY]}")
        spots = list(self._reader.spots(folded))
        lead = folded.place(min(len(title) + _LEAD, len(folded.original)))
        # The main kind is the first one in the title, else the most frequent one in the lead.
        title_end = folded.place(len(title))
        counts = Counter(spot.kind for spot in spots if spot.start < lead)
        titled = (spot.kind for spot in spots if spot.start < title_end)
        main = next(titled, max(counts, key=lambda kind: counts[kind]) if counts else "")
        mine = [spot for spot in spots if spot.kind == main]
        found = dict.fromkeys(works for spot in mine for works in self._placed(folded, spot))
        numbers = self._reader.numbers(folded)
        found |= dict.fromkeys(Works(main, no) for spot, no in numbers if spot.kind == main and spot.start < lead)
        found |= dict.fromkeys(Works(main, place) for place in self._places(facts, main) if main)
        found |= dict.fromkeys(Works(main, name) for spot in mine for name in self._named(folded, spot))
        if main in self._reader.nationwide:
            found[Works(main, THE_ONE)] = None
        return tuple(found)[:_MOST]

    def is_sure(self, works: Works) -> bool:
        """Whether the place alone identifies the works: a Latin word that is no town's and ordinary nowhere."""
        which = works.which
        latin = works.kind != BODY and _LATIN.fullmatch(fold_form(which)) is not None
        return latin and self._is_name(which) and not self._ordinary.is_town(which)

    def _placed(self, folded: Folded, spot: Spot) -> Iterator[Works]:
        """A kind with the place names close to it; in Chinese right before it, in Arabic none is reliable."""
        if is_han(folded.text[spot.start]):
            before = folded.text[spot.words[0][0] : spot.start] if spot.words else ""
            barred = self._ordinary.barred(before)
            cut = max((place + 1 for place in range(len(before)) if barred.overlap(place, place + 1)), default=0)
            words = han_names(before[cut:])[-1:]
        else:
            gaps = ((span, folded.text[min(span[1], spot.end) : max(span[0], spot.start)]) for span in spot.words)
            words = [folded.written(*span) for span, gap in gaps if len(gap.split()) < _NEAR]
        yield from (Works(spot.kind, word) for word in words if self._is_place(word, spot.kind))

    def _named(self, folded: Folded, spot: Spot) -> Iterator[str]:
        """Ordinary capitalised words right beside a lower-case kind: the Three Rivers dam, la presa Tres Ríos.

        A title in title case gives no such evidence.
        """
        if not folded.written(spot.start, spot.end).islower():
            return
        for run in _runs(folded, spot):
            name = " ".join(folded.written(*span) for span in run)
            # No country, firm or large town, nor a single word that is too short or distinctive.
            single = len(run) == 1 and (len(name) < _SHORTEST or self._is_name(name))
            listed = self._ordinary.is_listed(name) or self._ordinary.barred(name).overlap(0, len(name))
            if single or listed or len(run) > _LONGEST_NAME:
                continue
            before = folded.text[max(0, run[0][0] - 3) : run[0][0]].rstrip(' «“"')
            if before and before[-1] not in ".!?:\n":  # a capital that opens a sentence is no evidence
                yield name

    def _places(self, facts: ProjectFacts, kind: str) -> list[str]:
        """The project's places, large and short ones too: Osh; ordinary ones count only right beside their kind."""
        words = [word for place in facts.places for word in place.replace("-", " ").replace("–", " ").split()]
        large = kind in self._reader.citywide
        other_script = (word for word in words if is_han(word[0]) or is_arabic(word[0]))
        foreign = (word for word in other_script if not self._ordinary.is_word(word))
        caseless = (word for word in foreign if large or not self._ordinary.is_listed(word))
        named = (word for word in words if word[0].isupper() and (large or not self._ordinary.is_listed(word)))
        return [*named, *caseless][:_MOST_PLACES]

    def _is_place(self, word: str, kind: str) -> bool:
        """Whether a word beside a kind may be its place: no country, firm, or large town with many of that kind."""
        if not word.isalpha() or self._ordinary.barred(word).overlap(0, len(word)):
            return False
        if is_han(word[0]):
            return not (self._ordinary.is_word(word) or self._ordinary.is_listed(word))
        large = kind in self._reader.citywide and self._ordinary.is_large_town(word)
        return word[0].isupper() and (large or (self._is_name(word) and not self._ordinary.is_listed(word)))


def _runs(folded: Folded, spot: Spot) -> Iterator[list[Span]]:
    """The capitalised words right before a kind, and the first ones closely after it."""
    before = [span for span in spot.words if span[1] <= spot.start]
    behind = [span for span in spot.words if span[0] >= spot.end]
    yield _until(folded, reversed(before), spot.start)[::-1]
    first = next((place for place, span in enumerate(behind) if folded.written(*span)[0].isupper()), None)
    if first is not None and is_right_beside(folded.text, (spot.start, spot.end), behind[first]):
        yield _until(folded, behind[first:], behind[first][0])


def _until(folded: Folded, spans: Iterable[Span], edge: int) -> list[Span]:
    """The capitalised words from an edge on, separated by one blank or hyphen."""
    run: list[Span] = []
    for start, end in spans:
        if min(abs(edge - end), abs(start - edge)) > 1 or not folded.written(start, end)[0].isupper():
            break
        run.append((start, end))
        edge = start if start < edge else end
    return run
