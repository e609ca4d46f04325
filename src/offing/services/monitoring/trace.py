"""Traces one address through all steps, or says what would have to happen for it to be known."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from difflib import get_close_matches

import sqlalchemy as sa

from offing.errors import UsageError
from offing.model.operation.run import Ending
from offing.model.operation.trace import Pending, Trace, TracedCandidate, TracedDecision, TracedRelease, Turn, Unknown
from offing.model.sources.feed import ILL
from offing.store.candidates.decision import decisions_of
from offing.store.database.engine import Database
from offing.store.records.membership import project_of
from offing.store.records.release import releases_with
from offing.store.upkeep.address_trace import (
    addresses_with,
    announcements,
    articles_of,
    candidates_with,
    entries_at,
    feed_addresses,
    items_of,
    known_domains,
    pages_of,
    pending,
    pruned_at,
    turns,
)
from offing.urls import domain_of, host_of, url_key

NEAREST, LIKENESS = 3, 0.75
_STOPS = frozenset({Ending.REFUSED, Ending.EMPTY, Ending.FAILED, Ending.DUPLICATE, Ending.BELOW_CUT})


def trace(database: Database, url: str) -> Trace | Unknown:
    """Return the story of an address: one that a feed announced, that redirects led to, or that a page names.

    Raises:
        UsageError: it is no http or https address.
    """
    try:
        key = url_key(url)
    except ValueError:
        raise UsageError(f"{url!r} is not an address: it has to begin with http:// or https://") from None
    with database.read() as conn:
        found = entries_at(conn, key)
        if found:
            return _traced(conn, url, found)
        gone = pruned_at(conn, key)
        if gone:
            return Trace(url, f"pruned on {gone:%Y-%m-%d}, since nothing came of it; `offing add {url}` brings it back")
        return _unknown(conn, url)


def _traced(conn: sa.Connection, url: str, entries: Sequence[int]) -> Trace:
    pages = pages_of(conn, entries)
    articles = articles_of(conn, [each.id for each in pages])
    items = items_of(entries, [each.id for each in pages], [each.id for each in articles])
    candidates = candidates_with(conn, [each.id for each in articles])
    made = tuple(replace(each, record=project_of(conn, each.merged_into or each.id)) for each in candidates)
    decided = decisions_of(conn, [each.id for each in made])
    judged = (
        TracedDecision(each.candidate_id, each.judgement, each.by, each.at, each.reason)
        for some in decided.values()
        for each in some
    )
    found = Trace(
        url,
        "",
        announcements(conn, entries),
        turns(conn, items),
        pending(conn, items),
        pages,
        articles,
        made,
        tuple(sorted(judged, key=lambda each: each.at)),
        tuple(_releases(conn, made)),
    )
    return replace(found, outcome=_outcome(found))


def _releases(conn: sa.Connection, made: Sequence[TracedCandidate]) -> Iterator[TracedRelease]:
    for record in dict.fromkeys(each.record for each in made if each.record):
        for each in releases_with(conn, record):
            yield TracedRelease(record, each.version, each.published_at, each.yanked is not None)


def _outcome(found: Trace) -> str:
    """Return in a sentence how far an address has come."""
    if found.releases:
        newest = found.releases[-1]
        return f"published as {newest.record} in release {newest.version}"
    if records := [each.record for each in found.candidates if each.record]:
        return f"part of the record {records[0]}, in no release yet"
    if above := [each for each in found.candidates if each.above_cut or each.merged_into]:
        return ", ".join(_standing(each) for each in above)
    if found.pending:
        return _waiting(found.pending[-1])
    last = next((each for each in reversed(found.turns) if each.ending in _STOPS), None)
    return _stopped(last, found) if last else "announced, and not in any queue of work: `offing db check` may know why"


def _standing(each: TracedCandidate) -> str:
    if each.merged_into:
        return f"candidate {each.id}, merged into candidate {each.merged_into}"
    return f"candidate {each.id} ({each.state})"


def _waiting(each: Pending) -> str:
    why = f": {each.reason}" if each.reason else ""
    if each.quarantine_id:
        return f"set aside by `{each.verb}`{why} (offing quarantine show {each.quarantine_id})"
    return f"waits for `{each.verb}`, due {each.at:%Y-%m-%d %H:%M} UTC{why}"


def _stopped(last: Turn, found: Trace) -> str:
    if last.ending is Ending.BELOW_CUT and found.articles:
        advice = f"`offing explain {found.articles[-1].id} --article` shows its reasons"
        return f"kept, but not queued: {last.cause}; {advice}"
    return f"stopped at `{last.verb}`, {last.ending}{': ' if last.cause else ''}{last.cause}"


def _unknown(conn: sa.Connection, url: str) -> Unknown:
    host, feeds = host_of(url), feed_addresses(conn)
    near = get_close_matches(url, addresses_with(conn, host), NEAREST, LIKENESS)
    if not near and domain_of(url) not in (domains := known_domains(conn)):
        for domain in get_close_matches(domain_of(url), domains, 1, LIKENESS):
            near = get_close_matches(url, addresses_with(conn, domain), NEAREST, LIKENESS)
    own = next((number for number, address, _, _ in feeds if address == url), None)
    if own is not None:
        return Unknown(url, (), (f"it is the address of feed {own} itself: offing feeds show {own}",))
    steps = [
        f"feed {number} ({address}) has to announce it{_in_trouble(state, cause)}"
        for number, address, state, cause in feeds
        if domain_of(address) == domain_of(url)
    ]
    if not steps:
        steps = [f"no feed of {domain_of(url)} is on the list: offing feeds discover {url} finds some"]
    return Unknown(url, tuple(near), (*steps[:NEAREST], f"or a person adds it: offing add {url}"))


def _in_trouble(state: str, cause: str) -> str:
    return f", but it is {state}: {cause}" if state in ILL else ""
