"""Stories: which articles tell the same news, and what they tell together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import TypeVar

from offing.model.article import Article
from offing.model.candidate import Proposal
from offing.model.project import Amount, Firm, Lender, ProjectFacts
from offing.model.story import StoryView
from offing.model.vocabulary import AmountKind

WINDOW = timedelta(days=14)  # later news of a project is an update on its life line, not the same story
_CLOSE = Decimal("0.05")  # rounding between outlets: $154m, 154.3 million dollars
_T = TypeVar("_T", bound=Firm | Lender)


def join_story(
    proposal: Proposal, article: Article, text_hash: str, stories: Sequence[StoryView], now: datetime
) -> int | None:
    """The story that a proposal belongs to.

    The same text joins whatever its date. Otherwise, within 14 days, a shared country and a shared firm or
    lender, and nothing that speaks against it: sector and amount agree or are told by one side only.

    Args:
        proposal: what the article supports.
        article: the article.
        text_hash: digest of its body, equal for syndicated copies.
        stories: the stories it may belong to.
        now: stands for the date of an article without one.

    Returns:
        The id of the story, None for a new one.
    """
    facts = proposal.facts
    copies = [story for story in stories if text_hash in story.text_hashes]
    if copies:
        return max(copies, key=lambda story: (_likeness(facts, story.facts), -story.id)).id
    day = article.published or now
    near = [story for story in stories if abs(day - story.last_at) <= WINDOW and _agrees(facts, story.facts)]
    return max(near, key=lambda story: (_likeness(facts, story.facts), -story.id)).id if near else None


def merge_facts(into: ProjectFacts, other: ProjectFacts) -> ProjectFacts:
    """The facts of a story after one more article: what is told stays, what was open is filled, lists grow."""
    return replace(
        into,
        title=into.title or other.title,
        countries=into.countries or other.countries,
        firms=_joined(into.firms, other.firms),
        lenders=_joined(into.lenders, other.lenders),
        amounts=_joined_amounts(into.amounts, other.amounts),
        sector=into.sector or other.sector,
        status=into.status or other.status,
        record_type=into.record_type or other.record_type,
        mode=into.mode or other.mode,
        counterparts=tuple(dict.fromkeys((*into.counterparts, *other.counterparts))),
        concerns=tuple({c.kind: c for c in (*other.concerns, *into.concerns)}.values()),
        quantities=tuple({(q.value, q.unit): q for q in (*other.quantities, *into.quantities)}.values()),
        places=tuple(dict.fromkeys((*into.places, *other.places))),
        terms=tuple({t.kind: t for t in (*other.terms, *into.terms)}.values()),
        events=tuple({e.kind: e for e in (*other.events, *into.events)}.values()),
        event_date=into.event_date or (other.event_date if into.status in (None, other.status) else None),
    )


def _agrees(facts: ProjectFacts, other: ProjectFacts) -> bool:
    shared_place = bool(set(facts.countries) & set(other.countries))
    shared_party = bool(_parties(facts) & _parties(other))
    sectors = {facts.sector, other.sector} - {None}
    return shared_place and shared_party and (len(sectors) < 2 or _sums_agree(facts, other)) and _sums_fit(facts, other)  # noqa: PLR2004


def _sums_fit(facts: ProjectFacts, other: ProjectFacts) -> bool:
    """Whether the sums do not contradict each other: no currency in which both name sums and none is shared."""
    for currency in {a.currency for a in facts.amounts} & {a.currency for a in other.amounts}:
        ours = [a for a in facts.amounts if a.currency == currency]
        theirs = [a for a in other.amounts if a.currency == currency]
        if not any(_close(a, b) for a in ours for b in theirs):
            return False
    return True


def _sums_agree(facts: ProjectFacts, other: ProjectFacts) -> bool:
    return any(_close(a, b) for a in facts.amounts for b in other.amounts)


def _close(a: Amount, b: Amount) -> bool:
    return a.currency == b.currency and abs(a.value - b.value) <= _CLOSE * max(abs(a.value), abs(b.value))


def _likeness(facts: ProjectFacts, other: ProjectFacts) -> int:
    """How much two sets of facts share; the most alike of several stories is joined."""
    return (
        2 * len(set(facts.countries) & set(other.countries))
        + len(_parties(facts) & _parties(other))
        + (facts.sector is not None and facts.sector is other.sector)
        + 2 * _sums_agree(facts, other)
    )


def _parties(facts: ProjectFacts) -> set[str]:
    return {_identity(firm) for firm in facts.firms} | {_identity(lender) for lender in facts.lenders}


def _identity(party: Firm | Lender) -> str:
    return party.id or party.name.casefold()


def _joined(ours: Iterable[_T], theirs: Iterable[_T]) -> tuple[_T, ...]:
    known: dict[str, _T] = {}
    for party in (*ours, *theirs):
        known.setdefault(_identity(party), party)
    return tuple(known.values())


def _joined_amounts(ours: tuple[Amount, ...], theirs: tuple[Amount, ...]) -> tuple[Amount, ...]:
    """The sums of both; of two that are one, ours, with the kind that either tells."""
    merged = list(ours)
    for amount in theirs:
        place = next((i for i, known in enumerate(merged) if _close(known, amount)), None)
        if place is None:
            merged.append(amount)
        elif merged[place].kind is AmountKind.UNSPECIFIED:
            merged[place] = replace(merged[place], kind=amount.kind)
    return tuple(merged)
