"""Folds texts for comparison regardless of typesetting: case, presentation forms, punctuation, spaces."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from string import ascii_lowercase, digits

_NO_LETTERS = bytes(set(range(0x80)) - set(f"{ascii_lowercase}{digits}".encode()))


@lru_cache(maxsize=4096)  # the lines of a page are compared many times
def folded_letters(text: str) -> str:
    """The letters and digits of a text, NFKC-normalised and in lower case; equal for two typesettings of it."""
    if text.isascii():
        return text.lower().encode().translate(None, _NO_LETTERS).decode()
    normal = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return "".join(filter(str.isalnum, normal))


def text_hash(paragraphs: Iterable[str]) -> str:
    """SHA-256 of the folded text; equal if two outlets print the same words with other paragraphs or typesetting."""
    return hashlib.sha256(folded_letters("".join(paragraphs)).encode()).hexdigest()
