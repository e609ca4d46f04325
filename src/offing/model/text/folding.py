"""Folding: removes per-character differences that do not distinguish words. Pure.

Case, accents, compatibility forms (full width, ligatures), Arabic letter variants, tatweel and zero-width characters
are removed. Recognition compares names in this form; search matches words in it.
"""

from __future__ import annotations

import unicodedata

_CACHE_LIMIT = 60_000  # a hostile text could hold every character of Unicode

LETTERS = {
    **dict.fromkeys("’‘ʼ`´ʹ′＇", "'"),
    **dict.fromkeys("“”„«»‟″", '"'),
    **dict.fromkeys("‐‑‒–—―−﹣－", "-"),
    **dict.fromkeys("™®©℠", ""),
    **dict.fromkeys("ىی", "ي"),
    "ٱ": "ا",
    "ة": "ه",
    "ک": "ك",
    "ـ": "",
    "٫": ".",
    "٬": ",",
    "،": ",",
    "؛": ";",
    "、": "、",
    "ł": "l",
    "ø": "o",
    "đ": "d",
    "æ": "ae",
    "œ": "oe",
    "ı": "i",
}


def _fold_char(char: str, *, lower: bool) -> str:
    if char in LETTERS:
        return LETTERS[char]
    if char.isspace():
        return "\n" if char == "\n" else " "
    category = unicodedata.category(char)
    if category in ("Mn", "Me", "Cf"):
        return ""
    if category == "Cs":
        return "\ufffd"  # a lone surrogate: nothing downstream can handle it
    if category == "Nd":
        return str(unicodedata.digit(char))
    plain = unicodedata.normalize("NFKD", char)
    if lower:
        plain = unicodedata.normalize("NFKD", plain.casefold())
    return "".join(LETTERS.get(c, c) for c in plain if c != " " and not unicodedata.combining(c))


class _Folding(dict[str, str]):
    """Maps each character to its folded form, computed at first use."""

    def __init__(self, *, lower: bool) -> None:
        super().__init__()
        self._lower = lower

    def __missing__(self, char: str) -> str:
        folded = _fold_char(char, lower=self._lower)
        if len(self) < _CACHE_LIMIT:
            self[char] = folded
        return folded


LOWER = _Folding(lower=True)
CASED = _Folding(lower=False)


def fold_text(text: str) -> str:
    """Return a text folded character by character; white space is kept, but its kind is unified."""
    return "".join(map(LOWER.__getitem__, text))
