"""How a firm stands to the project in its sentence: beaten in a tender, denied, replaced, or only on somebody's list.

"Sinohydro beat PowerChina" takes PowerChina out and leaves Sinohydro in; "ZTE, which also bid" takes ZTE out.
"""

from __future__ import annotations

import re

from offing.model.mention import Mention, MentionKind
from offing.propose.layout import Zone
from offing.propose.reading import Line, Scope

_BEATEN, _LOST, _DENIED, _LISTED = "marks-beaten", "marks-lost-out", "marks-denied", "marks-blacklist"
_REACH = {_BEATEN: 45, _LOST: 40, _DENIED: 80}  # characters between a wording and the nearest firm that it takes out
_FACTOR, _LISTED_FACTOR = 0.02, 0.15
_CLAUSE = re.compile(r"[;:؛；。]|, (?:and|but|which|who|while|qui|que|mientras|но|а) |，(?!和)")
_RELATIVE = re.compile(r"^[»”\"]?, (?:which|who|qui|que) ")  # X, which also bid
_LIST = re.compile(
    r"^[\s,、»”\"«“()]*(?:and|or|et|ou|y|o|e|и|или|و|أو|和|与|及|以及|,|、)?[\s«“\"]*(?:the |la |le |a |o )?$"
)


def standing(scope: Scope, line: Line, firm: Mention) -> float:
    """By which factor a sentence's wordings lower what it says of a firm; 1 where nothing is against it."""
    text = scope.article.text
    for cue in line.of(MentionKind.SIGNAL):
        if line.zone is Zone.TITLE and cue.key != _DENIED:
            continue
        if cue.key in _REACH and _takes_out(text, line, cue, firm):
            return _FACTOR
        if cue.key == _LISTED:
            return _LISTED_FACTOR
    return 1.0


def _takes_out(text: str, line: Line, cue: Mention, firm: Mention) -> bool:
    """Whether a firm is the nearest one on a wording's side, or stands in a list with it."""
    behind = cue.key != _LOST
    firms = [
        m
        for m in line.of(MentionKind.FIRM, MentionKind.LENDER)
        if (m.start >= cue.end if behind else m.end <= cue.start)
    ]
    firms.sort(key=lambda m: m.start if behind else -m.end)
    last = cue
    for number, other in enumerate(firms):
        between = text[last.end : other.start] if behind else text[other.end : last.start]
        parted = _CLAUSE.search(between) and not (cue.key == _LOST and _RELATIVE.match(between))
        near = len(between) <= _REACH[cue.key or ""] and not parted
        if not (near if number == 0 else _LIST.match(between)):
            return False
        if other is firm:
            return True
        last = other
    return False
