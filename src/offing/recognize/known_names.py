"""Names of known projects in a text: later news of a project is found by them although no Chinese party is named."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from offing.model.mention import Standing
from offing.model.naming import BODY, THE_ONE, ProjectName, Works
from offing.recognize.context import is_written
from offing.recognize.cyrillic import in_cyrillic
from offing.recognize.fold import Folded, fold_form
from offing.recognize.own_names import NameReader
from offing.recognize.patterns import Form, Matcher
from offing.recognize.spans import Span
from offing.recognize.tables import CaseCheck
from offing.recognize.works import Spot, is_right_beside, keys_of, phrases, sought_by

_LONG_ACRONYM = 5  # letters
_SUREST = (Standing.APART, Standing.OWN, Standing.SITE, Standing.PART, None)
_REACH = 40  # characters
_BEFORE = re.compile(r"([^\W\d_][\w’'-]*)\.? $")
_BEHIND = re.compile(r" ([^\W\d_][\w’'-]*)")
_WORD = re.compile(r"[^\W\d_]{2,30}")
_HEAD, _TEXT = 500, 3_000  # characters in which a text says what it is about, and in which the town of it is sought
_MOST_PROJECTS, _MOST_COUNTRIES, _MOST_MATTERS = 20, 3, 2  # of one name, from which on it tells no project


@dataclass(frozen=True, slots=True)
class Known:
    """A name as it may be written, how surely it tells its projects, and which these are."""

    text: str
    standing: Standing
    case: CaseCheck
    projects: tuple[ProjectName, ...]

    @property
    def is_weak(self) -> bool:
        """Whether a good part of a country's news has it: a body, or a kind of works without its place."""
        works = Works.of(self.text)
        return works is not None and (works.kind == BODY or not works.which[0].isalpha())


class KnownNames:
    """Looks for the names of known projects.

    Args:
        names: all names of all known projects; one that too many bear, or that stands for too many matters, is none.
        reader: tells how surely a name tells its project.
    """

    def __init__(self, names: Sequence[ProjectName], reader: NameReader) -> None:
        known = list(_known(names, reader))
        forms = (form for each in known for form in _forms(each))
        self._reader = reader
        self._matcher = Matcher(forms) if names else None
        self._works = KnownWorks(known, reader)

    def find(self, folded: Folded) -> Iterator[tuple[Span, Known]]:
        """The names that a text has, written as names are."""
        for hit in self._matcher.find(folded.text) if self._matcher else ():
            span = (hit.start, hit.end)
            known = hit.payload
            part = known.standing is Standing.SITE and " " not in known.text and self._is_part(folded, span)
            if not part and is_written(folded, span, _written(known.text), known.case):
                yield span, known
        yield from self._works.find(folded)

    def _is_part(self, folded: Folded, span: Span) -> bool:
        """Whether another word that is only a name stands right beside a single word: Imran Khan is no Khan Road."""
        start, end = folded.span(*span)
        before, behind = (
            _BEFORE.search(folded.original, max(0, start - _REACH), start),
            _BEHIND.match(folded.original, end),
        )
        return any(word and self._reader.is_name(word[1]) for word in (before, behind))


class KnownWorks:
    """Looks for known works by their kind beside their place, as it is written or sounds in any script.

    Args:
        known: names, those of works among them.
        reader: finds kinds of works, and tells which words are nowhere ordinary.
    """

    def __init__(self, known: Iterable[Known], reader: NameReader) -> None:
        self._reader, self._works = reader, reader.works
        self._by_key: dict[str, dict[str, list[Known]]] = defaultdict(lambda: defaultdict(list))
        for each in known:
            if (works := Works.of(each.text)) and works.kind != BODY:
                for key in keys_of(works.which) if works.which[0].isalpha() else (works.which,):
                    self._by_key[works.kind][key].append(each)

    def find(self, folded: Folded) -> Iterator[tuple[Span, Known]]:
        """The works that a text names, each from its kind to its place."""
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
                near = (known for known in found if self._is_meant(folded, spot, span, known))
                yield from ((reach, known) for known in sorted(near, key=lambda each: each.text))
        for spot, number in self._works.numbers(folded):
            yield from (((spot.start, spot.end), each) for each in self._by_key.get(spot.kind, {}).get(number, ()))

    def _systems(self, folded: Folded, spots: Iterable[Spot]) -> Iterator[tuple[Span, Known]]:
        """Systems of which a town has one, where a text starts with their kind and names the town anywhere."""
        sought = {spot.kind: spot for spot in spots if spot.kind in self._works.systems and self._by_key.get(spot.kind)}
        words = _capitals(folded) if sought else frozenset()
        for kind, spot in sought.items():
            named = (each for key, known in self._by_key[kind].items() if key in words for each in known)
            found = {
                replace(each, standing=Standing.SITE) for each in named
            }  # the town may be named for another matter
            yield from (((spot.start, spot.end), known) for known in sorted(found, key=lambda each: each.text))

    def _is_meant(self, folded: Folded, spot: Spot, span: Span, known: Known) -> bool:
        """Whether words name the place: ordinary ones do so in capitals right beside the kind (Freshwater Stadium)."""
        which = _written(known.text)
        if not fold_form(which).isascii() or (which.isalpha() and self._reader.is_name(which)):
            return True
        capital = all(word[0].isupper() for word in _WORD.findall(folded.written(*span)))
        return capital and is_right_beside(folded.text, (spot.start, spot.end), span)


