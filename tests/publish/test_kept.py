"""Releases that are kept: written again, compared, yanked; checked and signed off before; by whom."""

from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from factories.candidate import NOW, stored_candidate
from factories.release import publish_warned, ruled
from offing.errors import Blocked, UnknownItem, UsageError
from offing.model.operation.activity import ActivityKind, Stamp
from offing.model.operation.user import UserRole
from offing.model.pairs.pairing import Ref
from offing.model.projects.finding import ReleaseRule, Severity
from offing.model.projects.record_change import Operation
from offing.model.projects.release import StoredProject
from offing.model.projects.release_format import ReleaseFormat
from offing.model.review.decision import Judgement, Verdict
from offing.publish.formats import is_of_format
from offing.services.accounts.users import add_user
from offing.services.records.amending import Statement
from offing.services.records.correcting import correct
from offing.services.records.edit import Edit
from offing.services.records.promote import promote_accepted
from offing.services.releases.checks import check, sign_off
from offing.services.releases.kept import YANKED, compare, kept_releases, notes_of, wanted_release, yank
from offing.services.releases.one_pass import Terms
from offing.services.releases.publish import publish
from offing.services.review.decisions import decide
from offing.store.accounts.activity import ActivityFilter, list_activity
from offing.store.database.engine import Database
from offing.store.records.release import documents, get_release, put_content
from offing.store.tables import article, release_signoff

DAY = timedelta(days=1)


def _accepted(database: Database, **edits: str) -> int:
    with database.write() as conn:
        candidate_id = stored_candidate(conn)
    decide(database, Verdict(candidate_id, Judgement.ACCEPT, "ana", edits=edits), NOW)
    promote_accepted(database, NOW)
    return candidate_id


def _corrected(database: Database, **edits: str) -> None:
    """A later candidate of the first record, with values that a person set: they win over what it said before."""
    with database.write() as conn:
        later = stored_candidate(conn, published=NOW + DAY)
    into = Ref.project("off-2026-000001")
    decide(database, Verdict(later, Judgement.ACCEPT, "ana", edits=edits, into=into), NOW + DAY)
    promote_accepted(database, NOW + DAY)


def _replaced(database: Database, old: str, new: str) -> None:
    """Correct a sum of the first record."""
    said = Statement("ana", NOW + DAY, "the contract says so")
    correct(database, "off-2026-000001", Edit("amounts", Operation.REPLACE, new, old), said, keep=True)


def _files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_release_is_written_again_after_the_data_moved_on(database: Database, tmp_path: Path) -> None:
    """Byte for byte, whatever was corrected, added and published since; each later one, too."""
    _accepted(database)
    publish_warned(database, "1.0", tmp_path / "a", NOW)
    _corrected(database, amounts="58000000 EUR contract")
    _accepted(database, countries="UGA")
    done = publish_warned(database, "1.1", tmp_path / "b", NOW + DAY)
    assert done.changes == "1 project added, 1 changed"
    _corrected(database, title="Konza")
    publish_warned(database, "1.2", tmp_path / "c", NOW + 2 * DAY)
    for version, folder in (("1.0", "a"), ("1.1", "b"), ("1.2", "c")):
        again = publish(database, version, tmp_path / f"{folder} again", NOW + 9 * DAY)
        assert again.again
        assert _files(again.folder) == _files(tmp_path / folder)


def test_two_releases_are_compared_field_by_field(database: Database, tmp_path: Path) -> None:
    """Forwards, and backwards, where what was added is gone."""
    _accepted(database)
    publish_warned(database, "1.0", tmp_path / "a", NOW)
    _corrected(database, amounts="58000000 EUR contract")
    _accepted(database)
    publish_warned(database, "1.1", tmp_path / "b", NOW + DAY)
    with database.read() as conn:
        one, other = (wanted_release(conn, version) for version in ("1.0", "1.1"))
        forwards = [each.plain() for each in compare(conn, one, other)]
        backwards = [each.plain() for each in compare(conn, other, one)]
        assert list(compare(conn, one, one)) == []
        with pytest.raises(UnknownItem, match=r"there is no release 2\.0"):
            wanted_release(conn, "2.0")
    assert [each["op"] for each in forwards] == ["MOD", "ADD"]
    assert [each["op"] for each in backwards] == ["MOD", "DEL"]
    fields = next(row["fields"] for row in forwards[0]["rows"] if row["table"] == "flows")
    assert fields["value"] == {"before": "85000000", "after": "58000000"}
    release, notes = notes_of(database, "1.1")
    assert release.records == 2
    assert "Compared with release 1.0: 1 project added, 1 changed." in notes


