"""Publishing with a database and a disk."""

import csv
import io
import json
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
import yaml

from factories.candidate import NOW, stored_candidate
from factories.release import publish_warned, ruled
from offing.errors import Conflict, UsageError
from offing.model.projects.finding import ReleaseRule, Severity
from offing.model.projects.release import Release
from offing.model.review.decision import Judgement, Verdict
from offing.services.records.amending import Statement
from offing.services.records.projects import merge, part
from offing.services.records.promote import promote_accepted
from offing.services.releases.publish import publish
from offing.services.review.decisions import decide
from offing.store.database.engine import Database
from offing.store.records.release import insert_release, releases


def _accepted(database: Database, **edits: str) -> int:
    with database.write() as conn:
        candidate_id = stored_candidate(conn, articles=2)
    decide(database, Verdict(candidate_id, Judgement.ACCEPT, "ana", edits=edits), NOW)
    promote_accepted(database, NOW)
    return candidate_id


def _files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def _rows(folder: Path, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO((folder / name).read_text(encoding="utf-8"))))


def test_a_release_holds_what_was_promoted(database: Database, tmp_path: Path) -> None:
    """Accepted and promoted candidates are published with sources and quotes, undecided ones are not."""
    _accepted(database, status="agreed")
    with database.write() as conn:
        stored_candidate(conn)
        stored_candidate(conn, state="accepted")
    done = publish(database, "1.0", tmp_path / "out" / "1.0", NOW)
    assert (done.records, done.again) == (1, False)
    (row,) = _rows(done.folder, "projects.csv")
    assert (row["id"], row["status"], row["sources"]) == ("off-2026-000001", "agreed", "2")
    fields = {proof["field"] for proof in _rows(done.folder, "evidence.csv")}
    assert fields == {"countries", "firms", "amounts"}, "the quote of the replaced status proves nothing"
    assert [path.name for path in done.folder.parent.iterdir()] == ["1.0"]


def test_the_same_data_give_the_same_bytes(database: Database, tmp_path: Path) -> None:
    """A version can be written again, elsewhere and in place, with the same bytes and one row."""
    _accepted(database)
    publish(database, "1.0", tmp_path / "a", NOW)
    later = NOW + timedelta(days=3)
    assert publish(database, "1.0", tmp_path / "b", later).again
    publish(database, "1.0", tmp_path / "a", later)
    assert _files(tmp_path / "a") == _files(tmp_path / "b")
    with database.read() as conn:
        assert [(each.version, each.published_at) for each in releases(conn)] == [("1.0", NOW)]


def test_a_version_is_never_given_to_other_data(database: Database, tmp_path: Path) -> None:
    """Once the data have changed, the old version is written as it was; the new one tells the changes."""
    _accepted(database)
    publish(database, "1.0", tmp_path / "a", NOW)
    _accepted(database)
    again = publish(database, "1.0", tmp_path / "b", NOW)
    assert (again.again, again.records) == (True, 1)
    assert _files(tmp_path / "a") == _files(tmp_path / "b")
    publish_warned(database, "1.1", tmp_path / "c", NOW + timedelta(days=1))
    publish(database, "1.1", tmp_path / "d", NOW + timedelta(days=2))
    assert [row["project_id"] for row in _rows(tmp_path / "d", "CHANGES.csv")] == ["off-2026-000002"]


def test_other_files_are_never_overwritten(database: Database, tmp_path: Path) -> None:
    """A folder with something else in it and a file are refused before anything is stored."""
    _accepted(database)
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine").mkdir()
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").touch()
    with pytest.raises(UsageError, match="holds something else"):
        publish(database, "1.0", tmp_path / "full", NOW)
    with pytest.raises(UsageError, match="is a file"):
        publish(database, "1.0", tmp_path / "file", NOW)
    with database.read() as conn:
        assert releases(conn) == ()
    publish(database, "1.0", tmp_path / "empty", NOW)
    assert (tmp_path / "empty" / "SHA256SUMS").is_file()


