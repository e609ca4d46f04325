"""The strength of each Chinese firm or lender that a text names, by wordings and position."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain

from offing.model.reading.mention import Mention, MentionKind
from offing.model.reading.rules import EntityKind
from offing.model.values.vocabulary import AmountKind
from offing.propose.parties.funders import funders, gives
from offing.propose.reading.acronyms import is_namesake
from offing.propose.reading.exclusion import exclusion_factor
from offing.propose.reading.grammar import pattern, words
from offing.propose.reading.layout import Zone
from offing.propose.reading.ranking import Ranked, rank
from offing.propose.reading.scope import Line, Scope
from offing.propose.reading.targets import is_foreign_party, names_only_others

FIRMS, LENDERS = "firms", "lenders"  # names of the markers, the weights and the encoder's tags
FIELDS = {MentionKind.FIRM: FIRMS, MentionKind.LENDER: LENDERS}
LOST = frozenset({"elsewhere", "separate", "loser", "negation"})  # marks of sentences on other works, or of negation
_AUTHORITY = r"(?i:%s)"
_OF_STATE = r"(?i:^(?:%s)|\b(?:%s)\b)"
_NAMED = r"(?i:%s)"
_OWNER_REACH = 25  # characters between "owned by" and the owner
_LENDING_REACH = 55  # characters between a government and the wording that makes it a lender


def rank_parties(scope: Scope, kind: MentionKind, targets: Sequence[str], firms: Sequence[Ranked] = ()) -> list[Ranked]:
    """The named Chinese firms or lenders, ranked by wordings and position.

    Args:
        scope: the lines of the project.
        kind: FIRM or LENDER.
        targets: the project's countries; a party named only beside another country is background.
        firms: for lenders, the project's firms: a lender named only beside others has paid for other works.
    """
    own = [line for firm in firms for line, _ in firm.mentions]
    with_firm = {id(line): line for line, firm in scope.of(MentionKind.FIRM) if firm.by != EntityKind.PUBLIC_BODY}
    of_others = {number for number, line in with_firm.items() if firms and line not in own}
    named = scope.of(kind)
    votes = []
    for line, mention in named if kind is MentionKind.FIRM else chain(named, funders(scope), _ministries(scope)):
        weight = scope.weight(line, FIELDS[kind]) * mention.weight
        if names_only_others(line, targets):
            weight *= scope.level("limits.party_other_country")
        if line.of(MentionKind.ROLE, MentionKind.STATUS, MentionKind.FLOW):
            weight *= scope.level("limits.party_near_cue")
        weight *= _kind_factor(scope, line, mention) * exclusion_factor(scope, line, mention)
        if id(line) in of_others:
            weight *= scope.level("limits.lenders_other_firm")
        votes.append((mention.key or mention.name or mention.text, (weight, line, mention)))
    return rank(votes, scope.level("limits.party_fade"))


def _ministries(scope: Scope) -> Iterator[tuple[Line, Mention]]:
    """Chinese ministries, embassies and the like as lenders, where a wording of giving or paying makes them so."""
    of_state = pattern(_OF_STATE, *(words(scope.rules, part) for part in ("ministries", "state_offices")))
    for line, mention in scope.of(MentionKind.FIRM):
        if mention.by == EntityKind.PUBLIC_BODY and of_state.search(mention.name) and gives(scope, line, mention):
            yield line, replace(mention, kind=MentionKind.LENDER, by=EntityKind.GOVERNMENT)


def counts_as_chinese(scope: Scope, line: Line, mention: Mention) -> bool:
    """Whether a firm or lender is Chinese: no co-financier, no part of another's name, no other country's Exim bank."""
    foreign = mention.by == EntityKind.COFINANCIER or is_foreign_party(line, mention)
    return not foreign and not _is_foreign_exim(scope, mention) and not is_namesake(scope, mention)


def _kind_factor(scope: Scope, line: Line, mention: Mention) -> float:
    """The factor for the kind of party: multilaterals are never Chinese lenders, a government only where it gives."""
    if not counts_as_chinese(scope, line, mention):
        return 0.0
    if is_owner(scope, line, mention):
        return scope.level("limits.firms_owner")
    if mention.by == EntityKind.GOVERNMENT:
        lends = any(
            cue.start - _LENDING_REACH <= mention.end and mention.start <= cue.end + _LENDING_REACH
            for cue in line.of(MentionKind.FLOW)
            if cue.key in (AmountKind.LOAN, AmountKind.CREDIT)
        )
        return 1.0 if lends or gives(scope, line, mention) else scope.level("limits.lenders_government")
    if mention.by == EntityKind.PUBLIC_BODY:
        governs = pattern(_AUTHORITY, words(scope.rules, "authorities")).search(mention.name)
        return scope.level("limits.firms_authority" if governs else "limits.firms_public_body")
    return 1.0


def _is_foreign_exim(scope: Scope, mention: Mention) -> bool:
    """Whether "Exim Bank" without China in its name belongs to another country, by the rest of the article.

    Its sentences or the title name a country with its own Exim bank, and its sentences not China; or another donor is
    such a bank.
    """
    exim, chinese = (pattern(_NAMED, words(scope.rules, part)) for part in ("exim", "china"))
    if mention.kind is not MentionKind.LENDER or not exim.search(mention.text) or chinese.search(mention.text):
        return False
    named = [line for line in scope.lines if any(m.text == mention.text for m in line.of(MentionKind.LENDER))]
    titles = [line for line in scope.lines if line.zone is Zone.TITLE]
    places = (m for line in (*named, *titles) for m in line.of(MentionKind.COUNTRY, MentionKind.PLACE))
    with_exim = pattern(words(scope.rules, "exim_countries"))
    names_china = any(m.by != "inside-name" for line in named for m in line.of(MentionKind.CHINA))
    if not names_china and any(place.key and with_exim.fullmatch(place.key) for place in places):
        return True
    donors = (cue.text for _, cue in scope.of(MentionKind.SIGNAL) if cue.key == "other-donor")
    funds = pattern(_NAMED, words(scope.rules, "exim_funds"))
    return any(exim.search(text) or funds.search(text) for text in donors)


def is_owner(scope: Scope, line: Line, mention: Mention) -> bool:
    """Whether a firm is only the owner of one at work: "a unit of CRRC", 中南传媒旗下."""
    owner_behind = pattern(words(scope.rules, "owner_behind"))
    return any(
        cue.key == "marks-owner"
        and (
            0 <= cue.start - mention.end <= 1
            if is_cjk(cue.text) and not owner_behind.fullmatch(cue.text)
            else 0 <= mention.start - cue.end <= _OWNER_REACH
        )
        for cue in line.of(MentionKind.SIGNAL)
    )


def is_cjk(text: str) -> bool:
    """Whether a text is in Chinese characters, which put the owner before the word for it."""
    return "\u3400" <= text[:1] <= "\u9fff"
