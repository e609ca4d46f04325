"""`offing promote` and `offing projects`."""

import gc
import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from click.testing import CliRunner, Result

from factories.candidate import FACTS, stored_candidate
from offing.cli import group
from offing.cli.output import project_cards
from offing.cli.site import Site
from offing.errors import UnknownItem, UsageError
from offing.model.values.vocabulary import Sector, Status
from offing.settings import Settings
from offing.store.database.engine import Database
from offing.store.records.project import projects
from offing.store.tables import candidate, project


@pytest.fixture
def site(sqlite_database: Database, tmp_path: Path) -> Site:
    """A site with two accepted candidates, 1 and 2, and an open one."""
    with sqlite_database.write() as conn:
        ids = [stored_candidate(conn, state=state) for state in ("accepted", "accepted", "open")]
    assert ids == [1, 2, 3]
    log = str(tmp_path / "offing.log")
    return Site(Settings(database=f"sqlite:///{tmp_path / 'offing.db'}", log=log, user="ana"))


def _run(site: Site, *words: str) -> Result:
    return CliRunner().invoke(group, list(words), obj=site, catch_exceptions=False, standalone_mode=False)


def _year(site: Site) -> str:
    return json.loads(_run(site, "projects", "list", "--json").stdout)[0]["id"][4:8]


def test_all_accepted_become_records_once(site: Site) -> None:
    """Promotion says what became of each; again there is nothing to do."""
    first = _run(site, "promote").stdout.splitlines()
    year = _year(site)
    assert first == [f"candidate 1 became off-{year}-000001", f"candidate 2 became off-{year}-000002"]
    assert _run(site, "promote").stdout == "nothing to promote: no accepted candidates are waiting\n"
    assert json.loads(_run(site, "promote", "--json").stdout) == []


def test_folding_by_hand(site: Site) -> None:
    """Chosen candidates fold into the record that is named; the prefix is an option."""
    done = json.loads(_run(site, "promote", "1", "--prefix", "cdx", "--json").stdout)
    record = done[0]["project"]
    assert record.startswith("cdx-")
    assert _run(site, "promote", "2", "--into", record).stdout == f"candidate 2 added to {record}\n"
    with pytest.raises(UsageError, match="--into needs candidates"):
        _run(site, "promote", "--into", record)
    with pytest.raises(UsageError, match="candidate 3 is open"):
        _run(site, "promote", "3")


def test_records_are_listed_and_shown(site: Site) -> None:
    """The list is one line each when piped; a record is shown with its life line."""
    _run(site, "promote")
    record = f"off-{_year(site)}-000001"
    assert _run(site, "projects", "list").stdout.splitlines()[0] == f"{record}\tKEN\tsigned\tData centre in Nairobi"
    shown = _run(site, "projects", "show", record).stdout
    assert "2026 │ ○ 5 Mar   signed" in shown
    assert "“signed a contract”" in shown
    assert "\n│      │   “signed a contract”" in _run(site, "projects", "show", record, "--full").stdout
    plain = json.loads(_run(site, "projects", "show", record, "--json").stdout)
    assert (plain["facts"]["countries"], plain["candidate_ids"], plain["version"]) == (["KEN"], [1], 1)
    with pytest.raises(UnknownItem, match="no project off-1"):
        _run(site, "projects", "show", "off-1")


def test_what_is_gone_says_so(site: Site, sqlite_database: Database, capsys: pytest.CaptureFixture) -> None:
    """A merged or withdrawn record is still shown, with where it went or why."""
    _run(site, "promote")
    year = _year(site)
    first, second = f"off-{year}-000001", f"off-{year}-000002"
    with sqlite_database.write() as conn:
        conn.execute(sa.update(project).where(project.c.id == first).values(redirects_to=second))
        conn.execute(sa.update(project).where(project.c.id == second).values(withdrawn="a rumour"))
    assert f"merged into {second}" in _run(site, "projects", "show", first).stdout
    assert "withdrawn: a rumour" in _run(site, "projects", "show", second).stdout
    with sqlite_database.read() as conn:
        project_cards.print_projects(projects(conn, gone=True))
    assert f"{first}  Data centre" in capsys.readouterr().out


