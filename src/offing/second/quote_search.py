"""Find a quote in a text: verbatim, except for the kind of blanks and quotation marks."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

SHORTEST = 2  # characters; a single one proves nothing
_SAME = str.maketrans(
    {
        **dict.fromkeys("\u2018\u2019\u201a\u201b\u2032`\u00b4\uff07", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb\u300c\u300d\u300e\u300f\uff02", '"'),
    }
)
_UNSEEN = frozenset("\u00ad\u200b\u2060\ufeff")
_AROUND = "\"' "


@dataclass(frozen=True, slots=True)
class NormalisedText:
    """A text with normalised blanks and quotation marks; `at` maps each character to its offset in the original."""

    text: str
    at: tuple[int, ...]


def normalise_quotes(text: str) -> NormalisedText:
    """A text normalised for the search of quotes: runs of blanks are one, quotation marks are straight."""
    kept: list[str] = []
    at: list[int] = []
    for place, char in enumerate(text):
        if char in _UNSEEN or (char.isspace() and kept and kept[-1] == " "):
            continue
        kept.append(" " if char.isspace() else char)
        at.append(place)
    return NormalisedText("".join(kept).translate(_SAME), tuple(at))


def quote_spans(folded: NormalisedText, quote: str, within: tuple[int, int] | None = None) -> Iterator[tuple[int, int]]:
    """Each span of a quote, as offsets in the original text; none where it is absent.

    Args:
        folded: the text.
        quote: as somebody wrote it; the marks around it need not be the text's.
        within: search only between these two offsets of the original text.
    """
    wanted = normalise_quotes(unicodedata.normalize("NFC", quote)).text.strip()
    tries = dict.fromkeys((wanted, wanted.strip(_AROUND)))
    for needle in tries:
        found = list(_places(folded, needle, within)) if len(needle) >= SHORTEST else []
        if found:
            yield from found
            return


def _places(folded: NormalisedText, needle: str, within: tuple[int, int] | None) -> Iterator[tuple[int, int]]:
    place = folded.text.find(needle)
    while place >= 0:
        start, end = folded.at[place], folded.at[place + len(needle) - 1] + 1
        if within is None or within[0] <= start <= end <= within[1]:
            yield start, end
        place = folded.text.find(needle, place + 1)


def is_word(text: str, start: int, end: int) -> bool:
    """Whether a span starts and ends at word boundaries of Latin letters; other scripts attach prefixes to names."""
    return not (_joined(text, start) or _joined(text, end))


def _joined(text: str, at: int) -> bool:
    return 0 < at < len(text) and _is_latin(text[at - 1]) and _is_latin(text[at])


def _is_latin(char: str) -> bool:
    return char.isalnum() and ord(char) < ord("\u0250")
