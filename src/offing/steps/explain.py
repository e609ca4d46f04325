"""Explain: why an article became a candidate, or by which named reason it did not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from offing.errors import UnknownItem
from offing.model.article import Article
from offing.model.candidate import LEARNED_REASONS, Candidate, Proposal, Reason
from offing.model.context import Context
from offing.propose.reasons import score
from offing.steps.analyse import Analyst
from offing.store.article import get_articles
from offing.store.candidate import get_candidate
from offing.store.engine import Database

NO_PARTY = Reason("no-chinese-party", 0.0, "Nothing in it can be a Chinese firm, lender or public body.")
TOO_LITTLE = Reason("too-little", 0.0, "Nothing speaks against it, but too little for it.")
_SLIGHT = -0.22  # log-odds; what weighs less than this decided nothing


class Fate(StrEnum):
    """What the machine makes of an article."""

    CANDIDATE = "candidate"
    BELOW_CUT = "below-cut"
    SCREENED_OUT = "screened-out"


@dataclass(frozen=True, slots=True)
class Explained:
    """What the machine makes of one article, and why.

    `reject` is the reason that weighed most against it, None for a candidate. `proposals` are the projects that it
    reports, for a reject the one that came nearest. `context` is what a reject is kept as, if anything. A score is the
    logistic of `bias` and the weights of its reasons; from `cut` on it is a candidate.
    """

    title: str
    fate: Fate
    score: float
    reject: Reason | None
    proposals: tuple[Proposal, ...]
    context: Context | None = None
    bias: float = 0.0
    cut: float = 0.0


def explain(article: Article, analyst: Analyst) -> Explained:
    """What today's rules make of an article."""
    return replace(_explained(article, analyst), bias=analyst.scoring.bias, cut=analyst.scoring.cut)


def _explained(article: Article, analyst: Analyst) -> Explained:
    found = analyst.study(article)
    if not found.proposals:
        return Explained(article.title, Fate.SCREENED_OUT, 0.0, NO_PARTY, ())
    if found.score >= analyst.scoring.cut:
        kept = tuple(p for p in found.proposals if p.score >= analyst.scoring.cut)
        return Explained(article.title, Fate.CANDIDATE, found.score, None, kept)
    best = found.proposals[0]
    return Explained(article.title, Fate.BELOW_CUT, found.score, reject_of(best), (best,), found.context)


def added_up(reasons: Sequence[Reason], bias: float) -> tuple[float, float]:
    """The sum of a bias and the weights of some reasons, and the score that it makes."""
    return bias + sum(reason.weight for reason in reasons), score(reasons, bias)


def reject_of(proposal: Proposal) -> Reason:
    """The reason that weighs most against a proposal; a model's word only where no rule says why."""
    against = sorted(
        (r for r in proposal.reasons if r.weight <= _SLIGHT), key=lambda r: (r.name in LEARNED_REASONS, r.weight)
    )
    return against[0] if against else TOO_LITTLE


def stored_candidate(database: Database, number: int) -> Candidate:
    """A candidate as it stands in the queue, with the reasons of the day on which it was made.

    Raises:
        UnknownItem: there is no such candidate.
    """
    with database.read() as conn:
        found = get_candidate(conn, number)
    if found is None:
        raise UnknownItem(f"there is no candidate {number}: `offing queue list` shows those that wait")
    return found


def stored_article(database: Database, number: int) -> Article:
    """An article of the database.

    Raises:
        UnknownItem: there is no such article.
    """
    with database.read() as conn:
        found = get_articles(conn, [number])
    if number not in found:
        raise UnknownItem(f"there is no article {number}")
    return found[number]
