"""Which Chinese firms and lenders belong to a project."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain

from offing.model.mention import LOCAL_UNIT, Mention, MentionKind
from offing.model.rules import EntityKind
from offing.model.vocabulary import AmountKind
from offing.propose.givers import GOVERNMENT, givers, gives
from offing.propose.layout import Zone
from offing.propose.likely_firms import likely_firms
from offing.propose.namesakes import is_namesake
from offing.propose.reading import Line, Scope
from offing.propose.standing import standing
from offing.propose.targets import is_foreign_party, names_only_others
from offing.propose.votes import Ranked, Vote, rank

_BACKGROUND = frozenset({"elsewhere", "separate"})
_LOST = _BACKGROUND | {"loser", "negation"}
_PAST = frozenset({"history", "old-date"})
_NOBODY = "names-nobody"
_HEAD = frozenset({Zone.TITLE, Zone.LEAD})
_SIDE_BY_SIDE = re.compile(r"^\W*(?:and|et|y|e|и|with|con|avec|com|و|与|和|及|携手|、|–|-)?\W*$")
_AUTHORITY = re.compile(
    r"government|ministry|embassy|commission|administration|liberation army|bureau of", re.IGNORECASE
)
_OF_STATE = re.compile(r"^Ministry of|\b(?:embassy|government|municipality)\b", re.IGNORECASE)
_EXIM = re.compile(r"ex-?im|export[ae]?[cç]?|进出口|эксим|экспорт|التصدير", re.IGNORECASE)
# Funds that the Exim banks of other countries lend from.
_EXIM_FUNDS = re.compile(
    r"EDCF|economic development cooperation fund|coop\w+ .*d[eé]velop+ement [eé]conomique|"
    r"cooperaci[oó]n para el desarrollo económico|cooperação para o desenvolvimento econ|经济(?:发展)?合作基金|"
    r"экономического сотрудничества|للتنمية الاقتصادية",
    re.IGNORECASE,
)
_EXIM_COUNTRIES = frozenset({"IND", "KOR", "USA", "TUR", "HUN", "THA", "MYS", "JPN"})
_CHINESE = re.compile(r"chin|中国|кита|кнр|صين", re.IGNORECASE)
_WEAKEST = 0.1  # of the score of a party that is the only one
_OWNER_BEHIND = frozenset({"母公司", "隶属于"})  # the other Chinese wordings stand behind the owner: 中南传媒旗下
_OWNER_REACH = 25  # characters between "owned by" and the owner
_LENDING_REACH = 55  # characters between a government and the wording that makes it a lender
_LEGAL = re.compile(r"\b(?:co|corp|corporation|company|ltd|limited|inc|group)\b\.?|集团|公司|有限", re.IGNORECASE)
_TELLING = 4  # letters of a name without its legal form


def choose_parties(
    scope: Scope, kind: MentionKind, targets: Sequence[str], firms: Sequence[Ranked] = ()
) -> list[Ranked]:
    """The firms or the lenders of a project, strongest first.

    Args:
        scope: the lines of the project.
        kind: FIRM or LENDER.
        targets: the project's countries; a party named beside another country only is background.
        firms: of a project's lenders its firms: a lender named beside others only has paid for other works.
    """
    field = "firms" if kind is MentionKind.FIRM else "lenders"
    others = _others(scope, firms)
    votes = (_beside(scope, vote, others) for vote in _votes(scope, kind, field, targets))
    ranked = rank(votes, scope.level("limits.party_fade"))
    if not ranked:
        return []
    likely = list(likely_firms(scope, ranked)) if kind is MentionKind.FIRM else _strong(scope, ranked)
    background = _LOST if kind is MentionKind.FIRM else _LOST | _PAST  # an earlier loan is not this project's
    chosen = _without_doubles(likely or _only_one(ranked, background))
    beside = [party for party in ranked if party not in chosen and _stands_beside(scope, party, chosen)]
    chosen = _without_parents(_without_owners(chosen + beside))
    return _of_now(scope, chosen) if kind is MentionKind.FIRM else _without_government(chosen)


def _others(scope: Scope, firms: Sequence[Ranked]) -> list[Line]:
    """The lines that name Chinese firms, but none of the project's."""
    own = [line for firm in firms for line, _ in firm.mentions]
    named = {id(line): line for line, firm in scope.of(MentionKind.FIRM) if firm.by != EntityKind.PUBLIC_BODY}
    return [line for line in named.values() if firms and line not in own]


