"""A site begun with a release of another one: the same records, ids, rows and quotes, which it goes on with."""

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from hashlib import sha256
from pathlib import Path

import pytest
import sqlalchemy as sa

from factories.candidate import FACTS, NOW, stored_candidate
from factories.release import ruled
from factories.telling import arrive_all, number_of
from offing.errors import UsageError
from offing.model.operation.activity import ActivityKind, Stamp
from offing.model.operation.user import UserRole
from offing.model.pairs.pairing import Bond, PairDecision, Ref
from offing.model.projects.finding import ReleaseRule, Severity
from offing.model.projects.known import KnownProject
from offing.model.projects.project import Amount, EventDate, ProjectFacts, ReportedEvent, SizedBy, StatedConcern
from offing.model.projects.record_change import Operation
from offing.model.review.decision import Judgement, Verdict
from offing.model.values.vocabulary import AmountKind, Concern, EventKind, Status
from offing.publish.writer import LAYOUT
from offing.services.accounts.users import add_user
from offing.services.records.amending import Statement
from offing.services.records.correcting import correct, withdraw
from offing.services.records.edit import Edit
from offing.services.records.projects import look, merge, part
from offing.services.records.promote import promote_accepted
from offing.services.records.recomposing import differences
from offing.services.records.splitting import split
from offing.services.records.undoing import undo_change
from offing.services.releases.adopting import adopt
from offing.services.releases.known_links import known_links
from offing.services.releases.publish import publish
from offing.services.review.decisions import decide, undo
from offing.services.views.record_changes import history
from offing.services.views.value_trace import trace_field
from offing.store.accounts.activity import ActivityFilter, list_activity
from offing.store.database.engine import Database
from offing.store.pairs.pairing import append_pair_decision
from offing.store.records.known_project import keep_known
from offing.store.records.record_check import record_faults
from offing.store.tables import project
from services.matching.test_matching import PIECES, update_of

A, B, C, D, E = (f"off-2026-00000{number}" for number in range(1, 6))
DAY = timedelta(days=1)
SAID = Statement("ana", NOW + DAY, "the contract says so", "https://treasury.example/contract.pdf")
FULL = replace(
    FACTS,
    countries=("UGA", "KEN"),
    counterparts=("Ministry of ICT",),
    places=("Konza", "Nairobi"),
    quantities=(SizedBy(Decimal(900), "cameras", "900 cameras"),),
    concerns=(StatedConcern(Concern.PROCUREMENT, "no tender"),),
    event_date=EventDate("2026-03", "in March"),
)
LATER = replace(
    FACTS,
    firms=(replace(FACTS.firms[0], name="ZTE", as_written="ZTE, Ltd", id="zte"),),
    amounts=(Amount(Decimal(95_000_000), "EUR", AmountKind.CONTRACT, "EUR 95 million", "about"),),
    status=Status.COMPLETED,
    events=(ReportedEvent(EventKind.INCIDENT, "was offline", EventDate("2026-05", "in May")),),
)


def _accepted(database: Database, facts: ProjectFacts, days: int = 0, into: str | None = None, **edits: str) -> int:
    with database.write() as conn:
        number = stored_candidate(conn, facts=facts, published=NOW + days * DAY)
    target = Ref.project(into) if into else None
    decide(database, Verdict(number, Judgement.ACCEPT, "ana", edits=edits, into=target), NOW)
    promote_accepted(database, NOW)
    return number


@pytest.fixture
def sites(fresh_databases: Iterator[Database], tmp_path: Path) -> tuple[Database, Database]:
    """A site with records of all kinds, and an empty one."""
    ours = _quiet(next(fresh_databases), tmp_path)
    _accepted(ours, FULL, title="Data centre of Konza", amounts="85 million EUR contract; 12 million EUR grant")
    _accepted(ours, LATER, 60, A)
    for place, country in enumerate(("TZA", "ZMB", "AGO")):
        _accepted(ours, replace(FACTS, countries=(country,), places=(f"Town {place}",)), place)
    phase = _accepted(ours, replace(FACTS, countries=("TZA",), places=("Town 9",)), 9, B)
    correct(ours, A, Edit("is_umbrella", Operation.SET, "yes"), SAID, keep=True)
    correct(ours, A, Edit("staff_comments", Operation.SET, "two phases"), SAID, keep=True)
    correct(ours, A, Edit("firms", Operation.ADD, "CHEC:owner".replace("owner", "partner")), SAID, keep=True)
    correct(ours, B, Edit("parent_id", Operation.SET, A), SAID, keep=True)
    correct(ours, B, Edit("status", Operation.SET, "cancelled", on="2026-04"), SAID, keep=True)
    split(ours, B, (phase,), SAID, keep=True)
    merge(ours, C, B, SAID)
    withdraw(ours, D, SAID, keep=True)
    with ours.write() as conn:
        keep_known(conn, (KnownProject("gcdf", "4711", FACTS),), NOW)
        bond = PairDecision(0, Ref.project(A), Ref.known("gcdf", "4711"), Bond.LINKED, "ana", NOW, "another phase")
        append_pair_decision(conn, bond)
    return ours, _quiet(next(fresh_databases), tmp_path)


