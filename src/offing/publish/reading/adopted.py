"""What a release says of a project, read back from its rows: the facts, the life line, and what proves them. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from offing.model.pairs.pairing import Bond
from offing.model.projects.adopted import Adopted
from offing.model.projects.curation import CURATED
from offing.model.projects.project import (
    Amount,
    Change,
    EventDate,
    Firm,
    HandValue,
    Lender,
    LifeEvent,
    LoanTerm,
    ProjectFacts,
    ProjectRecord,
    ReportedEvent,
    SizedBy,
    StatedConcern,
)
from offing.model.projects.record_change import LIST_FIELDS, plain_value
from offing.model.projects.release import KnownLink, ProvedField, PublishedSource, Release
from offing.model.reading.evidence import Evidence, FieldName
from offing.model.values.vocabulary import (
    AmountKind,
    Concern,
    EventKind,
    LoanTermKind,
    Mode,
    RecordType,
    Role,
    Sector,
    Speaker,
    Status,
)
from offing.publish.body import Cells, ProjectBody
from offing.publish.columns import PROJECT_ID, SEPARATOR
from offing.publish.published import PartyKind, PublishedHand
from offing.publish.supported import supported

_FIRST = frozenset({EventKind.STATUS, EventKind.CHANGE})  # events that are no facts of their own
_NEXT_CHANGE = re.compile(r"; (?=[a-z_]+: )")
_SWITCH = {"true": True, "false": False}


def adopted_project(body: ProjectBody, release: Release) -> Adopted:
    """Return a project as the rows of an adopted release give it.

    Raises:
        KeyError: a cell is missing that every release has.
        ValueError: a cell cannot be read: an unknown word, a malformed number or date.
    """
    (row,) = body.rows["projects"]
    line = tuple(_event(each, release.version) for each in body.rows.get("events", ()))
    facts = _facts(row, body.rows, line)
    return Adopted(
        release.version,
        release.published_at,
        facts,
        line,
        tuple(_hand(each, facts) for each in body.rows.get("by_hand", ())),
        tuple(_source(each) for each in body.rows.get("sources", ())),
        tuple(_proof(each) for each in body.rows.get("evidence", ())),
        tuple(_link(each) for each in body.rows.get("links", ())),
        row.get("split_from"),
    )


def inherited_sources(record: ProjectRecord, adopted: Iterable[Adopted]) -> tuple[PublishedSource, ...]:
    """Return the articles behind what a record has from adopted releases."""
    return tuple(replace(source, project_id=record.id) for each in adopted for source in each.sources)


def inherited_proofs(record: ProjectRecord, adopted: Iterable[Adopted]) -> tuple[ProvedField, ...]:
    """Return the quotes from adopted releases that still prove a value of a record.

    Their articles are not stored here: those of one record are numbered -1, -2 and so on.
    """
    every = [proof for each in adopted for proof in each.proofs]
    urls = list(dict.fromkeys(proof.url for proof in every))
    number = {url: -place for place, url in enumerate(urls, 1)}
    quotes = (replace(proof.evidence, article_id=number[proof.url]) for proof in every)
    return tuple(ProvedField(record.id, each, urls[-each.article_id - 1]) for each in supported(quotes, record))


def _facts(row: Cells, tables: Mapping[str, list[Cells]], line: Iterable[LifeEvent]) -> ProjectFacts:
    events = tuple(line)
    parties = tables.get("parties", ())
    status = Status(row["status"]) if "status" in row else None
    return ProjectFacts(
        title=row["title"],
        countries=_several(row, "countries"),
        firms=tuple(_firm(each) for each in parties if each["kind"] == PartyKind.FIRM),
        lenders=tuple(_lender(each) for each in parties if each["kind"] == PartyKind.LENDER),
        counterparts=tuple(each["name"] for each in parties if each["kind"] == PartyKind.COUNTERPART),
        amounts=tuple(map(_amount, tables.get("flows", ()))),
        sector=Sector(row["sector"]) if "sector" in row else None,
        status=status,
        record_type=RecordType(row["record_type"]) if "record_type" in row else None,
        mode=Mode(row["mode"]) if "mode" in row else None,
        concerns=tuple(StatedConcern(Concern(each), "") for each in _several(row, "concerns")),
        quantities=tuple(map(_size, tables.get("quantities", ()))),
        places=_several(row, "places"),
        terms=tuple(map(_term, tables.get("terms", ()))),
        event_date=_date_of(status, events),
        events=tuple(_reported(each) for each in events if each.kind not in _FIRST),
    )


def _several(row: Cells, column: str) -> tuple[str, ...]:
    return tuple(row[column].split(SEPARATOR)) if column in row else ()


def _firm(row: Cells) -> Firm:
    return Firm(row["name"], row.get("as_written", ""), Role(row["role"]), row.get("entity_id"))


def _lender(row: Cells) -> Lender:
    return Lender(row["name"], row.get("as_written", ""), row.get("entity_id"))


def _amount(row: Cells) -> Amount:
    kind, written = AmountKind(row["kind"]), row.get("as_written", "")
    return Amount(Decimal(row["value"]), row["currency"], kind, written, row.get("qualifier", ""))


def _term(row: Cells) -> LoanTerm:
    return LoanTerm(LoanTermKind(row["kind"]), Decimal(row["value"]), row["unit"], row.get("as_written", ""))


def _size(row: Cells) -> SizedBy:
    return SizedBy(Decimal(row["value"]), row["unit"], row.get("as_written", ""))


def _event(row: Cells, version: str) -> LifeEvent:
    return LifeEvent(
        EventKind(row["kind"]),
        Status(row["status"]) if "status" in row else None,
        date.fromisoformat(row["day"]) if "day" in row else None,
        0,
        row.get("url", ""),
        row.get("quote", ""),
        row.get("event_date", ""),
        tuple(_changes(row.get("changes", ""))),
        release=version,
    )


def _changes(cell: str) -> Iterator[Change]:
    """Yield the changes of a cell; names that contain a separator are taken apart, and joined again as they were."""
    for each in filter(None, _NEXT_CHANGE.split(cell)):
        field, _, values = each.partition(": ")
        before, _, after = values.partition(" -> ")
        yield Change(field, tuple(filter(None, before.split(", "))), tuple(after.split(", ")))


def _date_of(status: Status | None, line: Iterable[LifeEvent]) -> EventDate | None:
    """Return the date of the latest event of a status, where that has one."""
    own = [event for event in line if event.status is status and status]
    latest = max(own, key=lambda event: event.place, default=None)
    return EventDate(latest.event_date, "") if latest and latest.event_date else None


def _reported(event: LifeEvent) -> ReportedEvent:
    return ReportedEvent(event.kind, "", EventDate(event.event_date, "") if event.event_date else None)


def _source(row: Cells) -> PublishedSource:
    published = _moment(row["published"]) if "published" in row else None
    title, outlet, language = (row.get(name, "") for name in ("title", "outlet", "language"))
    return PublishedSource(row[PROJECT_ID], row["url"], title, outlet, language, published)


def _proof(row: Cells) -> ProvedField:
    speaker = Speaker(row["speaker"]) if "speaker" in row else None
    place = int(row["start"]), int(row["end"])
    evidence = Evidence(FieldName(row["field"]), row["value"], 0, *place, row.get("quote", ""), speaker)
    return ProvedField(row[PROJECT_ID], evidence, row["url"])


def _link(row: Cells) -> KnownLink:
    judge = row.get("judge", "")
    return KnownLink(
        row[PROJECT_ID],
        row["dataset"],
        row["their_id"],
        Bond(row["verdict"]),
        "" if judge == "matching" else judge,
        _moment(row["decided_at"]) if "decided_at" in row else None,
        row.get("reason", ""),
        float(row["score"]) if "score" in row else None,
        row.get("licence", ""),
    )


def _hand(row: Cells, facts: ProjectFacts) -> HandValue:
    made = HandValue(
        row["field"],
        None,
        row.get("set_by", ""),
        _moment(row["set_at"]),
        row.get("reason", ""),
        row.get("source", ""),
    )
    return replace(made, value=_value(row[PROJECT_ID], made, row["value"], facts))


def _value(project_id: str, hand: HandValue, written: str, facts: ProjectFacts) -> Any:
    """Return the plain value that a person set, from its words: that of the facts which is written so, if any is."""
    if hand.field in CURATED:
        return _SWITCH.get(written, written) if hand.field.startswith(("is_", "recommended_")) else written
    own = getattr(facts, hand.field)
    for each in own if hand.field in LIST_FIELDS else (own,):
        plain = plain_value(hand.field, each)
        if plain is not None and PublishedHand(project_id, replace(hand, value=plain)).written == written:
            return plain
    return {"value": written, "as_written": ""} if hand.field == FieldName.EVENT_DATE else written


def _moment(cell: str) -> datetime:
    return datetime.fromisoformat(cell).astimezone(UTC)
