"""Where a record has the words by which a list of projects was searched, if its line does not show them. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from offing.model.projects.project import ProjectFacts
from offing.model.reading.evidence import FieldName
from offing.model.values.codec import to_plain


@dataclass(frozen=True, slots=True)
class FieldHit:
    """A value of a record that holds the words."""

    field: FieldName
    text: str


def hit_beside(facts: ProjectFacts, words: str, shown: Iterable[str]) -> FieldHit | None:
    """Return the first value that holds the words, or None if a shown text holds them already.

    Args:
        facts: of the record.
        words: what was searched, found as written, whatever the case.
        shown: the texts of its line.
    """
    wanted = words.casefold()
    if not wanted or any(wanted in text.casefold() for text in shown):
        return None
    plain: dict[str, Any] = to_plain(facts)
    texts = ((name, text) for name in FieldName for text in _texts(plain[name]))
    return next((FieldHit(name, text) for name, text in texts if wanted in text.casefold()), None)


def _texts(value: Any) -> Iterator[str]:
    """Yield all texts in a plain value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, (list, dict)):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _texts(each)
