"""What the templates show of candidates: each value with its quotes, each score with its reasons. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from offing.model.actor import Actor, ActorFact
from offing.model.article import Article
from offing.model.candidate import Candidate, Reason
from offing.model.evidence import Evidence, FieldName
from offing.model.project import ProjectFacts
from offing.model.revision import Revision
from offing.steps.actors import fact_words, source_words
from offing.steps.worth import day_of, worth
from offing.web.marking import Block, anchor, marked, stands
from offing.web.templating import country_name, words

WHY = 3  # reasons in one line of the queue


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One line of the queue."""

    id: int
    title: str
    score: float
    kind: str
    countries: tuple[str, ...]
    outlets: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True)
class Quote:
    """A quote beside its field. `anchor` is empty where it no longer stands in its article; `page` is of a document."""

    value: str
    text: str
    speaker: str
    anchor: str
    page: int | None = None


@dataclass(frozen=True, slots=True)
class FieldView:
    """A field with its values and quotes."""

    name: str
    values: tuple[str, ...]
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class RevisionView:
    """A later change of an article: each line is a paragraph that was taken out (-) or put in (+)."""

    found_at: datetime
    lines: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ArticleView:
    """An article with its quotes marked; `blocks` are empty where its text is no longer kept.

    `note` says where the text is not the whole article.
    """

    url: str
    title: str
    outlet: str
    language: str
    published: object
    blocks: tuple[Block, ...]
    note: str = ""
    revisions: tuple[RevisionView, ...] = ()


@dataclass(frozen=True, slots=True)
class ActorView:
    """What is known of a firm or lender, or of the owner of one (`owned`): each fact with its source and date."""

    name: str
    owned: str
    facts: tuple[tuple[str, str], ...]


def title_of(candidate: Candidate) -> str:
    """One line that names the candidate."""
    titles = (candidate.facts.title, *(article.title for article in candidate.articles))
    return next((title for title in titles if title.strip()), f"Candidate {candidate.id}")


def queue_row(candidate: Candidate) -> QueueRow:
    """A candidate as a line of the queue."""
    return QueueRow(
        id=candidate.id,
        title=title_of(candidate),
        score=candidate.score,
        kind=candidate.kind,
        countries=tuple(country_name(code) for code in candidate.facts.countries),
        outlets=tuple(dict.fromkeys(article.outlet for article in candidate.articles if article.outlet)),
        why=" · ".join(reason.text.rstrip(".") for reason in _strongest(candidate.reasons)[:WHY]),
    )


def field_views(candidate: Candidate, articles: dict[int, Article]) -> tuple[FieldView, ...]:
    """The fields that have a value or a quote, in the order of `FieldName`."""
    values = _values(candidate.facts, day_of(candidate.articles))
    views = (
        FieldView(words(name), values[name], tuple(_quote(e, articles) for e in candidate.evidence if e.field == name))
        for name in FieldName
    )
    return tuple(view for view in views if view.values or view.quotes)


def article_views(
    candidate: Candidate, articles: dict[int, Article], revisions: Iterable[Revision] = ()
) -> tuple[ArticleView, ...]:
    """The articles of the story, oldest as stored, with the candidate's quotes marked and what was changed later."""
    changed = tuple(revisions)
    return tuple(
        ArticleView(
            url=told.url,
            title=told.title,
            outlet=told.outlet,
            language=told.language,
            published=told.published,
            blocks=marked(articles[told.article_id], candidate.evidence) if told.article_id in articles else (),
            note=told.note,
            revisions=tuple(_revision(each) for each in changed if each.article_id == told.article_id),
        )
        for told in candidate.articles
    )


def _revision(revision: Revision) -> RevisionView:
    lines = (line for line in revision.diff.splitlines() if line[:1] in "+-" and not line.startswith(("+++", "---")))
    return RevisionView(revision.found_at, tuple((line[:1], line[1:]) for line in lines if line))


def actor_views(actors: Iterable[Actor]) -> tuple[ActorView, ...]:
    """What is known of the parties; the owners of each stand behind it, those of whom nothing is known left out."""
    return tuple(
        ActorView(owner.name, "" if owner is actor else actor.name, tuple(map(_fact, owner.facts)))
        for actor in actors
        for owner in (actor, *actor.owners)
        if owner.facts
    )


def _fact(fact: ActorFact) -> tuple[str, str]:
    return fact_words(fact), source_words(fact)


def reasons_by_weight(candidate: Candidate) -> tuple[Reason, ...]:
    """The reasons of the score, those that raise it first."""
    return tuple(sorted(candidate.reasons, key=lambda reason: -reason.weight))


def _strongest(reasons: tuple[Reason, ...]) -> list[Reason]:
    return sorted((reason for reason in reasons if reason.weight > 0), key=lambda reason: -reason.weight)


def _quote(evidence: Evidence, articles: dict[int, Article]) -> Quote:
    article = articles.get(evidence.article_id)
    place = anchor(evidence) if article and stands(article, evidence) else ""
    value = country_name(evidence.value) if evidence.field == FieldName.COUNTRIES else evidence.value
    return Quote(value, evidence.text, words(evidence.speaker or ""), place, evidence.page)


def _values(facts: ProjectFacts, day: date | None) -> dict[FieldName, tuple[str, ...]]:
    single = {
        FieldName.SECTOR: facts.sector,
        FieldName.STATUS: facts.status,
        FieldName.RECORD_TYPE: facts.record_type,
        FieldName.MODE: facts.mode,
    }
    return {
        FieldName.COUNTRIES: tuple(f"{country_name(code)} ({code})" for code in facts.countries),
        FieldName.FIRMS: tuple(f"{firm.name}, {words(firm.role)}" for firm in facts.firms),
        FieldName.LENDERS: tuple(lender.name for lender in facts.lenders),
        FieldName.AMOUNTS: tuple(
            " ".join(filter(None, (a.qualifier, number(a.value), a.currency)))
            + f", {words(a.kind)}"
            + (f", {worth(a, day)}" if day else "")
            for a in facts.amounts
        ),
        **{name: (words(value),) if value else () for name, value in single.items()},
        FieldName.COUNTERPARTS: facts.counterparts,
        FieldName.CONCERNS: tuple(words(concern.kind) for concern in facts.concerns),
        FieldName.QUANTITIES: tuple(f"{number(size.value)} {size.unit}" for size in facts.quantities),
        FieldName.PLACES: facts.places,
        FieldName.EVENT_DATE: (facts.event_date.value,) if facts.event_date else (),
        FieldName.EVENTS: tuple(words(event.kind) for event in facts.events),
    }


def number(value: Decimal) -> str:
    """A number with groups of thousands, without needless zeros."""
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
