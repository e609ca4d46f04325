"""Whether two names are equal, within the variation between two readers of one text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from offing.model.projects.project import Firm, Lender

_SHORTEST_INITIALS = 3
_NO_WORD = re.compile(r"[\W_]+")


def folded(name: str) -> str:
    """A name in lower case, its words separated by single blanks."""
    return _NO_WORD.sub(" ", unicodedata.normalize("NFKC", name).casefold()).strip()


def same_party(one: Firm | Lender, other: Firm | Lender) -> bool:
    """Whether two parties are the same: by their ids where both have one, else by any of their names."""
    if one.id and other.id:
        return one.id == other.id
    return any(same_name(a, b) for a in {one.name, one.as_written} for b in {other.name, other.as_written})


def same_name(one: str, other: str) -> bool:
    """Whether one name equals the other, contains it, or is its initials."""
    first, second = folded(one), folded(other)
    if not first or not second:
        return False
    return _within(first, second) or _within(second, first) or _initials(one, other) or _initials(other, one)


def holds(names: Iterable[str], name: str) -> bool:
    """Whether some names include one."""
    return any(same_name(each, name) for each in names)


def _within(name: str, longer: str) -> bool:
    return f" {name} " in f" {longer} " or (not name.isascii() and name in longer)


def _initials(short: str, long: str) -> bool:
    """Whether a name is the initials of another: CRBC, China Road and Bridge Corporation."""
    capitals = "".join(word[0] for word in re.findall(r"[^\W_]+", long) if word[0].isupper())
    return len(short) >= _SHORTEST_INITIALS and short.isupper() and short == capitals
