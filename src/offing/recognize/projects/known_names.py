"""Finds names of known projects, so that later news of a project is found even if it names no Chinese party."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from offing.model.pairs.naming import BODY, THE_ONE, ProjectName, Works
from offing.model.reading.mention import NameReliability
from offing.recognize.lexicon.name_context import is_written
from offing.recognize.projects.own_names import NameReader
from offing.recognize.projects.works import Spot, is_right_beside, keys_of, phrases, sought_by
from offing.recognize.text.cyrillic import in_cyrillic
from offing.recognize.text.folded_text import Folded, fold_form
from offing.recognize.text.patterns import Form, Matcher
from offing.recognize.text.spans import Span
from offing.recognize.text.tables import CaseCheck

_LONG_ACRONYM = 5  # letters
_SUREST = (NameReliability.APART, NameReliability.OWN, NameReliability.SITE, NameReliability.PART, None)
_REACH = 40  # characters
_BEFORE = re.compile(r"([^\W\d_][\w’'-]*)\.? $")
_BEHIND = re.compile(r" ([^\W\d_][\w’'-]*)")
_WORD = re.compile(r"[^\W\d_]{2,30}")
_HEAD, _TEXT = 500, 3_000  # characters in which a text states its subject, and in which the subject's town is searched
_MOST_PROJECTS, _MOST_COUNTRIES, _MOST_MATTERS = 20, 3, 2  # limits per name; a name above them identifies no project


@dataclass(frozen=True, slots=True)
class ReliableName:
    """A name with its spelling rule, how reliably it identifies its projects, and the projects."""

    text: str
    reliability: NameReliability
    case: CaseCheck
    projects: tuple[ProjectName, ...]

    @property
    def is_weak(self) -> bool:
        """Whether the name is common in a country's news: a body, or a kind of works without its place."""
        works = Works.of(self.text)
        return works is not None and (works.kind == BODY or not works.which[0].isalpha())


class KnownNames:
    """Finds the names of known projects.

    Args:
        names: all names of all known projects; those shared by too many projects, countries or sectors are ignored.
        reader: rates how reliably a name identifies its project.
    """

    def __init__(self, names: Sequence[ProjectName], reader: NameReader) -> None:
        known = list(_reliable_names(names, reader))
        forms = (form for each in known for form in _forms(each))
        self._reader = reader
        self._matcher = Matcher(forms) if names else None
        self._works = KnownWorks(known, reader)

    def find(self, folded: Folded) -> Iterator[tuple[Span, ReliableName]]:
        """The names in a text, in their required spelling."""
        for hit in self._matcher.find(folded.text) if self._matcher else ():
            span = (hit.start, hit.end)
            known = hit.payload
            part = known.reliability is NameReliability.SITE and " " not in known.text and self._is_part(folded, span)
            if not part and is_written(folded, span, _written(known.text), known.case):
                yield span, known
        yield from self._works.find(folded)

    def _is_part(self, folded: Folded, span: Span) -> bool:
        """Whether another distinctive word is right beside a single word: Imran Khan is no Khan Road."""
        start, end = folded.span(*span)
        before, behind = (
            _BEFORE.search(folded.original, max(0, start - _REACH), start),
            _BEHIND.match(folded.original, end),
        )
        return any(word and self._reader.is_name(word[1]) for word in (before, behind))


