"""Reads records for a release, page by page, each with all that is published or checked of it.

A page holds some hundred records with their candidates, so that memory does not grow with the number of records.
"""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

import sqlalchemy as sa

from offing.model.projects.adopted import Adopted
from offing.model.projects.project import ProjectRecord
from offing.model.projects.record_change import in_force
from offing.model.projects.release import Described, ProvedField, PublishedSource
from offing.model.projects.update import Contradiction
from offing.model.review.candidate import Candidate
from offing.publish import inherited_proofs, inherited_sources, supported
from offing.publish.quotes import QuotedArticle
from offing.services.records.adopted import inheritance
from offing.services.records.compose import recomposed, withdrawals_of
from offing.services.releases.known_links import known_links
from offing.store.articles.article import text_lengths
from offing.store.candidates.candidate import candidates
from offing.store.database.batch import parts
from offing.store.records.membership import home_of, redirects
from offing.store.records.project import get_project, records_of
from offing.store.records.record_change import changes_of, split_origins

AT_ONCE = 100  # records of a page
_ELSEWHERE = QuotedArticle(sys.maxsize, reserved=False)  # stored by another site, whose release quoted it within bounds
NO_LICENCES: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class ReadRecord:
    """A record as it is read for a release.

    Args:
        described: with all quotes that prove its values.
        articles: the articles that are quoted.
        contradictions: accounts between which nobody has chosen.
        differs: whether it differs from the composition of its candidates.
    """

    described: Described
    articles: dict[int, QuotedArticle]
    contradictions: tuple[Contradiction, ...]
    differs: bool

    @property
    def is_live(self) -> bool:
        """Whether it stands for a project: neither merged nor withdrawn."""
        record = self.described.record
        return record.redirects_to is None and record.withdrawn is None


def read_records(
    conn: sa.Connection, ids: Iterable[str], licences: Mapping[str, str] = NO_LICENCES
) -> Iterator[ReadRecord]:
    """Yield records in the order of their ids; `licences` are those of other datasets, by name."""
    for some in parts(ids, AT_ONCE):
        yield from _page(conn, some, licences)


def _page(conn: sa.Connection, ids: list[str], licences: Mapping[str, str]) -> Iterator[ReadRecord]:
    found = {each.id: each for each in records_of(conn, ids)}
    made = {each.id: (each, clashing) for each, clashing in recomposed(conn, tuple(found.values()))}
    live = [each for each in found.values() if each.redirects_to is None and each.withdrawn is None]
    told = {each.id: each for each in candidates(conn, (number for each in live for number in each.candidate_ids))}
    origins, gone = split_origins(conn, (each.id for each in live)), _ends(conn, found.values())
    links, parents = known_links(conn, live, licences), _parents(conn, live)
    lengths = text_lengths(conn, {proof.article_id for each in told.values() for proof in each.evidence})
    heirs = inheritance(conn, [each.id for each in live])
    for record in (found[each] for each in ids if each in found):
        again, contradictions = made[record.id]
        described = replace(
            _described(record, [told[each] for each in record.candidate_ids if each in told]),
            split_from=origins.get(record.id),
            source=gone.get(record.id, ""),
            links=links.get(record.id, ()),
            parent=parents.get(record.id),
        )
        described = _with_inherited(described, heirs.get(record.id, ()))
        quoted = {proof.evidence.article_id for proof in described.proofs}
        yield ReadRecord(
            described,
            {each: QuotedArticle(*lengths[each]) for each in quoted if each in lengths}
            | {each: _ELSEWHERE for each in quoted if each < 0},
            contradictions,
            again != record,
        )


def _with_inherited(described: Described, adopted: Sequence[Adopted]) -> Described:
    """Return a record with what adopted releases say behind it; what this site says of a pair or split comes first."""
    record, linked = described.record, {(each.dataset, each.their_id) for each in described.links}
    old = (replace(link, project_id=record.id) for each in adopted for link in each.links)
    return replace(
        described,
        sources=(*described.sources, *inherited_sources(record, adopted)),
        proofs=(*described.proofs, *inherited_proofs(record, adopted)),
        links=(*described.links, *(each for each in old if (each.dataset, each.their_id) not in linked)),
        split_from=described.split_from or next((each.split_from for each in adopted if each.split_from), None),
    )


def _parents(conn: sa.Connection, live: Iterable[ProjectRecord]) -> dict[str, str]:
    """Return the live record that each of some is part of, after all merges; never the record itself."""
    stated = {each.id: parent for each in live if (parent := each.curation.parent_id)}
    found = {}
    for own, parent in stated.items():
        above = get_project(conn, home_of(parent, redirects(conn)))
        if above and above.withdrawn is None and above.id != own:
            found[own] = above.id
    return found


def _ends(conn: sa.Connection, records: Collection[ProjectRecord]) -> dict[str, str]:
    """Return the sources on which people relied who withdrew or merged some of these records."""
    merged = {each.id: each.redirects_to for each in records if each.redirects_to}
    made = in_force(changes_of(conn, merged))
    merges = [each for each in made if each.other and each.other == merged.get(each.project_id)]
    withdrawals = withdrawals_of(conn, [each.id for each in records]).values()
    return {each.project_id: each.source for each in (*withdrawals, *merges)}


def _described(record: ProjectRecord, told: list[Candidate]) -> Described:
    if record.redirects_to or record.withdrawn is not None:
        return Described(record)
    sources = tuple(source for each in told for source in _sources(record.id, each))
    return Described(record, sources, tuple(proof for each in told for proof in _proofs(record, each)))


def _sources(project_id: str, candidate: Candidate) -> Iterator[PublishedSource]:
    for each in candidate.articles:
        yield PublishedSource(project_id, each.url, each.title, each.outlet, each.language, each.published)


def _proofs(record: ProjectRecord, candidate: Candidate) -> Iterator[ProvedField]:
    urls = {article.article_id: article.url for article in candidate.articles}
    for each in supported(candidate.evidence, record):
        if each.article_id in urls:
            yield ProvedField(record.id, each, urls[each.article_id])
