"""What the templates show of candidates besides their fields: articles, parties, reasons, decisions. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from offing.model.reading.actor import Actor, ActorFact
from offing.model.review.candidate import Candidate, Reason
from offing.model.review.decision import Decision, Judgement, decisions_in_force
from offing.model.sources.revision import Revision
from offing.review import country_name, done_words, headline
from offing.review.gloss import known_words
from offing.services.views.actors import fact_words, source_words
from offing.services.views.candidate_view import CandidateView
from offing.web.presentation.field_values import words
from offing.web.presentation.fields import proofs_of
from offing.web.presentation.highlights import TextBlock, marked


@dataclass(frozen=True, slots=True)
class RevisionView:
    """A later change of an article: each line is a removed (-) or an added (+) paragraph."""

    found_at: datetime
    lines: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ArticleView:
    """An article with its quotes marked; `blocks` are empty if its text is no longer stored.

    `note` says if the text is not the whole article.
    """

    id: int
    url: str
    title: str
    outlet: str
    language: str
    published: object
    blocks: tuple[TextBlock, ...]
    note: str = ""
    revisions: tuple[RevisionView, ...] = ()


@dataclass(frozen=True, slots=True)
class ActorView:
    """The facts about a firm or lender, or about the owner of one (`owned`), each with its source and date."""

    name: str
    owned: str
    facts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class DecisionView:
    """A decision in words: who, what, when, why; `changes` as field, before and after. `stands` unless undone."""

    by: str
    done: str
    at: datetime
    reason: str
    changes: tuple[tuple[str, str, str], ...]
    stands: bool
    id: int


def title_of(candidate: Candidate) -> str:
    """The headline as written that names the candidate: the first article's, else the candidate's own title."""
    titles = (*(article.title for article in candidate.articles), candidate.facts.title)
    return next((title for title in titles if title.strip()), f"Candidate {candidate.id}")


def line_of(seen: CandidateView) -> str:
    """The candidate in one line: in English from its record, or its title if the record is empty."""
    return headline(seen.item.facts) or title_of(seen.item.candidate)


def article_views(seen: CandidateView) -> tuple[ArticleView, ...]:
    """The articles of the story, in stored order, with quotes and known words marked and later changes."""
    proofs = proofs_of(seen)
    views = []
    for source in seen.item.candidate.articles:
        article = seen.articles.get(source.article_id)
        known = known_words(article, seen.mentions.get(article.id, ())) if article else ()
        changed = (each for each in seen.item.revisions if each.article_id == source.article_id)
        views.append(
            ArticleView(
                id=source.article_id,
                url=source.url,
                title=source.title,
                outlet=source.outlet,
                language=source.language,
                published=source.published,
                blocks=marked(article, proofs, known) if article else (),
                note=source.note,
                revisions=tuple(map(_revision, changed)),
            )
        )
    return tuple(views)


def actor_views(actors: Iterable[Actor]) -> tuple[ActorView, ...]:
    """The facts about the parties, each followed by its owners; those without facts are left out."""
    return tuple(
        ActorView(owner.name, "" if owner is actor else actor.name, tuple(map(_fact, owner.facts)))
        for actor in actors
        for owner in (actor, *actor.owners)
        if owner.facts
    )


def decision_views(decisions: tuple[Decision, ...]) -> tuple[DecisionView, ...]:
    """All decisions on a candidate, newest first."""
    left = {made.id for made in decisions_in_force(decisions)}
    return tuple(
        DecisionView(made.by, done_words(made), made.at, made.reason, changes_of(made), made.id in left, made.id)
        for made in sorted(decisions, key=lambda each: -each.id)
    )


def reasons_by_weight(candidate: Candidate) -> tuple[Reason, ...]:
    """The reasons of the score, those that raise it first."""
    return tuple(sorted(candidate.reasons, key=lambda reason: -reason.weight))


def changes_of(made: Decision) -> tuple[tuple[str, str, str], ...]:
    """What a decision corrected: field, before and after, in words."""
    if made.judgement is Judgement.UNDO:
        return ()
    return tuple(
        (words(name), plain_words(made.before.get(name)), plain_words(value)) for name, value in made.after.items()
    )


def plain_words(value: object) -> str:
    """A stored value on one line; empty values are a dash."""
    if isinstance(value, (list, tuple)):
        return "; ".join(map(plain_words, value)) or "–"
    if isinstance(value, dict):
        shown = [value.get(key) for key in ("name", "role", "value", "currency", "unit", "kind")]
        return " ".join(str(each) for each in shown if each)
    text = str(value) if value not in (None, "") else "–"
    return country_name(text) if len(text) == 3 and text.isupper() else words(text)  # noqa: PLR2004 -- ISO alpha-3


def _revision(revision: Revision) -> RevisionView:
    lines = (line for line in revision.diff.splitlines() if line[:1] in "+-" and not line.startswith(("+++", "---")))
    return RevisionView(revision.found_at, tuple((line[:1], line[1:]) for line in lines if line))


def _fact(fact: ActorFact) -> tuple[str, str]:
    return fact_words(fact), source_words(fact)