def _beside(scope: Scope, vote: tuple[str, Vote], others: Sequence[Line]) -> tuple[str, Vote]:
    """A vote for a lender, weaker in a line that tells of another firm's works."""
    key, (weight, line, mention) = vote
    factor = scope.level("limits.lenders_other_firm") if any(line is other for other in others) else 1.0
    return key, (weight * factor, line, mention)


def _strong(scope: Scope, ranked: Sequence[Ranked]) -> list[Ranked]:
    """The lenders that are strong enough, and beside the strongest one."""
    least = max(scope.level("limits.lenders_least"), scope.level("limits.lenders_share") * ranked[0].score)
    return [party for party in ranked if party.score >= least]


def _only_one(ranked: Sequence[Ranked], background: frozenset[str]) -> list[Ranked]:
    """The likeliest party where all are weak, unless all its sentences bear a mark of the background."""
    first = ranked[0]
    in_front = any(not line.marks & background for line, _ in first.mentions)
    return [first] if in_front and first.score >= _WEAKEST else []


def _without_parents(chosen: list[Ranked]) -> list[Ranked]:
    """The parties without a firm whose unit is named too, nor the short form of an unlisted one.

    "Huawei" is short for "Huawei Digital Power" there, "Feiying" for "Hangzhou Feiying Medical". A local subsidiary
    takes part beside its mother.
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
    """The firms without those of earlier works, where title or lead say that who is at work is not told."""
    if not any(cue.key == _NOBODY and line.zone in _HEAD for line, cue in scope.of(MentionKind.SIGNAL)):
        return chosen
    early = _PAST | _BACKGROUND
    return [party for party in chosen if any(not line.marks & early for line, _ in party.mentions)]


def _without_government(chosen: list[Ranked]) -> list[Ranked]:
    """The lenders without the government, where a bank or agency of its is named through which it pays."""
    named = any(party.key != GOVERNMENT and party.votes[0][2].key for party in chosen)
    return [party for party in chosen if party.key != GOVERNMENT] if named else chosen


def _without_owners(chosen: list[Ranked]) -> list[Ranked]:
    """The parties without one that is only named as the owner of another: "X, a unit of Y"."""
    kept = [party for party in chosen if not all(_is_owner(line, mention) for line, mention in party.mentions)]
    lines = [line for party in kept for line, _ in party.mentions]
    return [party for party in chosen if party in kept or not any(line in lines for line, _ in party.mentions)]


def _is_unit_of(name: str, parent: str) -> bool:
    """Whether a name goes on where another ends: Huawei Digital Power, 中国电建集团贵州工程公司."""
    return name.startswith(f"{parent} ") or (is_cjk(parent) and name.startswith(parent) and name != parent)


def _is_short_for(name: str, other: str) -> bool:
    """Whether all words of a name, or its Chinese characters, stand in another one."""
    if is_cjk(name):
        return len(name) > 1 and name in other
    words, others = name.split(), other.split()
    return len(words) < len(others) and any(
        others[n : n + len(words)] == words for n in range(len(others) - len(words) + 1)
    )


def _without_doubles(chosen: list[Ranked]) -> list[Ranked]:
    """The parties without an unlisted one whose name only is another writing of a listed one's."""
    listed = [_letters(party) for party in chosen if party.votes[0][2].key]
    return [
        party
        for party in chosen
        if party.votes[0][2].key or not any(_same_letters(_letters(party), other) for other in listed)
    ]


def _letters(party: Ranked) -> str:
    return "".join(char for char in _LEGAL.sub("", _name(party)) if char.isalnum())


def _same_letters(name: str, other: str) -> bool:
    return len(name) >= _TELLING and (other.startswith(name) or name.startswith(other))


def _name(party: Ranked) -> str:
    mention = party.votes[0][2]
    return (mention.name or mention.text).casefold()


def _votes(scope: Scope, kind: MentionKind, field: str, targets: Sequence[str]) -> Iterable[tuple[str, Vote]]:
    named = scope.of(kind)
    for line, mention in named if kind is MentionKind.FIRM else chain(named, givers(scope), _ministries(scope)):
        weight = scope.weight(line, field) * mention.weight * _country_factor(scope, line, targets)
        if line.of(MentionKind.ROLE, MentionKind.STATUS, MentionKind.FLOW):
            weight *= scope.level("limits.party_near_cue")
        weight *= _kind_factor(scope, line, mention) * standing(scope, line, mention)
        yield mention.key or mention.name or mention.text, (weight, line, mention)


