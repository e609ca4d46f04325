"""Parse the choices of a wording, and find the options a text uses: "(went|goes) into (full|) service" has two choices.

The second option of "(full|)" is empty.
"""

from __future__ import annotations

import re
from functools import lru_cache

from offing.recognize.text.folded_text import fold_form, is_han
from offing.recognize.text.patterns import GAP

CHOICE = re.compile(r"\(([^()]*\|[^()]*)\)")
_PART = re.compile(rf"{CHOICE.pattern}|{re.escape(GAP)}|\*")
_ENDING, _GAP, _HAN_GAP, _END = r"\w*", r"(?:[^\n]*?)", r"[^\n]*?", r"(?!\w)"
_CASE_ENDING = r"\w{0,3}"
Options = tuple[str, ...]


def choices_of(text: str) -> tuple[tuple[str, ...], ...]:
    """Return the options of each choice of a wording, as written."""
    return tuple(tuple(found[1].split("|")) for found in CHOICE.finditer(text))


def used_options(text: str, written: str) -> Options | None:
    """Return the option of each choice that a match uses; None if it cannot be determined.

    Args:
        text: a wording, as in its file.
        written: the folded text that it matched.
    """
    found = _pattern(text).fullmatch(written)
    options = choices_of(text)
    if found is None:
        return None
    numbers = [_number(found, group, len(each)) for group, each in zip(_firsts(options), options, strict=True)]
    if None in numbers:
        return None
    return tuple(each[number or 0] for each, number in zip(options, numbers, strict=True))


def _firsts(options: tuple[tuple[str, ...], ...]) -> list[int]:
    """Return the number of the first regex group of each choice."""
    starts, last = [], 1
    for each in options:
        starts.append(last)
        last += len(each)
    return starts


def _number(found: re.Match[str], first: int, count: int) -> int | None:
    return next((place for place in range(count) if found[first + place] is not None), None)


@lru_cache(maxsize=50_000)
def _pattern(text: str) -> re.Pattern[str]:
    """Return the regex of a wording with a group for each option of its choices, and optional spaces around them."""
    pieces, last = [], 0
    for part in _PART.finditer(text):
        pieces.append(_plain(text[last : part.start()]))
        pieces.append(_choice(part[1]) if part[1] is not None else _ENDING if part[0] == "*" else _GAP)
        last = part.end()
    return re.compile("".join((*pieces, _plain(text[last:]))))


def _choice(options: str) -> str:
    """Return the regex of a choice, with a group for each option in the order written."""
    return "(?:" + "|".join(f"({_option(option)})" for option in options.split("|")) + ")"


def _option(option: str) -> str:
    folded = "".join(_ENDING if char == "*" else _plain(char) for char in re.split(r"(\*)", option) if char)
    return folded + ("" if not option.strip() or is_han(option.strip()[0]) else _END)


def _plain(text: str) -> str:
    """Return the regex of folded words; spaces at the ends are optional, because an empty option drops them."""
    words = [re.escape(word) for word in fold_form(text).split(" ") if word]
    before, behind = text[:1].isspace(), text[-1:].isspace()
    return (" ?" if before else "") + " ".join(words) + (" ?" if behind and words else "")