def test_a_base_is_imported(site: Site, tmp_path: Path) -> None:
    """What was kept is counted, what could not be used is told, and the exit code tells that something was refused."""
    file = tmp_path / "ours.csv"
    file.write_text("id,title,countries\n1,Data centre,KEN\n2,Cloud,Atlantis\n", encoding="utf-8")
    done = _run(site, "projects", "import", str(file), "--source", "list of 2024")
    assert done.stdout == "list of 2024: 2 new, 0 changed, 0 unchanged, 0 refused\n"
    rows = [json.loads(line) for line in _run(site, "projects", "known").stdout.splitlines()]
    assert [row["id"] for row in rows] == ["list of 2024:1", "list of 2024:2"]
    shown = _run(site, "projects", "show", "known:list of 2024:1").stdout
    assert "Data centre" in shown
    assert "Kenya (KEN)" in shown
    assert json.loads(_run(site, "projects", "show", "known:list of 2024:1", "--json").stdout)["key"] == "1"
    with pytest.raises(UnknownItem, match="no known:base:1"):
        _run(site, "projects", "show", "known:base:1")
    assert "ours.csv: row 2: countries: 'Atlantis' is not a country; left out" in done.stderr
    file.write_text("id,title,countries\n1,,KEN\n", encoding="utf-8")
    assert _run(site, "projects", "import", str(file)).return_value == 1


def test_a_long_file_is_imported_without_a_word(site: Site, tmp_path: Path) -> None:
    """The columns are told by its first rows; the others are read once, and nothing is left open."""
    file = tmp_path / "long.csv"
    file.write_text("id,title,countries\n" + "".join(f"{n},Plant {n},KEN\n" for n in range(60)), encoding="utf-8")
    done = _run(site, "projects", "import", str(file))
    gc.collect()  # what was left open would be told here
    assert (done.stdout, done.stderr) == ("own: 60 new, 0 changed, 0 unchanged, 0 refused\n", "")


def test_the_mapping_that_fits_is_taken(site: Site, tmp_path: Path) -> None:
    """A file of AidData's is known by its columns, so that its rows are no rows of one's own; an empty one has none."""
    file = tmp_path / "theirs.jsonl"
    row = {"id": 7, "title": "Dam", "status": "Completion", "iso3": "KEN", "funders": "CDB", "flow_type": "Loan"}
    file.write_text(json.dumps(row) + "\n", encoding="utf-8")
    assert _run(site, "projects", "import", str(file)).stdout.startswith("aiddata: 1 new")
    file.write_text("", encoding="utf-8")
    assert "0 new" in _run(site, "projects", "import", str(file)).stdout


def test_a_foreign_file_is_refused_whole(site: Site, tmp_path: Path) -> None:
    """With the columns that it has, and those that are looked for; nothing of it is kept."""
    file = tmp_path / "articles.csv"
    file.write_text("id,title,url,body\n1,Data centre,https://a.test/,Text\n", encoding="utf-8")
    with pytest.raises(UsageError, match=r"it has body, id, title, url; .*plain looks for id, title, desc.*--mapping"):
        _run(site, "projects", "import", str(file))
    with pytest.raises(UsageError, match=r"fit no mapping: it has body.*aiddata-gcdf-3.0 looks for AidData Record ID"):
        _run(site, "projects", "import", str(file), "--mapping", "aiddata-gcdf-3.0")
    assert _run(site, "projects", "known").stdout == ""
    assert "1 new" in _run(site, "projects", "import", str(file), "--mapping", "plain").stdout