def _ministries(scope: Scope) -> Iterator[tuple[Line, Mention]]:
    """Chinese ministries and embassies as lenders, where a wording of giving or paying makes them so."""
    for line, mention in scope.of(MentionKind.FIRM):
        of_state = mention.by == EntityKind.PUBLIC_BODY and _OF_STATE.search(mention.name)
        if of_state and gives(scope.article.text, line, mention):
            yield line, replace(mention, kind=MentionKind.LENDER, by=EntityKind.GOVERNMENT)


def counts_as_chinese(scope: Scope, line: Line, mention: Mention) -> bool:
    """Whether a firm or lender is China's: no co-financier, no part of another's name, no other country's Exim bank."""
    foreign = mention.by == EntityKind.COFINANCIER or is_foreign_party(line, mention)
    return not foreign and not _is_namesake(scope, mention) and not is_namesake(scope, mention)


def _kind_factor(scope: Scope, line: Line, mention: Mention) -> float:
    """What kind of party it is: multilaterals never are Chinese lenders, a government only of a loan it gives."""
    if not counts_as_chinese(scope, line, mention):
        return 0.0
    if _is_owner(line, mention):
        return scope.level("limits.firms_owner")
    if mention.by == EntityKind.GOVERNMENT:
        pays = _lends(line, mention) or gives(scope.article.text, line, mention)
        return 1.0 if pays else scope.level("limits.lenders_government")
    if mention.by == EntityKind.PUBLIC_BODY:
        return scope.level("limits.firms_authority" if _AUTHORITY.search(mention.name) else "limits.firms_public_body")
    return 1.0


def _is_namesake(scope: Scope, mention: Mention) -> bool:
    """Whether "Exim Bank" without China in its name stands in an article about another country's Exim bank."""
    if mention.kind is not MentionKind.LENDER or not _EXIM.search(mention.text) or _CHINESE.search(mention.text):
        return False
    if _another_exim(scope, mention):
        return True
    others = (cue.text for _, cue in scope.of(MentionKind.SIGNAL) if cue.key == "other-donor")
    return any(_EXIM.search(text) or _EXIM_FUNDS.search(text) for text in others)


def _another_exim(scope: Scope, bank: Mention) -> bool:
    """Whether sentences that name the bank, or the title, name a country with an Exim bank of its own and not China."""
    named = [line for line in scope.lines if any(m.text == bank.text for m in line.of(MentionKind.LENDER))]
    titles = [line for line in scope.lines if line.zone is Zone.TITLE]
    places = (m for line in (*named, *titles) for m in line.of(MentionKind.COUNTRY, MentionKind.PLACE))
    others = any(place.key in _EXIM_COUNTRIES for place in places)
    return others and not any(m.by != "inside-name" for line in named for m in line.of(MentionKind.CHINA))


def _is_owner(line: Line, mention: Mention) -> bool:
    """Whether a firm is only the owner of one at work: "a unit of CRRC", 中南传媒旗下."""
    return any(
        cue.key == "marks-owner"
        and (
            0 <= cue.start - mention.end <= 1
            if is_cjk(cue.text) and cue.text not in _OWNER_BEHIND
            else 0 <= mention.start - cue.end <= _OWNER_REACH
        )
        for cue in line.of(MentionKind.SIGNAL)
    )


def is_cjk(text: str) -> bool:
    """Whether a text is written in Chinese characters, which name the owner before the word for it."""
    return "\u3400" <= text[:1] <= "\u9fff"


def _lends(line: Line, mention: Mention) -> bool:
    """Whether a wording of loans stands on or right beside a party."""
    return any(
        cue.key in (AmountKind.LOAN, AmountKind.CREDIT)
        and cue.start - _LENDING_REACH <= mention.end
        and mention.start <= cue.end + _LENDING_REACH
        for cue in line.of(MentionKind.FLOW)
    )


def _country_factor(scope: Scope, line: Line, targets: Sequence[str]) -> float:
    """Less for a party in a sentence that names other countries but none of the project's."""
    return scope.level("limits.party_other_country") if names_only_others(line, targets) else 1.0


def _stands_beside(scope: Scope, party: Ranked, chosen: Sequence[Ranked]) -> bool:
    """Whether a party is named side by side with a chosen one: "Huawei and CITCC"."""
    for line, mention in party.mentions:
        if line.marks & _BACKGROUND or standing(scope, line, mention) < 1:
            continue
        for other in chosen:
            if any(line is place and _adjacent(scope.article.text, mention, m) for place, m in other.mentions):
                return True
    return False


def _adjacent(text: str, a: Mention, b: Mention) -> bool:
    left, right = (a, b) if a.start < b.start else (b, a)
    return left.end <= right.start and bool(_SIDE_BY_SIDE.match(text[left.end : right.start]))
