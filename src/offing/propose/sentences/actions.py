"""Actions: which sentences say that a Chinese party builds, supplies, pays for, signs or wins something.

That a text names a party proves little: it may have lost, have built something years ago, or be a namesake. An action
is a wording with a Chinese party as its agent in the same clause: "Sinohydro will build", "awarded to Huawei", "a
contract with a firm from Wuhan".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from offing.model.reading.mention import Mention, MentionKind
from offing.propose.parties.funders import funders
from offing.propose.parties.lost_bids import beaten
from offing.propose.parties.party_ranking import counts_as_chinese
from offing.propose.reading.exclusion import exclusion_factor
from offing.propose.reading.grammar import pattern, words
from offing.propose.reading.layout import Zone
from offing.propose.reading.scope import OLD_DATE, Line, Scope
from offing.propose.reading.targets import CHINA
from offing.propose.sentences.core_sentence import CHINESE_SIGNALS, OTHER_NEWS, OTHERS

DOES, DONE_BY, REFERENCE = "marks-does", "marks-done-by", "marks-said-firm"
_REACH_REFERENCE = 40  # for "the company"
_REACH, _REACH_BEHIND = 80, 45  # characters between an agent and the wording after it, or before it
_REACH_CHINA = 20  # for China or a province, which are more often a place
_NEW_CLAUSE, _APPOSITION = "marks-new-clause", "marks-apposition"
_DENIED = frozenset({"marks-denied", "denial"})
_NEGATED = 25  # characters before the wording within which a "not" negates it
_SOMEBODY_ELSE = frozenset({"other-contractor", "other-donor"})
_PAST = frozenset({"history", OLD_DATE, "stock"})
_HEAD = frozenset({Zone.TITLE, Zone.LEAD})
_ZONES = {Zone.TITLE: 1.0, Zone.LEAD: 1.0, Zone.SECOND: 0.9, Zone.BODY: 0.7, Zone.TAIL: 0.5}
_LEAST = 0.1
_STOP = re.compile(r"[;:؛；。]")  # ends a clause; words that begin a new one have the key `marks-new-clause`
_COMMA = re.compile(r"[,،，]")
# A Chinese town or province beside a word for a firm, or before a name: a firm identified only by its seat.
_FIRM_FOLLOWS = r"(?:['’]s|-(?:%s))?\s?(?:[\w’'-]+\s){0,3}$|[^\s,，。、]{0,12}$"
_NAME_FOLLOWS = re.compile(r"(?:['’]s)? [A-Z][\w-]+")
_SEAT_BEFORE = r"\s(?:[\w’'-]+\s){0,3}(?:%s)\s?(?:(?:%s) |l['’]|(?:%s)\. ?)?$"


@dataclass(frozen=True, slots=True)
class Action:
    """A sentence that reports a Chinese party's action: how plainly, 0-1, the agent, and the wording."""

    line: Line
    strength: float
    agent: Mention
    wording: Mention


def actions(scope: Scope) -> Iterator[Action]:
    """The actions of Chinese parties in a text, in order."""
    lost = [(line, m.start) for line, m in beaten(scope)]
    given = {(m.start, m.end): m for _, m in funders(scope)}
    before: Line | None = None
    for line in scope.lines:
        strength = _plainness(line)
        coreferent = list(_coreferent(scope, before, line))
        before = line
        if strength < _LEAST:
            continue
        for agent, reach in (*agents(scope, line), *coreferent):
            if (line, agent.start) in lost:
                continue
            wording = agent if (agent.start, agent.end) in given else _wording(scope.article.text, line, agent, reach)
            if wording:
                yield Action(line, strength, agent, wording)


def plainest_action(scope: Scope) -> Action | None:
    """The plainest action of a text; of equals the first."""
    return max(actions(scope), key=lambda action: action.strength, default=None)


def _plainness(line: Line) -> float:
    """How plainly a sentence can state news: less further down, about the past, about others."""
    strength = _ZONES[line.zone]
    if line.signals() & OTHER_NEWS:
        strength *= 0.5
    if line.zone in _HEAD:
        return strength
    if line.marks & OTHERS:
        strength *= 0.2
    return strength * (0.6 if line.marks & _PAST else 1.0)