def test_a_base_can_be_let_go(site: Site, tmp_path: Path) -> None:
    """It is shown first; then its projects are gone, and another base stays."""
    file = tmp_path / "ours.csv"
    file.write_text("id,title,countries\n1,Data centre,KEN\n2,Cloud,KEN\n", encoding="utf-8")
    for base in ("ours", "theirs"):
        _run(site, "projects", "import", str(file), "--source", base)
    shown = _run(site, "projects", "forget", "ours").stdout
    assert "ours: 2 projects would be removed" in shown
    assert "not changed yet; add --yes" in shown
    assert _run(site, "projects", "forget", "ours", "--yes").stdout.startswith("ours: 2 projects removed")
    rows = [json.loads(line)["id"] for line in _run(site, "projects", "known").stdout.splitlines()]
    assert rows == ["theirs:1", "theirs:2"]
    with pytest.raises(UnknownItem, match="no base 'ours' was imported"):
        _run(site, "projects", "forget", "ours")


@pytest.fixture
def two(site: Site, sqlite_database: Database) -> tuple[str, str]:
    """Two records: one completed in 2020, one under construction in 2024; candidate 5 is an update of the first."""
    with sqlite_database.write() as conn:
        conn.execute(sa.update(candidate).values(state="rejected"))
        for year, status in ((2020, Status.COMPLETED), (2024, Status.UNDER_CONSTRUCTION)):
            facts = replace(FACTS, status=status)
            stored_candidate(conn, facts=facts, published=datetime(year, 5, 1, tzinfo=UTC), state="accepted")
    _run(site, "promote")
    first, second = (each["id"] for each in json.loads(_run(site, "projects", "list", "--json").stdout))
    with sqlite_database.write() as conn:
        facts = replace(FACTS, status=Status.SUSPENDED, places=("Konza",), sector=Sector.SMART_CITY)
        late = datetime(2025, 5, 1, tzinfo=UTC)
        stored_candidate(conn, kind="update", update_of=f"project:{first}", facts=facts, published=late)
    return first, second


def test_records_are_merged_after_a_look_and_parted_again(site: Site, two: tuple[str, str]) -> None:
    """Without --yes both are shown beside each other; merged, the id leads on; all of it is taken back."""
    first, second = two
    shown = _run(site, "projects", "merge", second, first).stdout
    assert "≠ status: under-construction (2024-05-01) stands after completed (2020-05-01)" in shown
    assert f"to merge: offing projects merge {second} {first} --yes" in shown
    assert json.loads(_run(site, "projects", "show", second, "--json").stdout)["redirects_to"] is None
    done = json.loads(_run(site, "projects", "merge", second, first, "--yes", "--json").stdout)
    assert (done["done"], len(done["together"]["life_line"]), len(done["together"]["contradictions"])) == (True, 4, 1)
    assert f"{second}\tKEN\tmerged into {first}" in _run(site, "projects", "list", "--all").stdout
    assert second not in _run(site, "projects", "list").stdout
    assert f"includes {second}, merged" in " ".join(_run(site, "projects", "show", first).stdout.split())
    preview = _run(site, "projects", "unmerge", second).stdout
    assert "not changed yet; to undo the merge" in preview
    assert "completed" in preview.partition(second)[2].partition("\n2024")[0]
    assert "≠" not in preview
    plain = json.loads(_run(site, "projects", "unmerge", second, "--json").stdout)
    assert (plain["done"], {each: facts["status"] for each, facts in plain["alone"].items()}) == (
        False,
        {first: "completed", second: "under-construction"},
    )
    gone = _run(site, "projects", "show", second).stdout
    assert f"its timeline continues there: offing projects show {first}" in gone
    assert "│ timeline" not in gone
    assert _run(site, "projects", "unmerge", second, "--yes").stdout == f"{second} and {first} are two records again\n"
    assert _run(site, "projects", "merge", second, first, "--yes").stdout.startswith(f"{second} merged into {first}")


