"""Compares articles that name nobody Chinese with the news of known projects."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from offing.match.accounts.build import AccountInput, account_of
from offing.match.accounts.news_profile import NewsProfile, news_profile
from offing.match.text.vectors import Rarity
from offing.match.verdicts.recall import RecallProfile, probabilities, recall_features
from offing.model.pairs.matching import RecallRules
from offing.model.projects.memory import Memory, Recollection, Remembered
from offing.model.reading.meaning import unit, unpacked
from offing.model.reading.mention import Mention
from offing.model.reading.rules import ScoringRules
from offing.model.sources.article import Article
from offing.model.values.floats import Floats
from offing.propose.recall.embedding import sector_shares
from offing.propose.recall.recall_query import (
    Embeddings,
    RecallQuery,
    embeddings_of,
    query_facts,
    recall_query,
    recalled_mention,
)
from offing.recognize import Recognizer

_LOOKED_AT = 24  # projects of a text's countries, nearest in meaning; more of them find no further match


@dataclass(frozen=True)
class Recaller:
    """Compares articles with the remembered news of known projects.

    Attributes:
        memory: the known projects.
        rules: the weights.
        rarity: how much a word or name is worth.
        recognizer: recognises the kinds of works.
        scoring: has the model of what sentences mean.
    """

    memory: Memory
    rules: RecallRules
    rarity: Rarity
    recognizer: Recognizer
    scoring: ScoringRules
    _impressions: dict[Recollection, RecallProfile] = field(default_factory=dict, repr=False, compare=False)

    def recalled(self, article: Article, mentions: tuple[Mention, ...]) -> tuple[Mention, ...]:
        """Return the sentence that reads like news of a known project, as a mention of that project; else nothing.

        Args:
            article: the article.
            mentions: what recognition found; a Chinese party among them is stronger evidence, so nothing is recalled
                then.
        """
        query = recall_query(article, mentions, self.scoring) if self.memory.projects else None
        places = self._places(query) if query else []
        means = embeddings_of(article, self.scoring) if places else None
        if query is None or means is None:
            return ()
        nearest = self._nearest(places, means.embedding)
        surely = probabilities(
            self.compared(query, means, [self.memory.projects[place] for place in nearest]), self.rules
        )
        best = max(range(len(surely)), key=lambda number: surely[number])
        if surely[best] < self.rules.least:
            return ()
        place, surety = nearest[best], min(1.0, self.rules.surety + surely[best])
        return (recalled_mention(query, means.vectors, self.memory.projects[place], self._means[place], surety),)

    def compared(self, query: RecallQuery, means: Embeddings, projects: Iterable[Remembered]) -> list[dict[str, float]]:
        """Return the features that an article shares with each of some projects, by the names of `RECALL_FEATURES`."""
        article = query.scope.article
        day = article.published.date() if article.published else None
        works = self.recognizer.works_in(article.text)
        sketch = self._news_profile(AccountInput("", query_facts(query), article.text, day))
        new = RecallProfile(sketch, means.embedding, means.sectors, works, query.others, bool(query.countries))
        return [recall_features(new, [self._recall_profile(each) for each in project.articles]) for project in projects]

    def _places(self, query: RecallQuery) -> list[int]:
        """Return the projects that a text may be about, as indexes into the memory."""
        return [place for place, project in enumerate(self.memory.projects) if query.may_be(project)]

    def _nearest(self, places: list[int], gist: Floats) -> list[int]:
        nearness = self._means[places] @ gist
        return [places[number] for number in np.argsort(-nearness, kind="stable")[:_LOOKED_AT]]

    @cached_property
    def _means(self) -> Floats:
        """The mean embedding of each project's news, one row per project."""
        return np.stack([_mean(project) for project in self.memory.projects])

    def _recall_profile(self, recollection: Recollection) -> RecallProfile:
        if recollection not in self._impressions:
            gist = unpacked(recollection.gist)
            assert self.scoring.meaning, "without a model nothing means anything, and nothing is compared"
            matter = sector_shares(gist, self.scoring.meaning)
            sketch = self._news_profile(AccountInput("", recollection.facts, recollection.text, recollection.day))
            self._impressions[recollection] = RecallProfile(
                sketch, gist, matter, self.recognizer.works_in(recollection.text)
            )
        return self._impressions[recollection]

    def _news_profile(self, account: AccountInput) -> NewsProfile:
        return news_profile(account_of(account, _no_rates), self.rarity)


def _mean(project: Remembered) -> Floats:
    return unit(np.sum([unpacked(each.gist) for each in project.articles], axis=0))


def _no_rates(*_: object) -> None:
    """Return None: sums are not compared here."""
