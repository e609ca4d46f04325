"""Texts compared without regard to how they are set: case, accents of presentation, punctuation, spaces."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from string import ascii_lowercase, digits

_NO_LETTERS = bytes(set(range(0x80)) - set(f"{ascii_lowercase}{digits}".encode()))


@lru_cache(maxsize=4096)  # the lines of a page are compared many times
def fold(text: str) -> str:
    """The letters and digits of a text, in compatibility form and lower case; the same for two ways to set it."""
    if text.isascii():
        return text.lower().encode().translate(None, _NO_LETTERS).decode()
    normal = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return "".join(filter(str.isalnum, normal))


def text_hash(paragraphs: Iterable[str]) -> str:
    """SHA-256 of a text folded: alike where two outlets print the same words in other paragraphs or types."""
    return hashlib.sha256(fold("".join(paragraphs)).encode()).hexdigest()
