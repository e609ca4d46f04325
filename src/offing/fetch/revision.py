"""Compares two versions of an article paragraph by paragraph. Pure."""

from __future__ import annotations

import difflib
import unicodedata

from offing.model.sources.revision import ArticleText

LONGEST_DIFF = 100_000  # characters; a text replaced entirely is reported as such, not shown twice
_MOST_PARAGRAPHS = 1000  # of each text; the cost grows with the product of both


def changes(before: ArticleText, after: ArticleText) -> str:
    """Return the changes as a unified diff with one line per paragraph, the title first.

    Only letters and digits count; case, punctuation and spaces do not, because sites re-typeset the same words.

    Returns:
        The diff, "" if nothing changed.
    """
    old, new = _lines(before), _lines(after)
    if _folded(old[0]) == _folded(new[0]) and _folded("".join(old)) == _folded("".join(new)):
        return ""  # the same words, perhaps split into other paragraphs
    if max(len(old), len(new)) > _MOST_PARAGRAPHS:
        return "@@ too many paragraphs to be compared one by one @@"
    lines = difflib.unified_diff(old, new, "as first read", "as changed", n=0, lineterm="")
    return "\n".join(lines)[:LONGEST_DIFF]


def _lines(text: ArticleText) -> list[str]:
    return [" ".join(line.split()) for line in (text.title, *text.paragraphs)]


def _folded(text: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFKC", text).casefold() if char.isalnum())
