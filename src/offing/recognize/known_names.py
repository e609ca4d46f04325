"""Names of known projects in a text: later news of a project is found by them although no Chinese party is named."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from offing.model.mention import Standing
from offing.model.naming import ProjectName
from offing.recognize.context import is_written
from offing.recognize.cyrillic import in_cyrillic
from offing.recognize.fold import Folded, fold_form
from offing.recognize.own_names import NameReader
from offing.recognize.patterns import Form, Matcher
from offing.recognize.spans import Span
from offing.recognize.tables import CaseCheck

_REACH = 40  # characters
_BEFORE = re.compile(r"([^\W\d_][\w’'-]*)\.? $")
_BEHIND = re.compile(r" ([^\W\d_][\w’'-]*)")
_MOST_PROJECTS, _MOST_COUNTRIES, _MOST_MATTERS = 20, 3, 2  # of one name, from which on it tells no project


@dataclass(frozen=True, slots=True)
class Known:
    """A name as it may be written, how surely it tells its projects, and which these are."""

    text: str
    standing: Standing
    case: CaseCheck
    projects: tuple[ProjectName, ...]


class KnownNames:
    """Looks for the names of known projects.

    Args:
        names: all names of all known projects; one that too many bear, or that stands for too many matters, is none.
        reader: tells how surely a name tells its project.
    """

    def __init__(self, names: Sequence[ProjectName], reader: NameReader) -> None:
        forms = (form for known in _known(names, reader) for form in _forms(known))
        self._reader = reader
        self._matcher = Matcher(forms) if names else None

    def find(self, folded: Folded) -> Iterator[tuple[Span, Known]]:
        """The names that a text has, written as names are."""
        for hit in self._matcher.find(folded.text) if self._matcher else ():
            span = (hit.start, hit.end)
            known = hit.payload
            part = known.standing is Standing.SITE and " " not in known.text and self._is_part(folded, span)
            if not part and is_written(folded, span, known.text, known.case):
                yield span, known

    def _is_part(self, folded: Folded, span: Span) -> bool:
        """Whether another word that is only a name stands right beside a single word: Imran Khan is no Khan Road."""
        start, end = folded.span(*span)
        before, behind = (
            _BEFORE.search(folded.original, max(0, start - _REACH), start),
            _BEHIND.match(folded.original, end),
        )
        return any(word and self._reader.is_name(word[1]) for word in (before, behind))


def _known(names: Iterable[ProjectName], reader: NameReader) -> Iterator[Known]:
    """The names that tell something, each once with its projects in the order of their ids."""
    bearers: dict[str, dict[str, ProjectName]] = defaultdict(dict)
    for name in names:
        bearers[fold_form(name.name)].setdefault(str(name.target), name)
    for of_target in bearers.values():
        projects = tuple(of_target[target] for target in sorted(of_target))
        standing = reader.standing(projects[0].name)
        if standing is not None and _is_distinctive(projects, standing):
            exact = " " not in projects[0].name and projects[0].name[1:] != projects[0].name[1:].lower()
            yield Known(projects[0].name, standing, CaseCheck.EXACT if exact else CaseCheck.CAPITAL, projects)


def _is_distinctive(projects: Sequence[ProjectName], standing: Standing) -> bool:
    """Whether a name is not that of half a country: few projects bear it, and a site's are about the same matter."""
    countries = {code for each in projects for code in each.countries}
    few = len(projects) <= _MOST_PROJECTS and len(countries) <= _MOST_COUNTRIES
    matters = {each.sector for each in projects if each.sector}
    return few and (standing is not Standing.SITE or 0 < len(matters) <= _MOST_MATTERS)


def _forms(known: Known) -> Iterator[Form[Known]]:
    """A name as written, and a single word in other cases and in Cyrillic script."""
    yield Form(known.text, known, inflects=True)
    if known.case is CaseCheck.CAPITAL:
        yield from (Form(spelled, known, inflects=True) for spelled in in_cyrillic(known.text))
