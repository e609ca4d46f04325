"""The line of each key and value of a TOML file, for errors that point to their place.

The TOML parser reports no positions. Only text that it has accepted is scanned here, so that little can go wrong.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

Path = tuple[str, ...]
_STRING = r'"""(?:\\.|[^\\])*?"""+|\'\'\'.*?\'\'\'+|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\''
_TOKEN = re.compile(rf"{_STRING}|#[^\n]*|[\[\]{{}},\n]|[^\s\[\]{{}},#\"']+", re.DOTALL)
_PART = re.compile(r'\s*("(?:\\.|[^"\\\n])*"|\'[^\'\n]*\'|[^\s.\]=]+)\s*')
_BLANK = re.compile(r"(?:\s|#[^\n]*)*")


class _Scan:
    """A scan of a document that records the line of each path."""

    def __init__(self, text: str) -> None:
        self.text, self.at, self.table = text, 0, Path()
        self.starts = [0, *(found.end() for found in re.finditer("\n", text))]
        self.lines: dict[Path, int] = {}
        self.counts: dict[Path, int] = {}

    def run(self) -> dict[Path, int]:
        self._skip()
        while self.at < len(self.text):
            if self.text[self.at] == "[":
                self._header()
            else:
                at, path = self.at, self.table
                for part in self._parts("="):
                    path = (*path, part)
                    self.note(path, at)
                self.at += 1
                self._value(path)
            self._skip()
        return self.lines

    def note(self, path: Path, at: int) -> None:
        self.lines.setdefault(path, bisect_right(self.starts, at))

    def _skip(self) -> None:
        """Skip blanks, line ends and comments."""
        found = _BLANK.match(self.text, self.at)
        self.at = found.end() if found else self.at

    def _header(self) -> None:
        """Read `[a.b]`, or `[[a.b]]`, each of which adds an element."""
        at, many = self.at, self.text.startswith("[[", self.at)
        self.at += 2 if many else 1
        path = Path()
        for part in self._parts("]"):
            path = (*self._within(path), part)
            self.note(path, at)
        if many:
            self.counts[path] = self.counts.get(path, -1) + 1
        self.table = self._within(path)
        self.note(self.table, at)
        self.at = self.text.find("]", self.at) + (2 if many else 1)

    def _within(self, path: Path) -> Path:
        return (*path, str(self.counts[path])) if path in self.counts else path

    def _parts(self, end: str) -> Iterator[str]:
        """Yield the parts of a dotted key, up to an end character."""
        while found := _PART.match(self.text, self.at):
            self.at = found.end()
            yield found[1].strip("\"'")
            if self.text[self.at : self.at + 1] != ".":
                return
            self.at += 1
        self.at = max(self.text.find(end, self.at), self.at + 1)

    def _value(self, path: Path) -> None:
        """Skip a value; the elements of a list get paths of their own."""
        depth = number = 0
        is_list, fresh = False, True
        for token in _TOKEN.finditer(self.text, self.at):
            self.at, kind = token.end(), token[0][0]
            if kind == "#" or (kind == "\n" and depth):
                continue
            if kind == "\n":
                return
            if is_list and depth == 1 and fresh and kind not in ",]":
                self.note((*path, str(number)), token.start())
                number, fresh = number + 1, False
            is_list = is_list or (depth == 0 and kind == "[")
            depth += (kind in "[{") - (kind in "]}")
            fresh = fresh or (depth == 1 and kind == ",")


def line_in(text: str, keys: Sequence[str]) -> int | None:
    """Return the 1-based line of nested keys and list indexes, or of the last of them that the text contains.

    Args:
        text: a TOML document.
        keys: from the outermost on, list indexes counted from 0.
    """
    lines = _Scan(text).run()
    for length in range(len(keys), 0, -1):
        if (line := lines.get(tuple(keys[:length]))) is not None:
            return line
    return None