def _quiet(database: Database, folder: Path) -> Database:
    """The database at a site that looks for nothing before a release, and writes its tables in one format more."""
    rest = '[files]\nformats = ["geojson"]\n'
    return ruled(database, folder, dict.fromkeys(ReleaseRule, Severity.OFF), rest)


def _files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def _adopted(sites: tuple[Database, Database], folder: Path) -> tuple[Database, Path]:
    """The empty site, once it has adopted a release of the other one; and the folder of that."""
    ours, theirs = sites
    publish(ours, "1.0", folder / "release", NOW + 2 * DAY)
    done = adopt(theirs, folder / "release", Statement("dana", NOW + 3 * DAY), keep=True)
    assert (done.version, done.published_at, done.records, done.retired) == ("1.0", NOW + 2 * DAY, 3, 2)
    return theirs, folder / "release"


def test_the_same_records_are_published_again(sites: tuple[Database, Database], tmp_path: Path) -> None:
    """Every table is the same, byte for byte; the adopted release is written again; nothing changed from it."""
    theirs, first = _adopted(sites, tmp_path)
    assert _files(publish(theirs, "1.0", tmp_path / "again", NOW + 4 * DAY).folder) == _files(first)
    done = publish(theirs, "1.1", tmp_path / "next", NOW + 4 * DAY)
    assert done.changes == "no project changed"
    for each in LAYOUT:
        name = f"{each.table}.csv"
        assert (done.folder / name).read_bytes() == (first / name).read_bytes(), name
    rows = {each.table: len((first / f"{each.table}.csv").read_text().splitlines()) - 1 for each in LAYOUT}
    assert all(number for table, number in rows.items() if table != "terms"), rows
    with theirs.read() as conn:
        assert not list(record_faults(conn))
        assert not list(differences(conn))


def test_records_go_on_from_what_was_adopted(sites: tuple[Database, Database], tmp_path: Path) -> None:
    """Corrected, merged and parted, withdrawn and brought back, told on by news whose decision is taken back."""
    theirs, _ = _adopted(sites, tmp_path)
    before = look(theirs, A).record
    news = _accepted(theirs, replace(LATER, status=Status.SUSPENDED, places=("Thika",)), 400, A)
    told = look(theirs, A).record
    assert told.facts.places == (*before.facts.places, "Thika")
    assert told.facts.title == before.facts.title
    assert len(told.life_line) > len(before.life_line)
    undo(theirs, "ana", NOW + 5 * DAY, candidate_id=news)
    assert replace(look(theirs, A).record, version=0, changed_at=NOW) == replace(before, version=0, changed_at=NOW)
    correct(
        theirs, A, Edit("amounts", Operation.REPLACE, "13 million EUR grant", "12 million EUR grant"), SAID, keep=True
    )
    correct(theirs, A, Edit("staff_comments", Operation.SET, ""), SAID, keep=True)
    record = look(theirs, A).record
    assert [each.written for each in record.facts.amounts][1] == "13000000 EUR grant"
    assert (record.curation.is_umbrella, record.curation.staff_comments) == (True, None)
    merge(theirs, A, B, SAID)
    assert set(before.facts.places) < set(look(theirs, B).record.facts.places)
    part(theirs, A, SAID)
    withdraw(theirs, B, SAID, keep=True)
    undo_change(theirs, B, SAID, keep=True)
    assert publish(theirs, "1.1", tmp_path / "next", NOW + 6 * DAY).changes == "1 project changed"
    delta = json.loads((tmp_path / "next" / "delta.json").read_text())
    assert [each["id"] for each in delta["projects"]] == [A]
    with theirs.read() as conn:
        assert not list(record_faults(conn))


