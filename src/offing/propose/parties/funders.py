"""China or its government as a funder: only where a wording of giving or paying makes them one.

"scanners given by China", "un don de la République populaire de Chine", "custeado pelo Governo chinês". Such a mention
of China becomes one of a lender; a Chinese company that donates does not make its government a giver.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from offing.model.reading.mention import Mention, MentionKind
from offing.propose.reading.grammar import pattern, words
from offing.propose.reading.scope import Line, Scope

GIVER = "giver"
GOVERNMENT = "china-government"
_NAME = "Government of China"
_REACH = 45  # characters between a giver and the wording
_GOVERNMENT_REACH = 90  # the same for an explicit government: "and X signed letters that commit … in grants"
_CLOSE = 4  # between an adjective and the wording: "Chinese gift", "don chinois"
_BESIDE = 14  # between China and the wording of paying: "funded by China", "China will finance"
_OWNED = re.compile("['’]s|-")
_GIVING, _PAYING = "marks-giving", "marks-paying"
# An adjective refers to the state beside these.
_STATE = r"(?i:[\W_]{0,3}(?:%s)|\w*(?:%s))"
_STATE_REACH = 20
_STATE_BEFORE = r"(?i:(?:%s)\s)$"
_GIFT = r"(?i:%s)"
_RECEIVES = r"(?:%s)\s?(?:(?:%s) )?$"
_ASKED = r"(?i:(?:%s) ?(?:(?:%s) )?)$"  # who is asked has not given yet
_ASKING = 24
_PLACE_REACH = 8
_PLACE = r"(?<![^\W_])(?:%s)\s(?:(?:%s) )?$"
_OF_TAIWAN = r"\s?[(（](?:%s)"  # China (Taiwan)
_INSIDE_NAME = "inside-name"  # recognition's tag for China inside the name of a bank
_OTHERS = (MentionKind.FIRM, MentionKind.LENDER)


def funders(scope: Scope) -> Iterator[tuple[Line, Mention]]:
    """China as a lender, with its line, where a wording makes it the source of money or goods."""
    for line in scope.lines:
        for anchor in line.of(MentionKind.CHINA):
            if _is_giver(scope, line, anchor):
                yield line, replace(anchor, kind=MentionKind.LENDER, key=GOVERNMENT, name=_NAME, by=GIVER)


def gives(scope: Scope, line: Line, mention: Mention) -> bool:
    """Whether a wording of giving or paying near a government in its sentence belongs to it and to no other party."""
    gift = pattern(_GIFT, words(scope.rules, "gifts"))
    if gift.search(mention.text):  # "a Chinese grant" is giver and gift in one
        return not any(0 <= mention.start - m.end <= _CLOSE for m in line.of(MentionKind.COUNTRY))  # 日本援建
    return any(_near(scope, line, (mention, cue), _GOVERNMENT_REACH) for cue in _cues(line, _GIVING, _PAYING))


def _cues(line: Line, *keys: str) -> Iterator[Mention]:
    """The wordings of giving or paying in a sentence."""
    return (cue for cue in line.of(MentionKind.SIGNAL) if cue.key in keys)


def _is_giver(scope: Scope, line: Line, anchor: Mention) -> bool:
    """Whether China gives or pays; paying counts only for the state or the bare name of China."""
    text, rules = scope.article.text, scope.rules
    taiwan = pattern(_OF_TAIWAN, words(rules, "taiwan"))
    place = pattern(_PLACE, words(rules, "where"), words(rules, "articles"))
    if anchor.by == _INSIDE_NAME or taiwan.match(text, anchor.end):
        return False
    if place.search(text, max(0, anchor.start - _PLACE_REACH), anchor.start):  # China is only a location
        return False
    # An adjective may refer to the state: the Chinese government, le peuple chinois, 中国政府.
    behind = pattern(_STATE, words(rules, "state_behind"), words(rules, "state_behind", "zh"))
    before = pattern(_STATE_BEFORE, words(rules, "state_before"))
    state = behind.match(text, anchor.end) or before.search(text, max(0, anchor.start - _STATE_REACH), anchor.start)
    named = anchor.by == "name" and not _OWNED.match(text, anchor.end)
    if any(_near(scope, line, (anchor, cue), _REACH if state or named else _CLOSE) for cue in _cues(line, _GIVING)):
        return True
    reach = _REACH if state else _BESIDE
    pays = state is not None or named
    return pays and any(_near(scope, line, (anchor, cue), reach) for cue in _cues(line, _PAYING))


def _near(scope: Scope, line: Line, pair: tuple[Mention, Mention], reach: int) -> bool:
    """Whether giver and wording are within reach, with no other party between, and the giver is not the receiver."""
    (giver, cue), text, rules = pair, scope.article.text, scope.rules
    first, last = min(giver.end, cue.end), max(giver.start, cue.start)
    asked = pattern(_ASKED, words(rules, "asked"), words(rules, "articles"))
    if last - first > reach or asked.search(text, max(0, giver.start - _ASKING), giver.start):
        return False
    receives = pattern(_RECEIVES, words(rules, "receivers"), words(rules, "articles"))
    if giver.start >= cue.end and receives.search(text, cue.end, giver.start):
        return False
    return not any(first <= m.start and m.end <= last and m is not giver for m in line.of(*_OTHERS))
