"""China or its government as the source of money: only where a wording of giving or paying makes them so.

"scanners given by China", "un don de la République populaire de Chine", "custeado pelo Governo chinês". A mention of
China becomes one of a lender there; a Chinese company that donates does not make its government a giver.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from offing.model.mention import Mention, MentionKind
from offing.propose.reading import Line, Scope

GIVER = "giver"
GOVERNMENT = "china-government"
_NAME = "Government of China"
_REACH = 45  # characters between a giver and the wording
_GOVERNMENT_REACH = 90  # and of a government named as such: "and X signed letters that commit … in grants"
_CLOSE = 4  # between an adjective and the wording: "Chinese gift", "don chinois"
_BESIDE = 14  # between China and the wording of paying: "funded by China", "China will finance"
_OWNED = re.compile("['’]s|-")
_GIVING, _PAYING = "marks-giving", "marks-paying"
# An adjective speaks for the state before these.
_STATE = re.compile(
    r"[\W_]{0,3}(?:government|state|side|people|embassy|ministry|aid|taxpayer|grant|gift|donation|assistance|"
    r"cooperation|gouvernement|gobierno|governo)|\w*(?:政府|方|使馆)",
    re.IGNORECASE,
)
_STATE_BEFORE = re.compile(
    r"(?:gouvernement|peuple|partie|ambassade|État|coopération|aide|don|gobierno|pueblo|embajada|Estado|cooperación|parte|governo|povo|embaixada|"
    r"cooperação|правительство\w*|народ\w*|сторона|стороны|посольство|الشعب|الحكومة|السفارة|حكومة|منحة|هبة)\s$",
    re.IGNORECASE,
)
_GIFT = re.compile(r"grant|gift|\bdon\b|donaci|doaç|donativo|aide|грант|منح|援|赠", re.IGNORECASE)
_RECEIVES = re.compile(r"(?:to|à|para|в|إلى|向|给|对|for|pour)\s?(?:the |la |a )?$")
# Who is asked has not given yet.
_ASKED = re.compile(
    r"(?:asked|asks|asking|urged|urges|requested|appealed to|demandé à|demande à|pid(?:ió|e) a|solicitó a|"
    r"pediu (?:a|à)|solicitou (?:a|à)|(?:по)?просил\w*|обратил\w+ к|"
    r"طلب(?:ت)? من|请求|恳请|要求) ?(?:the |la |le |a )?$",
    re.IGNORECASE,
)
_ASKING = 24
_PLACE = re.compile(r"(?<![^\W_])(?:in|en|em|à|в|во|في|在)\s(?:la )?$")
_OF_TAIWAN = re.compile(r"\s?[(（](?:Taiwan|Ta[iï]w[aá]n|台|臺|Тайвань|تايوان)")  # China (Taiwan)
_INSIDE_NAME = "inside-name"  # what recognition says of China in the name of a bank
_OTHERS = (MentionKind.FIRM, MentionKind.LENDER)


def givers(scope: Scope) -> Iterator[tuple[Line, Mention]]:
    """China as a lender, with its line, where a wording makes it the source of money or goods."""
    for line in scope.lines:
        for anchor in line.of(MentionKind.CHINA):
            if _gives_by(scope.article.text, line, anchor):
                yield line, replace(anchor, kind=MentionKind.LENDER, key=GOVERNMENT, name=_NAME, by=GIVER)


def gives(text: str, line: Line, mention: Mention) -> bool:
    """Whether a wording of giving or paying stands near a government in its sentence and is not taken by another."""
    if _GIFT.search(mention.text):  # "a Chinese grant" is the giver and the gift in one
        return not any(0 <= mention.start - m.end <= _CLOSE for m in line.of(MentionKind.COUNTRY))  # 日本援建
    return any(_near(text, line, mention, cue, _GOVERNMENT_REACH) for cue in _cues(line, _GIVING, _PAYING))


def _cues(line: Line, *keys: str) -> Iterator[Mention]:
    """The wordings of giving or paying in a sentence."""
    return (cue for cue in line.of(MentionKind.SIGNAL) if cue.key in keys)


def _gives_by(text: str, line: Line, anchor: Mention) -> bool:
    """Whether China gives; that it pays is said of its government only, which more than a loan of its banks makes."""
    if _OF_TAIWAN.match(text, anchor.end):
        return False
    if anchor.by == _INSIDE_NAME or _PLACE.search(text, max(0, anchor.start - 8), anchor.start):
        return False
    before = max(0, anchor.start - 20)
    state = _STATE.match(text, anchor.end) or _STATE_BEFORE.search(text, before, anchor.start)
    named = anchor.by == "name" and not _OWNED.match(text, anchor.end)
    if any(_near(text, line, anchor, cue, _REACH if state or named else _CLOSE) for cue in _cues(line, _GIVING)):
        return True
    reach = _REACH if state else _BESIDE
    return bool(state or named) and any(_near(text, line, anchor, cue, reach) for cue in _cues(line, _PAYING))


def _near(text: str, line: Line, giver: Mention, cue: Mention, reach: int) -> bool:
    """Whether a wording stands within reach, nobody else stands between, and the giver is not the receiver."""
    first, last = min(giver.end, cue.end), max(giver.start, cue.start)
    if last - first > reach or _ASKED.search(text, max(0, giver.start - _ASKING), giver.start):
        return False
    if giver.start >= cue.end and _RECEIVES.search(text, cue.end, giver.start):
        return False
    return not any(first <= m.start and m.end <= last and m is not giver for m in line.of(*_OTHERS))
