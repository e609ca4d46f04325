"""Rules for one record. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from shlex import quote
from typing import Any

from offing.model.projects.finding import Finding, ReleaseRule, ReleaseRules, Severity
from offing.model.projects.project import Amount, LifeEvent, ProjectFacts, ProjectRecord, grouped
from offing.model.projects.record_change import LIST_FIELDS
from offing.model.projects.release import Described
from offing.model.projects.update import Contradiction
from offing.model.values.codec import to_plain
from offing.model.values.vocabulary import Status, unheard
from offing.publish.body import Cells, ProjectBody
from offing.publish.checks.currencies import trouble_with
from offing.publish.schema import DATA_TABLES, EVIDENCE, SOURCES
from offing.publish.supported import spelled, spellings

Dollars = Callable[[Decimal, str, date], Decimal | None]
Found = tuple[ReleaseRule, str, str, str, str]


@dataclass(frozen=True, slots=True)
class Examined:
    """A live record as the rules see it.

    Args:
        described: the record with all quotes that prove its values.
        body: what would be published of it.
        contradictions: accounts between which nobody has chosen.
        day: the day at whose rates its sums are compared.
    """

    described: Described
    body: ProjectBody
    contradictions: tuple[Contradiction, ...]
    day: date


def of_record(each: Examined, rules: ReleaseRules, today: date, dollars: Dollars) -> Iterator[Finding]:
    """Yield what looks wrong in a record.

    Args:
        each: the record.
        rules: severities and limits.
        today: the day of the release, from which years ahead are counted.
        dollars: converts value, currency and day to US dollars; None where no rate is known.
    """
    record = each.described.record
    found = (
        *_sums(each, rules, dollars),
        *_years(record, rules, today),
        *_named(record.facts),
        *_rivals(each.contradictions),
        *_order(record.life_line),
        *_unproved(each, rules.required),
        *_dangling(each.body),
        *_one_sided(each),
    )
    for rule, field, value, problem, remedy in found:
        if rules.severities[rule] is not Severity.OFF:
            to_do = remedy.replace("{id}", record.id)
            yield Finding(rule, rules.severities[rule], record.id, field, value, problem, to_do)


def _sums(each: Examined, rules: ReleaseRules, dollars: Dollars) -> Iterator[Found]:
    for amount in each.described.record.facts.amounts:
        to_do = _replace("amounts", amount.written)
        if trouble := trouble_with(amount.currency, rules.currencies):
            yield ReleaseRule.CURRENCY, "amounts", amount.written, trouble, to_do
        worth = dollars(amount.value, amount.currency, each.day)
        if amount.value <= 0 or (amount.value if worth is None else worth) > rules.limits.usd:
            yield ReleaseRule.ABSURD_SUM, "amounts", amount.written, _absurd(amount, rules), to_do


def _absurd(amount: Amount, rules: ReleaseRules) -> str:
    if amount.value <= 0:
        return f"{grouped(amount.written)} is no sum"
    return f"{grouped(amount.written)} is more than {rules.limits.usd:,.0f} US dollars"


def _years(record: ProjectRecord, rules: ReleaseRules, today: date) -> Iterator[Found]:
    last = today.year + rules.limits.years_ahead
    for event in record.life_line:
        span = event.span if event.set_aside_by is None else None
        if span and (span[0].year < rules.limits.first_year or span[1].year > last):
            stated = event.event_date or str(event.day)
            problem = f"{event.status or event.kind} in {stated}: not between {rules.limits.first_year} and {last}"
            yield ReleaseRule.YEAR, "event_date", stated, problem, _of_year(event, record.facts)


def _of_year(event: LifeEvent, facts: ProjectFacts) -> str:
    """What to do about a date out of range: in the record that of its status can be corrected, others in candidates."""
    if event.status and facts.event_date and event.event_date == facts.event_date.value:
        return "correct it: offing projects correct {id} event_date --set DATE --reason WHY"
    number = event.candidate_id
    return (
        f"correct it where it was read: offing undo {number}, then offing decide {number} accept --set event_date=DATE"
    )


def _named(facts: ProjectFacts) -> Iterator[Found]:
    if not facts.countries:
        yield ReleaseRule.NO_COUNTRY, "countries", "", "no host country", _add("countries", "COUNTRY")
    if not facts.firms and not facts.lenders:
        problem = "neither a Chinese firm nor a Chinese lender"
        yield ReleaseRule.NO_PARTY, "firms", "", problem, _add("firms", "NAME")


def _rivals(contradictions: Iterable[Contradiction]) -> Iterator[Found]:
    for each in contradictions:
        remedy = "choose one: offing projects show {id} --full, then offing projects choose {id} EVENT"
        yield ReleaseRule.RIVAL_VALUES, each.field, each.said, f"contradicting accounts: {each.said}", remedy


def _order(line: Iterable[LifeEvent]) -> Iterator[Found]:
    spans = [(event.status, event.span) for event in line if event.status and event.set_aside_by is None]
    signed = [span for status, span in spans if status is Status.SIGNED and span]
    completed = [span for status, span in spans if status is Status.COMPLETED and span]
    if signed and completed and min(signed)[0] > max(span[1] for span in completed):
        value = f"signed {min(signed)[0]}, completed {max(completed)[1]}"
        remedy = "choose the right account: offing projects choose {id} EVENT; or correct its date"
        yield ReleaseRule.SIGNED_LATE, "status", value, f"{value}: nothing is signed after it is completed", remedy


def _unproved(each: Examined, required: Iterable[str]) -> Iterator[Found]:
    record = each.described.record
    facts = to_plain(record.facts)
    for name in required:
        proved = {spelled(proof.evidence.value) for proof in each.described.proofs if proof.evidence.field == name}
        stated = {_written(hand.value) for hand in record.by_hand if hand.field == name}
        for value in _values(facts[name]):
            if not spellings(value) & proved and _written(value) not in stated:
                problem = "no article proves this value, and nobody set it by hand"
                yield ReleaseRule.UNPROVED, name, _written(value), problem, _by_hand(name, _written(value))


def _by_hand(name: str, value: str) -> str:
    """How a person states a value on a source of their own."""
    if name in LIST_FIELDS:
        return f"{_replace(name, value)}; or take it out: --remove"
    return f"state it on a source: offing projects correct {{id}} {name} --set {quote(value)} --reason WHY --source URL"


def _values(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _written(value: Any) -> str:
    if not isinstance(value, Mapping):
        return str(value)
    return " ".join(str(value[name]) for name in ("name", "value", "currency", "unit", "kind") if value.get(name))


def _one_sided(each: Examined) -> Iterator[Found]:
    """A record of which officials of one side alone speak; promotion may ask for both, this rule of all records."""
    if trouble := unheard(proof.evidence.speaker for proof in each.described.proofs):
        remedy = "accept news of the other side into it, or sign it off where that is right"
        yield ReleaseRule.ONE_SIDED, "evidence", trouble, trouble, remedy


def _dangling(body: ProjectBody) -> Iterator[Found]:
    """Evidence and rows that do not meet: a fault of ours, found before anybody else finds it."""
    rows, proofs = body.rows, body.rows.get(EVIDENCE.name, ())
    ids = {body.project_id, *_ids(rows)}
    urls = {row["url"] for row in rows.get(SOURCES.name, ())}
    remedy = "a fault of offing: report it with the output of offing projects show {id} --json"
    for proof in proofs:
        for wanted in proof["row_id"].split("; "):
            if wanted not in ids:
                yield ReleaseRule.DANGLING, proof["field"], wanted, f"{_name(proof)} proves {wanted}: no row", remedy
        if proof["url"] not in urls:
            problem = f"{_name(proof)} quotes an article that is no source of the project"
            yield ReleaseRule.DANGLING, proof["field"], proof["url"], problem, remedy
    for event in rows.get("events", ()):
        if event.get("url") and event["url"] not in urls:
            problem = f"{event['event_id']} names an article that is no source of the project"
            yield ReleaseRule.DANGLING, "events", event["url"], problem, remedy


def _ids(rows: Mapping[str, list[Cells]]) -> Iterator[str]:
    columns = {table.name: table.ids.column for table in DATA_TABLES if table.ids and table is not EVIDENCE}
    return (row[column] for table, column in columns.items() for row in rows.get(table, ()))


def _name(proof: Cells) -> str:
    return proof["evidence_id"]


def _replace(field: str, value: str) -> str:
    return f"correct it: offing projects correct {{id}} {field} --replace {quote(value)} NEW --reason WHY"


def _add(field: str, value: str) -> str:
    return f"add it: offing projects correct {{id}} {field} --add {value} --reason WHY"
