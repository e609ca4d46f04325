"""Rules for one record: each finds what it looks for, and nothing in a sound record."""

import re
import shlex
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from factories.candidate import FACTS, NOW, quotes
from offing.config.files.layers import Layers
from offing.config.sites.release import load_release
from offing.model.projects.finding import Finding, ReleaseRule, Severity
from offing.model.projects.project import Amount, HandValue, LifeEvent, ProjectFacts, ProjectRecord
from offing.model.projects.release import Described, ProvedField, PublishedSource
from offing.model.projects.update import Contradiction
from offing.model.values.vocabulary import AmountKind, EventKind, Status
from offing.publish import project_body
from offing.publish.checks import Examined, of_record
from offing.publish.checks.currencies import trouble_with

Hands = tuple[HandValue, ...]
RULES = load_release(Layers.of(None))
TODAY = date(2026, 12, 2)
URL = "https://a.example/1"
DOLLARS = {"EUR": Decimal("1.1"), "USD": Decimal(1), "IDR": Decimal("0.00006")}
SIGNED = LifeEvent(EventKind.STATUS, Status.SIGNED, date(2026, 3, 5), 7, URL)


def _dollars(value: Decimal, currency: str, _: date) -> Decimal | None:
    return value * DOLLARS[currency] if currency in DOLLARS else None


def _examined(
    facts: ProjectFacts = FACTS, line: tuple[LifeEvent, ...] = (SIGNED,), hands: Hands = (), **changes: object
) -> Examined:
    record = ProjectRecord("off-2026-000001", facts, line, (5, 7), NOW, NOW, by_hand=hands)
    source = PublishedSource(record.id, URL, "Headline", "A", "en", NOW)
    described = Described(record, (source,), tuple(ProvedField(record.id, each, URL) for each in quotes()))
    usual = Examined(described, project_body(described), (), TODAY)
    return replace(usual, **changes)


def _found(examined: Examined) -> list[Finding]:
    return list(of_record(examined, RULES, TODAY, _dollars))


def _hand(value: str, currency: str) -> HandValue:
    return HandValue("amounts", {"value": value, "currency": currency, "kind": "loan", "as_written": ""}, "ana", NOW)


def _amount(value: str, currency: str) -> ProjectFacts:
    return replace(FACTS, amounts=(Amount(Decimal(value), currency, AmountKind.LOAN, "so much"),))


def _told(status: Status, told: str, **changes: object) -> LifeEvent:
    return LifeEvent(EventKind.STATUS, status, None, 7, URL, event_date=told, **changes)


def test_nothing_is_found_in_a_sound_record() -> None:
    """Whatever rules there are."""
    assert _found(_examined()) == []


@pytest.mark.parametrize(
    ("value", "currency", "wrong"),
    [
        ("1E+18", "USD", True),
        ("1E+12", "EUR", True),
        ("200000000001", "USD", True),
        ("200000000000", "USD", False),
        ("1E+13", "IDR", False),  # 600 million dollars
        ("1E+18", "ZZZ", True),  # no rate is known: the figure itself is compared
        ("0", "USD", True),
        ("-5", "USD", True),
    ],
)
def test_absurd_sums(value: str, currency: str, *, wrong: bool) -> None:
    """A sum above the limit at its rate, or none at all, is an error that names record, field and value."""
    found = [
        each
        for each in _found(_examined(_amount(value, currency), hands=(_hand(value, currency),)))
        if each.rule is ReleaseRule.ABSURD_SUM
    ]
    assert bool(found) is wrong
    for each in found:
        assert (each.severity, each.project_id, each.field) == (Severity.ERROR, "off-2026-000001", "amounts")
        assert "offing projects correct off-2026-000001 amounts --replace" in each.remedy


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("XXX", "not a currency of ISO 4217"),
        ("XTS", "not a currency of ISO 4217"),
        ("QQQ", "not a currency of ISO 4217"),
        ("", "an empty code"),
        ("HRK", "HRK was withdrawn in 2023"),
        ("ZWL", "HRK|ZWL was withdrawn in 2024"),
        ("DEM", "DEM was withdrawn in 2002"),
        ("XAU", "legal tender nowhere"),
    ],
)
def test_currencies_out_of_use(code: str, said: str) -> None:
    """No currency at all, and what ISO 4217 has withdrawn, with the year."""
    assert re.search(said, trouble_with(code, frozenset()))
    (found,) = [each for each in _found(_examined(_amount("5", code))) if each.rule is ReleaseRule.CURRENCY]
    assert re.search(said, found.problem)


@pytest.mark.parametrize("code", ["USD", "CNY", "KES", "XAF", "XOF", "ZWG", "XDR"])
def test_currencies_in_use(code: str) -> None:
    """Common currencies of several countries too, and drawing rights, which a site accepts beside them."""
    assert trouble_with(code, RULES.currencies) == ""


@pytest.mark.parametrize(
    ("told", "wrong"), [("2099", True), ("2042-01-01", True), ("2041-12", False), ("1948", True), ("1949", False)]
)
def test_years_out_of_range(told: str, *, wrong: bool) -> None:
    """Too far ahead, or before there can have been any; an event that a person set aside is not published."""
    found = _found(_examined(line=(_told(Status.SIGNED, told),)))
    assert [each.rule for each in found] == ([ReleaseRule.YEAR] if wrong else [])
    aside = _told(Status.SIGNED, told, set_aside_by="ana", set_aside_at=NOW)
    assert _found(_examined(line=(SIGNED, aside))) == []


