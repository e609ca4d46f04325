"""Rewrites the tellings of articles that were read again, as far as nobody has decided on their stories."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import sqlalchemy as sa

from offing.model.reading.evidence import FieldName
from offing.model.reading.mention import Mention
from offing.model.reading.rules import ScoringRules
from offing.model.review.candidate import Proposal
from offing.model.review.story import PlacedTelling
from offing.model.sources.article import Article
from offing.propose import propose
from offing.propose.story import keys_of
from offing.services.stories.affected_tellings import worths
from offing.services.stories.repeating import let_stand_alone
from offing.services.stories.retelling import NOTHING, EarlierTelling, QuoteOffsets, quoted, renewed
from offing.services.stories.settling import StoryDesk, settle
from offing.store.candidates.mute import quotes_of
from offing.store.stories.story import stored_stories
from offing.store.stories.telling import rewrite_telling, tellings_in

Renewed = tuple[PlacedTelling, Proposal]
"""A telling as it is now, and the proposal that it comes from."""


@dataclass(frozen=True, slots=True)
class NewReading:
    """An article, its proposals now, its mentions, and the mentions that no longer count."""

    article: Article
    proposals: tuple[Proposal, ...]
    mentions: tuple[Mention, ...]
    silenced: tuple[Mention, ...] = ()


def renewed_tellings(
    conn: sa.Connection, read: Mapping[int, NewReading], scoring: ScoringRules, *, decided: bool = False
) -> list[Renewed]:
    """Return the new tellings with their proposals; those of decided stories only if asked for."""
    placed_by_id = tellings_in(conn, read)
    known = stored_stories(conn, {placed.story_id for placed in placed_by_id.values() if placed.story_id is not None})
    quotes, olds = quotes_of(conn, placed_by_id), dict[int, list[EarlierTelling]]()
    for number, placed in placed_by_id.items():
        own = tuple(QuoteOffsets(FieldName(field), start, end) for field, start, end in quotes.get(number, ()))
        old = EarlierTelling(number, placed.telling.facts, own)
        one = read[placed.telling.article_id]
        silent = placed.telling.facts == NOTHING.facts
        olds.setdefault(placed.telling.article_id, []).append(_at_first(placed, one, scoring) if silent else old)
    now = []
    for article_id, before in olds.items():
        for number, new in renewed(before, read[article_id].proposals, read[article_id].silenced).items():
            story_id = placed_by_id[number].story_id
            if story_id is not None and (decided or not known[story_id].decided):
                now.append((_saying(placed_by_id[number], new), new))
    return now


def _at_first(placed: PlacedTelling, read: NewReading, scoring: ScoringRules) -> EarlierTelling:
    """Return what a silenced telling said without any mutes, by which its proposal can be identified again."""
    whole, place = propose(read.article, read.mentions, scoring).proposals, placed.telling.ordinal
    first = whole[place] if place < len(whole) else NOTHING
    return EarlierTelling(placed.telling.id, first.facts, quoted(first))


def _saying(placed: PlacedTelling, new: Proposal) -> PlacedTelling:
    telling = replace(
        placed.telling,
        facts=new.facts,
        score=new.score,
        reasons=new.reasons,
        dollars=worths(new.facts, placed.telling.at.date()),
    )
    return replace(placed, telling=telling)


def rewrite(conn: sa.Connection, now: Iterable[Renewed], desk: StoryDesk) -> None:
    """Store renewed tellings, and settle their stories."""
    own = tuple(now)
    let_stand_alone(conn, (placed.telling.id for placed, _ in own))
    for placed, new in own:
        rewrite_telling(conn, placed.telling, new.evidence, keys_of(placed.telling).all)
    settle(conn, (placed for placed, _ in own), desk)
