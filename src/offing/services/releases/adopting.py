"""Adopts a release of another site: its projects become records here, under the same ids, as it published them."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa

from offing.errors import UsageError
from offing.model.operation.activity import Activity, ActivityKind
from offing.model.operation.user import Permission
from offing.model.pairs.pairing import Bond, PairDecision, Ref
from offing.model.projects.known import KnownProject
from offing.model.projects.project import ProjectFacts, ProjectRecord
from offing.model.projects.record_change import RecordAction, RecordChange
from offing.model.projects.release import Adoption, Release, TableLayout
from offing.promote import compose
from offing.publish import ProjectBody, adopted_project, read_bodies
from offing.publish.documents import head_from
from offing.publish.formats import is_of_format
from offing.publish.marked import SUMS
from offing.publish.statistics import CellCounts
from offing.publish.writer import LAYOUT, is_table
from offing.services.accounts.authors import check_author
from offing.services.matching.candidates import keys_of_known
from offing.services.matching.conversions import dollars
from offing.services.matching.match_rules import judge_within
from offing.services.records.amending import Statement, amending
from offing.services.records.compose import recompose, titled
from offing.services.releases.folder import files_of, packed_file
from offing.services.releases.kept import YANKED
from offing.services.releases.known_links import base_of
from offing.store.accounts.activity import note
from offing.store.database.batch import parts
from offing.store.database.engine import Database
from offing.store.pairs.pairing import append_pair_decision
from offing.store.records.known_project import keep_known
from offing.store.records.project import insert_project, record_count, records_of, redirect
from offing.store.records.record_change import append_change
from offing.store.records.release import insert_release, put_content, put_documents, releases

_ID = re.compile(r"[a-z][a-z0-9]{0,15}-(\d{4})-(\d{6,})")
_AT_ONCE = 100
_FIRST = 1  # number of the adopted release: nothing was published here before it
Report = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class AdoptedRelease:
    """An adopted release; `records` are the projects that it describes, `retired` the ids that it retires."""

    version: str
    published_at: datetime
    records: int
    retired: int


@dataclass(frozen=True, slots=True)
class _Folder:
    """A release as it lies in a folder, whole and unchanged."""

    path: Path
    version: str
    published_at: datetime
    layout: tuple[TableLayout, ...]

    @property
    def ids(self) -> int:
        """How many ids it describes or retires, by its own figures."""
        tables = json.loads((self.path / "statistics.json").read_bytes())["tables"]
        return int(tables["projects"]["rows"] + tables["retired"]["rows"])

    def bodies(self) -> Iterator[ProjectBody]:
        """Yield what it says of each project.

        Raises:
            UsageError: a table cannot be read; the message gives file and line.
        """
        with ExitStack() as stack:
            names = [each.table for each in self.layout]
            files = {each: (self.path / f"{each}.csv").open(encoding="utf-8", newline="") for each in names}
            for file in files.values():
                stack.enter_context(file)
            try:
                yield from read_bodies(self.layout, files)
            except ValueError as error:
                raise UsageError(f"{self.path}: {error}") from error


def adopt(
    database: Database, folder: Path, statement: Statement, report: Report = lambda _done, _total: None, *, keep: bool
) -> AdoptedRelease:
    """Take the projects of a release as the records of a site that has none, with ids, rows, sources and quotes.

    The release itself is stored, too: it is written again byte for byte, and the next one is compared with it. So that
    news of these projects are found, they are known projects of a base called as the release, too.

    Args:
        database: of a site without records and releases.
        folder: the release, with all of its files.
        statement: who adopts it, when and why.
        report: called with the number of ids done so far, and of all.
        keep: whether to store it; else it is only tried.

    Raises:
        UsageError: the folder is no release, it was changed or yanked, a newer offing wrote it; or the site has records
            or releases of its own, or the person may not publish or change records.
    """
    found = _checked(folder)
    with amending(database, statement, keep=keep) as conn:
        check_author(conn, statement.by, Permission.PUBLISH)
        _check_empty(conn)
        adoption = Adoption(statement.at, statement.by)
        release = Release(found.version, found.published_at, layout=found.layout, number=_FIRST, adopted=adoption)
        counts, ends = CellCounts(), list[ProjectBody]()
        for some in parts(_counted(found, counts, report), _AT_ONCE):
            put_content(conn, _FIRST, (each.packed() for each in some))
            _begin(conn, [each for each in some if not each.retired], release, statement)
            ends += [each for each in some if each.retired]
        figures = counts.figures()
        done = AdoptedRelease(release.version, release.published_at, figures["projects"].rows, len(ends))
        insert_release(conn, replace(release, records=done.records, statistics=figures))
        put_documents(conn, _FIRST, _documents(folder))
        _retire(conn, ends, release, statement)
        said = f"release {release.version} adopted, {done.records} record{'' if done.records == 1 else 's'}"
        note(conn, Activity(statement.at, ActivityKind.PUBLISH, statement.by, said))
    return done


def _counted(folder: _Folder, counts: CellCounts, report: Report) -> Iterator[ProjectBody]:
    """Yield what a release says of each project, counted."""
    total = folder.ids
    for done, each in enumerate(folder.bodies(), 1):
        counts.add(each)
        report(done, total)
        yield each


def _checked(folder: Path) -> _Folder:
    """Return a release whose files are those that were published.

    Raises:
        UsageError: they are not; the message names the file.
    """
    package = folder / "datapackage.json"
    if not package.is_file() or not (folder / SUMS).is_file():
        raise UsageError(f"{folder} is no release: it has no datapackage.json, or no {SUMS}")
    _check_sums(folder)
    if (folder / YANKED).exists():
        raise UsageError(f"{folder} holds a release that was yanked ({YANKED}): adopt a later one")
    head = head_from(package.read_bytes())
    if not head.released:
        raise UsageError(f"{package} does not say when the release was published: it has no `created`")
    tables = {each.name: TableLayout(each.name, tuple((c.name, c.form) for c in each.columns)) for each in head.tables}
    own = {each.table: {name for name, _ in each.columns} for each in LAYOUT}
    for each in tables.values():
        if new := {name for name, _ in each.columns} - own.get(each.table, set()):
            raise UsageError(f"{each.table}.csv has columns that this offing does not know: {', '.join(sorted(new))}")
    return _Folder(folder, head.version, datetime.fromisoformat(head.released).astimezone(UTC), tuple(tables.values()))


def _check_sums(folder: Path) -> None:
    for line in (folder / SUMS).read_text(encoding="utf-8").splitlines():
        digest, _, name = line.partition("  ")
        file = folder / name
        if not file.is_file():
            raise UsageError(f"{file} is missing: a release is adopted with all files that {SUMS} names")
        with file.open("rb") as content:
            if hashlib.file_digest(content, "sha256").hexdigest() != digest:
                raise UsageError(f"{file} is not as it was published: its SHA-256 differs from that in {SUMS}")


def _check_empty(conn: sa.Connection) -> None:
    if published := releases(conn):
        raise UsageError(f"this site has release {published[-1].version}: one without releases can adopt one")
    if number := record_count(conn):
        raise UsageError(f"this site has {number} records of its own, whose ids may clash: adopt into a new site")


def _begin(conn: sa.Connection, bodies: list[ProjectBody], release: Release, statement: Statement) -> None:
    """Make records of what a release says of some projects."""
    known, judge = [], judge_within(conn)
    for each in bodies:
        try:
            adopted = adopted_project(each, release)
        except (KeyError, ValueError) as error:
            what = f"no {error.args[0]}" if isinstance(error, KeyError) else error
            raise UsageError(
                f"project {each.project_id} of release {release.version} cannot be read: {what}"
            ) from error
        made = titled(compose((), (), dollars, (), (adopted,)))
        record = ProjectRecord(
            each.project_id, made.facts, made.life_line, (), statement.at, statement.at, by_hand=made.by_hand
        )
        insert_project(conn, record, *_place(each.project_id))
        known.append(_known(record, each, release))
    keep_known(conn, known, statement.at, lambda row: keys_of_known(row, judge))
    for row in known:
        ours, theirs, why = Ref.project(row.key), Ref.known(row.source, row.key), f"release {release.version} adopted"
        append_pair_decision(conn, PairDecision(0, ours, theirs, Bond.SAME, statement.by, statement.at, why))


def _known(record: ProjectRecord, body: ProjectBody, release: Release) -> KnownProject:
    """Return a record as a known project, so that matching compares news with it."""
    (row,) = body.rows["projects"]
    first = next((event.day for event in record.life_line if event.day), None)
    return KnownProject(
        base_of(release), record.id, record.facts, row.get("description", ""), first.year if first else None
    )


def _place(project_id: str) -> tuple[int, int]:
    """Return year and number of an id."""
    found = _ID.fullmatch(project_id)
    if found is None:
        raise UsageError(f"{project_id!r} is no id of a project, such as off-2026-000123")
    return int(found[1]), int(found[2])


def _retire(conn: sa.Connection, ends: list[ProjectBody], release: Release, statement: Statement) -> None:
    """Make redirects and tombstones of the ids that a release retires."""
    rows = {each.project_id: each.rows["retired"][0] for each in ends}
    for key in rows:
        record = ProjectRecord(key, ProjectFacts(title=key), (), (), statement.at, statement.at)
        insert_project(conn, record, *_place(key))
    draft = RecordChange(0, "", RecordAction.WITHDRAWAL, statement.by, statement.at)
    for record in records_of(conn, rows):
        row = rows[record.id]
        made = replace(draft, project_id=record.id, source=row.get("source", ""))
        if into := row.get("redirects_to"):
            redirect(conn, record, into, statement.at)
            made = replace(made, action=RecordAction.MERGE, other=into, reason=f"merged in release {release.version}")
        else:
            made = replace(made, reason=row.get("withdrawn", ""))
        append_change(conn, made)
    for some in parts(rows, _AT_ONCE):
        recompose(conn, some, statement.at)


def _documents(folder: Path) -> Iterator[tuple[str, bytes]]:
    for name in files_of(folder):
        if not is_table(name) and not is_of_format(name):
            yield name, packed_file(folder / name)
