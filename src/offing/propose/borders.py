"""Borders: the paragraphs with which an article turns to another project, where nothing else parts its projects.

Each paragraph is weighed against those since the last border by signs (`scoring.toml`, table `border`): whether it has
firms, bodies and works of its own, and where and how it stands. The weights are fitted (`training/borders.py`).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from offing.model.meaning import Meaning
from offing.model.mention import MentionKind
from offing.propose.items import (
    BACKGROUND,
    Item,
    count_announced,
    happens,
    has_party,
    identity,
    is_headed,
    item_of,
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
_NEAR = 10  # paragraphs; what stands farther back is hardly what one goes on about, and long articles stay quick
_BESIDE = 25  # characters from its start within which a paragraph opens with a place
Signs = dict[str, float]


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
    """What each paragraph of an article is held against beside those before it.

    Args:
        whole: the article.
        meaning: reads what its title means.
    """
    title = [line for line in whole.lines if line.zone is Zone.TITLE]
    return Head(whole, _told(whole, title), count_announced(whole), title_odds(whole.article, SEVERAL, meaning))


def runs_of(whole: Scope) -> list[Item]:
    """The runs of paragraphs between borders; empty where an article turns to no other project."""
    paragraphs = paragraphs_of(whole)
    if sum(any(map(has_party, lines)) for lines in paragraphs) <= 1:
        return []
    head, runs = head_of(whole, whole.rules.meaning), [[paragraphs[0]]]
    for place, lines in enumerate(paragraphs[1:], 2):
        signs = border_signs(head, runs, lines, is_last=place == len(paragraphs))
        if _likelihood(whole, signs) >= whole.level("limits.border_least"):
            runs.append([lines])
        else:
            runs[-1].append(lines)
    items = [item for run in runs if (item := item_of(whole, list(chain(*run))))]
    return items if len(items) > 1 else []


def border_signs(head: Head, runs: Sequence[Sequence[list[Line]]], lines: list[Line], *, is_last: bool) -> Signs:
    """The signs of a border before a paragraph, by the names of the table `border`.

    Args:
        head: of the article.
        runs: the paragraphs before it, parted where borders were found.
        lines: of the paragraph.
        is_last: whether no other follows.
    """
    whole, title = head.whole, head.title
    before, here = _told(whole, [line for each in runs[-1][-_NEAR:] for line in each]), _told(whole, lines)
    told = {
        "lead": any(line.zone is Zone.LEAD for line in runs[-1][0]),
        "told-before": before.is_project,
        "other-firms": bool(before.firms and here.firms and not before.firms & here.firms),
        "other-bodies": bool(here.bodies - before.bodies),
        "other-works": _differ(before.sector, here.sector),
        "abroad": _differ(before.country, here.country),
        "same-place": bool(here.places & before.places),
        "works": bool(here.sector) or here.has_size,
        "sum": here.has_sum,
        "size": here.has_size,
        "headed": len(lines) > 1 and is_headed(whole, lines[0]),
        "list-opening": opens_list(lines[0]),
        "place-first": _opens_with_place(lines[0]),
        "announced": head.announced > len(runs),
        "last": is_last,
        "title-place": bool(title.places & (here.places - before.places)),
        "title-works": bool(title.sector) and title.sector == here.sector,
        "title-party": title.has_party,
        "title-firm-before": bool(title.firms & before.firms),
        "unheard": head.several is None,
    }
    return {**{sign: float(there) for sign, there in told.items()}, "several": head.several or 0.0}


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


def _likelihood(whole: Scope, signs: Signs) -> float:
    total = whole.level("border.bias") + sum(whole.level(f"border.{sign}") * size for sign, size in signs.items())
    return 1 / (1 + math.exp(-total))