class KnownWorks:
    """Finds known works by their kind beside their place, in any script, by spelling or sound.

    Args:
        known: names, those of works among them.
        reader: finds kinds of works, and knows which words are ordinary.
    """

    def __init__(self, known: Iterable[ReliableName], reader: NameReader) -> None:
        self._reader, self._works = reader, reader.works
        self._by_key: dict[str, dict[str, list[ReliableName]]] = defaultdict(lambda: defaultdict(list))
        for each in known:
            if (works := Works.of(each.text)) and works.kind != BODY:
                for key in keys_of(works.which) if works.which[0].isalpha() else (works.which,):
                    self._by_key[works.kind][key].append(each)

    def find(self, folded: Folded) -> Iterator[tuple[Span, ReliableName]]:
        """The works that a text names, each with the span from its kind to its place."""
        if not self._by_key:
            return
        spots = list(self._works.spots(folded))
        yield from self._systems(folded, [spot for spot in spots if spot.start < _HEAD])
        for spot in spots:
            by_key = self._by_key.get(spot.kind, {})
            yield from (((spot.start, spot.end), known) for known in by_key.get(THE_ONE, ()))
            for span in phrases(folded.text, spot) if by_key else ():
                found = {known for key in sought_by(folded.text[slice(*span)]) for known in by_key.get(key, ())}
                reach = (min(span[0], spot.start), max(span[1], spot.end))
                near = (known for known in found if self._is_identified(folded, spot, span, known))
                yield from ((reach, known) for known in sorted(near, key=lambda each: each.text))
        for spot, number in self._works.numbers(folded):
            yield from (((spot.start, spot.end), each) for each in self._by_key.get(spot.kind, {}).get(number, ()))

    def _systems(self, folded: Folded, spots: Iterable[Spot]) -> Iterator[tuple[Span, ReliableName]]:
        """Systems of which a town has only one: the text starts with their kind and names the town anywhere."""
        sought = {spot.kind: spot for spot in spots if spot.kind in self._works.systems and self._by_key.get(spot.kind)}
        if not sought:
            return
        # In scripts without capitals all words count.
        words = {match[0] for match in _WORD.finditer(folded.original[:_TEXT]) if not match[0].islower()}
        keys = {key for word in words for key in sought_by(fold_form(word))}
        for kind, spot in sought.items():
            named = (each for key, known in self._by_key[kind].items() if key in keys for each in known)
            found = {
                replace(each, reliability=NameReliability.SITE) for each in named
            }  # the town may be named for another reason
            yield from (((spot.start, spot.end), known) for known in sorted(found, key=lambda each: each.text))

    def _is_identified(self, folded: Folded, spot: Spot, span: Span, known: ReliableName) -> bool:
        """Whether words denote the place: ordinary ones only as capitals right beside the kind (Freshwater Stadium)."""
        which = _written(known.text)
        if not fold_form(which).isascii() or (which.isalpha() and self._reader.is_name(which)):
            return True
        capital = all(word[0].isupper() for word in _WORD.findall(folded.written(*span)))
        return capital and is_right_beside(folded.text, (spot.start, spot.end), span)


def _reliable_names(names: Iterable[ProjectName], reader: NameReader) -> Iterator[ReliableName]:
    """The usable names, each once, with its projects in order of their ids."""
    projects_by_name: dict[str, dict[str, ProjectName]] = defaultdict(dict)
    spellings: dict[str, set[str]] = defaultdict(set)
    for name in names:
        folded = fold_form(name.name)
        projects_by_name[folded].setdefault(str(name.target), name)
        spellings[folded].add(name.name)
    for folded, of_target in projects_by_name.items():
        projects = tuple(of_target[target] for target in sorted(of_target))
        # The most reliable of its spellings: PMICE before Pmice.
        ratings = {name: reader.reliability(name) for name in spellings[folded]}
        text, reliability = min(ratings.items(), key=lambda rated: (_SUREST.index(rated[1]), rated[0]))
        works = Works.of(text)
        if works and works.kind != BODY and not works.which[0].isalpha():
            # Each must be the only one of its sort (record, or row of a base) in each of its countries.
            counts = Counter((each.target.kind, code) for each in projects for code in each.countries)
            projects = tuple(p for p in projects if all(counts[p.target.kind, code] == 1 for code in p.countries))
        if reliability is not None and projects and _is_distinctive(projects, reliability):
            # NOSi is case-sensitive; a long abbreviation is also written as a word: Pmice.
            abbreviation = text.isupper() and len(text) >= _LONG_ACRONYM
            exact = " " not in text and text[1:] != text[1:].lower() and not abbreviation
            yield ReliableName(text, reliability, CaseCheck.EXACT if exact else CaseCheck.CAPITAL, projects)


def _written(name: str) -> str:
    """A name as it appears in a text."""
    works = Works.of(name)
    return works.which if works else name


def _is_distinctive(projects: Sequence[ProjectName], reliability: NameReliability) -> bool:
    """Whether a name is specific enough: few projects bear it, and for a site they are in few sectors."""
    countries = {code for each in projects for code in each.countries}
    few = len(projects) <= _MOST_PROJECTS and (len(countries) <= _MOST_COUNTRIES or reliability is NameReliability.PART)
    matters = {each.sector for each in projects if each.sector}
    return few and (reliability is not NameReliability.SITE or 0 < len(matters) <= _MOST_MATTERS)


def _forms(known: ReliableName) -> Iterator[Form[ReliableName]]:
    """The forms of a name to look for; a single word also in other cases and in Cyrillic.

    None for works, except bodies.
    """
    works = Works.of(known.text)
    if works is None or works.kind == BODY:
        yield Form(_written(known.text), known, inflects=True)
    if works is None and known.case is CaseCheck.CAPITAL:
        yield from (Form(spelled, known, inflects=True) for spelled in in_cyrillic(known.text))
