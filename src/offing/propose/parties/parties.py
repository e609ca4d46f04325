"""Which Chinese firms and lenders belong to a project."""

from __future__ import annotations

import re
from collections.abc import Sequence

from offing.model.reading.mention import LOCAL_UNIT, Mention, MentionKind
from offing.propose.encoder.encoded import EncodedPart
from offing.propose.parties.firm_classifier import likely_firms
from offing.propose.parties.funders import GOVERNMENT
from offing.propose.parties.party_classifier import likely_parties
from offing.propose.parties.party_ranking import FIELDS, LOST, is_cjk, is_owner, rank_parties
from offing.propose.reading.exclusion import exclusion_factor
from offing.propose.reading.grammar import pattern, words
from offing.propose.reading.layout import Zone
from offing.propose.reading.ranking import Ranked
from offing.propose.reading.scope import Scope

_BACKGROUND = frozenset({"elsewhere", "separate"})
_PAST = frozenset({"history", "old-date"})
_NOBODY = "names-nobody"
_HEAD = frozenset({Zone.TITLE, Zone.LEAD})
_SIDE_BY_SIDE = r"^\W*(?:%s|%s|、|–|-)?\W*$"
_WEAKEST = 0.1  # minimum score of the likeliest party where all are weak
_LEGAL = r"(?i:\b(?:%s)\b\.?|%s)"
_TELLING = 4  # minimum letters of a name without its legal form


def choose_parties(
    scope: Scope,
    kind: MentionKind,
    targets: Sequence[str],
    firms: Sequence[Ranked] = (),
    encoded: EncodedPart | None = None,
) -> list[Ranked]:
    """The firms or the lenders of a project, strongest first.

    Args:
        scope: the lines of the project.
        kind: FIRM or LENDER.
        targets: the project's countries; a party named only beside another country is background.
        firms: for lenders, the project's firms: a lender named only beside others has paid for other works.
        encoded: the encoded project, if any.
    """
    ranked = rank_parties(scope, kind, targets, firms)
    if not ranked:
        return []
    if encoded is not None:
        likely = likely_parties(scope, FIELDS[kind], ranked, firms, encoded)
    else:
        likely = _by_wordings(scope, kind, ranked)
    chosen = _without_doubles(scope, likely)
    beside = [party for party in ranked if party not in chosen and _stands_beside(scope, party, chosen)]
    chosen = _without_parents(_without_owners(scope, chosen + beside))
    return _of_now(scope, chosen) if kind is MentionKind.FIRM else _without_government(chosen)


def _by_wordings(scope: Scope, kind: MentionKind, ranked: Sequence[Ranked]) -> list[Ranked]:
    """The parties that are likely by wordings alone, else the likeliest one."""
    likely = list(likely_firms(scope, ranked)) if kind is MentionKind.FIRM else _strong(scope, ranked)
    background = LOST if kind is MentionKind.FIRM else LOST | _PAST  # an earlier loan is not this project's
    return likely or _only_one(ranked, background)


def _strong(scope: Scope, ranked: Sequence[Ranked]) -> list[Ranked]:
    """The lenders above both the absolute limit and the share of the strongest one's score."""
    least = max(
        scope.level("limits.lenders_worded_least"), scope.level("limits.lenders_worded_share") * ranked[0].score
    )
    return [party for party in ranked if party.score >= least]


def _only_one(ranked: Sequence[Ranked], background: frozenset[str]) -> list[Ranked]:
    """The likeliest party where all are weak, unless all its sentences are marked as background."""
    first = ranked[0]
    in_front = any(not line.marks & background for line, _ in first.mentions)
    return [first] if in_front and first.score >= _WEAKEST else []


