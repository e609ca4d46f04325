"""Releases that were published: written again byte for byte, compared with each other, yanked."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa

from offing.errors import UnknownItem, UsageError
from offing.model.operation.activity import Activity, ActivityKind
from offing.model.operation.user import Permission
from offing.model.projects.release import Release, Yank
from offing.publish import unpacked
from offing.publish.delta import ProjectChange, change_of, columns_of, gone, shared
from offing.publish.documents import head_from
from offing.publish.formats import begun, formats_of
from offing.publish.marked import SUMS
from offing.publish.statistics import measured_before
from offing.publish.writer import TableFiles
from offing.services.accounts.authors import check_author
from offing.services.releases.folder import Opener, write_unpacked
from offing.store.accounts.activity import note
from offing.store.database.batch import parts
from offing.store.database.engine import Database
from offing.store.records.release import (
    changed_between,
    content,
    content_ids,
    documents,
    get_release,
    releases,
    size_of,
    yank_release,
)

YANKED = "YANKED.md"
_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class KeptRelease:
    """A release, and how many bytes the database holds of it alone: what it says otherwise than the one before."""

    release: Release
    stored: int


def kept_releases(database: Database) -> tuple[KeptRelease, ...]:
    """Return all releases, oldest first."""
    with database.read() as conn:
        return tuple(KeptRelease(each, size_of(conn, each.number)) for each in releases(conn))


def wanted_release(conn: sa.Connection, version: str) -> Release:
    """Return a release.

    Raises:
        UnknownItem: it was never published.
    """
    found = get_release(conn, version)
    if found is None:
        raise UnknownItem(f"there is no release {version}: `offing releases list` shows all")
    return found


def notes_of(database: Database, version: str) -> tuple[Release, str]:
    """Return a release with its CHANGES.md.

    Raises:
        UnknownItem: it was never published.
    """
    with database.read() as conn:
        release = wanted_release(conn, version)
        found = dict(documents(conn, release.number))
    return release, zlib.decompress(found["CHANGES.md"]).decode() if "CHANGES.md" in found else ""


def write_again(conn: sa.Connection, release: Release, folder: Path) -> None:
    """Write a release as it was published, byte for byte; one that was yanked says so in a file of its own.

    Args:
        conn: a transaction.
        release: the release.
        folder: an empty folder.

    Raises:
        UsageError: its content was not stored, or this offing would write it otherwise than it was published.
    """
    if not release.layout:
        raise UsageError(f"release {release.version} was published before contents were stored: only its ids are known")
    stored = dict(documents(conn, release.number))
    sums = _sums(stored[SUMS])
    with Opener(folder) as opener:
        head = head_from(_read(stored, "datapackage.json"))
        head = replace(head, statistics=measured_before(_read(stored, "statistics.json")))
        formats = begun(formats_of(sums), opener, head)
        writers = (TableFiles(opener, release.layout), *formats)
        for some in parts(content_ids(conn, release.number), _AT_ONCE):
            said = content(conn, release.number, some)
            for body in filter(None, (unpacked(said[each]) for each in some)):
                for writer in writers:
                    writer.add(body)
        for writer in writers:
            writer.finish()
        for name, packed in stored.items():
            with opener(name) as file:
                write_unpacked(packed, file)
    _check_sums(folder, sums, release)
    if release.yanked:
        (folder / YANKED).write_text(yank_notice(release), encoding="utf-8")


def _read(stored: Mapping[str, bytes], name: str) -> bytes:
    return zlib.decompress(stored[name])


def _sums(packed: bytes) -> dict[str, str]:
    """Return the digest of each file of a release, by name."""
    lines = zlib.decompress(packed).decode().splitlines()
    return {name: digest for digest, name in (line.split("  ", 1) for line in lines)}


def _check_sums(folder: Path, sums: Mapping[str, str], release: Release) -> None:
    for name, digest in sums.items():
        with (folder / name).open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
        if found != digest:
            raise UsageError(
                f"release {release.version} cannot be written as it was: {name} would differ. Restore a backup of "
                "the database, or use the offing that published it"
            )


def yank_notice(release: Release) -> str:
    """Return what a yanked release says of itself."""
    assert release.yanked
    yank = release.yanked
    return (
        f"# Release {release.version} should not be used\n\n"
        f"Yanked on {yank.at:%Y-%m-%d} by {yank.by or 'its publisher'}: {yank.reason}\n\n"
        "Its files are as they were published. Use a later release.\n"
    )


def yank(database: Database, version: str, by: str, reason: str, now: datetime) -> Release:
    """Mark a release as one that should not be used; it stays, since people may have cited it.

    Raises:
        UnknownItem: it was never published.
        UsageError: it is yanked already, there is no reason, or the person may not publish.
    """
    if not reason.strip():
        raise UsageError("give the reason with --reason")
    with database.write() as conn:
        check_author(conn, by, Permission.PUBLISH)
        release = wanted_release(conn, version)
        if release.yanked:
            raise UsageError(f"release {version} was yanked on {release.yanked.at:%Y-%m-%d}: {release.yanked.reason}")
        yank_release(conn, version, Yank(now, by, reason.strip()))
        note(conn, Activity(now, ActivityKind.YANK, by, f"release {version}: {reason.strip()}"))
        return wanted_release(conn, version)


def compare(conn: sa.Connection, one: Release, other: Release) -> Iterator[ProjectChange]:
    """Yield what changed from one release to another, project by project.

    Raises:
        UsageError: the content of one was not stored.
    """
    for each in (one, other):
        if not each.layout:
            raise UsageError(f"release {each.version} was published before contents were stored")
    columns = shared(columns_of(other.layout), columns_of(one.layout))
    for some in parts(changed_between(conn, one.number, other.number), _AT_ONCE):
        old, new = content(conn, one.number, some), content(conn, other.number, some)
        for key in some:
            before, after = (unpacked(found[key]) if key in found else None for found in (old, new))
            if after:
                change = change_of(after, before, columns, known=key in old)
            else:
                change = gone(before) if before and not before.retired else None
            if change:
                yield change
