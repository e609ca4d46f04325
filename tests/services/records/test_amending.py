"""Published records stay correctable: corrected, withdrawn, split, and each of these taken back, with a database."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
import sqlalchemy as sa

from factories.candidate import FACTS, NOW, quote, stored_candidate
from factories.release import without_rules
from offing.errors import UnknownItem, UsageError
from offing.model.operation.activity import ActivityKind
from offing.model.pairs.pairing import Bond, Ref
from offing.model.projects.finding import ReleaseRule
from offing.model.projects.project import Amount, ProjectRecord
from offing.model.projects.record_change import Operation, RecordAction
from offing.model.reading.evidence import FieldName
from offing.model.review.decision import Judgement, Verdict
from offing.model.values.vocabulary import AmountKind, EventKind, Status
from offing.services.records.amending import Statement
from offing.services.records.correcting import correct, withdraw
from offing.services.records.edit import Edit
from offing.services.records.projects import choose, look, merge
from offing.services.records.promote import promote_accepted
from offing.services.records.recomposing import differences
from offing.services.records.splitting import split
from offing.services.records.undoing import undo_change
from offing.services.releases.checks import check
from offing.services.releases.publish import publish
from offing.services.review.decisions import decide, show, undo
from offing.services.views.record_changes import altered, history
from offing.store.accounts.activity import ActivityFilter, list_activity
from offing.store.database.engine import Database
from offing.store.pairs.pairing import decisions_on
from offing.store.records.event import set_aside
from offing.store.records.project import projects
from offing.store.records.record_change import split_origins
from offing.store.records.record_check import record_faults
from offing.store.tables import record_change

FIRST, SECOND, THIRD = (f"off-2026-00000{number}" for number in (1, 2, 3))
AUDIT = "https://audit.example/report.pdf"
TABLES = ("by_hand", "flows", "parties", "events", "evidence")
SAID = Statement("ana", NOW, "the audit says so", AUDIT)
LOAN = Amount(Decimal(120_000_000), "EUR", AmountKind.LOAN, "a loan of 120 million")


@pytest.fixture
def records(database: Database, tmp_path: Path) -> Database:
    """A record of candidates 1 and 2, one of candidate 3, both published."""
    for number in (1, 2, 3):
        facts = replace(FACTS, amounts=(*FACTS.amounts, LOAN) if number == 2 else FACTS.amounts, places=(f"T{number}",))
        with database.write() as conn:
            stored_candidate(conn, facts=facts, published=datetime(2020 + number, 5, 1, tzinfo=UTC))
        into = Ref.candidate(1) if number == 2 else None
        decide(database, Verdict(number, Judgement.ACCEPT, "ben", into=into), NOW)
    promote_accepted(database, NOW)
    publish(without_rules(database, tmp_path), "1.0", tmp_path / "release", NOW)
    return database


def _record(database: Database, project_id: str) -> ProjectRecord:
    return look(database, project_id).record


def _sums(database: Database, project_id: str) -> list[str]:
    return [each.written for each in _record(database, project_id).facts.amounts]


def _whole(database: Database) -> None:
    """Nothing is broken, and each record is what its candidates and changes make."""
    with database.read() as conn:
        assert (list(record_faults(conn)), list(differences(conn))) == ([], [])


def test_one_sum_of_a_published_record_is_corrected_and_no_other(records: Database) -> None:
    """With who, why and the source; the machine's wording goes, the other sum stays; undone, all is as it was."""
    before = _record(records, FIRST)
    edit = Edit("amounts", Operation.REPLACE, "90 million EUR contract", old="85000000 EUR")
    shown = correct(records, FIRST, edit, SAID, keep=False)
    assert _record(records, FIRST) == before
    assert [(each.field, each.after) for each in altered(shown)] == [
        ("amounts", "90000000 EUR contract; 120000000 EUR loan")
    ]
    correct(records, FIRST, edit, SAID, keep=True)
    record = _record(records, FIRST)
    assert [each.as_written for each in record.facts.amounts] == ["", "a loan of 120 million"]
    (hand,) = record.by_hand
    assert (hand.by, hand.at, hand.reason, hand.source) == ("ana", NOW, "the audit says so", AUDIT)
    _whole(records)
    undo_change(records, FIRST, SAID, keep=True)
    after = _record(records, FIRST)
    assert (after.facts, after.life_line, after.by_hand) == (before.facts, before.life_line, ())