def _without_parents(chosen: list[Ranked]) -> list[Ranked]:
    """The parties, less firms whose unit is also named, and less short forms of unlisted names.

    "Huawei" is short for "Huawei Digital Power" there, "Feiying" for "Hangzhou Feiying Medical". A local subsidiary
    takes part beside its parent.
    """
    units = [_name(party) for party in chosen if party.votes[0][2].by != LOCAL_UNIT]
    kept = []
    for party in chosen:
        name = _name(party)
        others = [other for other in units if other != name]
        texts = {name, *(mention.text.casefold() for _, mention in party.mentions)}
        unit = any(_is_unit_of(other, text) for other in others for text in texts)
        short = party.votes[0][2].key is None and any(_is_short_for(name, other) for other in others)
        if not unit and not short:
            kept.append(party)
    return kept


def _of_now(scope: Scope, chosen: list[Ranked]) -> list[Ranked]:
    """The firms, less those of earlier works, where title or lead say that the firm at work is undisclosed."""
    if not any(cue.key == _NOBODY and line.zone in _HEAD for line, cue in scope.of(MentionKind.SIGNAL)):
        return chosen
    early = _PAST | _BACKGROUND
    return [party for party in chosen if any(not line.marks & early for line, _ in party.mentions)]


def _without_government(chosen: list[Ranked]) -> list[Ranked]:
    """The lenders, less the government where a listed bank or agency through which it pays is named."""
    named = any(party.key != GOVERNMENT and party.votes[0][2].key for party in chosen)
    return [party for party in chosen if party.key != GOVERNMENT] if named else chosen


def _without_owners(scope: Scope, chosen: list[Ranked]) -> list[Ranked]:
    """The parties, less those named only as the owner of another: "X, a unit of Y"."""
    kept = [party for party in chosen if not all(is_owner(scope, line, mention) for line, mention in party.mentions)]
    lines = [line for party in kept for line, _ in party.mentions]
    return [party for party in chosen if party in kept or not any(line in lines for line, _ in party.mentions)]


def _is_unit_of(name: str, parent: str) -> bool:
    """Whether a name extends that of its parent: Huawei Digital Power, 中国电建集团贵州工程公司."""
    return name.startswith(f"{parent} ") or (is_cjk(parent) and name.startswith(parent) and name != parent)


def _is_short_for(name: str, other: str) -> bool:
    """Whether a name, by words or Chinese characters, is contained in another one."""
    if is_cjk(name):
        return len(name) > 1 and name in other
    words, others = name.split(), other.split()
    return len(words) < len(others) and any(
        others[n : n + len(words)] == words for n in range(len(others) - len(words) + 1)
    )


def _without_doubles(scope: Scope, chosen: list[Ranked]) -> list[Ranked]:
    """The parties, less unlisted ones whose name is only a variant of a listed one's."""
    lists = (words(scope.rules, "legal_forms", language) for language in ("", "zh"))
    legal = pattern(_LEGAL, *lists)
    listed = [_letters(party, legal) for party in chosen if party.votes[0][2].key]
    return [
        party
        for party in chosen
        if party.votes[0][2].key or not any(_same_letters(_letters(party, legal), other) for other in listed)
    ]


def _letters(party: Ranked, legal: re.Pattern[str]) -> str:
    return "".join(char for char in legal.sub("", _name(party)) if char.isalnum())


def _same_letters(name: str, other: str) -> bool:
    return len(name) >= _TELLING and (other.startswith(name) or name.startswith(other))


def _name(party: Ranked) -> str:
    mention = party.votes[0][2]
    return (mention.name or mention.text).casefold()


def _stands_beside(scope: Scope, party: Ranked, chosen: Sequence[Ranked]) -> bool:
    """Whether a party is named side by side with a chosen one: "Huawei and CITCC"."""
    for line, mention in party.mentions:
        if line.marks & _BACKGROUND or exclusion_factor(scope, line, mention) < 1:
            continue
        for other in chosen:
            if any(line is place and _adjacent(scope, mention, m) for place, m in other.mentions):
                return True
    return False


def _adjacent(scope: Scope, a: Mention, b: Mention) -> bool:
    left, right = (a, b) if a.start < b.start else (b, a)
    joint = pattern(_SIDE_BY_SIDE, words(scope.rules, "listing"), words(scope.rules, "together"))
    return left.end <= right.start and bool(joint.match(scope.article.text[left.end : right.start]))
