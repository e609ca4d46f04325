"""Every rule in every severity: an error blocks, a warning waits for a sign-off with an author, off finds nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from factories.candidate import FACTS, NOW, quotes
from offing.config.files.layers import Layers
from offing.config.sites.release import load_release
from offing.errors import Blocked, UsageError
from offing.model.projects.finding import Finding, ReleaseRule, ReleaseRules, Severity
from offing.model.projects.project import Amount, LifeEvent, ProjectFacts, ProjectRecord
from offing.model.projects.release import Described, ProvedField, PublishedSource, Release, TableFigures
from offing.model.projects.update import Contradiction
from offing.model.values.vocabulary import AmountKind, EventKind, Speaker, Status
from offing.publish import project_body
from offing.publish.checks import Examined, Peers, against_last, is_empty, of_double, of_record
from offing.services.releases.checks import check_passed, sign_off, store_findings
from offing.services.releases.one_pass import Passed
from offing.store.database.engine import Database

Case = Callable[[ReleaseRules], Iterable[Finding]]
FIRST, URL, TODAY = "off-2026-000001", "https://a.example/1", date(2026, 12, 2)
SIGNED = LifeEvent(EventKind.STATUS, Status.SIGNED, date(2026, 3, 5), 7, URL)


def _of(facts: ProjectFacts = FACTS, *line: LifeEvent, **changes: object) -> Case:
    """What the rules for one record find in such a one."""
    record = ProjectRecord(FIRST, facts, line or (SIGNED,), (7,), NOW, NOW)
    proofs = tuple(ProvedField(FIRST, each, URL) for each in quotes())
    described = Described(record, (PublishedSource(FIRST, URL, "Headline", "A", "en", NOW),), proofs)
    examined = replace(Examined(described, project_body(described), (), TODAY), **changes)
    return lambda rules: of_record(examined, rules, TODAY, lambda value, _code, _day: value)


def _sum(value: int, currency: str = "EUR") -> ProjectFacts:
    return replace(FACTS, amounts=(Amount(Decimal(value), currency, AmountKind.LOAN, "so much"),))


def _at(status: Status, told: str, number: int = 7) -> LifeEvent:
    return LifeEvent(EventKind.STATUS, status, date.fromisoformat(told), number, URL, event_date=told)


def _outlying(rules: ReleaseRules) -> Iterable[Finding]:
    peers = Peers()
    for worth in (*[5_000_000] * 30, 90_000_000_000):
        peers.add(FIRST, "energy", ("KEN",), Decimal(worth))
    return peers.outliers(rules)


def _last(before: TableFigures, after: TableFigures) -> Case:
    last = Release("1.0", NOW, statistics={"flows": before})
    return lambda rules: against_last(rules, last, {"flows": after}, Counter())


CASES: dict[ReleaseRule, Case] = {
    ReleaseRule.ABSURD_SUM: _of(_sum(900_000_000_000)),
    ReleaseRule.OUTLYING_SUM: _outlying,
    ReleaseRule.CURRENCY: _of(_sum(85_000_000, "DEM")),
    ReleaseRule.YEAR: _of(FACTS, _at(Status.SIGNED, "2099-01-01")),
    ReleaseRule.NO_COUNTRY: _of(replace(FACTS, countries=())),
    ReleaseRule.NO_PARTY: _of(replace(FACTS, firms=(), lenders=())),
    ReleaseRule.RIVAL_VALUES: _of(contradictions=(Contradiction("status", (), "signed after completed"),)),
    ReleaseRule.SIGNED_LATE: _of(FACTS, _at(Status.COMPLETED, "2020-01-01"), _at(Status.SIGNED, "2024-01-01")),
    ReleaseRule.EMPTY_RELEASE: lambda rules: is_empty(rules, 0),
    ReleaseRule.UNPROVED: _of(replace(FACTS, countries=("UGA",))),
    ReleaseRule.DANGLING: _of(FACTS, replace(SIGNED, url="https://elsewhere.example/2")),
    ReleaseRule.DOUBLE: lambda rules: of_double(rules, FIRST, "off-2026-000002", 0.9),
    ReleaseRule.FEWER_ROWS: _last(TableFigures(100, {}), TableFigures(50, {})),
    ReleaseRule.FILL_RATE: _last(TableFigures(100, {"terms": 90}), TableFigures(100, {"terms": 10})),
    ReleaseRule.ONE_SIDED: _of(),
}
SHIPPED = load_release(Layers.of(None))


def _rules(rule: ReleaseRule, severity: Severity) -> ReleaseRules:
    """The limits that ship, and this rule alone."""
    return replace(SHIPPED, severities={**dict.fromkeys(ReleaseRule, Severity.OFF), rule: severity})


def test_each_rule_has_a_case() -> None:
    """A new one fails here until it has."""
    assert set(CASES) == set(ReleaseRule)


@pytest.mark.parametrize("rule", ReleaseRule)
def test_a_rule_blocks_as_an_error_waits_as_a_warning_and_is_silent_when_off(
    sqlite_database: Database, rule: ReleaseRule
) -> None:
    """Both are stored by the check; an error is never signed off, a warning by a note and a name."""
    database = sqlite_database
    assert list(CASES[rule](_rules(rule, Severity.OFF))) == []
    for severity in (Severity.ERROR, Severity.WARNING):
        passed = Passed(None, findings=list(CASES[rule](_rules(rule, severity))))
        assert {(each.rule, each.severity) for each in passed.findings} == {(rule, severity)}
        store_findings(database, passed, "dana", NOW)
        with database.read() as conn, pytest.raises(Blocked, match=rf"{severity}s?: .*\[{rule}\]"):
            check_passed(conn, passed)
        keys = [each.key for each in passed.findings]
        if severity is Severity.ERROR:
            with pytest.raises(UsageError, match="is an error and cannot be signed off"):
                sign_off(database, keys, "dana", "looked at", NOW)
    with pytest.raises(UsageError, match="say why"):
        sign_off(database, keys, "dana", " ", NOW)
    made = sign_off(database, keys, "dana", "looked at", NOW)
    assert {(each.by, each.note) for each in made} == {("dana", "looked at")}
    with database.read() as conn:
        check_passed(conn, passed)


def test_both_sides_quoted_are_no_finding() -> None:
    """Of the host side and of the Chinese side, whatever else is said by others."""
    case = _of()
    rules = _rules(ReleaseRule.ONE_SIDED, Severity.WARNING)
    (found,) = case(rules)
    assert found.problem == "no official of the Chinese side is quoted"
    spoken = [replace(each, speaker=Speaker.STATE_MEDIA) for each in quotes()]
    proofs = tuple(ProvedField(FIRST, each, URL) for each in (*quotes(), *spoken))
    record = ProjectRecord(FIRST, FACTS, (SIGNED,), (7,), NOW, NOW)
    described = Described(record, (PublishedSource(FIRST, URL, "Headline", "A", "en", NOW),), proofs)
    assert list(_of(described=described)(rules)) == []
