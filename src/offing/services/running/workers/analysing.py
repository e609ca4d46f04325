"""Work on articles in a worker: finding mentions, and drawing proposals from them."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from offing.config.weights.scoring import load_scoring
from offing.model.reading.mention import Mention
from offing.model.reading.rules import ScoringRules
from offing.model.review.candidate import Proposed
from offing.model.review.mute import Mute
from offing.model.sources.article import Article
from offing.propose import propose
from offing.propose.story import minhash_of
from offing.recognize import Recognizer
from offing.services.analysis.analyse import Analyst
from offing.services.analysis.analyst import recognizer_of
from offing.services.analysis.remembering import remembering
from offing.services.running.workers.prepared import known, layers


def recognize_job(article: Article) -> tuple[Mention, ...]:
    """Return the mentions of an article; none if screening finds that it cannot concern us."""
    return _analyst().mentions(article)


def propose_job(article: Article, mentions: tuple[Mention, ...], mutes: tuple[Mute, ...] = ()) -> Proposed:
    """Return the proposals of an article and its mentions, and a sketch of its text if there are any."""
    found = propose(article, mentions, _scoring(), mutes)
    return replace(found, sketch=minhash_of(article.paragraphs)) if found.proposals else found


def replay_job(article: Article, mutes: tuple[Mute, ...] = ()) -> tuple[tuple[Mention, ...], Proposed]:
    """Return the mentions and proposals of an article, as both jobs above give them."""
    mentions = recognize_job(article)
    return mentions, propose_job(article, mentions, mutes)


@lru_cache(maxsize=1)
def _recognizer() -> Recognizer:
    return recognizer_of(layers()).knowing(known().names)


@lru_cache(maxsize=1)
def _scoring() -> ScoringRules:
    return load_scoring(layers())


@lru_cache(maxsize=1)
def _analyst() -> Analyst:
    return remembering(Analyst(_recognizer(), _scoring()), known().memory, layers())
