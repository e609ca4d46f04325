"""Recall: whether a text that names nothing of ours reads like later news of a known project.

Sentences that mean the same lie near each other, in whatever language and words. How near a text lies to the articles
of a known project, and whether it tells of its country and matter and of something that befell it, says how surely it
is news of that project; `[recall]` of scoring.toml holds the weights.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from offing.model.article import Article
from offing.model.meaning import Floats, Memory, Remembered
from offing.model.mention import KnownName, Mention, MentionKind, Standing
from offing.model.rules import ScoringRules
from offing.propose.following import names_known
from offing.propose.happenings import choose_events
from offing.propose.layout import Zone, sentences
from offing.propose.meaning import BY, article_heard
from offing.propose.reading import Scope, read
from offing.propose.reasons import has_chinese_party
from offing.propose.targets import CHINA
from offing.propose.topic import rank_sectors, rank_statuses

_HEAD = frozenset({Zone.TITLE, Zone.LEAD})


@dataclass(frozen=True, slots=True)
class _Told:
    """What a text tells by which it may be of a known project."""

    countries: frozenset[str]
    sector: str
    happened: bool


def recalled(article: Article, mentions: Sequence[Mention], rules: ScoringRules) -> tuple[Mention, ...]:
    """The sentence by which an article reads like news of a known project, as a mention of it; nothing where none does.

    Args:
        article: the article.
        mentions: what recognition found; where a Chinese party or a name of a known project is, that says more.
        rules: with the memory of known projects and the weights.
    """
    memory = rules.memory
    if memory is None or not memory.projects:
        return ()
    scope = read(article, mentions, rules)
    if has_chinese_party(scope) or names_known(scope):
        return ()
    told = _told(scope)
    if not any(_may_be(project, told) for project in memory.projects):
        return ()
    heard = article_heard(article, rules.meaning)
    return tuple(_found(scope, told, memory, heard)) if heard else ()


def _told(scope: Scope) -> _Told:
    statuses, sectors = rank_statuses(scope), rank_sectors(scope)
    countries = {m.key for _, m in scope.of(MentionKind.COUNTRY, MentionKind.PLACE) if m.key} - {CHINA}
    if scope.article.country:
        countries.add(scope.article.country)
    happened = bool(choose_events(scope, statuses[0] if statuses else None))
    return _Told(frozenset(countries), sectors[0].key if sectors else "", happened)


def _may_be(project: Remembered, told: _Told) -> bool:
    """Whether a text can be about a project: it names its country, if any, and its matter or what happened."""
    if told.countries and not told.countries & {*project.countries}:
        return False
    return project.sector == told.sector or (told.happened and bool(told.countries))


def _found(scope: Scope, told: _Told, memory: Memory, heard: tuple[Floats, Floats]) -> Iterator[Mention]:
    vectors, whole = heard
    nearest, together = memory.likeness(whole)
    chances = [
        (_chance(scope, project, told, (near, mean)), place)
        for place, (project, near, mean) in enumerate(zip(memory.projects, nearest, together, strict=True))
        if _may_be(project, told)
    ]
    chance, place = max(chances)
    if chance >= scope.level("recall.least"):
        yield _mention(scope, memory.projects[place], vectors, chance)


def _chance(scope: Scope, project: Remembered, told: _Told, likeness: tuple[float, float]) -> float:
    near, mean = likeness
    odds = scope.level("recall.bias") + scope.level("recall.nearest") * near + scope.level("recall.together") * mean
    odds += scope.level("recall.sector") * (project.sector == told.sector)
    odds += scope.level("recall.event") * told.happened
    odds += scope.level("recall.no_country") * (not told.countries)
    return 1 / (1 + math.exp(-odds))


def _mention(scope: Scope, project: Remembered, vectors: Floats, chance: float) -> Mention:
    """The sentence of title or lead that is nearest to the project's news."""
    own = Memory((project,))
    first = [sentence for sentence in sentences(scope.article) if sentence.zone in _HEAD][: len(vectors)]
    nearness = [float(own.likeness(vector)[1][0]) for vector in vectors[: len(first)]]
    best = first[int(np.argmax(nearness))]
    value = KnownName(project.countries, project.sector, Standing.LIKE)
    surety = min(1.0, scope.level("recall.surety") + chance)
    text = scope.article.text[best.start : best.end]
    return Mention(MentionKind.PROJECT, best.start, best.end, text, project.target, value=value, weight=surety, by=BY)
