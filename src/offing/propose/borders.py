"""Borders: the paragraphs with which an article turns to another project, where nothing else parts its projects.

Each paragraph is weighed against those since the last border by signs (`scoring.toml`, table `border`): whether it has
firms, bodies and works of its own, and where and how it stands. The weights are fitted (`training/borders.py`).
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from offing.model.mention import MentionKind
from offing.propose.core import CHINESE_SIGNALS, gives
from offing.propose.items import (
    BACKGROUND,
    Item,
    announced,
    happens,
    identity,
    is_headed,
    item_of,
    opens_list,
    paragraphs_of,
)
from offing.propose.layout import Zone
from offing.propose.reading import Line, Scope
from offing.propose.targets import DEMONYM, NEVER_TARGETS, rank_countries
from offing.propose.topic import rank_sectors

_WHERE = (MentionKind.PLACE, MentionKind.COUNTRY)
_BESIDE = 25  # characters from its start within which a paragraph opens with a place
Signs = dict[str, bool]


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


def runs_of(whole: Scope) -> list[Item]:
    """The runs of paragraphs that tell of a project each; empty where an article turns to no other."""
    paragraphs = paragraphs_of(whole)
    if sum(any(_is_party(line) for line in lines) for lines in paragraphs) <= 1:
        return []
    runs = [paragraphs[0]] if paragraphs else []
    for signs, lines in _weighed(whole, paragraphs, runs):
        if _likelihood(whole, signs) >= whole.level("limits.border_least"):
            runs.append(lines)
        else:
            runs[-1] = [*runs[-1], *lines]
    found = [item_of(whole, lines) for lines in runs] if len(runs) > 1 else []
    return [item for item in found if item]


def _weighed(
    whole: Scope, paragraphs: Sequence[list[Line]], runs: Sequence[list[Line]]
) -> Iterator[tuple[Signs, list[Line]]]:
    """Each paragraph but the first with its signs against the run that grows before it."""
    for place, lines in enumerate(paragraphs[1:], 2):
        yield border_signs(whole, runs, lines, is_last=place == len(paragraphs)), lines


def border_signs(whole: Scope, runs: Sequence[list[Line]], lines: Sequence[Line], *, is_last: bool) -> Signs:
    """The signs of a border before a paragraph, by the names of the table `border`.

    Args:
        whole: the article.
        runs: the runs before it.
        lines: of the paragraph.
        is_last: whether no other follows.
    """
    title = _told(whole, [line for line in whole.lines if line.zone is Zone.TITLE])
    before, here = _told(whole, runs[-1]), _told(whole, lines)
    return {
        "lead": any(line.zone is Zone.LEAD for line in runs[-1]),
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
        "announced": announced(whole) > len(runs),
        "last": is_last,
        "title-place": bool(title.places & (here.places - before.places)),
        "title-works": bool(title.sector) and title.sector == here.sector,
        "title-party": title.has_party,
        "title-firm-before": bool(title.firms & before.firms),
    }


def _told(whole: Scope, lines: Sequence[Line]) -> _Told:
    clear = whole.narrowed(line for line in lines if not line.marks & BACKGROUND)
    countries, sectors = rank_countries(clear), rank_sectors(clear)
    return _Told(
        firms=frozenset(identity(m) for _, m in clear.of(MentionKind.FIRM)),
        bodies=frozenset(m.text for _, m in clear.of(MentionKind.COUNTERPART)),
        places=frozenset(
            m.text for line in lines for m in line.of(*_WHERE) if m.key not in NEVER_TARGETS and m.by != DEMONYM
        ),
        country=countries[0].key if countries else "",
        sector=sectors[0].key if sectors else "",
        has_party=any(map(_is_party, clear.lines)),
        happens=any(map(happens, clear.lines)),
        has_sum=any(True for _ in clear.of(MentionKind.MONEY)),
        has_size=any(True for _ in clear.of(MentionKind.QUANTITY)),
    )


def _is_party(line: Line) -> bool:
    named = line.of(MentionKind.FIRM, MentionKind.LENDER) or line.signals() & CHINESE_SIGNALS
    return bool(named) or gives(line)


def _opens_with_place(line: Line) -> bool:
    return any(mention.start - line.sentence.start <= _BESIDE for mention in line.of(*_WHERE))


def _differ(one: str, other: str) -> bool:
    return bool(one and other) and one != other


def _likelihood(whole: Scope, signs: Signs) -> float:
    total = whole.level("border.bias") + sum(whole.level(f"border.{sign}") for sign, told in signs.items() if told)
    return 1 / (1 + math.exp(-total))