def test_a_correction_holds_when_later_news_says_the_old_again(records: Database) -> None:
    """An update that tells the wrong sum once more changes nothing of the correction."""
    correct(records, FIRST, Edit("amounts", Operation.REMOVE, "120000000 EUR loan"), SAID, keep=True)
    with records.write() as conn:
        number = stored_candidate(conn, facts=replace(FACTS, amounts=(LOAN,)))
    into = Ref.project(FIRST)
    decide(records, Verdict(number, Judgement.ACCEPT, "ben", into=into), NOW)
    promote_accepted(records, NOW)
    assert (_record(records, FIRST).candidate_ids, _sums(records, FIRST)) == (
        (1, 2, number),
        ["85000000 EUR contract"],
    )
    _whole(records)


def test_a_hand_set_field_of_an_update_loses_no_sum_of_the_record(records: Database) -> None:
    """What a person corrects while accepting an update changes what that update tells, and nothing else."""
    with records.write() as conn:
        number = stored_candidate(conn, facts=FACTS)
    edits = {"amounts": "300000000 EUR total-cost"}
    into = Ref.project(FIRST)
    decide(records, Verdict(number, Judgement.ACCEPT, "ben", "by the ministry", edits, into=into), NOW)
    promote_accepted(records, NOW)
    record = _record(records, FIRST)
    assert _sums(records, FIRST) == ["120000000 EUR loan", "300000000 EUR total-cost"], "85 was said to be wrong"
    assert [(each.field, each.by, each.reason) for each in record.by_hand] == [("amounts", "ben", "by the ministry")]
    assert record.facts.amounts[-1].as_written == ""


@pytest.mark.parametrize(
    ("edit", "problem"),
    [
        (
            Edit("amounts", Operation.REMOVE, "7 USD"),
            "has no '7 USD'; it has: 85000000 EUR contract; 120000000 EUR loan",
        ),
        (Edit("amounts", Operation.SET, "7 USD"), "amounts holds several values"),
        (Edit("sector", Operation.ADD, "energy"), "sector holds one value"),
        (Edit("amounts", Operation.ADD, "7 USD; 8 USD"), "one value at a time"),
        (Edit("colour", Operation.ADD, "red"), "there is no field 'colour'"),
        (Edit("firms", Operation.ADD, "Huawei"), "has 'Huawei' already"),
        (Edit("sector", Operation.SET, FACTS.sector or ""), "says that already"),
        (Edit("title", Operation.SET, FACTS.title, on="2026"), "only a status has a date"),
        (Edit("status", Operation.SET, "finished"), "is none of"),
    ],
)
def test_what_cannot_be_corrected_says_why(records: Database, edit: Edit, problem: str) -> None:
    """And nothing is written."""
    with pytest.raises(UsageError, match=problem.replace("(", r"\(")):
        correct(records, FIRST, edit, SAID, keep=True)
    with pytest.raises(UsageError, match="needs a reason"):
        correct(records, FIRST, Edit("places", Operation.ADD, "Kaya"), replace(SAID, reason=" "), keep=True)
    with pytest.raises(UsageError, match="control characters"):
        withdraw(records, FIRST, replace(SAID, source="a\nb"), keep=True)
    assert len([each for each in history(records, FIRST) if each.what == RecordAction.CORRECTION]) == 0


def test_a_published_record_of_one_candidate_is_withdrawn_and_stands_again(records: Database, tmp_path: Path) -> None:
    """Its decision cannot be taken back while it is published; withdrawn, it can, and the id means the same again."""
    with pytest.raises(UsageError, match=f"offing projects withdraw {SECOND}"):
        undo(records, "ben", NOW, candidate_id=3)
    withdraw(records, SECOND, SAID, keep=True)
    assert _record(records, SECOND).withdrawn == "the audit says so"
    publish(without_rules(records, tmp_path), "1.1", tmp_path / "second", NOW + timedelta(days=1))
    assert f"{SECOND},,the audit says so,{AUDIT}\n" in (tmp_path / "second" / "retired.csv").read_text()
    with pytest.raises(UsageError, match="was withdrawn"):
        withdraw(records, SECOND, SAID, keep=True)
    undo_change(records, SECOND, SAID, keep=True)
    assert (_record(records, SECOND).withdrawn, _record(records, SECOND).candidate_ids) == (None, (3,))
    withdraw(records, SECOND, SAID, keep=True)
    undo(records, "ben", NOW, candidate_id=3)
    decide(records, Verdict(3, Judgement.ACCEPT, "ben", alone=True), NOW)
    assert [(each.project_id, each.new) for each in promote_accepted(records, NOW)] == [(THIRD, True)]
    _whole(records)


