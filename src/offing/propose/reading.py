"""A reading: the lines of a text with what stands in them, and how much each counts for a field."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from offing.model.article import Article
from offing.model.mention import DatePoint, Mention, MentionKind
from offing.model.rules import ScoringRules
from offing.propose.layout import Sentence, Zone, sentences

MARKS = "marks-"
OLD_DATE = "old-date"
OLD = timedelta(days=500)  # a date that far back tells of an earlier event
# Cues of these kinds overlap ("camera" in "thermal camera"): the longest counts.
_CUE_KINDS = frozenset(
    {
        *(MentionKind.SECTOR, MentionKind.STATUS, MentionKind.ROLE, MentionKind.FLOW, MentionKind.MODE),
        *(MentionKind.CONCERN, MentionKind.RECORD_TYPE, MentionKind.EVENT),
    }
)
# How far the markers of a sentence reach in each zone: a title is hardly ever background. Those that tell what
# a sum is reach as far everywhere.
_REACH = {Zone.TITLE: 0.0, Zone.LEAD: 0.5}
_OF_SUMS = frozenset({"stock", "unit-price", "state-share"})
_PARTIES = frozenset({MentionKind.FIRM, MentionKind.LENDER})
_SITES = frozenset({"site", "institution", "project"})  # places whose names tell what they are: an airport, a ministry
_NAMES = frozenset({MentionKind.COUNTRY, MentionKind.PLACE, MentionKind.CHINA, MentionKind.FIRM, MentionKind.LENDER})
_CARRIED = frozenset({"separate"})
_HOLDS = 0.05  # weight below which a cue only holds shorter ones: "received a delegation" hands nothing over


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence, the mentions in it in their order, and its markers without their prefix."""

    sentence: Sentence
    mentions: tuple[Mention, ...]
    marks: frozenset[str]

    @property
    def zone(self) -> Zone:
        """Where in the text it stands."""
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
            KeyError: no table has it, which loading the file should have told.
        """
        return self.rules.levels[name]

    def factor(self, name: str) -> float:
        """A factor of a table that names only what counts less than in full: `markers.…`, `sectors`, `concerns`."""
        return self.rules.levels.get(name, 1.0)

    def weight(self, line: Line, field: str) -> float:
        """How much a line counts for a field: its zone, less what its markers take away."""
        weight = self.level(f"zones.{line.zone}")
        for mark in sorted(line.marks):  # a set has another order in each process, and rounding tells them apart
            reach = 1.0 if mark in _OF_SUMS else _REACH.get(line.zone, 1.0)
            weight *= self.factor(f"markers.{field}.{mark}") ** reach
        return weight

    def narrowed(self, lines: Iterable[Line]) -> Scope:
        """The same article with fewer lines."""
        return replace(self, lines=tuple(lines))


def read(article: Article, mentions: Sequence[Mention], rules: ScoringRules) -> Scope:
    """The whole article as one scope."""
    kept = list(_longest(mentions))
    starts = [mention.start for mention in kept]
    lines = []
    for sentence in sentences(article):
        first, last = bisect_left(starts, sentence.start), bisect_left(starts, sentence.end)
        lines.append(_line(article, sentence, tuple(kept[first:last])))
    return Scope(article, tuple(_carried(lines)), rules)


def _carried(lines: Iterable[Line]) -> Iterator[Line]:
    """The lines, each with the markers that an earlier sentence of its paragraph hands on.

    "Two follow-on schemes are planned. One is ZTE's.": the second sentence is as separate as the first.
    """
    paragraph, carried = -1, frozenset[str]()
    for line in lines:
        if line.sentence.paragraph != paragraph:
            paragraph, carried = line.sentence.paragraph, frozenset()
        yield replace(line, marks=line.marks | carried)
        if line.zone not in _REACH:
            carried |= line.marks & _CARRIED


def _line(article: Article, sentence: Sentence, inside: tuple[Mention, ...]) -> Line:
    marks = {
        mention.key.removeprefix(MARKS)
        for mention in inside
        if mention.kind is MentionKind.SIGNAL and mention.key and mention.key.startswith(MARKS)
    }
    if _is_old(article, inside):
        marks.add(OLD_DATE)
    return Line(sentence, inside, frozenset(marks))


def _is_old(article: Article, mentions: Iterable[Mention]) -> bool:
    """Whether the dates of a sentence all lie long before the article."""
    days = [m.value.day for m in mentions if m.kind is MentionKind.DATE and isinstance(m.value, DatePoint)]
    return bool(days) and article.published is not None and max(days) < article.published.date() - OLD


def _longest(mentions: Sequence[Mention]) -> Iterator[Mention]:
    """The mentions without cues inside a longer cue of their kind, cues inside names, and names inside sums.

    "camera" in "thermal camera"; "Port" in "Port Moresby", "груз*" in "Грузия"; "US" in "US$5 m".
    One sweep in the order of the text: linear, however many mentions a text has.
    """
    reach: dict[str, tuple[int, int]] = {}
    for mention in sorted(mentions, key=lambda m: (m.start, -m.end, m.kind is not MentionKind.COUNTRY)):
        held = any(_holds(reach.get(group), mention, group) for group in _held_by(mention))
        if not held and not (mention.kind in _CUE_KINDS and mention.weight < _HOLDS):
            yield mention
        group = _group(mention)
        if mention.end > reach.get(group, (0, 0))[1]:
            reach[group] = (mention.start, mention.end)


def _group(mention: Mention) -> str:
    """The group of mentions as one of which it may hold others."""
    named = mention.kind in _PARTIES or (mention.kind is MentionKind.PLACE and mention.by not in _SITES)
    return "name" if named else mention.kind


def _held_by(mention: Mention) -> tuple[str, ...]:
    if mention.kind in _CUE_KINDS:
        return (mention.kind, "name", MentionKind.COUNTRY)
    return (MentionKind.MONEY,) if mention.kind in _NAMES else ()


def _holds(span: tuple[int, int] | None, mention: Mention, group: str) -> bool:
    """Whether a span, the farthest reaching so far, holds a mention that starts behind its start, and more.

    A country holds a wording of its own length, too: "Грузия" (Georgia) is no freight (груз*).
    """
    if span is None or span[1] < mention.end:
        return False
    return group == MentionKind.COUNTRY or span != (mention.start, mention.end)
