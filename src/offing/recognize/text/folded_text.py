"""Folds a text for comparing names, with a mapping back to the original characters.

Case, accents, compatibility forms (full width, ligatures), Arabic letter variants, tatweel and zero-width characters do
not distinguish names; every folded character keeps the offset of its original.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from dataclasses import dataclass, field

from offing.model.text.folding import CASED, LETTERS, LOWER, fold_text

PARAGRAPH = "\n"
_BLANKS = re.compile(r"[ \n]{2,}|\n")
_HAN = re.compile("[\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003134f]")
_ARABIC = re.compile("[\u0620-\u064a\u066e-\u06d3]")


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text beside its original. `origins` is None where both have the same offsets."""

    text: str
    original: str
    origins: list[int] | None = field(default=None, repr=False)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The original span of a non-empty folded span, including marks on its last letter."""
        if self.origins is None:
            return start, end
        last = self.origins[end - 1] + 1
        while last < len(self.original) and unicodedata.combining(self.original[last]):
            last += 1
        return self.origins[start], last

    def place(self, original: int) -> int:
        """The folded offset of an original offset; for a character that folds away, that of the next one."""
        return original if self.origins is None else bisect_left(self.origins, original)

    def written(self, start: int, end: int) -> str:
        """The original text of a folded span."""
        first, last = self.span(start, end)
        return self.original[first:last]


def fold(text: str) -> Folded:
    """Fold a text. A run of white space becomes one blank, or a line break if it contains an empty line."""
    pieces = [LOWER[char] for char in text]
    folded = "".join(pieces)
    if len(folded) == len(text) and all(len(piece) == 1 for piece in pieces):
        return _with_single_blanks(folded, text, None)
    return _with_single_blanks(folded, text, [place for place, piece in enumerate(pieces) for _ in piece])


def _with_single_blanks(folded: str, text: str, origins: list[int] | None) -> Folded:
    """Collapse runs of white space, after folding, when invisible characters no longer split a run."""
    if _BLANKS.search(folded) is None:
        return Folded(folded, text, origins)
    places = origins or range(len(folded))
    parts: list[str] = []
    new_origins: list[int] = []
    end = 0
    for run in _BLANKS.finditer(folded):
        parts += folded[end : run.start()], PARAGRAPH if run[0].count("\n") > 1 else " "
        new_origins += places[end : run.start() + 1]
        end = run.end()
    return Folded("".join(parts) + folded[end:], text, [*new_origins, *places[end:]])


def fold_form(text: str) -> str:
    """A lexicon form folded for matching, on one line, stripped."""
    return " ".join(fold_text(text).split())


def fold_cased(text: str) -> str:
    """Fold, but keep case: for names that count only as written."""
    return " ".join("".join(CASED[char] for char in text).split())


def with_accents(text: str) -> str:
    """Fold case and invisible characters, but keep accents: distinguishes French "signé" from "signe"."""
    visible = "".join(LETTERS.get(c, c) for c in text if unicodedata.category(c) != "Cf")
    return " ".join(unicodedata.normalize("NFC", visible).casefold().split())


def has_accents(text: str) -> bool:
    """Whether a text has a letter with an accent."""
    return any(unicodedata.combining(char) for char in unicodedata.normalize("NFD", text))


def is_han(char: str) -> bool:
    """Whether a character belongs to a script without blanks between words."""
    return bool(_HAN.match(char))


def is_arabic(char: str) -> bool:
    """Whether a character is an Arabic letter."""
    return bool(_ARABIC.match(char))
