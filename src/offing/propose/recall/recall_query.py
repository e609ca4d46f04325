"""Recall: what qualifies a text that names no Chinese party as possible later news of a known project.

Comparison (`offing.match.verdicts.recall`) decides which project, and how surely; the sentence closest to the project's
news then stands in for its name.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from offing.model.projects.memory import Remembered
from offing.model.projects.project import ProjectFacts
from offing.model.reading.mention import KnownName, Mention, MentionKind, NameReliability
from offing.model.reading.rules import ScoringRules
from offing.model.sources.article import Article
from offing.model.values.floats import Floats
from offing.propose.fields.facts import facts_of
from offing.propose.fields.project_draft import project_draft
from offing.propose.reading.layout import Zone, sentences
from offing.propose.reading.scope import Scope, scope_of
from offing.propose.reading.targets import CHINA, rank_countries
from offing.propose.recall.embedding import article_vectors, sector_shares
from offing.propose.score.reasons import has_chinese_party

_HEAD = frozenset({Zone.TITLE, Zone.LEAD})
_OTHERS = frozenset({"other-donor", "other-contractor"})
BY = "meaning"  # `by` of a sentence that resembles news of a project


@dataclass(frozen=True, slots=True)
class RecallQuery:
    """A text that may be news of a known project: its and its outlet's countries, and whether others give or build."""

    scope: Scope
    countries: frozenset[str]
    others: bool

    def may_be(self, project: Remembered) -> bool:
        """Whether it names a country of the project, or none at all."""
        return not self.countries or not self.countries.isdisjoint(project.countries)


@dataclass(frozen=True, slots=True)
class Embeddings:
    """Embeddings of a text: the vectors of its first sentences, that of the whole, and its sector probabilities."""

    vectors: Floats
    embedding: Floats
    sectors: Floats


def recall_query(article: Article, mentions: Sequence[Mention], rules: ScoringRules) -> RecallQuery | None:
    """An article prepared for recall; None where it names a Chinese party, which is stronger evidence.

    Args:
        article: the article.
        mentions: recognition's mentions.
        rules: weights and limits of scoring.toml.
    """
    scope = scope_of(article, mentions, rules)
    if has_chinese_party(scope):
        return None
    query = {m.key for _, m in scope.of(MentionKind.COUNTRY, MentionKind.PLACE) if m.key} - {CHINA}
    if article.country:
        query.add(article.country)
    return RecallQuery(scope, frozenset(query), any(line.signals() & _OTHERS for line in scope.lines))


def query_facts(query: RecallQuery) -> ProjectFacts:
    """The facts that would be proposed for a text: its country, places, counterparts and quantities."""
    facts = facts_of(project_draft(query.scope))
    if facts.countries:
        return facts
    ranked = rank_countries(query.scope)
    outlet_country = query.scope.article.country
    codes = (ranked[0].key,) if ranked else (outlet_country,) if outlet_country else ()
    return ProjectFacts(
        countries=codes, places=facts.places, counterparts=facts.counterparts, quantities=facts.quantities
    )


def embeddings_of(article: Article, rules: ScoringRules) -> Embeddings | None:
    """The embeddings of an article; None without a model or encoder."""
    found = article_vectors(article, rules.meaning)
    if found is None or rules.meaning is None:
        return None
    vectors, embedding = found
    return Embeddings(vectors, embedding, sector_shares(embedding, rules.meaning))


def recalled_mention(query: RecallQuery, vectors: Floats, project: Remembered, news: Floats, surety: float) -> Mention:
    """The sentence of title or lead closest to a project's news, as a mention of the project.

    Args:
        query: the text.
        vectors: the vectors of its first sentences, a row each.
        project: the project whose news it resembles.
        news: the vector of that news.
        surety: how surely it is news of the project, 0-1.
    """
    article = query.scope.article
    first = [sentence for sentence in sentences(article) if sentence.zone in _HEAD][: len(vectors)]
    nearness = vectors[: len(first)] @ news
    best = first[int(np.argmax(nearness))]
    value = KnownName(project.countries, project.sector, NameReliability.LIKE)
    text = article.text[best.start : best.end]
    return Mention(MentionKind.PROJECT, best.start, best.end, text, project.target, value=value, weight=surety, by=BY)
