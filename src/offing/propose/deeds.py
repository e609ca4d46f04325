"""Deeds: which sentences say that a Chinese party builds, supplies, pays for, signs or wins something.

That a name stands in a text proves little: it may have lost, built something years ago, or be somebody else's. A deed
is a wording with a Chinese party on the doer's side of it in the same clause: "Sinohydro will build", "awarded to
Huawei", "a contract with a firm from Wuhan".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from offing.model.mention import Mention, MentionKind
from offing.propose.core import CHINESE_SIGNALS, OTHER_NEWS, OTHERS
from offing.propose.givers import givers
from offing.propose.grammar import pattern, words
from offing.propose.layout import Zone
from offing.propose.lost import beaten
from offing.propose.party_votes import counts_as_chinese
from offing.propose.reading import OLD_DATE, Line, Scope
from offing.propose.standing import standing
from offing.propose.targets import CHINA

DOES, DONE_BY, SAID_FIRM = "marks-does", "marks-done-by", "marks-said-firm"
_REACH_SAID = 40  # of "the company"
_REACH, _REACH_BEHIND = 80, 45  # characters between a doer and the wording behind it, or before it
_REACH_CHINA = 20  # of China or a province, which are more often a place
_NEW_CLAUSE, _APPOSITION = "marks-new-clause", "marks-apposition"
_DENIED = frozenset({"marks-denied", "denial"})
_NEGATED = 25  # characters before the wording in which a "not" takes it back
_SOMEBODY_ELSE = frozenset({"other-contractor", "other-donor"})
_PAST = frozenset({"history", OLD_DATE, "stock"})
_HEAD = frozenset({Zone.TITLE, Zone.LEAD})
_ZONES = {Zone.TITLE: 1.0, Zone.LEAD: 1.0, Zone.SECOND: 0.9, Zone.BODY: 0.7, Zone.TAIL: 0.5}
_LEAST = 0.1
_STOP = re.compile(r"[;:؛；。]")  # a full pause; which words begin a clause of their own `marks-new-clause` says
_COMMA = re.compile(r"[,،，]")
# A town or province of China beside a word for a firm, or before a name: a firm that is only told by its seat.
_FIRM_FOLLOWS = r"(?:['’]s|-(?:%s))?\s?(?:[\w’'-]+\s){0,3}$|[^\s,，。、]{0,12}$"
_NAME_FOLLOWS = re.compile(r"(?:['’]s)? [A-Z][\w-]+")
_SEAT_BEFORE = r"\s(?:[\w’'-]+\s){0,3}(?:%s)\s?(?:(?:%s) |l['’]|(?:%s)\. ?)?$"


@dataclass(frozen=True, slots=True)
class Deed:
    """A sentence that says what a Chinese party does: how plainly, 0-1, who, and the wording."""

    line: Line
    strength: float
    doer: Mention
    wording: Mention


def deeds(scope: Scope) -> Iterator[Deed]:
    """The deeds of Chinese parties that a text tells, in its order."""
    lost = [(line, m.start) for line, m in beaten(scope)]
    given = {(m.start, m.end): m for _, m in givers(scope)}
    before: Line | None = None
    for line in scope.lines:
        strength = _plain(line)
        meant = list(_meant(scope, before, line))
        before = line
        if strength < _LEAST:
            continue
        for doer, reach in (*doers(scope, line), *meant):
            if (line, doer.start) in lost:
                continue
            wording = doer if (doer.start, doer.end) in given else _wording(scope.article.text, line, doer, reach)
            if wording:
                yield Deed(line, strength, doer, wording)


def plainest(scope: Scope) -> Deed | None:
    """The deed that a text tells most plainly; of equals the first."""
    return max(deeds(scope), key=lambda deed: deed.strength, default=None)


def _plain(line: Line) -> float:
    """How plainly a sentence can tell news: less further down, in the past, of others."""
    strength = _ZONES[line.zone]
    if line.signals() & OTHER_NEWS:
        strength *= 0.5
    if line.zone in _HEAD:
        return strength
    if line.marks & OTHERS:
        strength *= 0.2
    return strength * (0.6 if line.marks & _PAST else 1.0)


def doers(scope: Scope, line: Line) -> Iterator[tuple[Mention, int]]:
    """Chinese parties of a sentence, named or not, each with how far it may stand from its deed."""
    for mention in line.of(MentionKind.FIRM, MentionKind.LENDER):
        if _acts(scope, line, mention):
            yield mention, _REACH
    for mention in line.of(MentionKind.SIGNAL):
        if mention.key in CHINESE_SIGNALS:
            yield mention, _REACH
    for mention in line.of(MentionKind.CHINA):
        if mention.by == "name":
            yield mention, _REACH_CHINA
    for mention in line.of(MentionKind.PLACE):
        if mention.key == CHINA and is_seat(scope, line, mention):
            yield mention, _REACH


def _meant(scope: Scope, before: Line | None, line: Line) -> Iterator[tuple[Mention, int]]:
    """What stands for the firm that was named last, in its sentence or the one before, where that is Chinese."""
    said = [m for m in line.of(MentionKind.SIGNAL) if m.key == SAID_FIRM]
    for mention in said if line.zone is not Zone.TITLE else ():
        earlier = [(each, m) for each in (before, line) if each for m in each.mentions if m.end <= mention.start]
        firms = [(each, m) for each, m in earlier if m.kind is MentionKind.FIRM or m.key in _SOMEBODY_ELSE]
        if firms and firms[-1][1].kind is MentionKind.FIRM and _acts(scope, *firms[-1]):
            yield mention, _REACH_SAID


def _acts(scope: Scope, line: Line, party: Mention) -> bool:
    """Whether a party is China's and has not lost, is not denied or only the one before."""
    return counts_as_chinese(scope, line, party) and standing(scope, line, party) >= 1


