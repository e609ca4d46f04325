"""Roundups: the lines of each project where one article reports several."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import chain, repeat

from offing.model.reading.mention import MentionKind
from offing.propose.encoder.encoded import EncodedArticle, EncodedPart
from offing.propose.fields.topic import rank_sectors, rank_statuses
from offing.propose.reading.layout import Zone
from offing.propose.reading.scope import Line, Scope
from offing.propose.reading.targets import rank_countries
from offing.propose.split.boundaries import runs_of
from offing.propose.split.items import Item, items_of, paragraphs_of

_SECOND = "second-project"
_NOT_SECOND = frozenset({"separate", "negation", "history", "old-date"})
_HEAD = (Zone.TITLE, Zone.LEAD)
_WHERE = (MentionKind.COUNTRY, MentionKind.PLACE)
_LETTER = re.compile(r"[^\W\d_]")
_CLEARLY = 2.0  # the factor by which the head's main country must outscore any other there


@dataclass(frozen=True, slots=True)
class ProjectLines:
    """The lines of one project; `context` is the article, which supplies what a part omits."""

    scope: Scope
    context: Scope | None = None
    is_whole: bool = False

    def encoded(self, article: EncodedArticle) -> EncodedPart:
        """Its project in the encoded article; the title belongs to no project unless it is one of the part's lines."""
        if self.is_whole:
            return article.whole
        own = [(line.sentence.start, line.sentence.end) for line in self.scope.lines]
        return article.part(own, unassigned=[(0, len(self.scope.article.title))])


def split(whole: Scope, encoded: EncodedArticle | None = None) -> tuple[ProjectLines, ...]:
    """The parts of an article, one per project that clearly stands on its own; most articles have one.

    Args:
        whole: the article.
        encoded: the encoded article, if any.
    """
    items = items_of(whole) or runs_of(whole, encoded)
    if items:
        head = _common_country_line(whole, items)
        text = whole.article.text
        parts = []
        for item in items:
            lines = [line for line in item.lines if _LETTER.search(text, line.sentence.start, line.sentence.end)]
            # An item is zoned like an article: it, too, puts what is new first.
            zones = chain((Zone.LEAD, Zone.SECOND), repeat(Zone.BODY))
            sentences = [replace(line.sentence, zone=zone) for line, zone in zip(lines, zones, strict=False)]
            own = [replace(line, sentence=each) for line, each in zip(lines, sentences, strict=True)]
            parts.append(ProjectLines(whole.narrowed([*head, *own]), context=whole))
        return tuple(parts)
    return _by_second(whole) or (ProjectLines(whole, is_whole=True),)


def _common_country_line(whole: Scope, items: Sequence[Item]) -> list[Line]:
    """The line of title or lead that names the one country common to all projects of a roundup, if any.

    Their own lines often name only others: a bank's branch in Paris, water from Ethiopia.
    """
    own = {line.sentence for item in items for line in item.lines}
    head = [line for line in whole.lines if line.zone in _HEAD and line.sentence not in own]
    ranked = rank_countries(whole.narrowed(head))
    if not ranked or (len(ranked) > 1 and ranked[0].score < _CLEARLY * ranked[1].score):
        return []
    code = ranked[0].key
    reduced = ((line, tuple(m for m in line.mentions if m.kind in _WHERE and m.key == code)) for line in head)
    return [replace(line, mentions=mentions) for line, mentions in reduced if mentions][:1]


def _by_second(whole: Scope) -> tuple[ProjectLines, ...]:
    """Two parts where a paragraph is about a second project that differs in sector, status or money."""
    for paragraph in paragraphs_of(whole)[1:]:
        opens = any(_SECOND in line.signals() and not line.marks & _NOT_SECOND for line in paragraph)
        rest = [line for line in whole.lines if line not in paragraph]
        if opens and _differs(whole.narrowed(rest), whole.narrowed(paragraph)):
            first = whole.narrowed(_without(rest, paragraph))
            return ProjectLines(first), ProjectLines(whole.narrowed(paragraph), context=whole.narrowed(rest))
    return ()


def _without(lines: Sequence[Line], paragraph: Sequence[Line]) -> list[Line]:
    """The lines of a first project without what belongs to the second.

    Title and lead name the sums and firms of both; those that the second project's paragraph names are the second's,
    unless the first project's paragraphs name the firm, too.
    """
    sums = {m.value for line in paragraph for m in line.of(MentionKind.MONEY)}
    firms = {m.key for line in paragraph for m in line.of(MentionKind.FIRM)}
    firms -= {m.key for line in lines if line.zone not in _HEAD for m in line.of(MentionKind.FIRM)}
    own = []
    for line in lines:
        second = [m for m in line.of(MentionKind.FIRM) if m.key in firms]
        second += [m for m in line.of(MentionKind.MONEY) if m.value in sums]
        own.append(replace(line, mentions=tuple(m for m in line.mentions if m not in second)))
    return own


def _differs(first: Scope, second: Scope) -> bool:
    """Whether a paragraph is about another undertaking: another sector, another status, or its own money."""
    sectors = [ranked[0].key for ranked in (rank_sectors(first), rank_sectors(second)) if ranked]
    statuses = [ranked[0].key for ranked in (rank_statuses(first), rank_statuses(second)) if ranked]
    sums = any(True for _ in second.of(MentionKind.MONEY))
    return len(sectors) > 1 and (len(set(sectors)) > 1 or len(set(statuses)) > 1 or sums)
