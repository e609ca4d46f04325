"""Fit the weights that classify blocks as text: a logistic regression on pages with gold text.

A block's target is the share of its words that align with the gold text. Pages have equal weight, as in the metric;
pages without names have less, and are there so that the weights do not rely on names alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from difflib import SequenceMatcher

import numpy as np

from extraction.pages import KnownPage
from offing.config.files.layers import Layers
from offing.config.wordings.page_words import load_page_words
from offing.extract.body.block_classifier import classified
from offing.extract.body.body import pass_texts
from offing.extract.body.features import RULED, Features, features
from offing.extract.body.page_blocks import PageBlocks
from offing.extract.body.trafilatura_passes import wide_and_strict
from offing.extract.markup.blocks import Block, blocks_of
from offing.extract.markup.hidden import drop, reveal
from offing.extract.markup.page_tree import read_page
from offing.extract.markup.presentational import normalise_markup
from offing.extract.markup.structured_metadata import structured_metadata
from offing.extract.page_readers import page_readers
from offing.extract.parts.heading import Announced, heading_of
from offing.extract.parts.line_filter import Frame
from offing.model.sources.article import NoArticle
from offing.model.text.text import clean_text
from offing.urls import domain_of, host_of

NOW = datetime(2026, 1, 1, tzinfo=UTC)
TOOLS = page_readers(load_page_words(Layers.of()))
RIDGE = 2e-4
WITHOUT_NAMES = 0.4  # weight of a page without names, relative to the original
NEWSROOM = 0.1  # weight of a page of our own newsroom: they are many and similar
_ROUNDS = 60
_STILL = 1e-5
_MOST_OF_A_PAGE = 0.5
_LEAST = 0.002
_TOKENS = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u2e80-\uffdc]|[^\W_]+")


@dataclass(frozen=True, slots=True)
class Lesson:
    """A training page: its blocks with their features, targets and sample weights."""

    page: KnownPage
    blocks: Sequence[Block]
    figures: Sequence[Features]
    truth: Sequence[float]
    weight: Sequence[float]
    title: str
    outlet: str

    def text(self, weights: Mapping[str, float]) -> str:
        """Return the article's text as these weights would choose it."""
        kept = classified(self.blocks, self.figures, weights, TOOLS.lines)
        lines = [clean_text(block.text) for block, keep in zip(self.blocks, kept, strict=True) if keep]
        return "\n".join(TOOLS.filter.article_lines(lines, Frame(self.title, self.outlet, NOW)))


def lesson(page: KnownPage, share: float = 1.0) -> Lesson | None:
    """Return a page as training data; None if no blocks are found on it."""
    read = read_page(page.body, "")
    if isinstance(read, NoArticle):
        return None
    host = host_of(page.url)
    metadata = structured_metadata(read.tree)
    heading = heading_of(read.tree, metadata, Announced("", "", host), TOOLS.no_titles)
    drop(reveal(read.tree))
    normalise_markup(read.tree)
    every = blocks_of(read.tree, domain_of(page.url))
    wide, strict = wide_and_strict(read.tree, page.url, every)
    survey = PageBlocks(every, pass_texts(wide, strict, metadata), TOOLS) if wide else None
    if survey is None or survey.is_empty:
        return None
    blocks = [every[at] for at in survey.reach]
    truth, sizes = _truth(blocks, page.text)
    known = sum(part * size for part, size in zip(truth, sizes, strict=True)) + 1
    weight = [share * (min(size / known, _MOST_OF_A_PAGE) + _LEAST) for size in sizes]
    return Lesson(page, blocks, features(survey), truth, weight, heading.title, heading.outlet or host)


def fit(lessons: Iterable[Lesson], ridge: float = RIDGE) -> dict[str, float]:
    """Return the weights fitted by Newton's method, with an L2 penalty of strength `ridge`."""
    taught = list(lessons)
    names = sorted({name for each in taught for figure in each.figures for name in figure} - RULED)
    place = {name: at for at, name in enumerate(names)}
    rows = np.zeros((sum(len(each.figures) for each in taught), len(names)))
    for row, figure in zip(rows, (figure for each in taught for figure in each.figures), strict=True):
        for name, value in figure.items():
            if name in place:
                row[place[name]] = value
    truth = np.concatenate([np.asarray(each.truth) for each in taught])
    share = np.concatenate([np.asarray(each.weight) for each in taught])
    share /= share.sum()
    penalty = np.full(len(names), ridge)
    penalty[place["one"]] = 1e-6
    weights = np.zeros(len(names))
    for _ in range(_ROUNDS):
        probability = 1 / (1 + np.exp(-rows @ weights))
        gradient = rows.T @ (share * (probability - truth)) + penalty * weights
        hessian = (rows * (share * probability * (1 - probability))[:, None]).T @ rows + np.diag(penalty)
        step = np.linalg.solve(hessian, gradient)
        weights -= step
        if abs(step).max() < _STILL:
            break
    return {name: round(float(weights[at]), 3) for name, at in place.items()}


def _truth(blocks: Sequence[Block], text: str) -> tuple[list[float], list[int]]:
    """Return, for each block, the share of its words that align with the gold text, and its number of words."""
    words = [_TOKENS.findall(block.text) for block in blocks]
    owner = [at for at, found in enumerate(words) for _ in found]
    matcher = SequenceMatcher(None, _TOKENS.findall(text), [word for found in words for word in found], autojunk=False)
    hits = [0] * len(blocks)
    for match in matcher.get_matching_blocks():
        for at in range(match.b, match.b + match.size):
            hits[owner[at]] += 1
    sizes = [len(found) for found in words]
    return [hit / size if size else 0.0 for hit, size in zip(hits, sizes, strict=True)], sizes
