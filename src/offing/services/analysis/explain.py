"""Explains why an article became a candidate, or which named reason rejected it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from offing.errors import UnknownItem
from offing.model.reading.context import Context
from offing.model.review.candidate import Candidate, Proposal, Reason
from offing.model.sources.article import Article
from offing.propose.score.reasons import score
from offing.services.analysis.analyse import Analyst
from offing.store.articles.article import get_articles
from offing.store.candidates.candidate import get_candidate
from offing.store.database.engine import Database


class ArticleOutcome(StrEnum):
    """The fate of an article in the pipeline."""

    CANDIDATE = "candidate"
    BELOW_CUT = "below-cut"
    SCREENED_OUT = "screened-out"


@dataclass(frozen=True, slots=True)
class Explained:
    """The machine's result for one article, and the reasons.

    `reject` is the reason that weighed most against it, None for a candidate. `proposals` are the projects that it
    reports; for a reject, the one with the best score. `context` is what a reject is kept as, if anything. A score is
    the logistic of `bias` plus the weights of its reasons; a candidate scores at least `cut`.
    """

    title: str
    fate: ArticleOutcome
    score: float
    reject: Reason | None
    proposals: tuple[Proposal, ...]
    context: Context | None = None
    bias: float = 0.0
    cut: float = 0.0


def explain(article: Article, analyst: Analyst) -> Explained:
    """Return the result of today's rules for an article, with reasons."""
    found = analyst.analysis(article)
    proposals = found.candidates or found.below_cut[:1]
    fate = (
        ArticleOutcome.CANDIDATE
        if found.candidates
        else ArticleOutcome.BELOW_CUT
        if proposals
        else ArticleOutcome.SCREENED_OUT
    )
    score = proposals[0].score if proposals else 0.0
    scoring = analyst.scoring
    return Explained(
        article.title, fate, score, found.rejection, proposals, found.context, bias=scoring.bias, cut=scoring.cut
    )


def added_up(reasons: Sequence[Reason], bias: float) -> tuple[float, float]:
    """Return the sum of a bias and the weights of some reasons, and the score that it gives."""
    return bias + sum(reason.weight for reason in reasons), score(reasons, bias)


def stored_candidate(database: Database, number: int) -> Candidate:
    """Return a candidate of the queue, with the reasons of the day on which it was made.

    Raises:
        UnknownItem: there is no such candidate.
    """
    with database.read() as conn:
        found = get_candidate(conn, number)
    if found is None:
        raise UnknownItem(f"there is no candidate {number}: `offing queue list` shows those that are waiting")
    return found


def stored_article(database: Database, number: int) -> Article:
    """Return an article of the database.

    Raises:
        UnknownItem: there is no such article.
    """
    with database.read() as conn:
        found = get_articles(conn, [number])
    if number not in found:
        raise UnknownItem(f"there is no article {number}")
    return found[number]
