"""Muting: a person says that a name means no firm here; candidates that wait are read again without it, or with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import sqlalchemy as sa

from offing import __version__
from offing.errors import UnknownItem, UsageError
from offing.model.article import Article
from offing.model.candidate import Candidate, CandidateState, Proposal, Proposed
from offing.model.folding import fold_text
from offing.model.mention import Mention
from offing.model.mute import MUTABLE, Mute, StoredMute
from offing.model.numbers import HIGHEST_ID
from offing.model.project import ProjectFacts
from offing.model.rules import ScoringRules
from offing.model.run import Stamp
from offing.propose import propose
from offing.propose.mutes import heard, silences
from offing.propose.story import keys_of
from offing.steps.stories import StoryDesk, settle
from offing.steps.story_region import worths
from offing.store.article import get_articles, get_mentions
from offing.store.candidate import candidates
from offing.store.engine import Database
from offing.store.mute import add_mute, get_mute, held_rules, told_with, undo_mute
from offing.store.story import lock_stories, stored_stories
from offing.store.telling import rewrite_telling, tellings_in

MOST = 200  # articles that are read again at once; the others are when they are proposed from again
_NOTHING = Proposal(ProjectFacts(), (), (), 0.0)


@dataclass(frozen=True, slots=True)
class MuteDeed:
    """Who mutes, when, why, and by which rules candidates are scored; a preview changes nothing."""

    by: str
    at: datetime
    scoring: ScoringRules
    reason: str = ""
    preview: bool = False


@dataclass(frozen=True, slots=True)
class Muted:
    """A candidate before and after; `fell` tells that it is below the cut now."""

    before: Candidate
    after: Candidate
    fell: bool


@dataclass(frozen=True, slots=True)
class MuteEffect:
    """What a mute does, or its end: the mute's number, the candidates that change, how many articles are left over."""

    number: int
    changed: tuple[Muted, ...]
    left_over: int = 0


def lay_mute(database: Database, rule: Mute, deed: MuteDeed) -> MuteEffect:
    """Lay down a mute, and read the waiting candidates again without what it silences.

    Raises:
        UsageError: it names neither firm nor lender.
    """
    if rule.kind not in MUTABLE or not rule.key:
        raise UsageError("a mute names a firm or a lender")
    folded = replace(rule, alias=fold_text(rule.alias).strip(), context=rule.context.strip())
    articles, left_over = _touched(database, folded)
    read = _read_again(database, articles, deed.scoring, more=(folded,))
    with database.write() as conn:
        number = add_mute(conn, folded, deed.by, deed.at, deed.reason)
        effect = MuteEffect(number, _retold(conn, articles, read, deed), left_over)
        if deed.preview:
            conn.rollback()
    return effect


def lift_mute(database: Database, number: int, deed: MuteDeed) -> MuteEffect:
    """Take a mute back, and read the waiting candidates again with what it silenced.

    Raises:
        UnknownItem: there is no such mute.
        UsageError: it was taken back already.
    """
    with database.read() as conn:
        stored = get_mute(conn, number) if number <= HIGHEST_ID else None
    if stored is None:
        raise UnknownItem(f"there is no mute {number}: `offing lexicon mutes` lists them")
    if stored.undone_at:
        raise UsageError(f"mute {number} was taken back by {stored.undone_by} on {stored.undone_at:%Y-%m-%d}")
    articles, left_over = _touched(database, stored.rule)
    read = _read_again(database, articles, deed.scoring, less=stored)
    with database.write() as conn:
        undo_mute(conn, number, deed.by, deed.at)
        effect = MuteEffect(number, _retold(conn, articles, read, deed), left_over)
        if deed.preview:
            conn.rollback()
    return effect


def _touched(database: Database, rule: Mute) -> tuple[dict[int, Article], int]:
    """The newest articles of waiting candidates in which a rule silences something, and how many more there may be."""
    with database.read() as conn:
        ids = told_with(conn, rule, MOST + 1)
        articles = get_articles(conn, ids[:MOST])
        kept = {
            number: article
            for number, article in articles.items()
            if any(silences(rule, mention, article) for mention in get_mentions(conn, number))
        }
    return kept, len(ids) - len(ids[:MOST])


def _read_again(
    database: Database,
    articles: dict[int, Article],
    scoring: ScoringRules,
    *,
    more: Sequence[Mute] = (),
    less: StoredMute | None = None,
) -> dict[int, Proposed]:
    """What articles propose under the mutes that hold, some more, or one less; outside of any transaction."""
    with database.read() as conn:
        mentions: dict[int, tuple[Mention, ...]] = {number: get_mentions(conn, number) for number in articles}
        rules = [*held_rules(conn), *more]
    if less and less.rule in rules:
        rules.remove(less.rule)
    return {
        number: propose(article, heard(mentions[number], article, rules), scoring)
        for number, article in articles.items()
    }


def _retold(
    conn: sa.Connection, articles: dict[int, Article], read: dict[int, Proposed], deed: MuteDeed
) -> tuple[Muted, ...]:
    """Let the tellings of articles say what was read anew, and settle their stories."""
    lock_stories(conn)
    told = tellings_in(conn, articles)
    before = _waiting(conn, {placed.story_id for placed in told.values() if placed.story_id is not None})
    now = {}
    for number, placed in told.items():
        proposals = read[placed.telling.article_id].proposals
        new = proposals[placed.telling.ordinal] if placed.telling.ordinal < len(proposals) else _NOTHING
        telling = replace(
            placed.telling,
            facts=new.facts,
            score=new.score,
            reasons=new.reasons,
            dollars=worths(new.facts, placed.telling.at.date()),
        )
        rewrite_telling(conn, telling, new.evidence, keys_of(telling).all)
        now[number] = replace(placed, telling=telling)
    stamp = Stamp(deed.at, f"mute {__version__} {deed.scoring.version}".strip())
    settle(conn, now.values(), StoryDesk(deed.scoring, stamp))
    after = {each.id: each for each in candidates(conn, [each.id for each in before])}
    return tuple(
        Muted(each, after[each.id], _fell(each, after[each.id], deed.scoring.cut))
        for each in before
        if each.facts != after[each.id].facts
    )


def _waiting(conn: sa.Connection, stories: set[int]) -> tuple[Candidate, ...]:
    found = candidates(conn, [stored.candidate_id for stored in stored_stories(conn, stories).values()])
    return tuple(each for each in found if each.state is CandidateState.OPEN)


def _fell(before: Candidate, after: Candidate, cut: float) -> bool:
    return before.score >= cut > after.score