def test_what_does_not_change_costs_nothing(database: Database, tmp_path: Path) -> None:
    """A second release of the same records stores only its own few documents."""
    for _ in range(4):
        _accepted(database)
    publish_warned(database, "1.0", tmp_path / "a", NOW)
    publish_warned(database, "1.1", tmp_path / "b", NOW + DAY)
    with database.read() as conn:
        rows = conn.execute(sa.text("SELECT count(*) FROM release_content")).scalar_one()
    first, second = kept_releases(database)
    assert (rows, first.stored > second.stored) == (4, True)


def test_a_yanked_release_says_so_wherever_it_is_written(database: Database, tmp_path: Path) -> None:
    """Written again its files are as they were, with a notice beside; the notes of the next one name it."""
    _accepted(database)
    publish(database, "1.0", tmp_path / "a", NOW)
    with pytest.raises(UsageError, match="--reason"):
        yank(database, "1.0", "dana", " ", NOW)
    assert yank(database, "1.0", "dana", "a sum is wrong", NOW + DAY).yanked
    with pytest.raises(UsageError, match="was yanked on 2026-03-06: a sum is wrong"):
        yank(database, "1.0", "dana", "again", NOW + DAY)
    publish(database, "1.0", tmp_path / "b", NOW + DAY)
    files = _files(tmp_path / "b")
    assert "by dana: a sum is wrong" in files.pop(YANKED).decode()
    assert files == _files(tmp_path / "a")
    publish(database, "1.1", tmp_path / "c", NOW + 2 * DAY)
    assert "- 1.0, yanked 2026-03-06: a sum is wrong" in (tmp_path / "c" / "CHANGES.md").read_text()
    assert not (tmp_path / "c" / YANKED).exists()


def test_what_would_differ_is_not_written(database: Database, tmp_path: Path) -> None:
    """A damaged content is refused with the name of the file; nothing appears."""
    _accepted(database)
    publish(database, "1.0", tmp_path / "a", NOW)
    with database.write() as conn:
        conn.execute(
            sa.text(
                "UPDATE release_document SET packed = (SELECT packed FROM release_document AS other "
                "WHERE other.name = 'CHANGES.md') WHERE name = 'codebook.md'"
            )
        )
    with pytest.raises(UsageError, match=r"1\.0 cannot be written as it was: codebook\.md would differ"):
        publish(database, "1.0", tmp_path / "b", NOW)
    assert not (tmp_path / "b").exists()


def test_a_release_whose_content_was_never_stored_is_known_by_its_ids(database: Database, tmp_path: Path) -> None:
    """Of a release of an earlier offing only the ids and digests are left; the next one tells what it can."""
    _accepted(database)
    with database.write() as conn:
        conn.execute(
            sa.text(
                "INSERT INTO release (version, number, published_at, records, layout, statistics) "
                "VALUES ('0.9', 1, '2026-03-01 00:00:00+00:00', 1, '[]', '{}')"
            )
        )
        put_content(conn, 1, [StoredProject("off-2026-000001", "x" * 64, None)])
    with pytest.raises(UsageError, match="only its ids are known"):
        publish(database, "0.9", tmp_path / "a", NOW)
    publish(database, "1.0", tmp_path / "b", NOW)
    assert "not stored" in (tmp_path / "b" / "CHANGES.md").read_text()


def test_an_error_blocks_and_cannot_be_signed_off(database: Database, tmp_path: Path) -> None:
    """The refusal names record, rule and what to do; once it is corrected, the release appears."""
    _accepted(database, amounts="300000000000 USD contract")
    found = check(database, NOW)
    (standing,) = found.findings
    assert (standing.finding.rule, found.blocking, found.records) == (ReleaseRule.ABSURD_SUM, 1, 1)
    with pytest.raises(Blocked, match=r"1 error: off-2026-000001 amounts: .*\[absurd-sum\].*publish --check"):
        publish(database, "1.0", tmp_path / "a", NOW)
    assert list(tmp_path.glob("a*")) == []
    with pytest.raises(UsageError, match="is an error and cannot be signed off"):
        sign_off(database, [standing.finding.key], "dana", "it is right", NOW)
    _replaced(database, "300000000000 USD contract", "1000000 USD contract")
    assert publish_warned(database, "1.0", tmp_path / "a", NOW).records == 1
    assert check(database, NOW).findings == ()


