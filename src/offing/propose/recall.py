"""Recall: what a text that names nobody Chinese tells by which it may be later news of a known project.

Which one it is, and how surely, is told by comparing (`offing.match.recall`); the sentence that comes nearest to what
the project's news means then stands for its name.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from offing.model.article import Article
from offing.model.floats import Floats
from offing.model.memory import Remembered
from offing.model.mention import KnownName, Mention, MentionKind, Standing
from offing.model.project import ProjectFacts
from offing.model.rules import ScoringRules
from offing.propose.draft import draft
from offing.propose.facts import facts_of
from offing.propose.layout import Zone, sentences
from offing.propose.meaning import BY, article_heard, sector_shares
from offing.propose.reading import Scope, read
from offing.propose.reasons import has_chinese_party
from offing.propose.targets import CHINA, rank_countries

_HEAD = frozenset({Zone.TITLE, Zone.LEAD})
_OTHERS = frozenset({"other-donor", "other-contractor"})


@dataclass(frozen=True, slots=True)
class Asked:
    """A text that may be later news of a project: its countries, the outlet's too, and whether others give or build."""

    scope: Scope
    countries: frozenset[str]
    others: bool

    def may_be(self, project: Remembered) -> bool:
        """Whether it tells of a project's country, or of none."""
        return not self.countries or not self.countries.isdisjoint(project.countries)


@dataclass(frozen=True, slots=True)
class Meant:
    """What a text means: the vectors of its first sentences, that of the whole, and how likely each sector is."""

    vectors: Floats
    gist: Floats
    matter: Floats


def asked(article: Article, mentions: Sequence[Mention], rules: ScoringRules) -> Asked | None:
    """What may be asked of an article; None where it names a Chinese party, which says more.

    Args:
        article: the article.
        mentions: what recognition found.
        rules: weights and limits of scoring.toml.
    """
    scope = read(article, mentions, rules)
    if has_chinese_party(scope):
        return None
    told = {m.key for _, m in scope.of(MentionKind.COUNTRY, MentionKind.PLACE) if m.key} - {CHINA}
    if article.country:
        told.add(article.country)
    return Asked(scope, frozenset(told), any(line.signals() & _OTHERS for line in scope.lines))


def facts_told(told: Asked) -> ProjectFacts:
    """What would be proposed of a text: its country, places and sizes."""
    facts = facts_of(draft(told.scope))
    if facts.countries:
        return facts
    ranked = rank_countries(told.scope)
    home = told.scope.article.country
    codes = (ranked[0].key,) if ranked else (home,) if home else ()
    return ProjectFacts(
        countries=codes, places=facts.places, counterparts=facts.counterparts, quantities=facts.quantities
    )


def meant(article: Article, rules: ScoringRules) -> Meant | None:
    """What an article means; None where there is no model or encoder."""
    heard = article_heard(article, rules.meaning)
    if heard is None or rules.meaning is None:
        return None
    vectors, gist = heard
    return Meant(vectors, gist, sector_shares(gist, rules.meaning))


def recollected(told: Asked, vectors: Floats, project: Remembered, news: Floats, surety: float) -> Mention:
    """The sentence of title or lead that is nearest to a project's news, as a mention of it.

    Args:
        told: the text.
        vectors: of its first sentences, a row each.
        project: the one that it reads like news of.
        news: what its articles mean together.
        surety: how surely it does, 0-1.
    """
    article = told.scope.article
    first = [sentence for sentence in sentences(article) if sentence.zone in _HEAD][: len(vectors)]
    nearness = vectors[: len(first)] @ news
    best = first[int(np.argmax(nearness))]
    value = KnownName(project.countries, project.sector, Standing.LIKE)
    text = article.text[best.start : best.end]
    return Mention(MentionKind.PROJECT, best.start, best.end, text, project.target, value=value, weight=surety, by=BY)
