"""Split corrections into parts, and match words against closed lists."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from enum import StrEnum
from typing import TypeVar

Word = TypeVar("Word", bound=StrEnum)


class BadEdit(ValueError):
    """A correction that cannot be parsed; the message says what would be accepted."""


def parts_of(text: str, mark: str = ";") -> list[str]:
    """Return the parts between marks, without duplicates and empty ones."""
    return list(dict.fromkeys(part for part in (part.strip() for part in text.split(mark)) if part))


def near(word: str, allowed: Iterable[str]) -> str:
    """Return a suggestion of the closest allowed word, as a question; empty where none is close."""
    close = difflib.get_close_matches(word, list(allowed), n=1)
    return f" (did you mean {close[0]}?)" if close else ""


def word_of(text: str, words: type[Word]) -> Word:
    """Return the member of an enum that a text names.

    Raises:
        BadEdit: it names none; the message lists them all.
    """
    try:
        return words(text.strip().lower())
    except ValueError:
        raise BadEdit(f"{text!r} is none of {', '.join(words)}{near(text.lower(), words)}") from None