def test_a_warning_waits_for_a_sign_off_that_holds_while_the_finding_does(database: Database, tmp_path: Path) -> None:
    """With author and note; another value of the same field needs another one."""
    outliers = ruled(database, tmp_path, {ReleaseRule.ABSURD_SUM: Severity.WARNING})
    _accepted(outliers, amounts="300000000000 USD loan")
    (first,) = check(outliers, NOW).findings
    with pytest.raises(Blocked, match=r"1 warning: .*signoff KEY"):
        publish(outliers, "1.0", tmp_path / "a", NOW)
    for keys, note, said in ((["beef"], "why", "nothing called beef"), ([first.finding.key], " ", "--note")):
        with pytest.raises(UsageError, match=said):
            sign_off(outliers, keys, "dana", note, NOW)
    (made,) = sign_off(outliers, [first.finding.key], "dana", "the ministry says so", NOW)
    assert (made.by, made.note) == ("dana", "the ministry says so")
    publish(outliers, "1.0", tmp_path / "a", NOW)
    assert check(outliers, NOW + DAY).blocking == 0
    _replaced(outliers, "300000000000 USD loan", "400000000000 USD loan")
    blocking = {each.finding.rule for each in check(outliers, NOW + DAY).findings if each.blocks}
    assert ReleaseRule.ABSURD_SUM in blocking
    with outliers.write() as conn, pytest.raises(sa.exc.DatabaseError, match="appended only"):
        conn.execute(sa.update(release_signoff).values(note="other"))


def test_only_who_may_publish_publishes(sqlite_database: Database, tmp_path: Path) -> None:
    """Once a site has accounts, by the role of the account; a site without any belongs to whoever runs it."""
    database = sqlite_database
    _accepted(database)
    for name, role in (("dana", UserRole.DATASET), ("ana", UserRole.ANALYST)):
        add_user(database, name, role, None, Stamp(NOW, "ops"))
    for by, said in (("", "nobody has no open account"), ("eve", "eve has no open account"), ("ana", "role analyst")):
        with pytest.raises(UsageError, match=said):
            publish(database, "1.0", tmp_path / "a", NOW, Terms(by))
        with pytest.raises(UsageError, match=said):
            yank(database, "1.0", by, "why", NOW)
        with pytest.raises(UsageError, match=said):
            sign_off(database, ["beef"], by, "why", NOW)
    publish(database, "1.0", tmp_path / "a", NOW, Terms("dana"))
    yank(database, "1.0", "dana", "a sum is wrong", NOW + DAY)
    with database.read() as conn:
        found = get_release(conn, "1.0")
        done = list_activity(conn, ActivityFilter(actions=frozenset({ActivityKind.PUBLISH, ActivityKind.YANK})))
    assert found
    assert found.published_by == "dana"
    assert [(each.action, each.by, each.about) for each in done] == [
        (ActivityKind.YANK, "dana", "release 1.0: a sum is wrong"),
        (ActivityKind.PUBLISH, "dana", "release 1.0, 1 record"),
    ]


def test_formats_are_written_again_as_they_were(database: Database, tmp_path: Path) -> None:
    """Whatever the config says by then; other formats of a version that is out are refused."""
    _accepted(database)
    every = tuple(ReleaseFormat)
    publish(database, "1.0", tmp_path / "a", NOW, Terms(formats=every))
    _corrected(database, title="Another title")
    again = publish(database, "1.0", tmp_path / "b", NOW + DAY)
    assert _files(again.folder) == _files(tmp_path / "a")
    assert {"flat.csv", "excel/flows.csv", "parquet/flows.parquet", "offing.sqlite"} <= _files(again.folder).keys()
    assert publish(database, "1.0", tmp_path / "b", NOW + DAY, Terms(formats=every)).again
    with pytest.raises(UsageError, match=r"published as csv, flat, .* leave out --format"):
        publish(database, "1.0", tmp_path / "c", NOW + DAY, Terms(formats=(ReleaseFormat.FLAT,)))
    with database.read() as conn:
        assert not [name for name, _ in documents(conn, 1) if is_of_format(name)]


def test_a_reserved_article_is_not_quoted(database: Database, tmp_path: Path) -> None:
    """Neither in evidence nor in events; where its words stand is told all the same."""
    _accepted(database)
    with database.write() as conn:
        conn.execute(sa.update(article).values(withheld_at=NOW))
    publish(database, "1.0", tmp_path / "a", NOW)
    written = {name: content.decode("utf-8", "replace") for name, content in _files(tmp_path / "a").items()}
    assert "signed a contract" not in written["evidence.csv"] + written["events.csv"]
    assert ",6,11," not in written["projects.csv"]
    assert written["evidence.csv"].count("\n") == 5


def test_progress_is_reported(database: Database, tmp_path: Path) -> None:
    """How many records of how many."""
    told: list[tuple[int, int]] = []
    for _ in range(2):
        _accepted(database)
    check(database, NOW, Terms(report=lambda done, total: told.append((done, total))))
    assert told == [(2, 2)]
