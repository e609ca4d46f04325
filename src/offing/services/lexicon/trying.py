"""Tries the lexicon on a text: what is found, and which of its names occur there but are not taken."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from offing.model.reading.mention import Mention, Sighting, Verdict
from offing.model.sources.article import Article
from offing.recognize import Recognizer

_REASONS = {
    Verdict.SPELLING: "counts only when written with {}",
    Verdict.FALSE_FRIEND: "belongs to another name: {}",
    Verdict.CONTEXT: "needs one of these in the text: {}",
    Verdict.ADDRESS: "is part of a web or mail address",
}


@dataclass(frozen=True, slots=True)
class PassedOver:
    """A name of the lexicon that occurs in the text but was not taken as a mention, and why."""

    sighting: Sighting
    why: str


@dataclass(frozen=True, slots=True)
class LexiconTrial:
    """The mentions recognised in a text, and the names passed over."""

    found: tuple[Mention, ...]
    passed: tuple[PassedOver, ...]


def try_text(article: Article, recognizer: Recognizer) -> LexiconTrial:
    """Return all mentions of a text, and the names of the lexicon that occur in it without becoming a mention."""
    found = recognizer.recognize(article)
    return LexiconTrial(found, tuple(_passed(recognizer.judge(article), found)))


def _passed(seen: Iterable[Sighting], found: Sequence[Mention]) -> Iterator[PassedOver]:
    taken: set[tuple[int, int, str]] = set()
    for sighting in seen:
        over = [m for m in found if m.start < sighting.end and sighting.start < m.end and m.kind is sighting.kind]
        place = (sighting.start, sighting.end, sighting.key)
        if place not in taken and not any(mention.key == sighting.key for mention in over):
            taken.add(place)
            yield PassedOver(sighting, _why(sighting, over))


def _why(sighting: Sighting, over: Sequence[Mention]) -> str:
    if sighting.verdict is not Verdict.MEANT:
        return _REASONS[sighting.verdict].format(sighting.because)
    if over:
        return (
            f"stands inside {over[0].text!r}"
            if len(over[0].text) > len(sighting.text)
            else f"is read as {over[0].name}"
        )
    return "is part of the name of a person, an employer or a place"
