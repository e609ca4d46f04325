"""Matches candidates with other candidates, records, and the projects of other bases.

Each change of a candidate compares it again with all that share a key with it, earlier and later, so that the order of
arrival plays no part. What a candidate is an update of follows from these pairs and from people's decisions on them.
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
from offing.match.accounts.build import AccountInput, account_of
from offing.match.accounts.news_profile import NewsProfile, news_profile
from offing.match.text.vectors import Rarity
from offing.match.verdicts.match_keys import MARK, VERSION_MARK, match_keys
from offing.match.verdicts.verdict import Judge
from offing.model.operation.run import Stamp
from offing.model.pairs.matching import Agreement, Relation
from offing.model.pairs.pairing import Pair, Ref
from offing.model.projects.known import KnownProject
from offing.model.projects.project import Firm
from offing.model.reading.mention import NameReliability
from offing.model.values.vocabulary import Mode
from offing.services.matching.conversions import dollars
from offing.services.matching.equivalents import follows
from offing.services.matching.match_rules import judge_within
from offing.services.matching.update_kinds import settle_kinds
from offing.store.pairs.blocking import keep_keys, near_candidates, near_known
from offing.store.pairs.match_inputs import MatchInput, match_inputs
from offing.store.pairs.pair import first_of_records, forget_pairs, keep_pairs, paired_among, paired_with
from offing.store.records.membership import redirects

Firms = Mapping[str, tuple[Firm, ...]]  # firms of records, by the id of the record
LISTED = 10  # pairs kept per candidate, beside those judged the same or linked
_SURE = frozenset({NameReliability.APART, NameReliability.OWN, NameReliability.LIKE})
_LEAST = 0.1  # lowest score of a pair that is kept
_REMEMBERED = 512  # sketches, of 10 KB or so: consecutive candidates are compared with the same neighbours
_PASSAGE = 2_000  # characters of each article
_AGREEMENTS = {Mode.CONTRACT: Agreement.CONTRACT, Mode.LOAN: Agreement.LOAN}


@dataclass(frozen=True, slots=True)
class _Comparison:
    """The candidate that is compared, and the judge that compares it."""

    judge: Judge
    told: MatchInput
    sketch: NewsProfile


def match_candidates(
    conn: sa.Connection, ids: Collection[int], now: datetime, *, as_paired: bool = False
) -> frozenset[int]:
    """Compare candidates with all that may be the same project, and write pairs, kinds and what they are updates of.

    Candidates that stop being an update are compared again, too, since rejected candidates occupy no place any more.

    Args:
        conn: a transaction that may write, and that holds the lock on stories.
        ids: candidates that are new, have other facts, were decided, or lead to others now.
        now: when that happens.
        as_paired: their own pairs are unchanged; only people's decisions are new.

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
    """Write the pairs of some candidates; return these and all candidates whose pairs changed."""
    inputs = match_inputs(conn, ids, merged)
    gone = set(ids) - inputs.keys()
    affected = {*inputs, *paired_with(conn, (Ref.candidate(each) for each in gone))}
    forget_pairs(conn, gone)
    for each in inputs.values():
        affected |= _match(conn, each, merged, stamp)
    return affected


def _match(conn: sa.Connection, mine: MatchInput, merged: Mapping[str, str], stamp: Stamp) -> set[int]:
    """Write one candidate's pairs with its nearest and its present partners; return candidates whose pairs changed."""
    judge = judge_within(conn)
    sketch = profile_of(mine, judge.rarity)
    keys = match_keys(sketch)
    keep_keys(conn, mine, keys | {drawn_mark(judge)}, MARK)
    paired, bases = paired_among(conn, mine.at.id)
    # A record named in the text is found although no key is shared: the keys of its candidates lack that name.
    named = first_of_records(conn, sketch.account.projects) - {mine.at.id}
    compared = {*paired, *near_candidates(conn, mine.at.id, keys), *named}
    near = match_inputs(conn, compared, merged)
    known = near_known(conn, keys, bases)
    firms = _firms_of_records((mine, *near.values()))
    asked = _Comparison(judge, mine, profile_of(mine, judge.rarity, firms.get(mine.at.project_id or "", ())))
    pairs = [*_among(asked, near.values(), firms), *_with_known(asked, known)]
    ranked = sorted(pairs, key=lambda each: (-each.score, str(each.target)))
    keep_pairs(conn, mine.at.id, compared, _worth_keeping(ranked), stamp)
    return {*paired, *(each.candidate_id for each in pairs)}


def _worth_keeping(ranked: Iterable[Pair]) -> Iterator[Pair]:
    for place, each in enumerate(ranked):
        if each.relation is not Relation.NEW or (place < LISTED and each.score >= _LEAST):
            yield each


def _firms_of_records(inputs: Iterable[MatchInput]) -> Firms:
    """Return the firms of each record: later news seldom names them, and another firm's work is another project."""
    found: dict[str, dict[str, Firm]] = defaultdict(dict)
    for each in inputs:
        if each.at.project_id:
            found[each.at.project_id] |= {firm.id or firm.name: firm for firm in each.facts.firms}
    return {project_id: tuple(firms.values()) for project_id, firms in found.items()}


