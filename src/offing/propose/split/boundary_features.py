"""Features of a border: what distinguishes a paragraph or sentence of an article from those before it.

Their weights are in `scoring.toml`: for paragraphs in the table `border`, for sentences inside them in `border_within`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from offing.model.reading.mention import MentionKind
from offing.propose.encoder.encoded import EncodedArticle
from offing.propose.fields.topic import rank_sectors
from offing.propose.parties.classifier import log_odds
from offing.propose.reading.layout import Zone
from offing.propose.reading.scope import Line, Scope
from offing.propose.reading.targets import DEMONYM, NEVER_TARGETS, rank_countries
from offing.propose.split.items import (
    BACKGROUND,
    count_announced,
    happens,
    has_party,
    identity,
    is_headed,
    opens_list,
    paragraphs_of,
)

COUNT, ONE = "count", ("0", "1")  # the head that counts the projects of a text
_WHERE = (MentionKind.PLACE, MentionKind.COUNTRY)
_NEAR = 30  # sentences of context; earlier ones are hardly continued, and the limit keeps long articles fast
_BRIEF = 2  # paragraphs of an article short enough to report several projects in one
_BESIDE = 25  # characters from its start within which a paragraph opens with a place
Features = dict[str, float]
Runs = Sequence[Sequence[Line]]


@dataclass(frozen=True, slots=True)
class _Content:
    """What some lines state, leaving out background."""

    firms: frozenset[str]
    bodies: frozenset[str]
    places: frozenset[str]
    country: str
    sector: str
    has_party: bool
    happens: bool
    has_sum: bool
    has_size: bool

    @property
    def is_project(self) -> bool:
        """Whether they have who, what, and an event or a cost."""
        return self.has_party and (self.happens or self.has_sum) and (bool(self.sector) or self.has_size)


@dataclass(frozen=True, slots=True)
class Reference:
    """An article, the facts in its title, and the number of projects that title and lead announce."""

    whole: Scope
    title: _Content
    announced: int
    encoded: EncodedArticle | None

    @property
    def several(self) -> float:
        """The encoder's log-odds for several projects; 0 where nothing was encoded."""
        if self.encoded is None or not self.encoded.text:
            return 0.0
        return log_odds(1 - sum(self.encoded.text[COUNT][count] for count in ONE))

    def turn(self, line: Line) -> float:
        """The encoder's log-odds that a sentence turns to another project."""
        return log_odds(self.encoded.begins(line.sentence.start)) if self.encoded else 0.0


def reference_of(whole: Scope, encoded: EncodedArticle | None) -> Reference:
    """The reference with which each paragraph or sentence of an article is compared, besides those before it.

    Args:
        whole: the article.
        encoded: the encoded article, if any.
    """
    title = [line for line in whole.lines if line.zone is Zone.TITLE]
    return Reference(whole, _content(whole, title), count_announced(whole), encoded)


def paragraph_features(reference: Reference, runs: Runs, lines: Sequence[Line], *, is_last: bool) -> Features:
    """The features of a border before a paragraph, by the names of the table `border`.

    Args:
        reference: of the article.
        runs: the lines before it, split at the borders found.
        lines: the lines of the paragraph.
        is_last: whether it is the last paragraph.
    """
    whole, title = reference.whole, reference.title
    before, here = _content(whole, runs[-1][-_NEAR:]), _content(whole, lines)
    content = {
        "lead": any(line.zone is Zone.LEAD for line in runs[-1]),
        "told-before": before.is_project,
        "same-place": bool(here.places & before.places),
        "sum": here.has_sum,
        "headed": len(lines) > 1 and is_headed(whole, lines[0]),
        "announced": reference.announced > len(runs),
        "title-works": bool(title.sector) and title.sector == here.sector,
        "title-firm-before": bool(title.firms & before.firms),
    }
    return {**_shared_features(reference, before, here, lines, is_last=is_last), **_sized(content)}


def sentence_features(reference: Reference, runs: Runs, lines: Sequence[Line], *, is_last: bool) -> Features:
    """The features of a border before a sentence or clause in a paragraph, by the names of the table `border_within`.

    Args:
        reference: of the article.
        runs: the lines before it, split at the borders found.
        lines: the sentence or clause.
        is_last: whether it is the last of its paragraph.
    """
    before, here = _content(reference.whole, runs[-1][-_NEAR:]), _content(reference.whole, lines)
    content = {
        "whole": here.is_project,
        "new-place": bool(here.places - before.places),
        "brief": len(paragraphs_of(reference.whole)) <= _BRIEF,
    }
    return {**_shared_features(reference, before, here, lines, is_last=is_last), **_sized(content)}


def _shared_features(
    reference: Reference, before: _Content, here: _Content, lines: Sequence[Line], *, is_last: bool
) -> Features:
    """The features that paragraphs and sentences share."""
    content = {
        "other-firms": bool(before.firms and here.firms and not before.firms & here.firms),
        "other-bodies": bool(here.bodies - before.bodies),
        "other-works": _differ(before.sector, here.sector),
        "abroad": _differ(before.country, here.country),
        "works": bool(here.sector) or here.has_size,
        "size": here.has_size,
        "list-opening": opens_list(lines[0]),
        "place-first": any(place.start - lines[0].sentence.start <= _BESIDE for place in lines[0].of(*_WHERE)),
        "last": is_last,
        "title-place": bool(reference.title.places & (here.places - before.places)),
        "title-party": reference.title.has_party,
        "not-encoded": reference.encoded is None,
    }
    return {**_sized(content), "several": reference.several, "turn": reference.turn(lines[0])}


def _sized(content: Mapping[str, bool]) -> Features:
    return {sign: float(there) for sign, there in content.items()}


def _content(whole: Scope, lines: Sequence[Line]) -> _Content:
    clear = whole.narrowed(line for line in lines if not line.marks & BACKGROUND)
    countries, sectors = rank_countries(clear), rank_sectors(clear)
    return _Content(
        firms=frozenset(identity(m) for _, m in clear.of(MentionKind.FIRM)),
        bodies=frozenset(m.text for _, m in clear.of(MentionKind.COUNTERPART)),
        places=frozenset(m.text for _, m in clear.of(*_WHERE) if m.key not in NEVER_TARGETS and m.by != DEMONYM),
        country=countries[0].key if countries else "",
        sector=sectors[0].key if sectors else "",
        has_party=any(map(has_party, clear.lines)),
        happens=any(map(happens, clear.lines)),
        has_sum=any(True for _ in clear.of(MentionKind.MONEY)),
        has_size=any(True for _ in clear.of(MentionKind.QUANTITY)),
    )


def _differ(one: str, other: str) -> bool:
    return bool(one and other) and one != other
