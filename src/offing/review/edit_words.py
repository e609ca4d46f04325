"""Corrections taken apart: what they are made of, and words that are to be one of a few."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from enum import StrEnum
from typing import TypeVar

Word = TypeVar("Word", bound=StrEnum)


class BadEdit(ValueError):
    """A correction that cannot be understood; the message says what would be."""


def parts_of(text: str, mark: str = ";") -> list[str]:
    """The parts between marks, each once, none empty."""
    return list(dict.fromkeys(part for part in (part.strip() for part in text.split(mark)) if part))


def near(word: str, allowed: Iterable[str]) -> str:
    """The word of a few that somebody may have meant, as a question; empty where none is close."""
    close = difflib.get_close_matches(word, list(allowed), n=1)
    return f" (did you mean {close[0]}?)" if close else ""


def word_of(text: str, words: type[Word]) -> Word:
    """The word of an enum that a text is.

    Raises:
        BadEdit: it is none; the message names them all.
    """
    try:
        return words(text.strip().lower())
    except ValueError:
        raise BadEdit(f"{text!r} is none of {', '.join(words)}{near(text.lower(), words)}") from None
