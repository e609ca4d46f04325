"""Stores an answer of the second reader: an opinion for each telling of its article, and the effect on stories."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import sqlalchemy as sa

from offing.model.operation.run import Stamp
from offing.model.reading.rules import ScoringRules
from offing.model.review.second_reader import CheckedAnswer, ReaderRules, StoredOpinion, Turn, TurnState
from offing.model.review.story import PlacedTelling
from offing.model.sources.article import Article
from offing.second import ScoredReasons, adjusted, compare, paired
from offing.second.prompt import digest_of
from offing.services.stories.affected_tellings import load
from offing.services.stories.settling import StoryDesk, settle
from offing.store.candidates.second_reader import keep_opinion, keep_turn, unread_tellings
from offing.store.stories.story import lock_stories
from offing.store.stories.telling import rescore_telling


@dataclass(frozen=True, slots=True)
class OpinionRules:
    """The rules by which opinions are weighed, and the stamp of who writes when."""

    reader: ReaderRules
    scoring: ScoringRules
    stamp: Stamp


def take_in(conn: sa.Connection, article: Article, reading: CheckedAnswer, bench: OpinionRules) -> int:
    """Store the second reader's opinions of an article, and update its stories; return the number of tellings covered.

    The facts of a telling stay as they are: opinions only affect its reasons, and with them its score.
    """
    lock_stories(conn)
    placed = load(conn, unread_tellings(conn, article.id))
    moved = []
    for each, held in _opinions(article, reading, placed, bench):
        keep_opinion(conn, held)
        now = _weighed(each, held, bench)
        if now != each:
            rescore_telling(conn, now.telling)
            moved.append(now)
    turn = Turn(TurnState.READ, bench.stamp.at)
    keep_turn(conn, article.id, digest_of(article, bench.reader.characters), turn)
    if moved:
        settle(conn, moved, StoryDesk(bench.scoring, bench.stamp))
    return len(placed)


def _opinions(
    article: Article, reading: CheckedAnswer, placed: dict[int, PlacedTelling], bench: OpinionRules
) -> Iterator[tuple[PlacedTelling, StoredOpinion]]:
    telling = [placed[number] for number in sorted(placed)]
    found = paired([each.telling.facts for each in telling], reading.opinions)
    whole = len(reading.opinions) == reading.told  # else what was dropped may have been just this project
    for each, opinion in zip(telling, found, strict=True):
        at, model = bench.stamp.at, bench.reader.model
        yield each, StoredOpinion(each.telling.id, article.id, model, opinion, opinion is None and whole, at)


def _weighed(placed: PlacedTelling, held: StoredOpinion, bench: OpinionRules) -> PlacedTelling:
    if held.opinion is None and not held.finds_none:
        return placed
    telling = placed.telling
    comparison = compare(telling.facts, held.opinion) if held.opinion else None
    now = adjusted(ScoredReasons(telling.reasons, telling.score), comparison, bench.scoring, bench.reader.band)
    return replace(placed, telling=replace(telling, reasons=now.reasons, score=now.score))