def agents(scope: Scope, line: Line) -> Iterator[tuple[Mention, int]]:
    """The Chinese parties of a sentence, named or not, each with its maximum distance from the wording."""
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


def _coreferent(scope: Scope, before: Line | None, line: Line) -> Iterator[tuple[Mention, int]]:
    """References to the firm named last, in this sentence or the one before, where that firm is Chinese."""
    references = [m for m in line.of(MentionKind.SIGNAL) if m.key == REFERENCE]
    for mention in references if line.zone is not Zone.TITLE else ():
        earlier = [(each, m) for each in (before, line) if each for m in each.mentions if m.end <= mention.start]
        firms = [(each, m) for each, m in earlier if m.kind is MentionKind.FIRM or m.key in _SOMEBODY_ELSE]
        if firms and firms[-1][1].kind is MentionKind.FIRM and _acts(scope, *firms[-1]):
            yield mention, _REACH_REFERENCE


def _acts(scope: Scope, line: Line, party: Mention) -> bool:
    """Whether a party is Chinese and neither beaten nor denied nor replaced."""
    return counts_as_chinese(scope, line, party) and exclusion_factor(scope, line, party) >= 1


def is_seat(scope: Scope, line: Line, place: Mention) -> bool:
    """Whether a Chinese town or province is only a firm's origin: "a Wuhan firm", "Xi'an Metro"."""
    text = scope.article.text
    follows = pattern(_FIRM_FOLLOWS, words(scope.rules, "seated"))
    before = pattern(_SEAT_BEFORE, *(words(scope.rules, part) for part in ("origin", "articles", "town")))
    if _NAME_FOLLOWS.match(text, place.end):
        return True
    for word in line.of(MentionKind.SIGNAL):
        if word.key in ("company-word", REFERENCE):
            if 0 <= word.start - place.end <= _REACH_CHINA and follows.match(text[place.end : word.start]):
                return True
            if 0 <= place.start - word.end <= _REACH_CHINA and before.match(text[word.end : place.start]):
                return True
    return False


def _wording(text: str, line: Line, agent: Mention, reach: int) -> Mention | None:
    """The wording of a party's action: after the party, or right before it."""
    behind = min(reach, _REACH_BEHIND)
    ends = {party.end for party in line.of(MentionKind.FIRM, MentionKind.LENDER)}
    for cue in line.of(MentionKind.SIGNAL):
        if cue.key == DOES and 0 <= cue.start - agent.end <= reach and _governs(text, line, agent, cue):
            return cue
        if cue.start in ends and cue.end == agent.start:  # only joins two parties of a list: 海康威视和大华
            continue
        if cue.key == DONE_BY and 0 <= agent.start - cue.end <= behind and _governs(text, line, cue, agent):
            return cue
    return None


def _governs(text: str, line: Line, first: Mention, last: Mention) -> bool:
    """Whether nothing between an agent and its wording begins a clause, names somebody else, or negates it.

    A wording before its agent also ends at a comma, unless an apposition follows.
    """
    signals = line.of(MentionKind.SIGNAL)
    between = [m for m in signals if first.end <= m.start < last.start]
    if _STOP.search(text, first.end, last.start) or any(m.key in _SOMEBODY_ELSE for m in between):
        return False
    if first.key == DONE_BY:
        going_on = {m.start for m in between if m.key == _APPOSITION}
        if any(comma.start() not in going_on for comma in _COMMA.finditer(text, first.end, last.start)):
            return False
    elif any(m.key == _NEW_CLAUSE for m in between):
        return False
    if any(m.key in _DENIED and m.start < last.end for m in signals):
        return False
    wording = first if first.key == DONE_BY else last
    begin, end = wording.start - _NEGATED, max(wording.end, last.end)
    return not any(m.key == "marks-negation" and begin <= m.start < end for m in signals)
