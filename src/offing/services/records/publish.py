"""Publishes releases: one snapshot of the store, a temporary folder, one rename."""

from __future__ import annotations

import re
import shutil
import tempfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa

from offing.errors import UsageError
from offing.model.projects.project import ProjectRecord
from offing.model.projects.release import ProvedField, PublishedSource, Release, Snapshot
from offing.model.review.candidate import Candidate
from offing.publish import build_release, digests, supported
from offing.services.records.recomposing import check_composed
from offing.store.candidates.candidate import candidates
from offing.store.database.engine import Database
from offing.store.records.project import projects
from offing.store.records.release import get_release, insert_release, release_before

_VERSION = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]{0,39}")


@dataclass(frozen=True, slots=True)
class Published:
    """The result of a publication. `again` means that the version existed already, with the same data."""

    version: str
    folder: Path
    records: int
    again: bool


def publish(database: Database, version: str, out: Path, now: datetime) -> Published:
    """Write a release into a folder and record it.

    Args:
        database: where the records are.
        version: 1 to 40 letters, digits, dots, hyphens; never reused for other data.
        out: the folder; new, empty, or holding the same files.
        now: aware UTC; stored with the release, not written into its files.

    Raises:
        UsageError: the version has other data already, the folder holds something else, or a record differs from the
            composition of its candidates; nothing is written then.
    """
    if not _VERSION.fullmatch(version):
        raise UsageError(f"{version!r} is no version: 1 to 40 letters, digits, dots, hyphens, such as 1.0")
    with database.read() as conn:
        snapshot, known, previous = _read(conn, version)
        check_composed(conn)
    release = Release(version, now, digests(snapshot))
    _same(known, release)
    files = build_release(snapshot, previous.digests if previous else {})
    _room(out, files)
    with tempfile.TemporaryDirectory(prefix=f".{out.name}-", dir=_parent(out)) as temporary:
        folder = _written(Path(temporary) / "release", files)
        with database.write() as conn:  # the row first: a folder without a row could be cited and then contradicted
            insert_release(conn, release)
            _same(get_release(conn, version), release)
        _put(folder, out)
    live = sum(record.redirects_to is None and record.withdrawn is None for record in snapshot.records)
    return Published(version, out, live, again=known is not None)


def _read(conn: sa.Connection, version: str) -> tuple[Snapshot, Release | None, Release | None]:
    if conn.dialect.name == "postgresql":  # one snapshot of all tables; SQLite gives that anyway
        conn.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
    return snapshot_of(conn, version), get_release(conn, version), release_before(conn, version)


def snapshot_of(conn: sa.Connection, version: str) -> Snapshot:
    """Return all records with the sources and evidence of their candidates."""
    records = projects(conn, gone=True)
    owner = {each: record for record in records if not record.redirects_to for each in record.candidate_ids}
    told = candidates(conn, owner)
    sources = tuple(source for each in told for source in _sources(owner[each.id].id, each))
    proofs = tuple(proof for each in told for proof in _proofs(owner[each.id], each))
    return Snapshot(version, records, sources, proofs)


def _sources(project_id: str, candidate: Candidate) -> tuple[PublishedSource, ...]:
    return tuple(
        PublishedSource(project_id, each.url, each.title, each.outlet, each.language, each.published)
        for each in candidate.articles
    )


def _proofs(record: ProjectRecord, candidate: Candidate) -> tuple[ProvedField, ...]:
    urls = {article.article_id: article.url for article in candidate.articles}
    kept = supported(candidate.evidence, record)
    return tuple(ProvedField(record.id, each, urls.get(each.article_id, "")) for each in kept)


def _same(stored: Release | None, new: Release) -> None:
    if stored is not None and stored.digests != new.digests:
        day = f"{stored.published_at:%Y-%m-%d}"
        raise UsageError(f"version {new.version} was published on {day} with other data: choose a new version")


def _room(out: Path, files: dict[str, bytes]) -> None:
    """Refuse a folder that holds anything but these files."""
    if not out.exists():
        return
    if not out.is_dir():
        raise UsageError(f"{out} is a file: name a folder")
    there = {path.name: path.read_bytes() if path.is_file() else None for path in out.iterdir()}
    if there and there != files:
        raise UsageError(f"{out} holds something else already: name a new or an empty folder")


def _parent(out: Path) -> Path:
    out.absolute().parent.mkdir(parents=True, exist_ok=True)
    return out.absolute().parent


def _written(folder: Path, files: dict[str, bytes]) -> Path:
    folder.mkdir()
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return folder


def _put(folder: Path, out: Path) -> None:
    if out.exists() and any(out.iterdir()):
        return  # the same files are there: `_room` has checked
    if out.exists():
        out.rmdir()
    shutil.move(folder, out)
