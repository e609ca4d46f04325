"""A record's place among others: its parent, whether it is an umbrella, how to count it, comments of the staff."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from factories.candidate import FACTS, NOW, stored_candidate
from factories.release import without_rules
from offing.errors import UnknownItem, UsageError
from offing.model.operation.run import Stamp
from offing.model.pairs.matching import Relation
from offing.model.pairs.pairing import Bond, Pair, PairDecision, Ref
from offing.model.projects.record_change import Operation
from offing.model.review.decision import Judgement, Verdict
from offing.services.records.amending import Amended, Statement
from offing.services.records.correcting import correct, withdraw
from offing.services.records.edit import Edit
from offing.services.records.projects import look, merge
from offing.services.records.promote import promote_accepted
from offing.services.records.recomposing import differences
from offing.services.records.undoing import undo_change
from offing.services.releases.publish import publish
from offing.services.review.decisions import decide
from offing.services.views.record_changes import altered, history
from offing.store.database.engine import Database
from offing.store.pairs.pair import keep_pairs
from offing.store.pairs.pairing import append_pair_decision

FIRST, SECOND, THIRD = (f"off-2026-00000{number}" for number in (1, 2, 3))
SAID = Statement("ana", NOW, "the framework agreement names it", "https://treasury.example/agreement")


@pytest.fixture
def records(database: Database) -> Database:
    """Three records of one candidate each."""
    for number in (1, 2, 3):
        with database.write() as conn:
            stored_candidate(conn, facts=replace(FACTS, places=(f"T{number}",)))
        decide(database, Verdict(number, Judgement.ACCEPT, "ana"), NOW)
    promote_accepted(database, NOW)
    return database


def put(database: Database, project_id: str, field: str, value: str) -> Amended:
    """Set a field of the curation."""
    return correct(database, project_id, Edit(field, Operation.SET, value), SAID, keep=True)


def release(database: Database, folder: Path, version: str = "1.0") -> dict[str, list[dict[str, str]]]:
    """The tables of a new release."""
    publish(without_rules(database, folder), version, folder / version, NOW + timedelta(days=int(version[-1])))
    return {
        path.stem: list(csv.DictReader(path.read_text("utf-8").splitlines()))
        for path in (folder / version).glob("*.csv")
    }


def test_what_people_say_of_a_record_is_published_and_stands_in_its_history(records: Database, tmp_path: Path) -> None:
    """With who, why and the source; the facts stay as they are, and composition gives the same."""
    facts = look(records, SECOND).record.facts
    found = put(records, SECOND, "parent_id", FIRST)
    assert [(each.field, each.before, each.after) for each in altered(found)] == [("parent_id", "", FIRST)]
    put(records, FIRST, "is_umbrella", "yes")
    put(records, SECOND, "staff_comments", "Second phase, same loan.")
    assert look(records, SECOND).record.facts == facts
    with records.read() as conn:
        assert list(differences(conn)) == []
    tables = release(records, tmp_path)
    first, second, _ = tables["projects"]
    assert (first["is_umbrella"], first["recommended_for_aggregates"]) == ("true", "false")
    assert (second["parent_id"], second["staff_comments"]) == (FIRST, "Second phase, same loan.")
    said = {(row["field"], row["value"], row["set_by"], row["source"]) for row in tables["by_hand"]}
    assert {("is_umbrella", "true", "ana", SAID.source), ("parent_id", FIRST, "ana", SAID.source)} <= said
    assert f"parent_id: nothing → {FIRST}" in {each.said for each in history(records, SECOND)}


def test_a_later_value_takes_the_place_of_an_earlier_one(records: Database) -> None:
    """An empty one empties it; undoing brings the earlier one back."""
    put(records, FIRST, "recommended_for_aggregates", "no")
    put(records, FIRST, "recommended_for_aggregates", "yes")
    assert look(records, FIRST).record.curation.recommended_for_aggregates is True
    assert len(look(records, FIRST).record.by_hand) == 1
    put(records, FIRST, "recommended_for_aggregates", "")
    assert look(records, FIRST).record.curation.recommended_for_aggregates is None
    undo_change(records, FIRST, SAID, keep=True)
    assert look(records, FIRST).record.curation.recommended_for_aggregates is True


@pytest.mark.parametrize(
    ("field", "value", "problem"),
    [
        ("parent_id", FIRST, "is off-2026-000001 itself or part of it"),
        ("is_umbrella", "perhaps", "yes or no"),
        ("staff_comments", "two\nlines", "one line"),
        ("staff_comments", "x" * 2001, "one line"),
        ("recommended_for_aggregates", "2", "yes or no"),
    ],
)
def test_what_cannot_be_is_refused(records: Database, field: str, value: str, problem: str) -> None:
    """With what may be said instead."""
    with pytest.raises(UsageError, match=problem):
        put(records, FIRST, field, value)


def test_no_record_is_part_of_its_own_parts(records: Database) -> None:
    """Not over several steps, either; an unknown or withdrawn record is no parent."""
    put(records, SECOND, "parent_id", FIRST)
    put(records, THIRD, "parent_id", SECOND)
    with pytest.raises(UsageError, match="itself or part of it"):
        put(records, FIRST, "parent_id", THIRD)
    with pytest.raises(UnknownItem, match="no project off-2026-000009"):
        put(records, FIRST, "parent_id", "off-2026-000009")
    withdraw(records, THIRD, SAID, keep=True)
    with pytest.raises(UsageError, match="was withdrawn"):
        put(records, FIRST, "parent_id", THIRD)


def test_a_parent_that_was_merged_leads_on(records: Database, tmp_path: Path) -> None:
    """The published parent is the record that stands; one that came to be part of itself has none."""
    put(records, THIRD, "parent_id", SECOND)
    merge(records, SECOND, FIRST, SAID)
    assert release(records, tmp_path)["projects"][1]["parent_id"] == FIRST
    merge(records, THIRD, FIRST, SAID)
    assert release(records, tmp_path, "1.1")["projects"][0]["parent_id"] == ""


def test_links_to_other_datasets_come_from_people_and_from_matching(records: Database, tmp_path: Path) -> None:
    """A person's last word on a pair counts, also where matching says otherwise; licences come from the shapes."""
    ours, known = Ref.candidate(1), [Ref.known("aiddata", str(number)) for number in range(4)]
    with records.write() as conn:
        scored = (Pair(1, known[0], Relation.SAME, 0.9), Pair(1, known[1], Relation.SAME, 0.8))
        keep_pairs(conn, 1, (), (*scored, Pair(1, known[2], Relation.NEW, 0.1)), Stamp(NOW, "match@1"))
        append_pair_decision(conn, PairDecision(0, ours, known[1], Bond.SAME, "ana", NOW))
        append_pair_decision(conn, PairDecision(0, ours, known[1], Bond.DIFFERENT, "ben", NOW, "other town"))
        append_pair_decision(conn, PairDecision(0, known[3], Ref.project(FIRST), Bond.LINKED, "ana", NOW))
    rows = release(records, tmp_path)["links"]
    found = {row["their_id"]: (row["verdict"], row["judge"], row["score"], row["licence"]) for row in rows}
    assert found == {
        "0": ("same", "matching", "0.9", "ODC-By-1.0"),
        "1": ("different", "ben", "", "ODC-By-1.0"),
        "3": ("linked", "ana", "", "ODC-By-1.0"),
    }
