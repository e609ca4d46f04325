"""Which blocks of a page are text of its article: a weighted vote of figures, then what no vote may overrule.

The weights stand in `choice.json`, fitted by `benchmarks/extract.py --fit` on pages whose text is known; a figure
counts for the article where its weight is above nought. No figure knows a page, an outlet or a sentence.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from itertools import islice

from offing.extract.blocks import Block
from offing.extract.features import (
    AMONG,
    ASKS,
    BELOW_HEADLINE,
    HEADLINE,
    LEADS_ON,
    SETTLED,
    Features,
    features,
    settled_features,
)
from offing.extract.furniture import PageLines
from offing.extract.survey import Survey

# A block that a way of extraction took needs good reasons to go, one that it left out needs better ones to come in.
KEPT_FROM = 0.15
ADDED_FROM = 0.8
NEXT_FROM = 0.5  # one that is a sentence set as a paragraph beside the others, or among them with no link around
_PARAGRAPH = frozenset({"dense", "is_p", "sentence"})
_ELSEWHERE = frozenset({BELOW_HEADLINE, LEADS_ON, ASKS})
_CAPTION = frozenset({"is_caption", "near_caption", "in_figure"})
_MENU = 3  # blocks in a row that are nothing but links
_SAME = 30  # characters from which a line said twice is said once too often
_POST = re.compile(r"twitter-tweet|instagram-media|fb-post|tiktok-embed|bluesky-embed|telegram-post", re.IGNORECASE)

Weights = Mapping[str, float]


def choose(survey: Survey, weights: Weights | None = None) -> tuple[str, ...]:
    """The text of the blocks that belong to the article, in reading order; none where no vote fell on any.

    Args:
        survey: the blocks of the page, and what ways of extraction and the page's markup take for its text.
        weights: of the figures; those that are part of the package by default, which leave few blocks open.
    """
    if survey.is_empty:
        return ()
    near = [survey.lines[at].block for at in survey.reach]
    figures = settled_features(survey) if weights is None else features(survey)
    kept = chosen(near, figures, _shipped() if weights is None else weights, survey.tools.lines)
    return tuple(block.text for block, keep in zip(near, kept, strict=True) if keep)


def chosen(blocks: Sequence[Block], figures: Sequence[Features], weights: Weights, lines: PageLines) -> list[bool]:
    """For each block whether it belongs to the article, by its figures."""
    inside = _between_core(figures)
    end = _start_of_comments(blocks, figures, lines)
    menus = _menus(figures)
    elsewhere = _elsewhere(blocks, figures)
    seen: set[str] = set()
    kept = []
    for at, (block, figure) in enumerate(zip(blocks, figures, strict=True)):
        out = at >= end or at in menus or at in elsewhere
        keep = not out and (_is_sure(block, figure, at in inside) or _is_voted(figure, weights))
        kept.append(keep and block.text not in seen)
        if keep and len(block.text) >= _SAME:
            seen.add(block.text)
    return kept


def likelihood(figures: Features, weights: Weights) -> float:
    """How likely a block with these figures is text of the article, 0 to 1."""
    total = sum(weights.get(name, 0.0) * value for name, value in figures.items())
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


def _is_voted(figure: Features, weights: Weights) -> bool:
    if SETTLED in figure:
        return figure[SETTLED] > 0
    enough = KEPT_FROM
    if "neither" in figure:
        is_next = figure.keys() >= _PARAGRAPH or (AMONG in figure and figure.keys().isdisjoint(_CAPTION))
        enough = NEXT_FROM if is_next else ADDED_FROM
    return likelihood(figure, weights) > enough


def _elsewhere(blocks: Sequence[Block], figures: Sequence[Features]) -> set[int]:
    """The places of blocks that are of other articles; none where they are most of the core, as in short news."""
    found = {at for at, figure in enumerate(figures) if _is_elsewhere(figure)}
    core = {at: len(block.text) for at, block in enumerate(blocks) if "core" in figures[at]}
    most = sum(length for at, length in core.items() if at in found) > sum(core.values()) / 2
    return set() if most else found


def _is_elsewhere(figure: Features) -> bool:
    """The headline of another article, what stands in a box below it, a row of both; what asks for an e-mail address.

    A headline is nothing but a link to another page of the site. On 204 real pages two of 45 that a way took were text,
    both in one list; of 28 blocks below one, 17 such rows and 9 that ask none was.
    """
    if HEADLINE in figure:
        return "is_h1" not in figure
    return not figure.keys().isdisjoint(_ELSEWHERE)


def _is_sure(block: Block, figure: Features, inside: bool) -> bool:
    """A row of data that all agree on, and a post that the article quotes in its midst."""
    if "is_row" in figure:
        return "both" in figure and "all_linked" not in figure
    return inside and any(_is_post(place.names) for place in islice(block.place.line(), 4))


@lru_cache(maxsize=4096)  # the elements around a block hold many others
def _is_post(names: str) -> bool:
    return bool(_POST.search(names))


def _start_of_comments(blocks: Sequence[Block], figures: Sequence[Features], lines: PageLines) -> int:
    """The place of the heading below which readers write; it must have most of the core above it."""
    core = [len(block.text) if "core" in figure else 0 for block, figure in zip(blocks, figures, strict=True)]
    for at, (block, figure) in enumerate(zip(blocks, figures, strict=True)):
        if "is_heading" in figure and sum(core[:at]) > sum(core) / 2 and lines.is_comments_heading(block.text):
            return at
    return len(blocks)


def _between_core(figures: Sequence[Features]) -> range:
    core = [at for at, figure in enumerate(figures) if "core" in figure]
    return range(core[0] + 1, core[-1]) if core else range(0)


def _menus(figures: Sequence[Features]) -> set[int]:
    """The places of blocks that stand in a row of nothing but links."""
    return {place for run in _linked_runs(figures) if len(run) >= _MENU for place in run}


def _linked_runs(figures: Sequence[Features]) -> Iterator[list[int]]:
    run: list[int] = []
    for at, figure in enumerate(figures):
        if "all_linked" in figure:
            run.append(at)
        else:
            yield run
            run = []
    yield run


@cache
def _shipped() -> Weights:
    """The weights that are part of the package."""
    text = (files("offing.extract") / "choice.json").read_text("utf-8")
    weights: Weights = json.loads(text)["weights"]
    return weights
