"""Signs of a border: what a paragraph or sentence of an article tells that those before it do not.

Their weights stand in `scoring.toml`: of paragraphs in the table `border`, of sentences inside them in `border_within`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from offing.model.meaning import Meaning
from offing.model.mention import MentionKind
from offing.propose.items import (
    BACKGROUND,
    count_announced,
    happens,
    has_party,
    identity,
    is_headed,
    opens_list,
    paragraphs_of,
)
from offing.propose.layout import Zone
from offing.propose.meaning import title_odds
from offing.propose.reading import Line, Scope
from offing.propose.targets import DEMONYM, NEVER_TARGETS, rank_countries
from offing.propose.topic import rank_sectors

SEVERAL = "several"  # of meaning.npz: whether a title is one of several projects
_WHERE = (MentionKind.PLACE, MentionKind.COUNTRY)
_NEAR = 30  # sentences; what stands farther back is hardly what one goes on about, and long articles stay quick
_BRIEF = 2  # paragraphs of an article that may tell of several projects in one
_BESIDE = 25  # characters from its start within which a paragraph opens with a place
Signs = dict[str, float]
Runs = Sequence[Sequence[Line]]


@dataclass(frozen=True, slots=True)
class _Told:
    """What some lines tell, without those of other times and places."""

    firms: frozenset[str]
    bodies: frozenset[str]
    places: frozenset[str]
    country: str
    sector: str
    has_party: bool
    happens: bool
    has_sum: bool
    has_size: bool

    @property
    def is_project(self) -> bool:
        """Who, what, and what happens or what it costs."""
        return self.has_party and (self.happens or self.has_sum) and (bool(self.sector) or self.has_size)


@dataclass(frozen=True, slots=True)
class Head:
    """An article, what its title tells, and how many projects title and lead announce.

    `several` is how surely the title means that there are several, in log-odds; None where nobody can tell.
    """

    whole: Scope
    title: _Told
    announced: int
    several: float | None


def head_of(whole: Scope, meaning: Meaning | None) -> Head:
    """What each paragraph or sentence of an article is held against beside those before it.

    Args:
        whole: the article.
        meaning: reads what its title means.
    """
    title = [line for line in whole.lines if line.zone is Zone.TITLE]
    return Head(whole, _told(whole, title), count_announced(whole), title_odds(whole.article, SEVERAL, meaning))


def paragraph_signs(head: Head, runs: Runs, lines: Sequence[Line], *, is_last: bool) -> Signs:
    """The signs of a border before a paragraph, by the names of the table `border`.

    Args:
        head: of the article.
        runs: the lines before it, parted where borders were found.
        lines: of the paragraph.
        is_last: whether no other follows.
    """
    whole, title = head.whole, head.title
    before, here = _told(whole, runs[-1][-_NEAR:]), _told(whole, lines)
    told = {
        "lead": any(line.zone is Zone.LEAD for line in runs[-1]),
        "told-before": before.is_project,
        "same-place": bool(here.places & before.places),
        "sum": here.has_sum,
        "headed": len(lines) > 1 and is_headed(whole, lines[0]),
        "announced": head.announced > len(runs),
        "title-works": bool(title.sector) and title.sector == here.sector,
        "title-firm-before": bool(title.firms & before.firms),
    }
    return {**_common(head, before, here, lines, is_last=is_last), **_sized(told)}


def sentence_signs(head: Head, runs: Runs, lines: Sequence[Line], *, is_last: bool) -> Signs:
    """The signs of a border before a sentence or clause inside a paragraph, by the names of the table `border_within`.

    Args:
        head: of the article.
        runs: the lines before it, parted where borders were found.
        lines: the sentence or clause.
        is_last: whether no other follows in its paragraph.
    """
    before, here = _told(head.whole, runs[-1][-_NEAR:]), _told(head.whole, lines)
    told = {
        "whole": here.is_project,
        "new-place": bool(here.places - before.places),
        "brief": len(paragraphs_of(head.whole)) <= _BRIEF,
    }
    return {**_common(head, before, here, lines, is_last=is_last), **_sized(told)}


def _common(head: Head, before: _Told, here: _Told, lines: Sequence[Line], *, is_last: bool) -> Signs:
    """The signs that paragraphs and sentences share."""
    told = {
        "other-firms": bool(before.firms and here.firms and not before.firms & here.firms),
        "other-bodies": bool(here.bodies - before.bodies),
        "other-works": _differ(before.sector, here.sector),
        "abroad": _differ(before.country, here.country),
        "works": bool(here.sector) or here.has_size,
        "size": here.has_size,
        "list-opening": opens_list(lines[0]),
        "place-first": _opens_with_place(lines[0]),
        "last": is_last,
        "title-place": bool(head.title.places & (here.places - before.places)),
        "title-party": head.title.has_party,
        "unheard": head.several is None,
    }
    return {**_sized(told), "several": head.several or 0.0}


def _sized(told: Mapping[str, bool]) -> Signs:
    return {sign: float(there) for sign, there in told.items()}


def _told(whole: Scope, lines: Sequence[Line]) -> _Told:
    clear = whole.narrowed(line for line in lines if not line.marks & BACKGROUND)
    countries, sectors = rank_countries(clear), rank_sectors(clear)
    return _Told(
        firms=frozenset(identity(m) for _, m in clear.of(MentionKind.FIRM)),
        bodies=frozenset(m.text for _, m in clear.of(MentionKind.COUNTERPART)),
        places=frozenset(m.text for _, m in clear.of(*_WHERE) if m.key not in NEVER_TARGETS and m.by != DEMONYM),
        country=countries[0].key if countries else "",
        sector=sectors[0].key if sectors else "",
        has_party=any(map(has_party, clear.lines)),
        happens=any(map(happens, clear.lines)),
        has_sum=any(True for _ in clear.of(MentionKind.MONEY)),
        has_size=any(True for _ in clear.of(MentionKind.QUANTITY)),
    )


def _opens_with_place(line: Line) -> bool:
    return any(mention.start - line.sentence.start <= _BESIDE for mention in line.of(*_WHERE))


def _differ(one: str, other: str) -> bool:
    return bool(one and other) and one != other
