"""Roundups: where one article tells of several projects, the lines of each."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from offing.model.mention import Mention, MentionKind
from offing.propose.core import CHINESE_SIGNALS
from offing.propose.layout import Zone
from offing.propose.reading import Line, Scope
from offing.propose.targets import rank_countries
from offing.propose.topic import rank_sectors, rank_statuses

_ROUNDUP = "roundup"
_SECOND = "second-project"
_BACKGROUND = frozenset({"elsewhere", "separate", "negation"})
_NOT_SECOND = frozenset({"separate", "negation"})
_HEAD = (Zone.TITLE, Zone.LEAD)


@dataclass(frozen=True, slots=True)
class Part:
    """The lines of one project; `context` is the article, which tells what a part leaves out."""

    scope: Scope
    context: Scope | None = None


def split(whole: Scope) -> tuple[Part, ...]:
    """The parts of an article, one for each project that clearly stands on its own; most articles are one."""
    by_country = _by_country(whole)
    if len(by_country) > 1:
        return tuple(Part(scope) for scope in by_country)
    return _by_second(whole) or (Part(whole),)


def _by_country(whole: Scope) -> list[Scope]:
    """One scope for each country that has paragraphs of its own, where title or lead announce several projects."""
    groups: dict[str, list[Line]] = {}
    current = ""
    for paragraph in _paragraphs(whole):
        current = _own_country(whole, paragraph) or current
        if current:
            groups.setdefault(current, []).extend(paragraph)
    standing = {code: lines for code, lines in groups.items() if _stands_alone(whole, code, lines)}
    if len(standing) < 2 or not _announced(whole, set(standing)):  # noqa: PLR2004 -- several
        return []
    return [whole.narrowed(lines) for lines in standing.values()]


def _paragraphs(whole: Scope) -> list[list[Line]]:
    body = [line for line in whole.lines if line.zone is not Zone.TITLE]
    return [list(lines) for _, lines in groupby(body, key=lambda line: line.sentence.paragraph)]


def _own_country(whole: Scope, paragraph: Sequence[Line]) -> str:
    """The country that a paragraph is about: the one it names first, if it leads its votes."""
    ranked = rank_countries(whole.narrowed(paragraph))
    return ranked[0].key if ranked else ""


def _stands_alone(whole: Scope, code: str, lines: Sequence[Line]) -> bool:
    """Whether some sentence of a country's paragraphs tells of a project with a Chinese party, or of its money."""
    clear = [line for line in lines if not line.marks & _BACKGROUND]
    named = any(m.key == code for line in clear for m in line.of(MentionKind.COUNTRY, MentionKind.PLACE))
    chinese = any(line.of(MentionKind.FIRM, MentionKind.LENDER) or line.signals() & CHINESE_SIGNALS for line in lines)
    topic = rank_sectors(whole.narrowed(clear)) and rank_statuses(whole.narrowed(clear))
    return bool(named and chinese and topic)


def _announced(whole: Scope, codes: set[str]) -> bool:
    """Whether title or lead speak of several projects, or the title names several of the countries."""
    head = [line for line in whole.lines if line.zone in _HEAD]
    if any(_ROUNDUP in line.signals() for line in head):
        return True
    named = {m.key for line in head if line.zone is Zone.TITLE for m in line.of(MentionKind.COUNTRY, MentionKind.PLACE)}
    return len(named & codes) > 1


def _by_second(whole: Scope) -> tuple[Part, ...]:
    """Two parts where a paragraph speaks of a second project that differs in sector, status or money."""
    for paragraph in _paragraphs(whole)[1:]:
        opens = any(_SECOND in line.signals() and not line.marks & _NOT_SECOND for line in paragraph)
        rest = [line for line in whole.lines if line not in paragraph]
        if opens and _differs(whole.narrowed(rest), whole.narrowed(paragraph)):
            first = whole.narrowed(_without(rest, paragraph))
            return Part(first), Part(whole.narrowed(paragraph), context=whole.narrowed(rest))
    return ()


def _without(lines: Sequence[Line], paragraph: Sequence[Line]) -> list[Line]:
    """The lines of a first project without what belongs to the second.

    Title and lead name the sums and firms of both; those that the second project's paragraph names are its own,
    unless the first project's paragraphs name the firm too.
    """
    sums = {m.value for line in paragraph for m in line.of(MentionKind.MONEY)}
    firms = {m.key for line in paragraph for m in line.of(MentionKind.FIRM)}
    firms -= {m.key for line in lines if line.zone not in _HEAD for m in line.of(MentionKind.FIRM)}
    return [replace(line, mentions=tuple(m for m in line.mentions if not _is_second(m, sums, firms))) for line in lines]


def _is_second(mention: Mention, sums: Collection[object], firms: Collection[str | None]) -> bool:
    if mention.kind is MentionKind.FIRM:
        return mention.key in firms
    return mention.kind is MentionKind.MONEY and mention.value in sums


def _differs(first: Scope, second: Scope) -> bool:
    """Whether a paragraph tells of another undertaking: another sector, another status, or its own money."""
    sectors = [ranked[0].key for ranked in (rank_sectors(first), rank_sectors(second)) if ranked]
    statuses = [ranked[0].key for ranked in (rank_statuses(first), rank_statuses(second)) if ranked]
    sums = any(True for _ in second.of(MentionKind.MONEY))
    return len(sectors) > 1 and (len(set(sectors)) > 1 or len(set(statuses)) > 1 or sums)
