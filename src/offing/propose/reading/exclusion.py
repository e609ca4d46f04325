"""Exclusion: whether a sentence rules a firm out: beaten in a tender, denied, replaced, or only on a blacklist.

"Sinohydro beat PowerChina" rules PowerChina out and leaves Sinohydro in; "ZTE, which also bid" rules ZTE out.
"""

from __future__ import annotations

from offing.model.reading.mention import Mention, MentionKind
from offing.propose.reading.grammar import pattern, words
from offing.propose.reading.layout import Zone
from offing.propose.reading.scope import Line, Scope

_BEATEN, _LOST, _DENIED, _LISTED = "marks-beaten", "marks-lost-out", "marks-denied", "marks-blacklist"
_REACH = {_BEATEN: 45, _LOST: 40, _DENIED: 80}  # characters between a wording and the nearest firm that it rules out
_FACTOR, _LISTED_FACTOR = 0.02, 0.15
_CLAUSE = r"[;:؛；。]|, (?:%s|%s) |，(?!%s)"
_RELATIVE = r"^[»”\"]?, (?:%s) "  # X, which also bid
_LIST = r"^[\s,、»”\"«“()]*(?:%s|%s|,|、)?[\s«“\"]*(?:(?:%s) )?$"


def exclusion_factor(scope: Scope, line: Line, firm: Mention) -> float:
    """The factor by which a sentence's wordings reduce its weight for a firm; 1 where none do."""
    for cue in line.of(MentionKind.SIGNAL):
        if line.zone is Zone.TITLE and cue.key != _DENIED:
            continue
        if cue.key in _REACH and _rules_out(scope, line, cue, firm):
            return _FACTOR
        if cue.key == _LISTED:
            return _LISTED_FACTOR
    return 1.0


def _rules_out(scope: Scope, line: Line, cue: Mention, firm: Mention) -> bool:
    """Whether a firm is the nearest one on a wording's side, or is listed together with it."""
    behind = cue.key != _LOST
    firms = [
        m
        for m in line.of(MentionKind.FIRM, MentionKind.LENDER)
        if (m.start >= cue.end if behind else m.end <= cue.start)
    ]
    firms.sort(key=lambda m: m.start if behind else -m.end)
    rules, relatives = scope.rules, words(scope.rules, "relatives")
    clause = pattern(_CLAUSE, words(rules, "clauses"), relatives, words(rules, "no_clauses"))
    relative = pattern(_RELATIVE, relatives)  # a relative clause of the firm before "lost" parts nothing
    listed = pattern(_LIST, *(words(rules, part) for part in ("listing", "choosing", "articles")))
    last, text = cue, scope.article.text
    for number, other in enumerate(firms):
        between = text[last.end : other.start] if behind else text[other.end : last.start]
        parted = clause.search(between) and (behind or not relative.match(between))
        near = len(between) <= _REACH[cue.key or ""] and not parted
        if not (near if number == 0 else listed.match(between)):
            return False
        if other is firm:
            return True
        last = other
    return False