def test_no_country_and_no_party() -> None:
    """A project without a host country is an error, one that names nobody a warning."""
    facts = replace(FACTS, countries=(), firms=(), lenders=())
    found = {each.rule: each.severity for each in _found(_examined(facts))}
    assert found == {ReleaseRule.NO_COUNTRY: Severity.ERROR, ReleaseRule.NO_PARTY: Severity.WARNING}
    assert _found(_examined(replace(FACTS, firms=()))) == []


def test_rival_values() -> None:
    """Accounts between which nobody has chosen, with what they say."""
    said = "status: signed (2026-03-05) or completed (2026-03-05)"
    (found,) = _found(_examined(contradictions=(Contradiction("status", (), said),)))
    assert (found.rule, found.field, found.value) == (ReleaseRule.RIVAL_VALUES, "status", said)
    assert "offing projects choose off-2026-000001" in found.remedy


@pytest.mark.parametrize(
    ("signed", "completed", "wrong"),
    [("2026-03-05", "2024", True), ("2026", "2026", False), ("2024", "2026-01", False), ("2026-01", "2025-12", True)],
)
def test_signed_after_completed(signed: str, completed: str, *, wrong: bool) -> None:
    """Only where the first day of the one lies beyond the last of the other."""
    found = _found(_examined(line=(_told(Status.SIGNED, signed), _told(Status.COMPLETED, completed))))
    assert [each.rule for each in found] == ([ReleaseRule.SIGNED_LATE] if wrong else [])


def test_required_values_need_evidence_or_a_person() -> None:
    """A sum that no quote proves is an error unless somebody set it; fields that are not required are let be."""
    facts = replace(_amount("77", "USD"), places=("Nowhere",))
    (found,) = _found(_examined(facts))
    assert (found.rule, found.field, found.value) == (ReleaseRule.UNPROVED, "amounts", "77 USD loan")
    assert found.remedy.startswith(
        "correct it: offing projects correct off-2026-000001 amounts --replace '77 USD loan' NEW --reason WHY"
    )
    assert _found(_examined(facts, hands=(_hand("77", "USD"),))) == []


def test_a_value_by_hand_proves_no_other_of_its_field() -> None:
    """One of two sums was set by a person: the other still needs its quote."""
    facts = replace(FACTS, amounts=(*_amount("77", "USD").amounts, *_amount("78", "USD").amounts))
    (found,) = _found(_examined(facts, hands=(_hand("77", "USD"),)))
    assert found.value == "78 USD loan"


def test_what_to_do_is_a_command_whatever_the_value_holds() -> None:
    """Quotes and braces of a value stand as they are."""
    facts = replace(FACTS, countries=("{KEN}'s",))
    found = next(each for each in _found(_examined(facts)) if each.rule is ReleaseRule.UNPROVED)
    command = found.remedy.removeprefix("correct it: ").partition(";")[0]
    assert shlex.split(command)[:7] == [
        *["offing", "projects", "correct", "off-2026-000001", "countries", "--replace"],
        "{KEN}'s",
    ]


def test_rows_and_evidence_that_do_not_meet() -> None:
    """Evidence of a row or an article that is not there, and an event of an article that is not there."""
    usual = _examined()
    rows = {table: [dict(row) for row in found] for table, found in usual.body.rows.items()}
    rows["evidence"][0]["row_id"] = "off-2026-000001-f9"
    rows["evidence"][1]["url"] = "https://b.example/"
    rows["events"][0]["url"] = "https://c.example/"
    found = _found(replace(usual, body=replace(usual.body, rows=rows)))
    assert {each.rule for each in found} == {ReleaseRule.DANGLING}
    assert [each.value for each in found] == ["off-2026-000001-f9", "https://b.example/", "https://c.example/"]
    gone = {**usual.body.rows, "flows": []}
    assert any("-f1: no row" in each.problem for each in _found(replace(usual, body=replace(usual.body, rows=gone))))


def test_a_rule_that_is_off_finds_nothing() -> None:
    """And one whose severity a site changed has that."""
    facts = replace(FACTS, countries=())
    off = replace(RULES, severities={**RULES.severities, ReleaseRule.NO_COUNTRY: Severity.OFF})
    mild = replace(RULES, severities={**RULES.severities, ReleaseRule.NO_COUNTRY: Severity.WARNING})
    assert list(of_record(_examined(facts), off, TODAY, _dollars)) == []
    assert [each.severity for each in of_record(_examined(facts), mild, TODAY, _dollars)] == [Severity.WARNING]


def test_a_finding_has_the_same_key_while_it_is_the_same() -> None:
    """Another wording or remedy changes no key; another value, field, record or rule does."""
    one = Finding(ReleaseRule.YEAR, Severity.ERROR, "off-1", "event_date", "2099", "too late", "mend it")
    assert one.key == replace(one, problem="far too late", remedy="", severity=Severity.WARNING).key
    others = (
        replace(one, rule=ReleaseRule.CURRENCY),
        replace(one, project_id="off-2"),
        replace(one, field="x"),
        replace(one, value="1"),
    )
    assert len({one.key, *(each.key for each in others)}) == 5