def is_seat(scope: Scope, line: Line, place: Mention) -> bool:
    """Whether a town or province of China only tells where a firm is from: "a Wuhan firm", "Xi'an Metro"."""
    text = scope.article.text
    follows = pattern(_FIRM_FOLLOWS, words(scope.rules, "seated"))
    before = pattern(_SEAT_BEFORE, *(words(scope.rules, part) for part in ("origin", "articles", "town")))
    if _NAME_FOLLOWS.match(text, place.end):
        return True
    for word in line.of(MentionKind.SIGNAL):
        if word.key in ("company-word", SAID_FIRM):
            if 0 <= word.start - place.end <= _REACH_CHINA and follows.match(text[place.end : word.start]):
                return True
            if 0 <= place.start - word.end <= _REACH_CHINA and before.match(text[word.end : place.start]):
                return True
    return False


def _wording(text: str, line: Line, doer: Mention, reach: int) -> Mention | None:
    """The wording of what a party does: behind it, or right before it."""
    for cue in line.of(MentionKind.SIGNAL):
        if cue.key == DOES and 0 <= cue.start - doer.end <= reach and _governs(text, line, doer, cue):
            return cue
        behind = min(reach, _REACH_BEHIND)
        if _lists(line, cue, doer):
            continue
        if cue.key == DONE_BY and 0 <= doer.start - cue.end <= behind and _governs(text, line, cue, doer):
            return cue
    return None


def _lists(line: Line, cue: Mention, doer: Mention) -> bool:
    """Whether a word only stands between two parties of a list: 海康威视和大华."""
    between = any(party.end == cue.start for party in line.of(MentionKind.FIRM, MentionKind.LENDER))
    return between and cue.end == doer.start


def _governs(text: str, line: Line, first: Mention, last: Mention) -> bool:
    """Whether nothing between a doer and its wording begins another clause, names somebody else, or denies it."""
    if _STOP.search(text, first.end, last.start) or _is_parted(text, line, first, last):
        return False
    wording = first if first.key == DONE_BY else last
    for mention in line.of(MentionKind.SIGNAL):
        if mention.key in _SOMEBODY_ELSE and first.end <= mention.start < last.start:
            return False
        if mention.key == "marks-negation" and wording.start - _NEGATED <= mention.start < max(wording.end, last.end):
            return False
        if mention.key in _DENIED and mention.start < last.end:
            return False
    return True


def _is_parted(text: str, line: Line, first: Mention, last: Mention) -> bool:
    """Whether another clause begins between two: at a conjunction, or at a comma that no apposition follows."""
    between = [m for m in line.of(MentionKind.SIGNAL) if first.end <= m.start < last.start]
    if first.key != DONE_BY:
        return any(m.key == _NEW_CLAUSE for m in between)
    going_on = {m.start for m in between if m.key == _APPOSITION}
    return any(comma.start() not in going_on for comma in _COMMA.finditer(text, first.end, last.start))