def test_a_split_parts_candidates_and_is_taken_back(records: Database) -> None:
    """What leaves has a record of its own; corrections stay; what was said to be one project is so again after it."""
    correct(records, FIRST, Edit("places", Operation.ADD, "Kaya"), SAID, keep=True)
    before = _record(records, FIRST)
    split(records, FIRST, (2,), SAID, keep=True)
    assert [_record(records, each).candidate_ids for each in (FIRST, THIRD)] == [(1,), (2,)]
    assert [_record(records, each).facts.places for each in (FIRST, THIRD)] == [("T1", "Kaya"), ("T2",)]
    with records.read() as conn:
        bonds = {(each.one, each.other, each.bond) for each in decisions_on(conn, (Ref.project(THIRD),))}
        assert bonds == {(Ref.project(THIRD), Ref.project(FIRST), Bond.DIFFERENT)}
        assert decisions_on(conn, (Ref.candidate(2),)) == ()
    _whole(records)
    undo_change(records, THIRD, SAID, keep=True)
    after = _record(records, FIRST)
    assert (after.facts, after.life_line, after.candidate_ids) == (before.facts, before.life_line, (1, 2))
    with records.read() as conn:
        assert [each.bond for each in decisions_on(conn, (Ref.candidate(2),))] == [Bond.SAME]
        assert [each.id for each in projects(conn)] == [FIRST, SECOND]
    _whole(records)
    split(records, FIRST, (2,), SAID, keep=True)
    assert _record(records, THIRD).candidate_ids == (2,), "the id is used again: none is lost"


def test_a_split_that_was_published_is_merged_back_instead(records: Database, tmp_path: Path) -> None:
    """Its id is a promise: it leads back, and does not become a tombstone."""
    split(records, FIRST, (2,), SAID, keep=True)
    publish(without_rules(records, tmp_path), "1.1", tmp_path / "second", NOW + timedelta(days=1))
    with pytest.raises(UsageError, match=f"offing projects merge {THIRD} {FIRST}"):
        undo_change(records, FIRST, SAID, keep=True)
    merge(records, THIRD, FIRST, Statement("ana", NOW, "one contract after all"))
    assert _record(records, FIRST).candidate_ids == (1, 2)
    undo_change(records, THIRD, SAID, keep=True)
    assert _record(records, THIRD).candidate_ids == (2,)
    _whole(records)


def test_what_cannot_be_split_says_why(records: Database) -> None:
    """Neither a stranger, nor all candidates, nor a duplicate without what it doubles."""
    with records.write() as conn:
        number = stored_candidate(conn)
    decide(records, Verdict(number, Judgement.DUPLICATE, "ben", duplicate_of=2), NOW)
    promote_accepted(records, NOW)
    for ids, problem in (
        ((3,), "candidate 3 is not part of project"),
        ((1, 2), "would be left with no candidate"),
        ((number,), f"candidate {number} is a duplicate of 2: split off 2"),
    ):
        with pytest.raises(UsageError, match=problem):
            split(records, FIRST, ids, SAID, keep=True)
    split(records, FIRST, (2,), SAID, keep=True)
    assert _record(records, THIRD).candidate_ids == (2, number), "a duplicate goes along"


def test_no_id_is_lost_to_a_correction_before_the_first_release(database: Database) -> None:
    """Accepted, taken back, corrected and accepted again, a candidate has the id that was begun for it."""
    with database.write() as conn:
        stored_candidate(conn)
    for places in ("", "Kaya", "Konza"):
        decide(database, Verdict(1, Judgement.ACCEPT, "ana", edits={"places": places} if places else {}), NOW)
        promote_accepted(database, NOW)
        assert (_record(database, FIRST).withdrawn, _record(database, FIRST).candidate_ids) == (None, (1,))
        undo(database, "ana", NOW, candidate_id=1)
        assert _record(database, FIRST).withdrawn == "its last candidate was removed"
    with database.read() as conn:
        assert [each.id for each in projects(conn, gone=True)] == [FIRST]
    _whole(database)


