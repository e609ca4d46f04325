"""A release of two projects and one that was withdrawn, on disk, in all formats."""

from __future__ import annotations

from pathlib import Path

from factories.candidate import NOW
from offing.model.projects.project import ProjectRecord
from offing.model.projects.release import Described
from offing.model.projects.release_format import ReleaseFormat
from publish.test_release import FULL, _described, _record
from publish.written import written

FORMATS = tuple(ReleaseFormat)
PROJECTS = ("off-2026-000001", "off-2026-000002")


def described() -> tuple[Described, ...]:
    """Two whole records, whose texts try to be formulas, and a tombstone."""
    gone = ProjectRecord("off-2026-000003", FULL, (), (3,), NOW, NOW, withdrawn="not Chinese")
    return (*(_described(_record(number)) for number in (1, 2)), Described(gone))


def write_release(folder: Path, formats: tuple[ReleaseFormat, ...] = FORMATS) -> Path:
    """Write the release into a folder; return it."""
    for name, content in written(described(), formats=formats).files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder
