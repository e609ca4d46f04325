"""Releases of a few records, written into memory."""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import dataclass
from typing import BinaryIO

from factories.candidate import NOW
from offing.model.projects.release import Described, Release
from offing.model.projects.release_format import ReleaseFormat
from offing.publish import Outline, ProjectBody, ReleaseWriter, project_body
from offing.publish.writer import LAYOUT

FIRST = Release("1.0", NOW, "dana", 1, 0, LAYOUT)


class Kept(io.BytesIO):
    """A file in memory whose content stays once it is closed."""

    content = b""

    def close(self) -> None:
        """Close it."""
        if not self.closed:
            self.content = self.getvalue()
        super().close()


@dataclass(frozen=True, slots=True)
class Written:
    """The files of a release, and what it says of each project."""

    files: dict[str, bytes]
    bodies: dict[str, ProjectBody]


def written(
    described: Iterable[Described],
    before: Written | None = None,
    version: str = "1.0",
    last: Release = FIRST,
    formats: tuple[ReleaseFormat, ...] = (),
) -> Written:
    """A release of some records, compared with one before."""
    streams: dict[str, Kept] = {}

    def open_file(name: str) -> BinaryIO:
        assert name not in streams, f"{name} was opened twice"
        return streams.setdefault(name, Kept())

    writer = ReleaseWriter(open_file, Outline(version, last if before else None, formats=formats))
    said, bodies = before.bodies if before else {}, {}
    for each in sorted(described, key=lambda each: each.record.id):
        told = said.get(each.record.id)
        bodies[each.record.id] = body = project_body(each, told)
        writer.add(body, told, known=told is not None)
    writer.finish()
    return Written({name: stream.content for name, stream in sorted(streams.items())}, bodies)