def test_what_came_with_the_release_says_so(sites: tuple[Database, Database], tmp_path: Path) -> None:
    """In the history, in traces of values, in the log."""
    theirs, _ = _adopted(sites, tmp_path)
    said = [each.said for each in history(theirs, A)]
    assert said == [f"{A} in release 1.0", f"{A} adopted from release 1.0"]
    value = trace_field(theirs, A, "countries").values[0]
    assert [each.version for each in value.releases] == ["1.0"]
    assert value.quotes[0].text == "Kenya"
    assert value.quotes[0].url.startswith("https://news.example/")
    with theirs.read() as conn:
        logged = list_activity(conn, ActivityFilter(actions=frozenset({ActivityKind.PUBLISH})))
    assert [(each.by, each.about) for each in logged] == [("dana", "release 1.0 adopted, 3 records")]


def test_news_of_an_adopted_project_is_an_update_of_it(fresh_databases: Iterator[Database], tmp_path: Path) -> None:
    """Matching compares news with what came with the release, and knows its record."""
    ours, theirs = (_quiet(next(fresh_databases), tmp_path) for _ in range(2))
    arrive_all(ours, PIECES[0])
    decide(ours, Verdict(number_of(ours, PIECES[0].name), Judgement.ACCEPT, "ana"), NOW)
    promote_accepted(ours, NOW)
    adopt(theirs, publish(ours, "1.0", tmp_path / "release", NOW).folder, SAID, keep=True)
    arrive_all(theirs, PIECES[1], PIECES[4])
    assert [update_of(theirs, PIECES[place].name) for place in (1, 4)] == [f"project:{A}", None]
    with theirs.read() as conn:
        assert not known_links(conn, [look(theirs, A).record], {})


def test_a_release_is_adopted_whole_or_not_at_all(sites: tuple[Database, Database], tmp_path: Path) -> None:
    """Not one that was changed, cut or yanked, nor twice, nor over records; without consent it is only tried."""
    ours, theirs = sites
    said = Statement("dana", NOW + 3 * DAY)
    folder = publish(ours, "1.0", tmp_path / "release", NOW + 2 * DAY).folder
    assert adopt(theirs, folder, said, keep=False).records == 3
    with theirs.read() as conn:
        assert not conn.execute(sa.select(project.c.id)).all()
    for name, change, why in (
        ("flows.csv", b"1", "is not as it was published"),
        ("links.csv", None, "is missing"),
        ("datapackage.json", None, "is no release"),
    ):
        copy = tmp_path / name
        shutil.copytree(folder, copy)
        if change:
            (copy / name).write_bytes((copy / name).read_bytes() + change)
        else:
            (copy / name).unlink()
        with pytest.raises(UsageError, match=why):
            adopt(theirs, copy, said, keep=True)
    with pytest.raises(UsageError, match="this site has release"):
        adopt(ours, folder, said, keep=True)
    (folder / "YANKED.md").write_text("no")
    with pytest.raises(UsageError, match="was yanked"):
        adopt(theirs, folder, said, keep=True)


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        (b",signed,", b",sined,", "project off-2026-00000. of release 1.0 cannot be read: 'sined'"),
        (b"off-2026-000005,", b"off-2026-000009,", "off-2026-000005 .*has no row of its own in projects.csv"),
        (b"id,title", b"id,titel", "projects.csv, line 1: its columns are not"),
    ],
)
def test_what_a_table_says_wrong_is_named(
    sites: tuple[Database, Database], tmp_path: Path, old: bytes, new: bytes, why: str
) -> None:
    """A release that somebody edited, with checksums of their own."""
    folder = publish(sites[0], "1.0", tmp_path / "release", NOW + 2 * DAY).folder
    file = folder / "projects.csv"
    was = file.read_bytes()
    file.write_bytes(was.replace(old, new))
    sums = (folder / "SHA256SUMS").read_text()
    (folder / "SHA256SUMS").write_text(sums.replace(sha256(was).hexdigest(), sha256(file.read_bytes()).hexdigest()))
    with pytest.raises(UsageError, match=why):
        adopt(sites[1], folder, Statement("dana", NOW), keep=True)


def test_who_may_adopt(sites: tuple[Database, Database], tmp_path: Path) -> None:
    """Those who publish; an analyst does not."""
    folder = publish(sites[0], "1.0", tmp_path / "release", NOW + 2 * DAY).folder
    add_user(sites[1], "ana", UserRole.ANALYST, "a long password of hers", Stamp(NOW))
    with pytest.raises(UsageError, match="ana"):
        adopt(sites[1], folder, Statement("ana", NOW), keep=True)