@pytest.mark.parametrize("version", ["", "../1", "a b", "x" * 41, "-1", "=1"])
def test_a_version_is_a_plain_word(sqlite_database: Database, tmp_path: Path, version: str) -> None:
    """A version that could not be a name of a folder is refused."""
    with pytest.raises(UsageError, match="is not a version"):
        publish(sqlite_database, version, tmp_path / "out", NOW)


@pytest.mark.parametrize("other", ["1.0", "0.9"])
def test_a_race_for_a_version_has_one_winner(sqlite_database: Database, tmp_path: Path, other: str) -> None:
    """A release that somebody else published since the records were read is not contradicted; no folder is left."""
    _accepted(sqlite_database)

    def meanwhile(connection: sa.Connection) -> None:
        if not connection.get_execution_options().get("offing_read"):
            insert_release(connection, Release(other, NOW))

    sa.event.listen(sqlite_database.engine, "begin", meanwhile)
    with pytest.raises(Conflict, match=f"release {other} was published meanwhile"):
        publish(sqlite_database, "1.0", tmp_path / "out", NOW)
    assert [path for path in tmp_path.iterdir() if path.is_dir()] == []


def test_the_source_of_a_merge_is_published(database: Database, tmp_path: Path) -> None:
    """That of the merge in force: one that was taken back says nothing any more."""
    for _ in range(2):
        _accepted(database)
    kept, gone = "off-2026-000001", "off-2026-000002"
    merge(database, gone, kept, Statement("dana", NOW, "one project", "https://treasury.example/first.pdf"))
    part(database, gone, Statement("dana", NOW, "another document"))
    merge(database, gone, kept, Statement("dana", NOW, "one project", "https://treasury.example/second.pdf"))
    publish_warned(database, "1.0", tmp_path / "one", NOW)
    (row,) = _rows(tmp_path / "one", "retired.csv")
    assert row == {
        "id": gone,
        "redirects_to": kept,
        "withdrawn": "",
        "source": "https://treasury.example/second.pdf",
    }


CITED = """
[citation]
licence = "CC-BY-4.0"
authors = ["A body: of \\"quotes\\"", "名字"]
"""


def test_licence_and_authors_are_those_of_the_site(database: Database, tmp_path: Path) -> None:
    """In the description, and in a citation file with all keys that version 1.2.0 of its format requires."""
    _accepted(database)
    off = dict.fromkeys(ReleaseRule, Severity.OFF)
    publish(ruled(database, tmp_path, off, CITED), "1.0", tmp_path / "one", NOW)
    authors = ['A body: of "quotes"', "名字"]
    described = json.loads((tmp_path / "one" / "datapackage.json").read_bytes())
    assert described["licenses"] == [{"name": "CC-BY-4.0"}]
    assert described["contributors"] == [{"title": each, "role": "author"} for each in authors]
    cited = yaml.safe_load((tmp_path / "one" / "CITATION.cff").read_bytes())
    assert (cited["cff-version"], cited["title"], bool(cited["message"])) == ("1.2.0", described["title"], True)
    assert (cited["authors"], cited["type"]) == ([{"name": each} for each in authors], "dataset")
    assert (cited["license"], cited["version"]) == ("CC-BY-4.0", "1.0")
    assert "  CITATION.cff\n" in (tmp_path / "one" / "SHA256SUMS").read_text()


def test_without_authors_there_is_no_citation_file(database: Database, tmp_path: Path) -> None:
    """One without authors would be invalid."""
    _accepted(database)
    publish(database, "1.0", tmp_path / "one", NOW)
    assert not (tmp_path / "one" / "CITATION.cff").exists()
    assert {"licenses", "contributors"}.isdisjoint(json.loads((tmp_path / "one" / "datapackage.json").read_bytes()))
