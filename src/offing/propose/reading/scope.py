"""A reading: the lines of a text with their mentions, and their weight for each field."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from offing.model.reading.mention import DatePoint, Mention, MentionKind
from offing.model.reading.rules import ScoringRules
from offing.model.sources.article import Article
from offing.propose.reading.layout import Sentence, Zone, sentences

MARKS = "marks-"
OLD_DATE = "old-date"
OLD = timedelta(days=500)  # a date that far back refers to an earlier event
# Cues of these kinds overlap ("camera" in "thermal camera"): the longest counts.
_CUE_KINDS = frozenset(
    {
        *(MentionKind.SECTOR, MentionKind.STATUS, MentionKind.ROLE, MentionKind.FLOW, MentionKind.MODE),
        *(MentionKind.CONCERN, MentionKind.RECORD_TYPE, MentionKind.EVENT),
    }
)
# How strongly the markers of a sentence apply in each zone, as an exponent: a title is hardly ever background. Those
# that qualify a sum apply in full everywhere.
_REACH = {Zone.TITLE: 0.0, Zone.LEAD: 0.5}
_OF_SUMS = frozenset({"stock", "unit-price", "state-share"})
_PARTIES = frozenset({MentionKind.FIRM, MentionKind.LENDER})
_SITES = frozenset({"site", "institution", "project"})  # places whose names say what they are: an airport, a ministry
_NAMES = frozenset({MentionKind.COUNTRY, MentionKind.PLACE, MentionKind.CHINA, MentionKind.FIRM, MentionKind.LENDER})
_CARRIED = frozenset({"separate"})
_HOLDS = 0.05  # weight below which a cue only masks shorter ones: "received a delegation" hands nothing over


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence, its mentions in order, and its markers without their prefix."""

    sentence: Sentence
    mentions: tuple[Mention, ...]
    marks: frozenset[str]

    @property
    def zone(self) -> Zone:
        """Its zone in the text."""
        return self.sentence.zone

    def of(self, *kinds: MentionKind) -> tuple[Mention, ...]:
        """Its mentions of some kinds."""
        return tuple(mention for mention in self.mentions if mention.kind in kinds)

    def signals(self) -> frozenset[str]:
        """The keys of its signals."""
        return frozenset(mention.key or "" for mention in self.of(MentionKind.SIGNAL))


@dataclass(frozen=True, slots=True)
class Scope:
    """The lines of an article that concern one project."""

    article: Article
    lines: tuple[Line, ...]
    rules: ScoringRules

    def of(self, *kinds: MentionKind) -> Iterator[tuple[Line, Mention]]:
        """All mentions of some kinds, each with its line."""
        for line in self.lines:
            for mention in line.of(*kinds):
                yield line, mention

    def level(self, name: str) -> float:
        """A number of scoring.toml by its dotted name.

        Raises:
            KeyError: no table has it, which loading the file should have reported.
        """
        return self.rules.levels[name]

    def factor(self, name: str) -> float:
        """A factor of a table that lists only reduced weights, 1 by default: `markers.…`, `sectors`, `concerns`."""
        return self.rules.levels.get(name, 1.0)

    def weight(self, line: Line, field: str) -> float:
        """The weight of a line for a field: that of its zone, reduced by its markers."""
        weight = self.level(f"zones.{line.zone}")
        for mark in sorted(line.marks):  # the order of a set differs between processes, and rounding depends on it
            reach = 1.0 if mark in _OF_SUMS else _REACH.get(line.zone, 1.0)
            weight *= self.factor(f"markers.{field}.{mark}") ** reach
        return weight

    def narrowed(self, lines: Iterable[Line]) -> Scope:
        """The same article restricted to some lines."""
        return replace(self, lines=tuple(lines))


def scope_of(article: Article, mentions: Sequence[Mention], rules: ScoringRules) -> Scope:
    """The whole article as one scope; a sentence is old where all its dates lie long before the article."""
    longest = list(_longest(mentions))
    starts = [mention.start for mention in longest]
    lines = []
    for sentence in sentences(article):
        first, last = bisect_left(starts, sentence.start), bisect_left(starts, sentence.end)
        inside = tuple(longest[first:last])
        keys = (mention.key for mention in inside if mention.kind is MentionKind.SIGNAL)
        marks = {key.removeprefix(MARKS) for key in keys if key and key.startswith(MARKS)}
        days = [m.value.day for m in inside if m.kind is MentionKind.DATE and isinstance(m.value, DatePoint)]
        if days and article.published and max(days) < article.published.date() - OLD:
            marks.add(OLD_DATE)
        lines.append(Line(sentence, inside, frozenset(marks)))
    return Scope(article, tuple(_carried(lines)), rules)


def _carried(lines: Iterable[Line]) -> Iterator[Line]:
    """The lines, each with the markers carried over from earlier sentences of its paragraph.

    "Two follow-on schemes are planned. One is ZTE's.": the second sentence is as separate as the first.
    """
    paragraph, carried = -1, frozenset[str]()
    for line in lines:
        if line.sentence.paragraph != paragraph:
            paragraph, carried = line.sentence.paragraph, frozenset()
        yield replace(line, marks=line.marks | carried)
        if line.zone not in _REACH:
            carried |= line.marks & _CARRIED


def _longest(mentions: Sequence[Mention]) -> Iterator[Mention]:
    """Drop cues inside a longer cue of their kind, cues inside names, and names inside sums.

    "camera" in "thermal camera"; "Port" in "Port Moresby", "груз*" in "Грузия"; "US" in "US$5 m". One sweep in text
    order: linear in the number of mentions.
    """
    reach: dict[str, tuple[int, int]] = {}  # the span of each group that ends last
    for mention in sorted(mentions, key=lambda m: (m.start, -m.end, m.kind is not MentionKind.COUNTRY)):
        is_cue = mention.kind in _CUE_KINDS
        masks: tuple[str, ...] = (MentionKind.MONEY,) if mention.kind in _NAMES else ()
        if is_cue:
            masks = (mention.kind, "name", MentionKind.COUNTRY)
        held = any(
            # A country masks even a wording of equal length: "Грузия" (Georgia) is no freight (груз*).
            span[1] >= mention.end and (group == MentionKind.COUNTRY or span != (mention.start, mention.end))
            for group in masks
            if (span := reach.get(group))
        )
        if not held and not (is_cue and mention.weight < _HOLDS):
            yield mention
        is_name = mention.kind in _PARTIES or (mention.kind is MentionKind.PLACE and mention.by not in _SITES)
        group = "name" if is_name else mention.kind
        if mention.end > reach.get(group, (0, 0))[1]:
            reach[group] = (mention.start, mention.end)
