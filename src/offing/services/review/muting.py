"""Muting: a person declares that a name means no firm in some scope; waiting candidates are read again accordingly."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

import sqlalchemy as sa

from offing import __version__
from offing.errors import UnknownItem, UsageError
from offing.model.operation.run import Stamp
from offing.model.reading.mention import Mention
from offing.model.reading.rules import ScoringRules
from offing.model.review.candidate import Candidate, CandidateState
from offing.model.review.mute import MUTABLE, Mute, StoredMute
from offing.model.sources.article import Article
from offing.model.text.folding import fold_text
from offing.model.values.numbers import HIGHEST_ID
from offing.propose import propose
from offing.propose.reading.mutes import applies
from offing.services.matching.match_rules import changing
from offing.services.review.new_readings import NewReading, renewed_tellings, rewrite
from offing.services.stories.settling import StoryDesk
from offing.store.articles.article import get_articles, get_mentions
from offing.store.candidates.candidate import candidates
from offing.store.candidates.mute import add_mute, get_mute, held_rules, laid_by, told_with, undo_mute
from offing.store.database.engine import Database
from offing.store.stories.story import stored_stories
from offing.store.stories.telling import tellings_in

MOST = 200  # articles read again at once; the others are affected when they are next proposed from
FORESEEN = 8  # articles read again to preview a mute, for each of three scopes while a person waits


@dataclass(frozen=True, slots=True)
class MuteChange:
    """Who mutes, when, why, and the rules for rescoring candidates; a preview changes nothing."""

    by: str
    at: datetime
    scoring: ScoringRules
    reason: str = ""
    preview: bool = False


@dataclass(frozen=True, slots=True)
class Muted:
    """A candidate before and after; `fell` means that it is below the cut now."""

    before: Candidate
    after: Candidate
    fell: bool


@dataclass(frozen=True, slots=True)
class MuteEffect:
    """The effect of a mute or its end: the mute's number, changed candidates, and how many articles are left over."""

    number: int
    changed: tuple[Muted, ...]
    left_over: int = 0


@dataclass(frozen=True, slots=True)
class Foreseen:
    """Candidates that a mute would certainly change, and whether there may be more."""

    candidates: tuple[Candidate, ...]
    left_over: int = 0


def lay_mute(database: Database, rule: Mute, change: MuteChange) -> MuteEffect:
    """Store a mute, and read the waiting candidates again without what it silences.

    Idempotent for the same mute by the same person.

    Raises:
        UsageError: it names neither firm nor lender.
    """
    folded = _folded(rule)
    articles, left_over = _touched(database, folded)
    read = _read_again(database, articles, change.scoring, more=folded)
    with changing(database) as conn:
        number = laid_by(conn, folded, change.by) or add_mute(conn, folded, change.by, change.at, change.reason)
        effect = MuteEffect(number, _retold(conn, read, change), left_over)
        if change.preview:
            conn.rollback()
    return effect


def foresee_mute(database: Database, rule: Mute, scoring: ScoringRules) -> Foreseen:
    """Preview which waiting candidates a mute would change; reads only the newest articles, and writes nothing.

    Raises:
        UsageError: it names neither firm nor lender.
    """
    folded = _folded(rule)
    articles, left_over = _touched(database, folded, FORESEEN)
    read = _read_again(database, articles, scoring, more=folded)
    with database.read() as conn:
        placed_by_id = tellings_in(conn, read)
        now = (
            placed
            for placed, new in renewed_tellings(conn, read, scoring)
            if new.facts != placed_by_id[placed.telling.id].telling.facts
        )
        return Foreseen(_waiting(conn, {each.story_id for each in now if each.story_id is not None}), left_over)


def lift_mute(database: Database, number: int, change: MuteChange) -> MuteEffect:
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
        raise UsageError(f"mute {number} was lifted by {stored.undone_by} on {stored.undone_at:%Y-%m-%d}")
    articles, left_over = _touched(database, stored.rule)
    read = _read_again(database, articles, change.scoring, less=stored)
    with changing(database) as conn:
        undo_mute(conn, number, change.by, change.at)
        effect = MuteEffect(number, _retold(conn, read, change), left_over)
        if change.preview:
            conn.rollback()
    return effect


def _touched(database: Database, rule: Mute, most: int = MOST) -> tuple[dict[int, Article], int]:
    """Return the newest articles of waiting candidates that a rule affects, and how many more there may be."""
    with database.read() as conn:
        ids = told_with(conn, rule, most + 1)
        articles = get_articles(conn, ids[:most])
        kept = {
            number: article
            for number, article in articles.items()
            if any(applies(rule, mention, article) for mention in get_mentions(conn, number))
        }
    return kept, len(ids) - len(ids[:most])


def _read_again(
    database: Database,
    articles: dict[int, Article],
    scoring: ScoringRules,
    *,
    more: Mute | None = None,
    less: StoredMute | None = None,
) -> dict[int, NewReading]:
    """Propose again from articles under the current mutes plus `more` or minus `less`; outside any transaction."""
    with database.read() as conn:
        mentions: dict[int, tuple[Mention, ...]] = {number: get_mentions(conn, number) for number in articles}
        rules = [*held_rules(conn), *([more] if more else ())]
    if less and less.rule in rules:
        rules.remove(less.rule)
    found = {}
    for number, article in articles.items():
        own = mentions[number]
        proposals = propose(article, own, scoring, rules).proposals
        silenced = tuple(each for each in own if more and applies(more, each, article))
        found[number] = NewReading(article, proposals, own, silenced)
    return found


def _retold(conn: sa.Connection, read: dict[int, NewReading], change: MuteChange) -> tuple[Muted, ...]:
    """Rewrite the tellings of articles that were read again, and settle their stories."""
    now = renewed_tellings(conn, read, change.scoring)
    before = _waiting(conn, {placed.story_id for placed, _ in now if placed.story_id is not None})
    stamp = Stamp(change.at, f"mute {__version__} {change.scoring.version}".strip())
    rewrite(conn, now, StoryDesk(change.scoring, stamp))
    after = {each.id: each for each in candidates(conn, [each.id for each in before])}
    return tuple(
        Muted(each, after[each.id], _fell(each, after[each.id], change.scoring.cut))
        for each in before
        if each.facts != after[each.id].facts
    )


def _folded(rule: Mute) -> Mute:
    if rule.kind not in MUTABLE or not rule.key:
        raise UsageError("a mute names a firm or a lender")
    return replace(rule, alias=fold_text(rule.alias).strip(), context=rule.context.strip())


def _waiting(conn: sa.Connection, stories: set[int]) -> tuple[Candidate, ...]:
    found = candidates(conn, [stored.candidate_id for stored in stored_stories(conn, stories).values()])
    return tuple(each for each in found if each.state is CandidateState.OPEN)


def _fell(before: Candidate, after: Candidate, cut: float) -> bool:
    return before.score >= cut > after.score