def test_history_is_one_timeline(records: Database, tmp_path: Path) -> None:
    """Decisions, promotions, corrections, merges, splits, withdrawals, undos and releases, each with who and why."""
    later = [replace(SAID, at=NOW + timedelta(days=day)) for day in range(1, 5)]
    correct(records, FIRST, Edit("status", Operation.SET, "completed", on="2026-03"), later[0], keep=True)
    split(records, FIRST, (2,), later[1], keep=True)
    withdraw(records, THIRD, later[2], keep=True)
    publish(without_rules(records, tmp_path), "1.1", tmp_path / "second", NOW + timedelta(days=3, hours=1))
    undo_change(records, FIRST, later[3], keep=True)
    told = [(each.what, each.said, each.stands) for each in history(records, FIRST)]
    assert told == [
        ("decision", "candidate 1 accepted", True),
        ("decision", "candidate 2 accepted as an update of candidate 1", True),
        ("promotion", f"candidate 1 added to {FIRST}", True),
        ("promotion", f"candidate 2 added to {FIRST}", True),
        ("release", f"{FIRST} in release 1.0", True),
        ("correction", "status: signed → completed, 2026-03", True),
        ("split", f"candidate 2 of {FIRST} split off into {THIRD}", False),
        ("release", f"{FIRST} in release 1.1", True),
        ("undo", f"change {_number(records, RecordAction.SPLIT)} of {FIRST} undone", True),
    ]
    made = history(records, THIRD)
    assert [each.said for each in made if each.what == "release"] == [f"{THIRD} as withdrawal in release 1.1"]
    correction = next(each for each in history(records, FIRST) if each.what == "correction")
    assert (correction.by, correction.reason, correction.source) == ("ana", "the audit says so", AUDIT)
    with pytest.raises(UnknownItem, match="no project off-1"):
        history(records, "off-1")


def _number(database: Database, action: RecordAction) -> int:
    with database.read() as conn:
        return int(conn.execute(sa.select(record_change.c.id).where(record_change.c.action == action)).scalar_one())


def test_a_corrected_status_has_its_source_in_the_life_line(records: Database) -> None:
    """It is an event of no candidate, kept with its number; it goes when the correction does."""
    edit = Edit("status", Operation.SET, "completed", on="2026-03")
    correct(records, FIRST, edit, SAID, keep=True)
    correct(records, SECOND, edit, SAID, keep=True)
    numbers = []
    for each in (FIRST, SECOND):
        (event,) = (one for one in _record(records, each).life_line if not one.candidate_id)
        assert (event.status, event.event_date, event.url, event.quote) == (Status.COMPLETED, "2026-03", AUDIT, "")
        numbers.append(event.id)
    assert len(set(numbers)) == 2
    merge(records, SECOND, FIRST, Statement("ana", NOW))
    assert len([each for each in _record(records, FIRST).life_line if not each.candidate_id]) == 1
    _whole(records)
    undo_change(records, SECOND, SAID, keep=True)
    undo_change(records, SECOND, SAID, keep=True)
    assert _record(records, SECOND).facts.status is Status.SIGNED
    _whole(records)


def test_what_was_changed_cannot_be_rewritten(records: Database) -> None:
    """The database itself refuses to change or to remove a change of a record."""
    correct(records, FIRST, Edit("places", Operation.ADD, "Kaya"), SAID, keep=True)
    for statement in (sa.update(record_change).values(by="nobody"), sa.delete(record_change)):
        with pytest.raises(sa.exc.DBAPIError, match="appended only"), records.write() as conn:
            conn.execute(statement)


def test_a_quote_that_a_person_gave_is_the_source_of_the_value(database: Database) -> None:
    """The article that they quoted for it, and for no other field."""
    with database.write() as conn:
        stored_candidate(conn)
    (article,) = show(database, 1).candidate.articles
    edits = {"status": "completed", "sector": "energy"}
    proof = quote(FieldName.STATUS, "completed", "Huawei signed a contract", article.article_id)
    decide(database, Verdict(1, Judgement.ACCEPT, "ana", edits=edits, proofs=(proof,)), NOW)
    promote_accepted(database, NOW)
    hands = {each.field: each.source for each in _record(database, FIRST).by_hand}
    assert hands == {"status": article.url, "sector": ""}


def test_what_cannot_be_taken_back_says_why(records: Database) -> None:
    """A promotion follows a decision; what was taken back is so already; an unknown number is named."""
    correct(records, FIRST, Edit("places", Operation.ADD, "Kaya"), SAID, keep=True)
    number = _number(records, RecordAction.CORRECTION)
    undo_change(records, FIRST, SAID, number, keep=True)
    promotion = next(each.number for each in history(records, FIRST) if each.what == "promotion")
    for change, problem in (
        (number, "has already been undone"),
        (promotion, "offing undo 1"),
        (None, "nothing to undo"),
    ):
        with pytest.raises(UsageError, match=problem):
            undo_change(records, FIRST, SAID, change, keep=True)
    with pytest.raises(UnknownItem, match="has no change 999"):
        undo_change(records, FIRST, SAID, 999, keep=True)


