"""The folder of a release: it appears whole or not at all, and nothing that is there is overwritten."""

from __future__ import annotations

import shutil
import zlib
from pathlib import Path
from typing import BinaryIO, Self

from offing.errors import UsageError


def packed_file(path: Path) -> bytes:
    """Return a file's content packed by zlib, read piece by piece."""
    packer = zlib.compressobj(9)
    with path.open("rb") as file:
        parts = [packer.compress(part) for part in iter(lambda: file.read(1 << 20), b"")]
    return b"".join((*parts, packer.flush()))


def write_unpacked(packed: bytes, file: BinaryIO) -> None:
    """Write what `packed_file` packed, piece by piece."""
    unpacker = zlib.decompressobj()
    while packed:
        file.write(unpacker.decompress(packed, 1 << 20))
        packed = unpacker.unconsumed_tail
    file.write(unpacker.flush())


class Opener:
    """Opens new files of a folder by name; leaving its context closes what is still open."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._open: list[BinaryIO] = []

    def __call__(self, name: str) -> BinaryIO:
        """Open a file, in a folder of its own if the name says so."""
        path = self._folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        self._open = [each for each in self._open if not each.closed]
        self._open.append(path.open("xb"))
        return self._open[-1]

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close what is open."""
        for each in self._open:
            each.close()


def check_folder(out: Path, *, new: bool) -> None:
    """Check that a release may be written into a folder, as far as can be known before it is written.

    Args:
        out: the folder.
        new: whether the version is new, so that no folder can hold it already.

    Raises:
        UsageError: it is a file, or holds something else.
    """
    if out.exists() and not out.is_dir():
        raise UsageError(f"{out} is a file: name a folder")
    if new and out.is_dir() and any(out.iterdir()):
        raise _in_use(out)


def _in_use(out: Path) -> UsageError:
    return UsageError(f"{out} holds something else already: name a new or an empty folder")


def files_of(folder: Path) -> list[str]:
    """Return the names of the files of a folder and its folders, in order."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def parent_of(out: Path) -> Path:
    """Return the folder in which another is to appear; it is made where it is missing."""
    out.absolute().parent.mkdir(parents=True, exist_ok=True)
    return out.absolute().parent


def put_folder(folder: Path, out: Path) -> None:
    """Move a written folder to its place.

    Raises:
        UsageError: there is a folder with other files.
    """
    if out.exists() and any(out.iterdir()):
        if not _same(folder, out):
            raise _in_use(out)
        return
    if out.exists():
        out.rmdir()
    shutil.move(folder, out)


def _same(one: Path, other: Path) -> bool:
    names = files_of(one)
    return names == files_of(other) and all(_equal(one / name, other / name) for name in names)


def _equal(one: Path, other: Path) -> bool:
    if one.stat().st_size != other.stat().st_size:
        return False
    with one.open("rb") as first, other.open("rb") as second:
        pieces = iter(lambda: (first.read(1 << 20), second.read(1 << 20)), (b"", b""))
        return all(mine == theirs for mine, theirs in pieces)
