"""Recalling: articles that name nobody Chinese are compared with the news of known projects."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from offing.match.news_sketch import NewsSketch, news_sketch
from offing.match.recall import Impression, chances, likeness
from offing.match.told import Told, account_of
from offing.match.vectors import Rarity
from offing.model.article import Article
from offing.model.floats import Floats
from offing.model.matching import RecallRules
from offing.model.meaning import unit, unpacked
from offing.model.memory import Memory, Recollection, Remembered
from offing.model.mention import Mention
from offing.model.rules import ScoringRules
from offing.propose.meaning import sector_shares
from offing.propose.recall import Asked, Meant, asked, facts_told, meant, recollected
from offing.recognize import Recognizer

_LOOKED_AT = 24  # projects of a text's countries that mean what is nearest to it; more of them find none


@dataclass(frozen=True)
class Recaller:
    """Compares articles with what is remembered of known projects.

    Attributes:
        memory: the known projects.
        rules: the weights.
        rarity: what a word or name is worth.
        recognizer: knows the kinds of works.
        scoring: with what sentences mean.
    """

    memory: Memory
    rules: RecallRules
    rarity: Rarity
    recognizer: Recognizer
    scoring: ScoringRules
    _impressions: dict[Recollection, Impression] = field(default_factory=dict, repr=False, compare=False)

    def recalled(self, article: Article, mentions: tuple[Mention, ...]) -> tuple[Mention, ...]:
        """The sentence by which an article reads like news of a known project, as a mention of it; else nothing.

        Args:
            article: the article.
            mentions: what recognition found; where a Chinese party is, that says more.
        """
        told = asked(article, mentions, self.scoring) if self.memory.projects else None
        places = self._places(told) if told else []
        means = meant(article, self.scoring) if places else None
        if told is None or means is None:
            return ()
        nearest = self._nearest(places, means.gist)
        surely = chances(self.compared(told, means, [self.memory.projects[place] for place in nearest]), self.rules)
        best = max(range(len(surely)), key=lambda number: surely[number])
        if surely[best] < self.rules.least:
            return ()
        place, surety = nearest[best], min(1.0, self.rules.surety + surely[best])
        return (recollected(told, means.vectors, self.memory.projects[place], self._means[place], surety),)

    def compared(self, told: Asked, means: Meant, projects: Iterable[Remembered]) -> list[dict[str, float]]:
        """What an article has in common with each of some projects, by the names of `RECALL_FEATURES`."""
        article = told.scope.article
        day = article.published.date() if article.published else None
        works = self.recognizer.works_in(article.text)
        sketch = self._sketch(Told("", facts_told(told), article.text, day))
        new = Impression(sketch, means.gist, means.matter, works, told.others, bool(told.countries))
        return [likeness(new, [self._impression(each) for each in project.articles]) for project in projects]

    def _places(self, told: Asked) -> list[int]:
        """The projects that a text may be about, by their places in the memory."""
        return [place for place, project in enumerate(self.memory.projects) if told.may_be(project)]

    def _nearest(self, places: list[int], gist: Floats) -> list[int]:
        nearness = self._means[places] @ gist
        return [places[number] for number in np.argsort(-nearness, kind="stable")[:_LOOKED_AT]]

    @cached_property
    def _means(self) -> Floats:
        """What the news of each project means, a row each."""
        return np.stack([_mean(project) for project in self.memory.projects])

    def _impression(self, told: Recollection) -> Impression:
        if told not in self._impressions:
            gist = unpacked(told.gist)
            assert self.scoring.meaning, "without a model nothing means anything, and nothing is compared"
            matter = sector_shares(gist, self.scoring.meaning)
            sketch = self._sketch(Told("", told.facts, told.text, told.day))
            self._impressions[told] = Impression(sketch, gist, matter, self.recognizer.works_in(told.text))
        return self._impressions[told]

    def _sketch(self, told: Told) -> NewsSketch:
        return news_sketch(account_of(told, _no_rates), self.rarity)


def _mean(project: Remembered) -> Floats:
    return unit(np.sum([unpacked(each.gist) for each in project.articles], axis=0))


def _no_rates(*_: object) -> None:
    """Sums are not compared here."""