def _among(asked: _Comparison, near: Iterable[MatchInput], firms: Firms) -> Iterator[Pair]:
    """Yield the pairs with other candidates, each as a pair of the one that may be an update of the other."""
    judge, mine, sketch = asked.judge, asked.told, asked.sketch
    articles = {each.article_id for each in mine.passages}
    for other in near:
        if articles & {each.article_id for each in other.passages}:
            continue
        theirs = profile_of(other, judge.rarity, firms.get(other.at.project_id or "", ()))
        if follows(mine.at, other.at) and other.at.counts:
            found = judge.judge(sketch, theirs)
            yield Pair(mine.at.id, other.at.ref, found.relation, found.score, found.reasons)
        elif follows(other.at, mine.at) and mine.at.counts:
            found = judge.judge(theirs, sketch)
            yield Pair(other.at.id, mine.at.ref, found.relation, found.score, found.reasons)


def _with_known(asked: _Comparison, near: Mapping[Ref, KnownProject]) -> Iterator[Pair]:
    for ref, known in near.items():
        found = asked.judge.judge(asked.sketch, profile_of_known(known, asked.judge.rarity))
        yield Pair(asked.told.at.id, ref, found.relation, found.score, found.reasons)


@lru_cache(maxsize=_REMEMBERED)
def profile_of(candidate: MatchInput, rarity: Rarity, firms: tuple[Firm, ...] = ()) -> NewsProfile:
    """Return the sketch of a candidate for comparison; one that names no party gets `firms`, those of its record."""
    title = next((each.title for each in candidate.passages if each.title), "")
    text = "\n".join((title, *(each.text[:_PASSAGE] for each in candidate.passages)))
    projects = set(_projects_named(candidate))
    if candidate.at.project_id:
        projects.add(str(Ref.project(candidate.at.project_id)))
    facts = candidate.facts
    if not (facts.firms or facts.lenders):
        facts = replace(facts, firms=firms)
    made = AccountInput(str(candidate.at.id), facts, text, candidate.at.first_at.date(), projects=frozenset(projects))
    return news_profile(account_of(made, _dollars), rarity)


def _projects_named(candidate: MatchInput) -> Iterator[str]:
    """Yield the known projects in its country that a candidate names.

    If a Chinese party is named, which identifies it better, a name identifies a project only in title or first
    paragraph: further down it may be a comparison. If none is named, a name of ordinary words counts at the head, and
    that of a site if the sector agrees or two of its names occur: a town has other projects, too.
    """
    facts = candidate.facts
    partless = not (facts.firms or facts.lenders)
    for name in candidate.named:
        here = not facts.countries or bool({*facts.countries} & {*name.value.countries})
        agrees = bool(facts.sector) and name.value.sector == facts.sector
        heads = name.start <= _head(candidate)
        sure = name.value.standing in _SURE and (partless or heads)
        if here and (sure or (partless and ((heads and name.in_words) or agrees or name.names > 1))):
            yield name.target


def _head(candidate: MatchInput) -> int:
    """Return the end of title and first paragraph in the longest article that is about one candidate alone."""
    alone = (each for each in candidate.passages if each.title)
    return max((len(each.title) + 2 + len(each.text.partition("\n")[0]) for each in alone), default=_PASSAGE)


@lru_cache(maxsize=_REMEMBERED)
def profile_of_known(known: KnownProject, rarity: Rarity) -> NewsProfile:
    """Return the sketch of a project of another base for comparison."""
    own = frozenset({str(Ref.known(known.source, known.key))})
    text = f"{known.facts.title}\n{known.description}"
    account = AccountInput(known.key, known.facts, text, year=known.year, projects=own, agreement=_agreement(known))
    return news_profile(account_of(account, _dollars), rarity)


def _agreement(known: KnownProject) -> Agreement | None:
    """Return which agreement a row is, for bases with one row per agreement."""
    return _AGREEMENTS.get(known.facts.mode or Mode.UNSPECIFIED)


def keys_of_known(known: KnownProject, judge: Judge) -> frozenset[str]:
    """Return the keys by which candidates find a project of another base, and a mark of the rules that drew them."""
    return match_keys(profile_of_known(known, judge.rarity)) | {f"{VERSION_MARK}{judge.keys_version}"}


def redraw_keys(conn: sa.Connection, ids: Collection[int]) -> None:
    """Draw the keys of candidates again by the current rules; their pairs stay."""
    judge = judge_within(conn)
    for candidate in match_inputs(conn, ids, redirects(conn)).values():
        keep_keys(conn, candidate, match_keys(profile_of(candidate, judge.rarity)) | {drawn_mark(judge)}, MARK)


def drawn_mark(judge: Judge) -> str:
    """Return the mark stored with a candidate's keys that names the rules that drew them."""
    return f"{MARK}{VERSION_MARK}{judge.keys_version}"


def _dollars(value: Decimal, currency: str, day: date) -> float | None:
    worth = dollars(value, currency, day)
    return None if worth is None else float(worth)
