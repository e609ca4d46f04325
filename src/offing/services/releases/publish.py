"""Publishes releases: one snapshot of the store, one pass, a temporary folder, one transaction, one rename."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa

from offing.errors import Conflict, UsageError
from offing.model.operation.activity import Activity, ActivityKind
from offing.model.operation.user import Permission
from offing.model.projects.release import Release
from offing.model.projects.release_format import ReleaseFormat
from offing.publish.formats import formats_of, is_of_format
from offing.publish.writer import LAYOUT, is_table
from offing.services.accounts.authors import check_author
from offing.services.records.recomposing import refuse_differing
from offing.services.releases.checks import check_passed, store_findings
from offing.services.releases.folder import (
    Opener,
    check_folder,
    files_of,
    packed_file,
    parent_of,
    put_folder,
)
from offing.services.releases.kept import write_again
from offing.services.releases.one_pass import Output, Passed, Spool, Terms, one_snapshot, pass_over
from offing.store.accounts.activity import note
from offing.store.database.engine import Database
from offing.store.records.project import lock_numbers
from offing.store.records.release import get_release, insert_release, last_release, put_content, put_documents

_VERSION = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]{0,39}")


@dataclass(frozen=True, slots=True)
class Published:
    """The result of a publication.

    `again` means that the version was published before, and was written once more as it was then. `changes` says in
    words what changed against the release before; "" where it was written again.
    """

    version: str
    folder: Path
    records: int
    again: bool
    changes: str = ""


def publish(database: Database, version: str, out: Path, now: datetime, terms: Terms | None = None) -> Published:
    """Write a release into a folder and store it; a version that was published before is written again as it was.

    Args:
        database: where the records are.
        version: 1 to 40 letters, digits, dots, hyphens; never reused for other data.
        out: the folder; new, empty, or holding the same files.
        now: aware UTC; stored with the release, in its datapackage.json, and as a day in the files for catalogues.
        terms: who publishes, and whom to tell of the progress.

    Raises:
        UsageError: the person may not publish, or the folder holds something else.
        Blocked: a record differs from the composition of its candidates, or a check found what nobody signed off;
            nothing is published then.
        Conflict: another release was published meanwhile.
    """
    terms = terms or Terms()
    if not _VERSION.fullmatch(version):
        raise UsageError(f"{version!r} is not a version: 1 to 40 letters, digits, dots, hyphens, such as 1.0")
    with database.read() as conn:
        check_author(conn, terms.by, Permission.PUBLISH)
        known = get_release(conn, version)
    check_folder(out, new=known is None)
    with tempfile.TemporaryDirectory(prefix=f".{out.name}-", dir=parent_of(out)) as temporary:
        folder = Path(temporary) / "release"
        folder.mkdir()
        if known is None:
            done = _publish(database, version, folder, now, terms)
            put_folder(folder, out)
            return Published(version, out, done.records, again=False, changes=done.changes)
        with database.read() as conn:
            write_again(conn, known, folder)
        _check_formats(folder, known, terms)
        put_folder(folder, out)
    return Published(version, out, known.records, again=True)


def _check_formats(folder: Path, known: Release, terms: Terms) -> None:
    found = formats_of(files_of(folder))
    if terms.formats is not None and {*terms.formats, ReleaseFormat.CSV} != {*found, ReleaseFormat.CSV}:
        raise UsageError(
            f"release {known.version} was published as {', '.join((ReleaseFormat.CSV, *found))} and is written "
            "again so: leave out --format, or give another version"
        )


def _publish(database: Database, version: str, folder: Path, now: datetime, terms: Terms) -> Passed:
    """Publish a new version: its files into a folder, and the release into the database."""
    with tempfile.TemporaryFile() as spooled:
        spool = Spool(spooled)
        with database.read() as conn, Opener(folder) as opener:
            one_snapshot(conn)
            passed = pass_over(conn, Output(version, opener, spool, keeps=True), terms, now)
        refuse_differing(passed.differing)
        store_findings(database, passed, terms.by, now)
        with database.read() as conn:
            check_passed(conn, passed)
        release = Release(version, now, terms.by, records=passed.records, layout=LAYOUT, statistics=passed.figures)
        with database.write() as conn:  # the row first: a folder without a row could be cited and then contradicted
            _store(conn, release, passed.before, spool)
            put_documents(conn, _number(conn), _documents(folder))
            records = f"{passed.records} record{'' if passed.records == 1 else 's'}"
            note(conn, Activity(now, ActivityKind.PUBLISH, terms.by, f"release {version}, {records}"))
    return passed


def _store(conn: sa.Connection, release: Release, before: Release | None, spool: Spool) -> None:
    lock_numbers(conn)
    last = last_release(conn)
    if (last.number if last else 0) != (before.number if before else 0) or not insert_release(conn, release):
        raise Conflict(
            f"release {last.version if last else ''} was published meanwhile: publish {release.version} again"
        )
    put_content(conn, _number(conn), spool.read())


def _number(conn: sa.Connection) -> int:
    last = last_release(conn)
    assert last
    return last.number


def _documents(folder: Path) -> Iterator[tuple[str, bytes]]:
    for name in files_of(folder):
        if not is_table(name) and not is_of_format(name):
            yield name, packed_file(folder / name)
