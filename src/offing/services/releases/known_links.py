"""Reads what records are to projects of other datasets: as people decided, else as matching found."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace

import sqlalchemy as sa

from offing.model.pairs.matching import Relation
from offing.model.pairs.pairing import Bond, PairDecision, Ref, RefKind
from offing.model.projects.project import ProjectRecord
from offing.model.projects.release import KnownLink, Release
from offing.store.pairs.pair import pairs_with_known
from offing.store.pairs.pairing import decisions_on
from offing.store.records.release import adopted_release

_BONDS = {Relation.SAME: Bond.SAME, Relation.LINKED: Bond.LINKED}


@dataclass(frozen=True, slots=True)
class _Items:
    """The records under which some items stand: each record's own reference, and those of its candidates."""

    owners: Mapping[Ref, str]
    licences: Mapping[str, str]

    def link(self, owner: str, known: Ref, bond: Bond) -> KnownLink:
        """Return the bare link of a record to a project of another dataset."""
        dataset, _, key = known.key.partition(":")
        return KnownLink(owner, dataset, key, bond, licence=self.licences.get(dataset, ""))


def base_of(release: Release) -> str:
    """Return the name of the base under which the projects of an adopted release are known to matching."""
    return f"release-{release.version}"


def known_links(
    conn: sa.Connection, records: Collection[ProjectRecord], licences: Mapping[str, str]
) -> Mapping[str, tuple[KnownLink, ...]]:
    """Return what some records are to projects of other datasets, by record.

    A person's last decision on a pair counts, be it on the record or on one of its candidates; where nobody decided,
    the best result of matching.

    Args:
        conn: a transaction.
        records: live ones.
        licences: of the datasets, by name.
    """
    owners = {Ref.project(each.id): each.id for each in records}
    owners |= {Ref.candidate(number): each.id for each in records for number in each.candidate_ids}
    items, origin = _Items(owners, licences), adopted_release(conn)
    found: dict[tuple[str, str, str], KnownLink] = {}
    for each in (*_matched(conn, items), *_decided(conn, items)):  # the last one of a pair stays
        if origin and each.dataset == base_of(origin):
            continue  # the record itself, as it was adopted
        found[each.project_id, each.dataset, each.their_id] = each
    by_record: dict[str, list[KnownLink]] = defaultdict(list)
    for each in found.values():
        by_record[each.project_id].append(each)
    return {project_id: tuple(links) for project_id, links in by_record.items()}


def _decided(conn: sa.Connection, items: _Items) -> Iterator[KnownLink]:
    for each in decisions_on(conn, items.owners):
        yield from _sides(each, items)


def _sides(decision: PairDecision, items: _Items) -> Iterator[KnownLink]:
    for ours, theirs in ((decision.one, decision.other), (decision.other, decision.one)):
        if ours in items.owners and theirs.kind is RefKind.KNOWN:
            link = items.link(items.owners[ours], theirs, decision.bond)
            yield replace(link, judge=decision.by, at=decision.at, reason=decision.reason)


def _matched(conn: sa.Connection, items: _Items) -> Iterator[KnownLink]:
    """Yield what matching found, least likely first."""
    numbers = [int(ref.key) for ref in items.owners if ref.kind is RefKind.CANDIDATE]
    for pair in sorted(pairs_with_known(conn, numbers), key=lambda each: each.score):
        if pair.relation in _BONDS:
            owner = items.owners[Ref.candidate(pair.candidate_id)]
            yield replace(items.link(owner, pair.target, _BONDS[pair.relation]), score=pair.score)
