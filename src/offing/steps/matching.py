"""Candidates are matched: with earlier and later candidates, records, and the projects of other bases.

Each change of a candidate compares it anew with all that shares a key with it, on both sides in time, so that the order
of arrival plays no part. What a candidate is an update of follows from the pairs and from what people said of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache

import sqlalchemy as sa

from offing import __version__
from offing.match.keys import DRAWN, MARK, match_keys
from offing.match.news_sketch import NewsSketch, news_sketch
from offing.match.told import Told, account_of
from offing.match.vectors import Rarity
from offing.match.verdict import Judge
from offing.model.known import KnownProject
from offing.model.matching import Agreement, Relation
from offing.model.mention import Standing
from offing.model.pairing import Pair, Thing, ThingKind
from offing.model.project import Firm
from offing.model.run import Stamp
from offing.model.vocabulary import Mode
from offing.steps.judging import judge_within
from offing.steps.kin import follows
from offing.steps.kinds import settle_kinds
from offing.steps.worth import dollars
from offing.store.matching import CandidateTold, candidates_told
from offing.store.membership import redirects
from offing.store.near import keep_keys, near_candidates, near_known
from offing.store.pair import first_of_records, forget_pairs, keep_pairs, paired_among, paired_with

Firms = Mapping[str, tuple[Firm, ...]]  # those of records, by the id of the record
LISTED = 10  # pairs that are kept of one candidate beside those called the same or linked
_SURE = frozenset({Standing.APART, Standing.OWN, Standing.LIKE})
_LEAST = 0.1  # score from which on a pair is worth keeping
_REMEMBERED = 512  # sketches, of 10 KB or so: one candidate after the other is compared with the same neighbours
_PASSAGE = 2_000  # characters of each article
_AGREEMENTS = {Mode.CONTRACT: Agreement.CONTRACT, Mode.LOAN: Agreement.LOAN}


@dataclass(frozen=True, slots=True)
class _Asked:
    """The candidate that is compared, and by whom."""

    judge: Judge
    told: CandidateTold
    sketch: NewsSketch


def match_candidates(
    conn: sa.Connection, ids: Collection[int], now: datetime, *, as_paired: bool = False
) -> frozenset[int]:
    """Compare candidates with all that they may tell of, and write pairs, kinds and what they are updates of.

    Those that lose what they were updates of are compared anew, too, as what was rejected takes no place any more.

    Args:
        conn: a transaction that may write, and that holds the lock on stories.
        ids: candidates that are new, tell something else, were decided, or lead to others now.
        now: when that happens.
        as_paired: their own pairs are as they were; only what follows from people's word is new.

    Returns:
        The candidates that are an update of something else now, or of nothing.
    """
    merged = redirects(conn)
    stamp = Stamp(now, f"match {__version__} {judge_within(conn).rules.version}")
    changed, compared = set[int](), set() if as_paired else set(ids)
    affected = set(ids) if as_paired else _match_all(conn, ids, merged, stamp)
    while affected:
        moved = settle_kinds(conn, affected, merged)
        changed |= moved.keys()
        fresh = {each for each, origin in moved.items() if origin is None} - compared
        compared |= fresh
        affected = _match_all(conn, fresh, merged, stamp) if fresh else set()
    return frozenset(changed)


def _match_all(conn: sa.Connection, ids: Collection[int], merged: Mapping[str, str], stamp: Stamp) -> set[int]:
    """Write the pairs of some candidates; these and all whose pairs that changed."""
    told = candidates_told(conn, ids, merged)
    gone = set(ids) - told.keys()
    affected = {*told, *paired_with(conn, (_thing(each) for each in gone))}
    forget_pairs(conn, gone)
    for each in told.values():
        affected |= _match(conn, each, merged, stamp)
    return affected


def _match(conn: sa.Connection, mine: CandidateTold, merged: Mapping[str, str], stamp: Stamp) -> set[int]:
    """Write the pairs of one candidate with the nearest and with all it is paired with; whose pairs that changed."""
    judge = judge_within(conn)
    sketch = sketch_of(mine, judge.rarity)
    keys = match_keys(sketch)
    keep_keys(conn, mine, keys | {drawn_mark(judge)}, MARK)
    paired, bases = paired_among(conn, mine.at.id)
    # A record is found by its name although nothing else is shared: its candidates' keys do not have that.
    named = first_of_records(conn, sketch.account.projects) - {mine.at.id}
    compared = {*paired, *near_candidates(conn, mine.at.id, keys), *named}
    near = candidates_told(conn, compared, merged)
    known = near_known(conn, keys, bases)
    firms = _firms_of_records((mine, *near.values()))
    asked = _Asked(judge, mine, sketch_of(mine, judge.rarity, firms.get(mine.at.project_id or "", ())))
    pairs = [*_among(asked, near.values(), firms), *_with_known(asked, known)]
    ranked = sorted(pairs, key=lambda each: (-each.score, str(each.target)))
    keep_pairs(conn, mine.at.id, compared, _worth_keeping(ranked), stamp)
    return {*paired, *(each.candidate_id for each in pairs)}


def _worth_keeping(ranked: Iterable[Pair]) -> Iterator[Pair]:
    for place, each in enumerate(ranked):
        if each.relation is not Relation.NEW or (place < LISTED and each.score >= _LEAST):
            yield each


def _firms_of_records(told: Iterable[CandidateTold]) -> Firms:
    """Who builds what records tell of: later news of one seldom says it, and what another firm builds is none of it."""
    found: dict[str, dict[str, Firm]] = defaultdict(dict)
    for each in told:
        if each.at.project_id:
            found[each.at.project_id] |= {firm.id or firm.name: firm for firm in each.facts.firms}
    return {project_id: tuple(firms.values()) for project_id, firms in found.items()}


def _among(asked: _Asked, near: Iterable[CandidateTold], firms: Firms) -> Iterator[Pair]:
    """The pairs with other candidates, each as that of the one that may be an update of the other."""
    judge, mine, sketch = asked.judge, asked.told, asked.sketch
    articles = {each.article_id for each in mine.passages}
    for other in near:
        if articles & {each.article_id for each in other.passages}:
            continue
        theirs = sketch_of(other, judge.rarity, firms.get(other.at.project_id or "", ()))
        if follows(mine.at, other.at) and other.at.counts:
            found = judge.judge(sketch, theirs)
            yield Pair(mine.at.id, other.at.thing, found.relation, found.score, found.reasons)
        elif follows(other.at, mine.at) and mine.at.counts:
            found = judge.judge(theirs, sketch)
            yield Pair(other.at.id, mine.at.thing, found.relation, found.score, found.reasons)


def _with_known(asked: _Asked, near: Mapping[Thing, KnownProject]) -> Iterator[Pair]:
    for thing, known in near.items():
        found = asked.judge.judge(asked.sketch, sketch_of_known(known, asked.judge.rarity))
        yield Pair(asked.told.at.id, thing, found.relation, found.score, found.reasons)


@lru_cache(maxsize=_REMEMBERED)
def sketch_of(told: CandidateTold, rarity: Rarity, firms: tuple[Firm, ...] = ()) -> NewsSketch:
    """A candidate made ready to be compared; one that names no party has these firms, those of its record."""
    title = next((each.title for each in told.passages if each.title), "")
    text = "\n".join((title, *(each.text[:_PASSAGE] for each in told.passages)))
    projects = set(_projects_named(told))
    if told.at.project_id:
        projects.add(str(Thing(ThingKind.PROJECT, told.at.project_id)))
    facts = told.facts
    if not (facts.firms or facts.lenders):
        facts = replace(facts, firms=firms)
    made = Told(str(told.at.id), facts, text, told.at.first_at.date(), projects=frozenset(projects))
    return news_sketch(account_of(made, _dollars), rarity)


def _projects_named(told: CandidateTold) -> Iterator[str]:
    """The known projects of its country that it names.

    Where a Chinese party is named, by which it could be told better, a name tells a project in title or first paragraph
    only: what stands further down is what it is compared with. Where none is named, a name of ordinary words does so at
    the head, that of a site where the sector agrees or two of its names stand: a town has other projects, too.
    """
    facts = told.facts
    partless = not (facts.firms or facts.lenders)
    for name in told.named:
        here = not facts.countries or bool({*facts.countries} & {*name.value.countries})
        agrees = bool(facts.sector) and name.value.sector == facts.sector
        heads = name.start <= _head(told)
        sure = name.value.standing in _SURE and (partless or heads)
        if here and (sure or (partless and ((heads and name.in_words) or agrees or name.names > 1))):
            yield name.target


def _head(told: CandidateTold) -> int:
    """Where the title and first paragraph end of the longest article that tells of a candidate alone."""
    alone = (each for each in told.passages if each.title)
    return max((len(each.title) + 2 + len(each.text.partition("\n")[0]) for each in alone), default=_PASSAGE)


@lru_cache(maxsize=_REMEMBERED)
def sketch_of_known(known: KnownProject, rarity: Rarity) -> NewsSketch:
    """A project of another base made ready to be compared."""
    own = frozenset({str(Thing(ThingKind.KNOWN, f"{known.source}:{known.key}"))})
    text = f"{known.facts.title}\n{known.description}"
    told = Told(known.key, known.facts, text, year=known.year, projects=own, agreement=_agreement(known))
    return news_sketch(account_of(told, _dollars), rarity)


def _agreement(known: KnownProject) -> Agreement | None:
    """Which agreement a row is, where its base keeps one for each."""
    return _AGREEMENTS.get(known.facts.mode or Mode.UNSPECIFIED)


def keys_of_known(known: KnownProject, judge: Judge) -> frozenset[str]:
    """What candidates find a project of another base by, and by which rules that was drawn."""
    return match_keys(sketch_of_known(known, judge.rarity)) | {f"{DRAWN}{judge.drawn_by}"}


def redraw_keys(conn: sa.Connection, ids: Collection[int]) -> None:
    """Let candidates be found by what the rules of now make of them; what they are paired with stays."""
    judge = judge_within(conn)
    for told in candidates_told(conn, ids, redirects(conn)).values():
        keep_keys(conn, told, match_keys(sketch_of(told, judge.rarity)) | {drawn_mark(judge)}, MARK)


def drawn_mark(judge: Judge) -> str:
    """What stands beside the keys of a candidate that were drawn by these rules."""
    return f"{MARK}{DRAWN}{judge.drawn_by}"


def _dollars(value: Decimal, currency: str, day: date) -> float | None:
    worth = dollars(value, currency, day)
    return None if worth is None else float(worth)


def _thing(number: int) -> Thing:
    return Thing(ThingKind.CANDIDATE, str(number))