def _capitals(folded: Folded) -> frozenset[str]:
    """Which keys of known places the words in capitals answer to; in scripts without capitals all words."""
    words = {match[0] for match in _WORD.finditer(folded.original[:_TEXT]) if not match[0].islower()}
    return frozenset(key for word in words for key in sought_by(fold_form(word)))


def _known(names: Iterable[ProjectName], reader: NameReader) -> Iterator[Known]:
    """The names that tell something, each once with its projects in the order of their ids."""
    bearers: dict[str, dict[str, ProjectName]] = defaultdict(dict)
    spellings: dict[str, set[str]] = defaultdict(set)
    for name in names:
        folded = fold_form(name.name)
        bearers[folded].setdefault(str(name.target), name)
        spellings[folded].add(name.name)
    for folded, of_target in bearers.items():
        projects = tuple(of_target[target] for target in sorted(of_target))
        text, standing = _surest(spellings[folded], reader)
        works = Works.of(text)
        if works and works.kind != BODY and not works.which[0].isalpha():
            projects = _only_ones(projects)
        if standing is not None and projects and _is_distinctive(projects, standing):
            yield Known(text, standing, CaseCheck.EXACT if _is_exact(text) else CaseCheck.CAPITAL, projects)


def _surest(names: Iterable[str], reader: NameReader) -> tuple[str, Standing | None]:
    """Of spellings of one name the one that tells most surely: PMICE before Pmice."""
    standings = {name: reader.standing(name) for name in names}
    return min(standings.items(), key=lambda pair: (_SUREST.index(pair[1]), pair[0]))


def _is_exact(name: str) -> bool:
    """Whether a name counts only as it is written: NOSi. A long abbreviation is also written as a word: Pmice."""
    return " " not in name and name[1:] != name[1:].lower() and not (name.isupper() and len(name) >= _LONG_ACRONYM)


def _written(name: str) -> str:
    """A name as a text has it."""
    works = Works.of(name)
    return works.which if works else name


def _only_ones(projects: Sequence[ProjectName]) -> tuple[ProjectName, ...]:
    """Those that are alone of their sort in each of their countries: no record, or no row of a base, is beside them."""
    bearers = Counter((each.target.kind, code) for each in projects for code in each.countries)
    return tuple(each for each in projects if all(bearers[each.target.kind, code] == 1 for code in each.countries))


def _is_distinctive(projects: Sequence[ProjectName], standing: Standing) -> bool:
    """Whether a name is not that of half a country: few projects bear it, and a site's are about the same matter."""
    countries = {code for each in projects for code in each.countries}
    few = len(projects) <= _MOST_PROJECTS and (len(countries) <= _MOST_COUNTRIES or standing is Standing.PART)
    matters = {each.sector for each in projects if each.sector}
    return few and (standing is not Standing.SITE or 0 < len(matters) <= _MOST_MATTERS)


def _forms(known: Known) -> Iterator[Form[Known]]:
    """A name as written, and a single word in other cases and in Cyrillic script; none of works, but of bodies."""
    works = Works.of(known.text)
    if works is None or works.kind == BODY:
        yield Form(_written(known.text), known, inflects=True)
    if works is None and known.case is CaseCheck.CAPITAL:
        yield from (Form(spelled, known, inflects=True) for spelled in in_cyrillic(known.text))
