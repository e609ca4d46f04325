"""Find the entries that count in a text: those without which recognition would lose a mention."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from offing.model.reading.mention import MentionKind
from offing.model.reading.rules import RecognitionRules
from offing.model.sources.article import Article
from offing.model.text.language_traits import traits_of
from offing.recognize import Recognizer
from offing.recognize.quantities.cues import APART, EACH, outermost, same_accents
from offing.recognize.text.folded_text import Folded, fold
from offing.recognize.text.patterns import Form, Hit, Matcher, leading_choices
from training.lists.choices import Options, used_options
from training.lists.entries import UNITS, Entry


@dataclass(frozen=True, slots=True)
class Fired:
    """An entry that matches a span of a text, with the options the text uses; None if they are ambiguous."""

    entry: Entry
    start: int
    end: int
    options: Options | None


class Cues:
    """A matcher of cue entries for texts of one language."""

    def __init__(self, entries: Iterable[Entry], language: str) -> None:
        own = [entry for entry in entries if entry.language in (language, "*") and entry.kind != UNITS]
        pairs = ((entry, pair) for entry in own for pair in leading_choices(entry.text))
        self._matcher = Matcher(Form(text, (entry, lead), takes_article=True) for entry, (text, lead) in pairs)
        self._strict = traits_of(language).accents_tell

    def found(self, text: str) -> list[Fired]:
        """Return all matches in a text, in the order of recognition."""
        folded = fold(text)
        strict = self._strict and not text.isascii()
        hits = [hit for hit in self._matcher.find(folded.text) if not strict or _is_accented(folded, hit)]
        return [_fired(hit, folded) for hit in hits]


def _is_accented(folded: Folded, hit: Hit[tuple[Entry, str]]) -> bool:
    return same_accents(folded.written(hit.start, hit.end), hit.payload[1])


def _fired(hit: Hit[tuple[Entry, str]], folded: Folded) -> Fired:
    entry, _ = hit.payload
    return Fired(entry, hit.start, hit.end, used_options(entry.text, folded.text[hit.start : hit.end]))


def counting(found: Sequence[Fired]) -> Iterator[Fired]:
    """Yield the matches that count in a text: a match within a longer one of its kind has no effect.

    If a longer match only repeats a shorter one within it, with the same list and weight, the shorter one counts. A
    blocking entry counts if it blocks a match.
    """
    groups: dict[tuple[str, bool], list[Fired]] = {}
    for each in found:
        if each.entry.key in EACH:
            yield each
        else:
            groups.setdefault((each.entry.kind, each.entry.key in APART), []).append(each)
    for group in groups.values():
        yield from _of_group(group)


def _of_group(group: list[Fired]) -> Iterator[Fired]:
    ordered = sorted(group, key=lambda each: (each.start, -each.end))
    first: set[tuple[str, int, int]] = set()
    for outer in outermost(ordered):
        place = (outer.entry.key, outer.start, outer.end)
        if place not in first:  # of two entries of a list that match the same words, the first counts
            yield from _plainest(outer, ordered)
        first.add(place)


def _plainest(outer: Fired, ordered: list[Fired]) -> Iterator[Fired]:
    """Yield the matches within an outer one if they alone have the same effect; otherwise the outer one."""
    inside = [each for each in ordered if _is_inside(each, outer)]
    remaining = list(outermost(inside))
    if remaining and all(_has_same_effect(each, outer) for each in remaining):
        for each in remaining:
            yield from _plainest(each, inside)
    elif remaining or not outer.entry.is_blocking:
        yield outer


def _is_inside(inner: Fired, outer: Fired) -> bool:
    shorter = inner.end - inner.start < outer.end - outer.start
    return shorter and outer.start <= inner.start and inner.end <= outer.end


def _has_same_effect(inner: Fired, outer: Fired) -> bool:
    return (inner.entry.key, inner.entry.weight) == (outer.entry.key, outer.entry.weight)


class _Traced(str):
    """The name of a unit with a reference to its entry."""

    __slots__ = ("entry",)
    entry: Entry


class Units:
    """A matcher of unit entries that runs full recognition."""

    def __init__(self, rules: RecognitionRules, entries: Iterable[Entry]) -> None:
        of = {(each.language, each.text, each.key): each for each in entries if each.kind == UNITS}
        forms = (
            replace(form, currency=_traced(of[form.language, form.text, form.currency])) for form in rules.wording.units
        )
        wording = replace(rules.wording, cues=(), units=tuple(forms))
        self._recognizer = Recognizer(replace(rules, wording=wording, keep=None))

    def found(self, article: Article) -> Iterator[Fired]:
        """Yield the unit entries that count in an article."""
        for mention in self._recognizer.recognize(article):
            if mention.kind is MentionKind.QUANTITY and isinstance(mention.name, _Traced):
                yield Fired(mention.name.entry, mention.start, mention.end, ())


def _traced(entry: Entry) -> _Traced:
    unit = _Traced(entry.key)
    unit.entry = entry
    return unit