def test_a_choice_between_accounts_stands_in_the_history(records: Database) -> None:
    """Who chose which account over which, and who set them side by side again; in the activity of people, too."""
    with records.write() as conn:
        facts = replace(FACTS, status=Status.COMPLETED)
        number = stored_candidate(conn, facts=facts, published=datetime(2020, 1, 1, tzinfo=UTC))
    decide(records, Verdict(number, Judgement.ACCEPT, "ben", into=Ref.project(SECOND)), NOW)
    promote_accepted(records, NOW)
    held = next(each for each in _record(records, SECOND).life_line if each.candidate_id == 3 and each.status)
    choose(records, SECOND, held.id, Statement("eva", NOW))
    (chosen,) = (each for each in history(records, SECOND) if each.what == "choice")
    said = f"chosen: signed of candidate 3; set aside: completed of candidate {number}"
    assert (chosen.by, chosen.said, chosen.candidate_ids, chosen.stands) == ("eva", said, (3, number), True)
    with pytest.raises(UsageError, match=r"is a choice between accounts; .* choose off-2026-000002 EVENT --none"):
        undo_change(records, SECOND, SAID, chosen.number, keep=True)
    choose(records, SECOND, held.id, Statement("ben", NOW), again=True)
    chosen, back = (each for each in history(records, SECOND) if each.what == "choice")
    assert (chosen.stands, back.stands) == (False, True)
    said = f"choice undone between signed of candidate 3, completed of candidate {number}"
    assert (back.by, back.said) == ("ben", said)
    with records.read() as conn:
        noted = list_activity(conn, ActivityFilter(actions=frozenset({ActivityKind.RECORD_CHANGED}), limit=2))
    assert [(each.by, each.about) for each in noted] == [
        ("ben", f"choice {SECOND} side by side again"),
        ("eva", f"choice {SECOND}"),
    ]


def test_changes_stand_in_the_activity_of_people(records: Database) -> None:
    """Promotion, correction, merge and withdrawal have an author there, and can be asked for alone."""
    correct(
        records, FIRST, Edit("places", Operation.ADD, "Kaya"), replace(SAID, at=NOW + timedelta(hours=1)), keep=True
    )
    merge(records, SECOND, FIRST, Statement("eva", NOW + timedelta(hours=2), "one project"))
    with records.read() as conn:
        found = list_activity(conn, ActivityFilter(actions=frozenset({ActivityKind.RECORD_CHANGED})))
        mine = list_activity(conn, ActivityFilter(by="ana"))
    assert [(each.by, each.about) for each in found[:2]] == [
        ("eva", f"merge {SECOND} {FIRST}: one project"),
        ("ana", f"correction {FIRST} places: the audit says so"),
    ]
    assert [each.candidate_id for each in found[2:]] == [3, 2, 1]
    assert [each.action for each in mine] == [ActivityKind.RECORD_CHANGED]


def test_a_corrected_date_is_that_of_its_status(records: Database, tmp_path: Path) -> None:
    """In the life line, in the release, and for the check that found the wrong one; the words of the article stay."""
    said = Edit("status", Operation.SET, "completed", on="2099")
    correct(records, FIRST, said, SAID, keep=True)
    (found,) = (each.finding for each in check(records, NOW).findings if each.finding.rule is ReleaseRule.YEAR)
    assert found.value == "2099"
    assert f"offing projects correct {FIRST} event_date --set" in found.remedy
    correct(records, FIRST, Edit("event_date", Operation.SET, "2019-07"), SAID, keep=True)
    assert not [each for each in check(records, NOW).findings if each.finding.rule is ReleaseRule.YEAR]
    (line,) = (each for each in _record(records, FIRST).life_line if each.status is Status.COMPLETED)
    assert (line.event_date, str(line.day)) == ("2019-07", "2019-07-01")
    correct(records, SECOND, Edit("event_date", Operation.SET, "2023-04-30"), SAID, keep=True)
    publish(without_rules(records, tmp_path), "1.1", tmp_path / "second", NOW + timedelta(days=1))
    rows = {row["project_id"]: row for row in _rows(tmp_path / "second", "events") if row["set_by_hand"]}
    assert [(rows[each]["day"], rows[each]["event_date"], rows[each]["status"]) for each in (FIRST, SECOND)] == [
        ("2019-07-01", "2019-07", "completed"),
        ("2023-04-30", "2023-04-30", "signed"),
    ]
    assert (rows[FIRST]["url"], rows[SECOND]["url"] != "") == ("", True)
    days = {row["id"]: row["status_day"] for row in _rows(tmp_path / "second", "projects")}
    assert days == {FIRST: "2019-07-01", SECOND: "2023-04-30"}
    _whole(records)


