"""Encoded articles for tests: words as pieces, and heads by hand that say of them what a test wants."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from offing.model.reading.tags import Tag
from offing.model.sources.article import PARAGRAPH_BREAK, Article
from offing.model.values.floats import Floats
from offing.model.values.vocabulary import AmountKind, Concern, Mode, RecordType, Role, Sector, Status
from offing.propose.encoder.encoded import EncodedArticle
from offing.propose.encoder.heads import Heads
from offing.propose.encoder.windows import WindowPiece
from offing.propose.reading.layout import sentences

FIELDS: Mapping[str, tuple[str, ...]] = {
    name: tuple(map(str, kind))
    for name, kind in (("sector", Sector), ("status", Status), ("mode", Mode), ("record_type", RecordType))
}
VALUES: Mapping[str, tuple[str, ...]] = {
    **FIELDS,
    "concerns": tuple(map(str, Concern)),
    "roles": tuple(map(str, Role)),
    "kinds": tuple(map(str, AmountKind)),
    "tags": tuple(map(str, Tag)),
    "document": ("relevant", "count"),
    "project": (*FIELDS, "concerns"),
}
COUNTS = {"relevant": 2, "count": 5}
_WORD = re.compile(r"[一-鿿]|[^\W一-鿿]+|[^\w\s]")
_FAR = 9.0  # log-odds of what nobody asked for
_SHIFT = 12.0  # from which on a Gaussian error linear unit lets through what it gets
_FAINT = 1e-3  # a sentence speaks for a value without changing it
TURNS = 2 * len(Tag)  # the dimension that says that a sentence turns to another project
SPEAKS = TURNS + 1  # and the one that says that it speaks for the value it is asked of
WIDTH = SPEAKS + 1
Shares = Mapping[str, float]


@dataclass(frozen=True)
class Told:
    """What an encoder should say of a text; what is not given is as likely as anything else, and no tag anywhere.

    `fields` and `text` have shares by field, `roles` and `kinds` by value. `tags` has by tag the stretches that carry
    it, each with how surely; `turns` and `speaks` words of a sentence that turns to another project, or that speaks
    most for whatever value it is asked of. Only the first `pieces` are read.
    """

    fields: Mapping[str, Shares] = field(default_factory=dict)
    text: Mapping[str, Shares] = field(default_factory=dict)
    roles: Shares = field(default_factory=dict)
    kinds: Shares = field(default_factory=dict)
    tags: Mapping[Tag, Mapping[str, float]] = field(default_factory=dict)
    turns: Mapping[str, float] = field(default_factory=dict)
    speaks: Collection[str] = ()
    pieces: int = 700


def encoded_as(article: Article, told: Told) -> EncodedArticle:
    """An article encoded as given."""
    pieces = pieces_of(article.text)[: told.pieces]
    bounds = tuple((sentence.start, sentence.end) for sentence in sentences(article))
    return EncodedArticle(pieces, _states(article.text, pieces, bounds, told), heads_of(told), bounds)


def tagged_as(text: str, spans: Iterable[tuple[Tag, int, int, float]]) -> EncodedArticle:
    """A text whose pieces are its characters, some stretches of which carry a tag, each with how surely."""
    pieces = tuple(WindowPiece(10, place, place + (char not in PARAGRAPH_BREAK)) for place, char in enumerate(text))
    states = _zeros(len(text), WIDTH)
    for tag, start, end, share in spans:
        column = 2 * list(Tag).index(tag)
        states[start:end, column : column + 2] = 0.0
        states[start : start + 1, column] = states[start + 1 : end, column + 1] = _FAR + odds_of(share)
    return EncodedArticle(pieces, states, heads_of(Told()))


def pieces_of(text: str) -> tuple[WindowPiece, ...]:
    """Each word and Chinese character of a text, and a mark between its paragraphs."""
    found, offset = list[WindowPiece](), 0
    for number, paragraph in enumerate(text.split(PARAGRAPH_BREAK)):
        if number:
            found.append(WindowPiece(2, offset - len(PARAGRAPH_BREAK), offset - len(PARAGRAPH_BREAK)))
        found += [WindowPiece(10, offset + word.start(), offset + word.end()) for word in _WORD.finditer(paragraph)]
        offset += len(paragraph) + len(PARAGRAPH_BREAK)
    return tuple(found)


def odds_of(share: float) -> float:
    """A share in log-odds."""
    return math.log(share / (1 - share))


def heads_of(told: Told) -> Heads:
    """Heads whose states matter only as far as `Told` says."""
    arrays = {**_tags(), **_turns(), **_document(told), **_project(told)}
    for name, shares in (("roles", told.roles), ("kinds", told.kinds)):
        row = _row(VALUES[name], shares)
        arrays |= {f"{name}.0.weight": _zeros(1, 2 * WIDTH), f"{name}.0.bias": _zeros(1)}
        arrays |= {f"{name}.2.weight": _zeros(len(row), 1), f"{name}.2.bias": row}
    return Heads(arrays, VALUES)


def _states(text: str, pieces: Sequence[WindowPiece], bounds: Sequence[tuple[int, int]], told: Told) -> Floats:
    states = _zeros(len(pieces), WIDTH)
    for tag, stretches in told.tags.items():
        for stretch, share in stretches.items():
            for rows in _places(text, pieces, stretch):
                column = 2 * list(Tag).index(tag)
                states[rows[:1], column] = states[rows[1:], column + 1] = _FAR + odds_of(share)
    sure = {**{words: (TURNS, _FAR + odds_of(share)) for words, share in told.turns.items()}}
    for words, (column, size) in (*sure.items(), *((words, (SPEAKS, 1.0)) for words in told.speaks)):
        start, end = next(bound for bound in bounds if bound[0] <= text.index(words) < bound[1])
        states[[place for place, piece in enumerate(pieces) if start <= piece.start < piece.end <= end], column] = size
    return states


def _places(text: str, pieces: Sequence[WindowPiece], stretch: str) -> list[list[int]]:
    """Wherever some words stand, the pieces that touch them."""
    starts = [found.start() for found in re.finditer(re.escape(stretch), text)]
    assert starts, stretch
    return [
        [place for place, each in enumerate(pieces) if each.start < start + len(stretch) and start < each.end]
        for start in starts
    ]


def _tags() -> dict[str, Floats]:
    """A stretch is outside but where a dimension of its tag says first, or inside."""
    weight, bias = _zeros(3 * len(Tag), WIDTH), _zeros(3 * len(Tag))
    for tag in range(len(Tag)):
        for state in (1, 2):
            weight[3 * tag + state, 2 * tag + state - 1] = 1.0
            bias[3 * tag + state] = -_FAR
    return {"tags.weight": weight, "tags.bias": bias}


def _turns() -> dict[str, Floats]:
    weight, out = _zeros(1, 2 * WIDTH), _zeros(3, 1)
    weight[0, TURNS], out[1, 0] = 1.0, 1.0
    bias = np.array([0.0, -_SHIFT - _FAR, -4 * _FAR], np.float32)
    return {"turns.0.weight": weight, "turns.0.bias": _zeros(1) + _SHIFT, "turns.2.weight": out, "turns.2.bias": bias}


def _document(told: Told) -> dict[str, Floats]:
    found = {"document.questions": _zeros(2, 1, WIDTH), **_key("document")}
    for name, count in COUNTS.items():
        row = _row([str(number) for number in range(count)], told.text.get(name, {}))
        found |= {f"document.values.{name}.weight": _zeros(count, WIDTH), f"document.values.{name}.bias": row}
    return found


def _project(told: Told) -> dict[str, Floats]:
    fields = VALUES["project"]
    found = {"project.questions": _zeros(len(fields), 1, WIDTH), **_key("project")}
    for name in fields:
        shares, values = told.fields.get(name, {}), VALUES[name]
        row = _row(values, shares)
        if name == "concerns":
            row = np.array([odds_of(shares.get(value, 0.01)) for value in values], np.float32)
        weight = _zeros(len(values), WIDTH)
        chosen = max(shares, key=lambda value: shares[value], default=values[0])
        weight[values.index(chosen), SPEAKS] = _FAINT
        found |= {f"project.values.{name}.weight": weight, f"project.values.{name}.bias": row}
    ones = np.ones(WIDTH, np.float32)
    return {**found, "member.weight": _zeros(4, WIDTH), "own.weight": ones, "own.bias": _zeros(WIDTH)}


def _row(values: Sequence[str], shares: Shares) -> Floats:
    """The log-odds that give some values their shares; the others have the rest between them."""
    rest = max(1.0 - sum(shares.values()), 1e-6) / max(len(values) - len(shares), 1)
    return np.array([math.log(shares.get(value, rest)) for value in values], np.float32)


def _key(group: str) -> dict[str, Floats]:
    return {f"{group}.key.weight": _zeros(WIDTH, WIDTH), f"{group}.key.bias": _zeros(WIDTH)}


def _zeros(*shape: int) -> Floats:
    return np.zeros(shape, np.float32)
