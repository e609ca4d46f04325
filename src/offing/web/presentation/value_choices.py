"""The values offered for a field: those it holds, which can be removed, and those of the article. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from offing.review import LISTS, Suggestion, parts_of


@dataclass(frozen=True, slots=True)
class Offered:
    """An offered value: as typed, with the position of its sentence and its words; both empty if unknown."""

    value: str
    place: str
    text: str
    held: bool


def offered(name: str, found: Iterable[Suggestion], typed: str) -> tuple[Offered, ...]:
    """The current values of a field, each part by itself, then the article's further ones.

    Args:
        name: the field.
        found: what recognition found for it.
        typed: the field as in a form.
    """
    own = parts_of(typed) if name in LISTS else ()
    chosen = [Offered(part, "", "", held=True) for part in own]
    for each in found:
        place = f"{each.article_id}:{each.start}:{each.end}"
        if name not in LISTS:
            chosen.append(Offered(each.value, place, each.text, held=each.value == typed))
        elif not any(_is_part(part.casefold(), each.value.casefold()) for part in own):
            chosen.append(Offered(each.value, place, each.text, held=False))
    return tuple(chosen)


def _is_part(part: str, value: str) -> bool:
    """Whether a part states a value, with or without a role or kind after it."""
    return part == value or part.startswith((f"{value}:", f"{value} "))