def test_a_status_on_a_source_of_ones_own_keeps_no_release_back(records: Database) -> None:
    """The source is an address, but no article of the project: that is no fault."""
    correct(records, FIRST, Edit("status", Operation.SET, "completed", on="2024"), SAID, keep=True)
    assert not [each for each in check(records, NOW).findings if each.finding.rule is ReleaseRule.DANGLING]


def test_a_release_says_what_a_project_was_split_off(records: Database, tmp_path: Path) -> None:
    """In its row, in the lists of changes, and no more once the split is taken back."""
    made = split(records, FIRST, (2,), SAID, keep=True)
    publish(without_rules(records, tmp_path), "1.1", tmp_path / "second", NOW + timedelta(days=1))
    rows = {row["id"]: row["split_from"] for row in _rows(tmp_path / "second", "projects")}
    assert rows == {FIRST: "", SECOND: "", THIRD: FIRST}
    assert f"{THIRD},added,split off {FIRST}\n" in (tmp_path / "second" / "CHANGES.csv").read_text()
    assert f": split off {FIRST}\n" in (tmp_path / "second" / "CHANGES.md").read_text()
    assert f'"split_from": "{FIRST}"' in (tmp_path / "second" / "delta.json").read_text()
    with records.read() as conn:
        assert split_origins(conn, (FIRST, str(made.change.other))) == {THIRD: FIRST}
    assert made.change.other == THIRD


def _rows(folder: Path, table: str) -> list[dict[str, str]]:
    with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_values_by_hand_are_published_as_that(records: Database, tmp_path: Path) -> None:
    """With who, when, why and source; with no wording, no quote and no address of what they replaced."""
    for edit in (
        Edit("amounts", Operation.REPLACE, "90 million EUR contract", old="85000000 EUR"),
        Edit("firms", Operation.REPLACE, "Huawei:supplier", old="Huawei"),
        Edit("counterparts", Operation.ADD, "=Treasury of Kenya"),
        Edit("status", Operation.SET, "completed"),
    ):
        correct(records, FIRST, edit, SAID, keep=True)
    publish(without_rules(records, tmp_path), "1.1", tmp_path / "second", NOW + timedelta(days=1))
    written = {name: (tmp_path / "second" / f"{name}.csv").read_text().splitlines() for name in TABLES}
    without_ids = {name: [line.partition(",")[2] for line in lines] for name, lines in written.items()}
    by = f"ana,{NOW:%Y-%m-%dT%H:%M:%SZ},the audit says so,{AUDIT}"
    assert [line for line in without_ids["by_hand"] if line.startswith(FIRST)] == [
        f"{FIRST},amounts,90000000 EUR contract,{by}",
        f"{FIRST},counterparts,'=Treasury of Kenya,{by}",
        f"{FIRST},firms,Huawei:supplier,{by}",
        f"{FIRST},status,completed,{by}",
    ]
    flows = without_ids["flows"]
    assert any(line.startswith(f"{FIRST},90000000,EUR,contract,,,true,") for line in flows)
    assert any(line.startswith(f"{FIRST},120000000,EUR,loan,,a loan of 120 million,,") for line in flows)
    assert f"{FIRST},firm,Huawei,,supplier,huawei,true" in without_ids["parties"]
    assert f"{FIRST},counterpart,'=Treasury of Kenya,,,,true" in without_ids["parties"]
    assert f"{FIRST},,completed,,,status,,,true" in without_ids["events"]
    assert not [line for line in written["evidence"] if "85000000" in line and f",{FIRST}," in line]


def test_an_earlier_choice_stands_in_the_history_as_it_was_kept(records: Database) -> None:
    """An account that was set aside before choices were changes of the record is named with who did it."""
    with records.write() as conn:
        set_aside(conn, ((3, EventKind.STATUS, Status.COMPLETED),), 3, "eva", NOW)
    (chosen,) = (each for each in history(records, SECOND) if each.what == "choice")
    said = "account of candidate 3 set aside: completed, in favour of candidate 3"
    assert (chosen.by, chosen.said, chosen.number) == ("eva", said, None)
