"""What changed between two releases."""

import json
from dataclasses import replace
from decimal import Decimal

from factories.candidate import FACTS, NOW, quotes
from offing.model.projects.project import Amount, ProjectFacts, ProjectRecord
from offing.model.projects.release import Described, ProvedField, PublishedSource, TableLayout
from offing.model.values.vocabulary import AmountKind, Status
from offing.publish.writer import LAYOUT
from publish.written import FIRST, Written, written

ID = "off-2026-000001"
URL = "https://a.example/1"


def _described(facts: ProjectFacts = FACTS, number: int = 1, **changes: str) -> Described:
    record = ProjectRecord(f"off-2026-00000{number}", facts, (), (number,), NOW, NOW, **changes)
    if changes:
        return Described(record)
    source = PublishedSource(record.id, URL, "Headline", "A", "en", NOW)
    return Described(record, (source,), tuple(ProvedField(record.id, each, URL) for each in quotes()))


def _delta(after: Written) -> list[dict]:
    return json.loads(after.files["delta.json"])["projects"]


def test_a_corrected_sum_is_one_field() -> None:
    """The flow keeps its id; before and after stand side by side; nothing else is told of the project."""
    first = written([_described()])
    wrong = replace(FACTS.amounts[0], value=Decimal(58_000_000))
    after = written([_described(replace(FACTS, amounts=(wrong,)))], first, "1.1")
    (change,) = _delta(after)
    flows = [row for row in change["rows"] if row["table"] == "flows"]
    assert (change["op"], change["id"], change["title"]) == ("MOD", ID, FACTS.title)
    assert flows == [
        {
            "op": "MOD",
            "table": "flows",
            "row": f"{ID}-f1",
            "fields": {"value": {"before": "85000000", "after": "58000000"}},
        }
    ]
    assert f"  - flow {ID}-f1: value: 85000000 → 58000000\n" in after.files["CHANGES.md"].decode()


def test_rows_come_and_go_by_their_ids() -> None:
    """A second sum is added, a firm is removed, each with all that it said."""
    grant = Amount(Decimal(5), "USD", AmountKind.GRANT, "USD 5")
    first = written([_described()])
    facts = replace(FACTS, firms=(), amounts=(*FACTS.amounts, grant), status=Status.COMPLETED)
    (change,) = _delta(written([_described(facts)], first, "1.1"))
    rows = {(row["op"], row["table"], row["row"]): row for row in change["rows"]}
    assert rows["MOD", "projects", ID]["fields"] == {"status": {"before": "signed", "after": "completed"}}
    assert rows["ADD", "flows", f"{ID}-f2"]["values"]["value"] == "5"
    assert rows["DEL", "parties", f"{ID}-p1"]["values"]["name"] == "Huawei"
    assert rows["MOD", "evidence", f"{ID}-q3"]["fields"]["row_id"]["after"] == ID


def test_projects_are_added_retired_and_restored() -> None:
    """Each has its operation; a merged one says where it went, a withdrawn one why."""
    first = written([_described(number=number) for number in (1, 2, 3)])
    gone = [_described(number=1, redirects_to="off-2026-000002"), _described(number=3, withdrawn="no *project*")]
    second = written([*gone, _described(number=2), _described(number=4)], first, "1.1")
    assert [(each["op"], each["id"]) for each in _delta(second)] == [
        ("REDIRECT", ID),
        ("DEL", "off-2026-000003"),
        ("ADD", "off-2026-000004"),
    ]
    assert _delta(second)[0]["to"] == "off-2026-000002"
    assert r"no \*project\*" in second.files["CHANGES.md"].decode()
    third = written([_described(number=number) for number in (1, 2, 3, 4)], second, "1.2")
    assert [(each["op"], each["id"], each["restored"]) for each in _delta(third)] == [
        ("ADD", ID, True),
        ("ADD", "off-2026-000003", True),
    ]
    assert {row["flow_id"] for row in third.bodies[ID].rows["flows"]} == {f"{ID}-f2"}, "an id is never given twice"


def test_a_new_column_changes_no_record() -> None:
    """Only columns that both releases have are compared; the new ones are named once, for all."""
    older = tuple(
        TableLayout(each.table, tuple(column for column in each.columns if column[0] not in {"sector", "row_id"}))
        for each in LAYOUT
    )
    first = written([_described()])
    for rows in first.bodies[ID].rows.values():
        for row in rows:
            row.pop("sector", None)
            row.pop("row_id", None)
    after = written([_described()], first, "1.1", replace(FIRST, layout=older))
    told = json.loads(after.files["delta.json"])
    assert (told["projects"], told["against"]) == ([], "1.0")
    assert told["columns"] == {"added": {"projects": ["sector"], "evidence": ["row_id"]}, "dropped": {}}
    notes = after.files["CHANGES.md"].decode()
    assert "Columns of `projects.csv` that are new: `sector`." in notes
    assert "no project changed" in notes


def test_what_was_not_stored_is_reported_as_changed() -> None:
    """Of a release before contents were stored only the ids are known."""
    writer = written([_described()])
    from offing.publish.delta import change_of

    change = change_of(writer.bodies[ID], None, {}, known=True)
    assert change
    assert change.plain()["rows"] is None


def test_evidence_names_the_row_that_it_proves() -> None:
    """A firm, a flow by its id; the country by that of the project."""
    rows = written([_described()]).bodies[ID].rows["evidence"]
    assert {row["field"]: row["row_id"] for row in rows} == {
        "countries": ID,
        "firms": f"{ID}-p1",
        "amounts": f"{ID}-f1",
        "status": ID,
    }
