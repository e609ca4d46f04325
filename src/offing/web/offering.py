"""The values that can be chosen for a field: those that it holds, to be taken out, and those of the article. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from offing.review import LISTS, Found, parts_of


@dataclass(frozen=True, slots=True)
class Offered:
    """A value to be chosen: as typed, with the place of its sentence and its words; both empty where none is known."""

    value: str
    place: str
    text: str
    held: bool


def offered(name: str, found: Iterable[Found], typed: str) -> tuple[Offered, ...]:
    """What a field holds, each part by itself, then what the article has besides.

    Args:
        name: the field.
        found: what recognition found for it.
        typed: the field as a form has it.
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
    """Whether a part says a value, with a role or kind behind it or not."""
    return part == value or part.startswith((f"{value}:", f"{value} "))
