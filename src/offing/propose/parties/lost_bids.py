"""Lost bids: which Chinese parties a text calls beaten, and which equipment it says is shut out."""

from __future__ import annotations

from collections.abc import Iterator

from offing.model.reading.mention import Mention, MentionKind
from offing.propose.reading.layout import Zone
from offing.propose.reading.scope import Line, Scope

_EARLY = frozenset({Zone.TITLE, Zone.LEAD, Zone.SECOND})
_CHINESE = (MentionKind.FIRM, MentionKind.LENDER, MentionKind.CHINA)
_BEATS, _LOSES, _NOT = "beats", "loses", "marks-negation"
_VERBS = frozenset({_BEATS, _LOSES})
_REACH_BEHIND = {_BEATS: 60, _LOSES: 30, _NOT: 2}  # characters between a wording and a loser behind it
_LOSER_REACH = 70  # characters between a loser and "lost"
_SHUT_OUT_REACH = 45


def beaten(scope: Scope) -> Iterator[tuple[Line, Mention]]:
    """Chinese parties that the text calls beaten: after "beats", before "lost"."""
    for line in scope.lines:
        # In a title, "not" right before a name marks a loser, too: "Not Sinohydro but the Spanish".
        keys = _VERBS | {_NOT} if line.zone is Zone.TITLE else _VERBS
        verbs = [signal for signal in line.of(MentionKind.SIGNAL) if signal.key in keys]
        for party in line.of(*_CHINESE) if verbs else ():
            if any(
                0 <= party.start - verb.end <= _REACH_BEHIND[verb.key or ""]
                or (verb.key == _LOSES and 0 <= verb.start - party.end <= _LOSER_REACH)
                for verb in verbs
            ):
                yield line, party


def losers(scope: Scope) -> frozenset[str]:
    """The firms and lenders that the top of a text calls beaten: what it says of them concerns their failed offer."""
    return frozenset(
        party.key or party.name
        for line, party in beaten(scope)
        if line.zone in _EARLY and party.kind is not MentionKind.CHINA
    )


def shut_out(scope: Scope) -> Iterator[tuple[Line, Mention]]:
    """Chinese firms and goods after a verb of exclusion: "strip Huawei gear", 拆除海康威视摄像头."""
    for line in scope.lines:
        verbs = [m for m in line.of(MentionKind.SIGNAL) if m.key == "shuts-out"]
        for party in line.of(*_CHINESE) if verbs else ():
            if any(0 <= party.start - verb.end <= _SHUT_OUT_REACH for verb in verbs):
                yield line, party
