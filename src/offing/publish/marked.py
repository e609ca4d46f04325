"""The files of a release while they are written: each is hashed and counted as it grows. Pure: files are streams."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO, Self, cast

SUMS = "SHA256SUMS"
OpenFile = Callable[[str], BinaryIO]


@dataclass(frozen=True, slots=True)
class FileMark:
    """The size of a file in bytes and its SHA-256."""

    size: int
    sha256: str


class MarkedFile:
    """A file that is written from start to end; its mark is known once it is closed."""

    def __init__(self, stream: BinaryIO, done: Callable[[FileMark], None]) -> None:
        self._stream, self._done = stream, done
        self._digest, self._size = hashlib.sha256(), 0

    def write(self, content: bytes, /) -> int:
        """Append some bytes."""
        self._digest.update(content)
        self._size += len(content)
        return self._stream.write(content)

    def close(self) -> None:
        """Close the file and note its mark; harmless to repeat."""
        if not self._stream.closed:
            self._stream.close()
            self._done(FileMark(self._size, self._digest.hexdigest()))

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close it."""
        self.close()


class MarkedFiles:
    """Opens the files of a release by name, and knows the mark of each that is closed.

    A folder that has a SHA256SUMS of its own is known by that alone: its files may be as many as the projects.

    Args:
        open_file: opens a new file.
    """

    def __init__(self, open_file: OpenFile) -> None:
        self._open = open_file
        self.marks: dict[str, FileMark] = {}
        self._folders: set[str] = set()

    def __call__(self, name: str) -> BinaryIO:
        """Open a file of the release."""
        folder, _, own = name.rpartition("/")
        if folder and own == SUMS:
            self._folders.add(f"{folder}/")
        return cast("BinaryIO", MarkedFile(self._open(name), lambda mark: self._note(name, mark)))

    def write(self, name: str, content: bytes) -> None:
        """Write a whole file."""
        with self(name) as file:
            file.write(content)

    def _note(self, name: str, mark: FileMark) -> None:
        if name.endswith(f"/{SUMS}") or not name.startswith(tuple(self._folders)):
            self.marks[name] = mark
