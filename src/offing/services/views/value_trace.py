"""Traces the values of one field of a record back to the feeds, or of an imported project to its dataset."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from difflib import get_close_matches
from typing import Any

import sqlalchemy as sa

from offing.config.files.layers import Layers
from offing.config.sites.import_shapes import licences
from offing.config.sites.release import load_release
from offing.errors import UnknownItem, UsageError
from offing.model.operation.trace import TracedDecision
from offing.model.operation.value_trace import (
    ArticleOrigin,
    FieldOrigin,
    Intervention,
    KnownOrigin,
    QuoteOrigin,
    ReleaseOrigin,
    ValueOrigin,
)
from offing.model.pairs.pairing import Ref
from offing.model.projects.adopted import Adopted
from offing.model.projects.archived_copy import archived_copy
from offing.model.projects.project import HandValue, ProjectFacts, ProjectRecord
from offing.model.projects.record_change import LIST_FIELDS, plain_value
from offing.model.projects.release import ProvedField, Release
from offing.model.reading.evidence import Evidence
from offing.model.review.candidate import Candidate
from offing.model.review.decision import Decision, decisions_in_force
from offing.publish import ProjectBody, carries, inherited_proofs, proves, unpacked
from offing.redaction import redact
from offing.services.matching.match_rules import layers_within
from offing.services.records.adopted import inherited
from offing.services.records.compose import corrections
from offing.services.views.record_changes import said_of, typed
from offing.services.views.updates import known_project
from offing.store.candidates.candidate import candidates
from offing.store.candidates.decision import decisions_of
from offing.store.database.engine import Database
from offing.store.records.known_project import imported_when
from offing.store.records.membership import came_to, home_of, redirects
from offing.store.records.project import get_project
from offing.store.records.release import content, releases_with
from offing.store.upkeep.article_origins import origins_of

FIELDS = tuple(each.name for each in fields(ProjectFacts))
_TITLE_OF = ("countries", "firms", "lenders", "sector", "status", "places", "amounts")


@dataclass(frozen=True, slots=True)
class _Quoted:
    """A quote with the candidate that has it, and the decision with which a person chose it."""

    proof: Evidence
    candidate_id: int
    decision: Decision | None = None


@dataclass(frozen=True, slots=True)
class _Behind:
    """What stands behind a record: quotes and decisions of its candidates, articles, and releases with their rows."""

    quotes: tuple[_Quoted, ...]
    adopted: tuple[tuple[ProvedField, Adopted], ...]
    decisions: Mapping[int, tuple[Decision, ...]]
    homes: Mapping[int, str]
    articles: Mapping[int, ArticleOrigin]
    releases: tuple[tuple[Release, ProjectBody], ...]


def trace_field(database: Database, project_id: str, field: str, blind: Collection[int] = ()) -> FieldOrigin:
    """Return where each value of a field comes from. A merged record is traced in the one to which it leads.

    Args:
        database: where the record is stored.
        project_id: id of the record.
        field: a field of a project: countries, amounts.
        blind: candidates of which nothing may be shown.

    Raises:
        UnknownItem: there is no such record.
        UsageError: there is no such field; the message lists all.
    """
    _check_field(field)
    with database.read() as conn:
        record = get_project(conn, home_of(project_id, redirects(conn)))
        if record is None:
            raise UnknownItem(f"there is no project {project_id}: `offing projects list` shows all")
        behind = _behind(conn, record, field, blind)
        values = tuple(_origin(record, field, value, behind) for value in _values(record.facts, field))
        made = tuple(
            Intervention(said_of(each), each.by, each.at, each.reason, each.source)
            for each in corrections(conn, record.id)
            if each.field == field
        )
    return FieldOrigin(project_id, record.id, field, _state(project_id, record), values, made)


def trace_known(database: Database, named: Ref, field: str) -> KnownOrigin:
    """Return the dataset from which a field of an imported project comes, with its licence.

    Raises:
        UnknownItem: there is no such project.
        UsageError: there is no such field; the message lists all.
    """
    _check_field(field)
    row = known_project(database, named)
    with database.read() as conn:
        licence = licences(_layers(conn)).get(row.source, "")
        at = imported_when(conn, named)
    words = tuple(typed(field, plain_value(field, value)) for value in _values(row.facts, field))
    return KnownOrigin(str(named), field, row.source, row.key, licence, at, words)


def _check_field(field: str) -> None:
    if field not in FIELDS:
        near = get_close_matches(field, FIELDS, 1)
        meant = f"did you mean {near[0]}? " if near else ""
        raise UsageError(f"{field!r} is no field of a project; {meant}there are {', '.join(FIELDS)}")


def _layers(conn: sa.Connection) -> Layers:
    return layers_within(conn) or Layers.of(None)


def _state(asked: str, record: ProjectRecord) -> str:
    """Return in words what became of the id that was asked for, "" for a record that stands by itself."""
    if record.withdrawn is not None:
        return f"withdrawn: {record.withdrawn}"
    return f"{asked} was merged into {record.id}" if asked != record.id else ""


def _values(facts: ProjectFacts, field: str) -> tuple[Any, ...]:
    value = getattr(facts, field)
    if field in LIST_FIELDS:
        return tuple(value)
    return () if value is None or value == "" else (value,)


def _behind(conn: sa.Connection, record: ProjectRecord, field: str, blind: Collection[int]) -> _Behind:
    ids = [each for each in record.candidate_ids if each not in blind]
    found, made = candidates(conn, ids), decisions_of(conn, ids)
    quotes = tuple(each for one in found for each in _quotes(one, made.get(one.id, ()), field))
    return _Behind(
        quotes,
        tuple((proof, each) for each in inherited(conn, record.id) for proof in inherited_proofs(record, (each,))),
        {number: decisions_in_force(own) for number, own in made.items()},
        came_to(conn, ids),
        _articles(conn, {each.proof.article_id for each in quotes}),
        tuple(_released(conn, record.id)),
    )


def _quotes(candidate: Candidate, decisions: Iterable[Decision], field: str) -> Iterator[_Quoted]:
    yield from (_Quoted(each, candidate.id) for each in candidate.evidence if each.field == field)
    for made in decisions_in_force(decisions):
        yield from (_Quoted(each, candidate.id, made) for each in made.proofs if each.field == field)


def _articles(conn: sa.Connection, ids: Collection[int]) -> dict[int, ArticleOrigin]:
    """Return articles with the addresses of their archived copies."""
    template = load_release(_layers(conn)).archive
    return {key: _with_copy(each, template) for key, each in origins_of(conn, ids).items()}


def _with_copy(article: ArticleOrigin, template: str) -> ArticleOrigin:
    page = article.page
    copy = archived_copy(template, redact(page.final_url), page.fetched_at, page.sha256)
    return replace(article, page=replace(page, archived=copy))


def _released(conn: sa.Connection, project_id: str) -> Iterator[tuple[Release, ProjectBody]]:
    """Yield the releases of which the content is known, with what they say of a project."""
    for release in releases_with(conn, project_id):
        for stored in content(conn, release.number, (project_id,)).values():
            if body := unpacked(stored):
                yield release, body


def _origin(record: ProjectRecord, field: str, value: Any, behind: _Behind) -> ValueOrigin:
    plain = plain_value(field, value)
    hand = next((each for each in reversed(record.by_hand) if (each.field, each.value) == (field, plain)), None)
    quoted = [each for each in behind.quotes if _shows(each, field, value, hand)]
    own = {each.candidate_id for each in quoted}
    return ValueOrigin(
        value=typed(field, plain),
        releases=tuple(
            ReleaseOrigin(each.version, each.published_at, each.yanked is not None)
            for each, body in behind.releases
            if carries(body, field, value)
        ),
        hand=hand,
        decisions=tuple(each for number in sorted(own) for each in _decisions(behind.decisions.get(number, ()))),
        quotes=(*_adopted(field, value, behind), *_once(_quote(each, behind) for each in quoted)),
        composed_of=_TITLE_OF if field == "title" and hand is None else (),
    )


def _shows(each: _Quoted, field: str, value: Any, hand: HandValue | None) -> bool:
    """Return whether a quote belongs to a value; to one that a person set, only quotes that they chose with it."""
    if hand is None:
        return proves(each.proof, field, value)
    return each.decision is not None and (each.decision.by, each.decision.at) == (hand.by, hand.at)


def _decisions(made: Iterable[Decision]) -> Iterator[TracedDecision]:
    for each in made:
        yield TracedDecision(each.candidate_id, each.judgement, each.by, each.at, each.reason)


def _quote(each: _Quoted, behind: _Behind) -> QuoteOrigin:
    proof = each.proof
    return QuoteOrigin(
        *(proof.text, proof.start, proof.end, proof.said_by),
        by=each.decision.by if each.decision else "",
        candidate_id=each.candidate_id,
        record=behind.homes.get(each.candidate_id, ""),
        article=behind.articles.get(proof.article_id),
    )


def _adopted(field: str, value: Any, behind: _Behind) -> Iterator[QuoteOrigin]:
    """Yield the quotes that came with an adopted release, those of an article together."""
    for proof, each in sorted(behind.adopted, key=lambda pair: (pair[0].url, pair[0].evidence.start)):
        said = proof.evidence
        if proves(said, field, value):
            place = (said.text, said.start, said.end, said.said_by)
            yield QuoteOrigin(*place, "", 0, "", None, each.release, proof.url)


def _once(quotes: Iterable[QuoteOrigin]) -> tuple[QuoteOrigin, ...]:
    """Return each quote of an article once, those of the earliest articles first."""
    found: dict[tuple[int, int, int], list[QuoteOrigin]] = defaultdict(list)
    for each in quotes:
        found[each.article.id if each.article else 0, each.start, each.end].append(each)
    return tuple(own[0] for _, own in sorted(found.items()))
