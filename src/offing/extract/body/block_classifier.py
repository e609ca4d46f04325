"""Classifies the blocks of a page as article text or not: a logistic regression, then rules that override it.

The weights are in `block_weights.json`, fitted by `benchmarks/extract.py --fit` on pages with known text; a feature
counts for the article if its weight is positive. No feature knows a page, an outlet or a sentence.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from itertools import groupby, islice

from offing.extract.body.features import (
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
from offing.extract.body.page_blocks import PageBlocks
from offing.extract.markup.blocks import Block
from offing.extract.parts.boilerplate import PageLines

# A block that an extraction pass took needs strong evidence to go; one that it left out needs stronger to come in.
KEPT_FROM = 0.15
ADDED_FROM = 0.8
NEXT_FROM = 0.5  # a sentence set as a paragraph beside the others, or among them with no link around
_PARAGRAPH = frozenset({"dense", "is_p", "sentence"})
_OTHER_ARTICLE = frozenset({BELOW_HEADLINE, LEADS_ON, ASKS})
_CAPTION = frozenset({"is_caption", "near_caption", "in_figure"})
_MENU = 3  # consecutive blocks that are nothing but links
_SAME = 30  # characters from which a repeated line is dropped
_POST = re.compile(r"twitter-tweet|instagram-media|fb-post|tiktok-embed|bluesky-embed|telegram-post", re.IGNORECASE)

Weights = Mapping[str, float]


def article_blocks(page: PageBlocks, weights: Weights | None = None) -> tuple[str, ...]:
    """The text of the blocks that belong to the article, in reading order; empty if no vote fell on any block.

    Args:
        page: the blocks of the page, with the votes of the extraction passes and of the page's markup.
        weights: of the features; by default those shipped with the package, which leave few blocks undecided.
    """
    if page.is_empty:
        return ()
    near = [page.lines[at].block for at in page.reach]
    rows = settled_features(page) if weights is None else features(page)
    belongs = classified(near, rows, _shipped() if weights is None else weights, page.readers.lines)
    return tuple(block.text for block, keep in zip(near, belongs, strict=True) if keep)


def classified(blocks: Sequence[Block], rows: Sequence[Features], weights: Weights, lines: PageLines) -> list[bool]:
    """For each block whether it belongs to the article, from its features."""
    core = [at for at, row in enumerate(rows) if "core" in row]
    inside = range(core[0] + 1, core[-1]) if core else range(0)
    end = _start_of_comments(blocks, rows, lines)
    linked_runs = (
        list(run) for linked, run in groupby(range(len(rows)), lambda at: "all_linked" in rows[at]) if linked
    )
    menus = {at for run in linked_runs if len(run) >= _MENU for at in run}
    elsewhere = _of_other_articles(blocks, rows)
    seen: set[str] = set()
    belongs = []
    for at, (block, row) in enumerate(zip(blocks, rows, strict=True)):
        out = at >= end or at in menus or at in elsewhere
        # A data row that both passes took, or a post embedded in the text, needs no vote.
        if "is_row" in row:
            certain = "both" in row and "all_linked" not in row
        else:
            certain = at in inside and any(_is_post(place.names) for place in islice(block.place.line(), 4))
        keep = not out and (certain or _is_likely(row, weights))
        belongs.append(keep and block.text not in seen)
        if keep and len(block.text) >= _SAME:
            seen.add(block.text)
    return belongs


def probability(rows: Features, weights: Weights) -> float:
    """The probability (logistic, 0 to 1) that a block with these features is article text."""
    total = sum(weights.get(name, 0.0) * value for name, value in rows.items())
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


def _is_likely(row: Features, weights: Weights) -> bool:
    """Whether a block's features make it likely enough to be article text."""
    if SETTLED in row:
        return row[SETTLED] > 0
    enough = KEPT_FROM
    if "neither" in row:
        is_next = row.keys() >= _PARAGRAPH or (AMONG in row and row.keys().isdisjoint(_CAPTION))
        enough = NEXT_FROM if is_next else ADDED_FROM
    return probability(row, weights) > enough


def _of_other_articles(blocks: Sequence[Block], rows: Sequence[Features]) -> set[int]:
    """The positions of blocks that belong to another article or ask for an e-mail address.

    Of another article are its headline (nothing but a link to another page of the site), a block below it in the same
    box, and a row of both. On 204 real pages an extraction pass took 45 headlines, of which two were text, both in one
    list; of 28 blocks below one, 17 such rows and 9 that ask for an address none was. There are none if they would be
    most of the core, as in short news.
    """
    found = {
        at
        for at, row in enumerate(rows)
        if ("is_h1" not in row if HEADLINE in row else not row.keys().isdisjoint(_OTHER_ARTICLE))
    }
    core = {at: len(block.text) for at, block in enumerate(blocks) if "core" in rows[at]}
    most = sum(length for at, length in core.items() if at in found) > sum(core.values()) / 2
    return set() if most else found


@lru_cache(maxsize=4096)  # the ancestors of a block hold many others
def _is_post(names: str) -> bool:
    return bool(_POST.search(names))


def _start_of_comments(blocks: Sequence[Block], rows: Sequence[Features], lines: PageLines) -> int:
    """The position of the heading above readers' comments; most of the core must be above it."""
    core = [len(block.text) if "core" in row else 0 for block, row in zip(blocks, rows, strict=True)]
    for at, (block, row) in enumerate(zip(blocks, rows, strict=True)):
        if "is_heading" in row and sum(core[:at]) > sum(core) / 2 and lines.is_comments_heading(block.text):
            return at
    return len(blocks)


@cache
def _shipped() -> Weights:
    """The weights shipped with the package."""
    text = (files("offing.extract.body") / "block_weights.json").read_text("utf-8")
    weights: Weights = json.loads(text)["weights"]
    return weights
