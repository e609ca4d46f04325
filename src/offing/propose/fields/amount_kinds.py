"""What a sum of money is: its kind by the wordings around it, its payer and the project's mode."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence

from offing.model.reading.mention import Mention, MentionKind
from offing.model.reading.rules import EntityKind
from offing.model.values.vocabulary import AmountKind, Mode, Role
from offing.propose.reading.grammar import pattern, words
from offing.propose.reading.scope import Line, Scope

_REACH = 60.0  # characters over which a wording's influence on a sum decays to 1/e
_HAN_REACH = 14.0
_BREAK = 14.0  # characters that a comma in between counts for
_LENDER_SAYS, _BUILDER_SAYS, _PRICE_SAYS = 0.6, 0.3, 0.4  # relative to 1.0 for a wording that names the kind itself
_BESIDE = 0.2  # a wording of an adjacent sentence
_ANYWHERE, _MOST_ANYWHERE = 0.08, 0.4  # a wording anywhere in the article, and the cap on their total per kind
_GIFT = 1.3  # factor on a grant: a gift stays one even where its cost is stated
_BREAKS = re.compile(r"[,;:—(]|[，；：（]|،|؛")
_HAN = re.compile("[\u3400-\u9fff]")
# What directly precedes the price of an order: built for $10m, instaló por 83 millones.
_PRICE = r"(?i:(?:\b(?:%s)|(?:%s))(?:\s+(?:%s))?\s*[\"'«(]?\s*)$"
_LOOK_BACK = 40
# English puts a sum before the works it pays for: the $154 million facility.
_ADJECTIVE = r"[ -](?:%s)?[ -]?[a-z][a-z-]+"
_ARTICLE = r"(?i:\b(?:%s)\s+(?:\w+\s+)?)$"
_WORKS_SAY = 0.5
_GIVERS = frozenset({EntityKind.GOVERNMENT, EntityKind.PUBLIC_BODY})
_OF_MODES: dict[str, AmountKind] = {
    Mode.LOAN: AmountKind.LOAN,
    Mode.GRANT: AmountKind.GRANT,
    Mode.DONATION: AmountKind.GRANT,
    Mode.CONTRACT: AmountKind.CONTRACT,
    Mode.SALE: AmountKind.CONTRACT,
    Mode.INVESTMENT: AmountKind.INVESTMENT,
}
_MAKERS = frozenset({Role.CONTRACTOR, Role.SUPPLIER})


def kind_of(scope: Scope, group: Sequence[tuple[Line, Mention]]) -> AmountKind:
    """The kind with the most support; `group` are the occurrences of one sum."""
    scores: dict[str, float] = {}
    for line, mention in group:
        sure = scope.level(f"zones.{line.zone}") ** 0.5
        for key, vote in _nearby(scope, line, mention):
            scores[key] = scores.get(key, 0.0) + vote * sure
    for key, vote in _anywhere(scope).items():
        scores[key] = scores.get(key, 0.0) + vote
    if AmountKind.GRANT in scores:
        scores[AmountKind.GRANT] *= _GIFT
    return AmountKind(max(scores, key=lambda key: scores[key])) if scores else AmountKind.UNSPECIFIED


def _nearby(scope: Scope, line: Line, mention: Mention) -> Iterator[tuple[str, float]]:
    """Votes from the wordings, payer, maker and preposition in its sentence, and from the adjacent sentences."""
    text = scope.article.text
    for key, weight, cue in _kind_cues(line):
        yield key, weight * nearness(text, cue, mention)
    for lender in line.of(MentionKind.LENDER):
        yield _kind_lent(lender), _LENDER_SAYS * nearness(text, lender, mention)
    for cue in line.of(MentionKind.ROLE):
        if cue.key in _MAKERS:
            yield AmountKind.CONTRACT, _BUILDER_SAYS * nearness(text, cue, mention)
    if is_adjective(scope, mention):
        yield AmountKind.TOTAL_COST, _WORKS_SAY
    lists = (words(scope.rules, *part) for part in (("price_before",), ("price_before", "ar"), ("about",)))
    if pattern(_PRICE, *lists).search(text, max(0, mention.start - _LOOK_BACK), mention.start):
        yield AmountKind.CONTRACT, _PRICE_SAYS
    place = scope.lines.index(line)
    for other in (*scope.lines[max(0, place - 1) : place], *scope.lines[place + 1 : place + 2]):
        if other.sentence.paragraph == line.sentence.paragraph:
            yield from ((key, weight * _BESIDE) for key, weight, _ in _kind_cues(other))


def is_adjective(scope: Scope, mention: Mention) -> bool:
    """Whether a sum precedes the noun it belongs to: the $154 million facility."""
    article = pattern(_ARTICLE, words(scope.rules, "determiners"))
    noun = pattern(_ADJECTIVE, words(scope.rules, "moneys"))
    text, start = scope.article.text, max(0, mention.start - _LOOK_BACK)
    return bool(article.search(text, start, mention.start) and noun.match(text, mention.end))


def _kind_cues(line: Line) -> Iterator[tuple[str, float, Mention]]:
    """The wordings of a line that name a kind, or a mode that implies one."""
    for cue in line.of(MentionKind.FLOW):
        yield cue.key or "", cue.weight, cue
    for cue in line.of(MentionKind.MODE):
        if kind := _OF_MODES.get(cue.key or ""):
            yield kind, cue.weight * 0.5, cue


def nearness(text: str, cue: Mention, mention: Mention) -> float:
    """The influence of a wording on a sum: 1 right beside it, a third some words or a clause away."""
    first, last = sorted((cue, mention), key=lambda m: m.start)
    between = text[first.end : max(first.end, last.start)]
    reach = _HAN_REACH if _HAN.search(mention.text + between) else _REACH
    return math.exp(-(len(between) + _BREAK * len(_BREAKS.findall(between)) * (reach / _REACH)) / reach)


def _anywhere(scope: Scope) -> dict[str, float]:
    """Votes from the lines of the project as a whole."""
    scores: dict[str, float] = {}
    for line in scope.lines:
        cues = ((key, weight) for key, weight, _ in _kind_cues(line))
        lenders = ((_kind_lent(lender), _LENDER_SAYS) for lender in line.of(MentionKind.LENDER))
        for key, weight in (*cues, *lenders):
            vote = _ANYWHERE * weight * scope.weight(line, "amounts")
            scores[key] = min(_MOST_ANYWHERE, scores.get(key, 0.0) + vote)
    return scores


def _kind_lent(lender: Mention) -> AmountKind:
    """The usual kind of a sum from a lender: a state body gives a grant, a bank a loan."""
    return AmountKind.GRANT if lender.by in _GIVERS else AmountKind.LOAN
