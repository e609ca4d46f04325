"""The files of an archive: one a day, never changed once it has its name, each with an index of its captures.

`offing-20261203.warc.gz` has the pages that were fetched on that day (UTC); what comes to light later is in
`offing-20261203-2.warc.gz`, and so on. The index stays when a file is removed or taken away, so that its pages are not
written a second time.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from offing.errors import UsageError
from offing.private import make_private
from offing.store.archive.warc import VERSION, Capture, about_id, about_member, members
from offing.store.backup.swap import sync_folder

END, _INDEX, _PARTIAL = ".warc.gz", ".index.jsonl", ".partial"
_NAME = re.compile(r"offing-(\d{8})(?:-(\d+))?\.warc\.gz")
_CHUNK = 256 * 1024
_CAPTURED = frozenset({"response", "resource"})


@dataclass(frozen=True, slots=True)
class IndexLine:
    """Where a capture stands in its file: the id of its record, address, time, offset and length of its member."""

    id: str
    url: str
    date: str
    offset: int
    length: int


@dataclass(frozen=True, slots=True)
class Written:
    """A new file, how many captures it has, and its size in bytes."""

    file: Path
    captures: int
    size: int


def day_files(folder: Path) -> list[Path]:
    """Return the files of an archive, the oldest day first."""
    found = [(_NAME.fullmatch(path.name), path) for path in folder.iterdir()]
    named = ((match[1], int(match[2] or 1), path) for match, path in found if match)
    return [path for _, _, path in sorted(named)]


def indexed(folder: Path) -> frozenset[str]:
    """Return the ids of all captures that an archive has or had; a missing index is written again.

    Raises:
        UsageError: a file without an index is damaged.
    """
    for partial in folder.glob(f".offing-*{_PARTIAL}"):
        partial.unlink()
    for file in day_files(folder):
        if not _index_of(file).exists():
            _write_index(file, read_back(file))
    return frozenset(line.id for index in folder.glob(f"offing-*{_INDEX}") for line in _lines(index))


def write_day(folder: Path, day: date, found: Iterable[tuple[Capture, bytes]]) -> Written | None:
    """Write captures of a day into a new file, read it back, and give it its name.

    Returns:
        None if there are no captures.

    Raises:
        OSError: the disk is full or cannot be written to; nothing is left of the file.
    """
    file = _new_file(folder, day)
    partial = folder / f".{file.name}{_PARTIAL}"
    try:
        ids = _write(partial, file.name, day, found)
        if not ids:
            return None
        index = read_back(partial)
        if [line.id for line in index] != ids:
            raise RuntimeError(f"the archive {partial} does not read back as it was written")
        partial.rename(file)
    finally:
        partial.unlink(missing_ok=True)
    _write_index(file, index)
    sync_folder(folder)
    return Written(file, len(ids), file.stat().st_size)


def _new_file(folder: Path, day: date) -> Path:
    for part in range(1, 10_000):
        file = folder / f"offing-{day:%Y%m%d}{f'-{part}' if part > 1 else ''}{END}"
        if not file.exists() and not _index_of(file).exists():
            return file
    raise UsageError(f"{folder} has 10,000 files of {day}: name another folder")


def _write(partial: Path, name: str, day: date, found: Iterable[tuple[Capture, bytes]]) -> list[str]:
    ids = []
    make_private(partial)
    with partial.open("wb") as out:
        out.write(about_member(name, day))
        for capture, content in found:
            ids.append(capture.record_id)
            out.writelines(members(capture, content, about_id(name)))
        out.flush()
        os.fsync(out.fileno())
    return ids


def _index_of(file: Path) -> Path:
    return file.with_name(file.name.removesuffix(END) + _INDEX)


def _write_index(file: Path, lines: Iterable[IndexLine]) -> None:
    partial = file.with_name(f".{file.name}{_INDEX}{_PARTIAL}")
    make_private(partial)
    with partial.open("w", encoding="utf-8") as out:
        out.writelines(json.dumps(asdict(line)) + "\n" for line in lines)
        out.flush()
        os.fsync(out.fileno())
    partial.rename(_index_of(file))


def _lines(index: Path) -> Iterator[IndexLine]:
    with index.open(encoding="utf-8") as lines:
        for line in lines:
            yield IndexLine(**json.loads(line))


def read_back(file: Path) -> list[IndexLine]:
    """Return where the captures of a file stand, after checking the digest of each record.

    Raises:
        UsageError: the file is damaged.
    """
    found = []
    for offset, length, record in _records(file):
        head, _, block = record.partition(b"\r\n\r\n")
        version, *lines = head.decode("utf-8", "replace").split("\r\n")
        named = dict(line.split(": ", 1) for line in lines if ": " in line)
        block = block.removesuffix(b"\r\n\r\n")
        digest = f"sha256:{hashlib.sha256(block).hexdigest()}"
        if version != VERSION or named.get("WARC-Block-Digest") != digest:
            raise _damaged(file, offset)
        if named["WARC-Type"] in _CAPTURED:
            number = named["WARC-Record-ID"].removeprefix("<urn:uuid:").removesuffix(">")
            found.append(IndexLine(number, named["WARC-Target-URI"], named["WARC-Date"], offset, length))
    return found


def _records(file: Path) -> Iterator[tuple[int, int, bytes]]:
    """Yield offset, length and content of each gzip member."""
    offset, waiting = 0, b""
    with file.open("rb") as source:
        while waiting or (waiting := source.read(_CHUNK)):
            member, parts, length = zlib.decompressobj(31), list[bytes](), 0
            while not member.eof:
                try:
                    parts.append(member.decompress(waiting))
                except zlib.error as error:
                    raise _damaged(file, offset) from error
                length += len(waiting) - len(member.unused_data)
                waiting = member.unused_data if member.eof else source.read(_CHUNK)
                if not waiting and not member.eof:
                    raise _damaged(file, offset)
            yield offset, length, b"".join(parts)
            offset += length


def _damaged(file: Path, offset: int) -> UsageError:
    return UsageError(f"{file} is damaged at byte {offset}: move it out of the archive; its pages are written again")


def keep_within(folder: Path, budget: int) -> list[Path]:
    """Remove the oldest files until the rest takes at most so many bytes; return those removed."""
    files = day_files(folder)
    sizes = {file: file.stat().st_size for file in files}
    removed = []
    for file in files[:-1]:
        if sum(sizes.values()) <= budget:
            break
        file.unlink()
        del sizes[file]
        removed.append(file)
    return removed