def test_records_of_two_countries_are_merged_with_a_warning(site: Site, sqlite_database: Database) -> None:
    """On stderr, whether it is done or only looked at; none where a country is shared."""
    with sqlite_database.write() as conn:
        stored_candidate(conn, facts=replace(FACTS, countries=("BFA", "MLI")), state="accepted")
    _run(site, "promote")
    ids = [each["id"] for each in json.loads(_run(site, "projects", "list", "--json").stdout)]
    assert _run(site, "projects", "merge", ids[1], ids[0]).stderr == ""
    for words in ((), ("--yes",)):
        done = _run(site, "projects", "merge", ids[2], ids[0], *words)
        assert done.stderr == "warning: they share no country: BFA, MLI and KEN\n"


def test_one_account_is_chosen(site: Site, two: tuple[str, str]) -> None:
    """What stands side by side is shown with its numbers; the chosen one holds; the choice is taken back."""
    first, second = two
    _run(site, "projects", "merge", second, first, "--yes")
    shown = _run(site, "projects", "show", first).stdout
    assert f"offing projects choose {first} NUMBER" in shown
    found = json.loads(_run(site, "projects", "show", first, "--json").stdout)
    later = next(each["id"] for each in found["life_line"] if each["status"] == "under-construction")
    earlier = next(each["id"] for each in found["life_line"] if each["status"] == "completed")
    said = _run(site, "projects", "choose", first, str(later)).stdout
    assert said == f"chosen: [{later}] under-construction 2024-05-01; set aside: [{earlier}] completed 2020-05-01\n"
    assert f"completed          [{earlier}] aside" in _run(site, "projects", "show", first).stdout
    assert _run(site, "projects", "choose", first, str(later), "--none").stdout.startswith("undecided again: ")


def test_an_update_is_shown_beside_what_it_would_change(site: Site, two: tuple[str, str]) -> None:
    """Fields that agree, are new or differ, and the life line with what would be added; one key takes it in."""
    shown = _run(site, "queue", "show", "6").stdout
    assert f"update of {two[0]}  Data centre in Nairobi" in shown
    for line in ("=  countries    KEN", "+  status       completed  →  suspended", "+  places       Konza"):
        assert line in shown
    assert "≠  sector       data-centre-cloud  →  smart-city (kept: data-centre-cloud)" in shown
    assert "2025 │ ○ 1 May   signed             NEW" in shown
    assert f"update of, same  1.00  {two[0]}  Data centre in Nairobi" in shown
    plain = json.loads(_run(site, "queue", "show", "6", "--json").stdout)
    assert (plain["update"]["target"]["key"], plain["known"][0]["id"]) == (two[0], f"project:{two[0]}")
    (listed,) = json.loads(_run(site, "queue", "list", "--json").stdout)
    assert (listed["update_of"], len(listed["update"]["events"])) == (f"project:{two[0]}", 2)
    assert _run(site, "decide", "6", "accept").stdout == f"candidate 6 accepted as an update of {two[0]} by ana\n"
    assert _run(site, "promote").stdout == f"candidate 6 added to {two[0]}\n"


def test_an_update_of_what_is_undecided_waits(site: Site, sqlite_database: Database) -> None:
    """Promotion says why something waits; what it is accepted into can be said otherwise, and has to be there."""
    with sqlite_database.write() as conn:
        assert stored_candidate(conn) == 4
    _run(site, "promote")
    _run(site, "decide", "3", "accept", "--into", "4")
    said = "candidate 3 waits: candidate 4, which it is an update of, is open and in no record\n"
    assert _run(site, "promote").stdout == said
    _run(site, "undo", "3")
    assert (
        _run(site, "decide", "3", "accept", "--into", "1").stdout
        == "candidate 3 accepted as an update of candidate 1 by ana\n"
    )
    _run(site, "undo", "3")
    assert _run(site, "decide", "3", "accept", "--new").stdout == "candidate 3 accepted by ana\n"
    _run(site, "undo", "3")
    with pytest.raises(UsageError, match="names nothing"):
        _run(site, "decide", "3", "accept", "--into", "what:1")
    with pytest.raises(UnknownItem, match="no project off-1"):
        _run(site, "decide", "3", "accept", "--into", "off-1")
