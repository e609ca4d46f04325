"""A worker's work on articles: mentions, and the proposals that are drawn from them."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from offing.config.scoring import load_scoring
from offing.model.article import Article
from offing.model.candidate import Proposed
from offing.model.mention import Mention
from offing.model.rules import ScoringRules
from offing.propose import propose
from offing.propose.story import sketch_of
from offing.recognize import Recognizer
from offing.steps.analyse import Analyst
from offing.steps.analyst import recognizer_of
from offing.steps.remembering import remembering
from offing.steps.workers.prepared import known, layers


def recognize_job(article: Article) -> tuple[Mention, ...]:
    """Find the mentions of an article; none where screening tells that it cannot concern us."""
    return _analyst().mentions(article)


def propose_job(article: Article, mentions: tuple[Mention, ...]) -> Proposed:
    """Draw proposals from an article and its mentions, and a sketch of its text where there are any."""
    found = propose(article, mentions, _scoring())
    return replace(found, sketch=sketch_of(article.paragraphs)) if found.proposals else found


@lru_cache(maxsize=1)
def _recognizer() -> Recognizer:
    return recognizer_of(layers()).knowing(known().names)


@lru_cache(maxsize=1)
def _scoring() -> ScoringRules:
    return load_scoring(layers())


@lru_cache(maxsize=1)
def _analyst() -> Analyst:
    return remembering(Analyst(_recognizer(), _scoring()), known().memory, layers())
