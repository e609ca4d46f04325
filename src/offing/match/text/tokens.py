"""The words of an account for comparison: folded, in all scripts, without references to other records."""

from __future__ import annotations

import re
import unicodedata

# Record numbers of a database ("linked to #34030") say nothing about the project.
_REFERENCE = re.compile(r"#\s*\d+|\bproject id\s*#?\s*\d+", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+")
# Scripts without blanks are compared by pairs of characters.
_UNPARTED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]+")
_LONGEST_RUN = 2000
_GRAM_SIZES = (3, 4)


def fold(text: str) -> str:
    """A text in lower case, in one form for each character, without accents and references."""
    # Most texts have no record number, and the regular expression is slow.
    kept = _REFERENCE.sub(" ", text) if "#" in text or "project id" in text.lower() else text
    plain = unicodedata.normalize("NFKD", kept).casefold()
    for mark in {char for char in set(plain) if unicodedata.combining(char)}:
        plain = plain.replace(mark, "")
    return plain


def words(folded: str) -> list[str]:
    """The words of a folded text, in order; for scripts without blanks, the pairs of adjacent characters."""
    return [part for word in runs(folded) for part in _parts(word)]


def runs(folded: str) -> list[str]:
    """The runs of letters and digits of a folded text, in order, in all scripts."""
    return _WORD.findall(folded)


def _parts(word: str) -> list[str]:
    if not _UNPARTED.search(word):
        return [word]
    found = [piece for piece in _UNPARTED.split(word) if piece]
    for run in _UNPARTED.findall(word):
        short = run[:_LONGEST_RUN]
        found += [short[i : i + 2] for i in range(len(short) - 1)] or [short]
    return found


def grams(folded: str) -> list[str]:
    """Character trigrams and four-grams within the words of a folded text, which tolerate different endings."""
    found = []
    for word in runs(folded):
        padded = f" {word} "
        found += [padded[i : i + size] for size in _GRAM_SIZES for i in range(len(padded) - size + 1)]
    return found
