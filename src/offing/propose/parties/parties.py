"""Which Chinese firms and lenders belong to a project."""

from __future__ import annotations

from collections.abc import Sequence

from offing.model.reading.mention import LOCAL_UNIT, MentionKind
from offing.propose.encoder.encoded import EncodedPart
from offing.propose.parties.funders import GOVERNMENT
from offing.propose.parties.party_classifier import likely_firms, likely_parties
from offing.propose.parties.party_ranking import FIELDS, LOST, is_cjk, is_owner, rank_parties
from offing.propose.reading.exclusion import exclusion_factor
from offing.propose.reading.grammar import are_joined, pattern, words
from offing.propose.reading.layout import Zone
from offing.propose.reading.ranking import Ranked
from offing.propose.reading.scope import Scope

_BACKGROUND = frozenset({"elsewhere", "separate"})
_PAST = frozenset({"history", "old-date"})
_NOBODY = "names-nobody"
_HEAD = frozenset({Zone.TITLE, Zone.LEAD})
_SIDE_BY_SIDE = r"\W*(?:%s|%s|、|–|-)?\W*"
_WEAKEST = 0.1  # minimum score of the likeliest party where all are weak
_LEGAL = r"(?i:\b(?:%s)\b\.?|%s)"
_SHORTEST = 4  # minimum letters of a name without its legal form


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
    if kind is MentionKind.FIRM:
        return _of_now(scope, chosen)
    # The government pays through a listed bank or agency, where one is named.
    listed = any(party.key != GOVERNMENT and party.first.key for party in chosen)
    return [party for party in chosen if not (listed and party.key == GOVERNMENT)]


def _by_wordings(scope: Scope, kind: MentionKind, ranked: Sequence[Ranked]) -> list[Ranked]:
    """The parties that are likely by wordings alone, else the strongest one, unless it is only named as background."""
    strongest = ranked[0]
    if kind is MentionKind.FIRM:
        likely, background = list(likely_firms(scope, ranked)), LOST
    else:
        share = scope.level("limits.lenders_worded_share") * strongest.score
        least = max(scope.level("limits.lenders_worded_least"), share)
        likely = [party for party in ranked if party.score >= least]
        background = LOST | _PAST  # an earlier loan is not this project's
    if likely:
        return likely
    in_front = any(not line.marks & background for line, _ in strongest.mentions)
    return [strongest] if in_front and strongest.score >= _WEAKEST else []


def _without_parents(chosen: list[Ranked]) -> list[Ranked]:
    """The parties, less firms whose unit is also named, and less short forms of unlisted names.

    "Huawei" is short for "Huawei Digital Power" there, "Feiying" for "Hangzhou Feiying Medical". A local subsidiary
    takes part beside its parent.
    """
    units = [_name(party) for party in chosen if party.first.by != LOCAL_UNIT]
    found = []
    for party in chosen:
        name = _name(party)
        others = [other for other in units if other != name]
        texts = {name, *(mention.text.casefold() for _, mention in party.mentions)}
        has_unit = any(_is_unit_of(other, text) for other in others for text in texts)
        is_short = party.first.key is None and any(_is_short_for(name, other) for other in others)
        if not has_unit and not is_short:
            found.append(party)
    return found


def _of_now(scope: Scope, chosen: list[Ranked]) -> list[Ranked]:
    """The firms, less those of earlier works, where title or lead say that the firm at work is undisclosed."""
    if not any(cue.key == _NOBODY and line.zone in _HEAD for line, cue in scope.of(MentionKind.SIGNAL)):
        return chosen
    early = _PAST | _BACKGROUND
    return [party for party in chosen if any(not line.marks & early for line, _ in party.mentions)]


def _without_owners(scope: Scope, chosen: list[Ranked]) -> list[Ranked]:
    """The parties, less those named only as the owner of another: "X, a unit of Y"."""
    own = [party for party in chosen if not all(is_owner(scope, line, mention) for line, mention in party.mentions)]
    lines = [line for party in own for line, _ in party.mentions]
    return [party for party in chosen if party in own or not any(line in lines for line, _ in party.mentions)]


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
    legal = pattern(_LEGAL, *(words(scope.rules, "legal_forms", language) for language in ("", "zh")))
    names = (legal.sub("", _name(party)) for party in chosen)
    named = [(party, "".join(filter(str.isalnum, name))) for party, name in zip(chosen, names, strict=True)]
    listed = [letters for party, letters in named if party.first.key]

    def is_variant(name: str) -> bool:
        return len(name) >= _SHORTEST and any(one.startswith(name) or name.startswith(one) for one in listed)

    return [party for party, letters in named if party.first.key or not is_variant(letters)]


def _name(party: Ranked) -> str:
    mention = party.first
    return (mention.name or mention.text).casefold()


def _stands_beside(scope: Scope, party: Ranked, chosen: Sequence[Ranked]) -> bool:
    """Whether a party is named side by side with a chosen one: "Huawei and CITCC"."""
    joint = pattern(_SIDE_BY_SIDE, words(scope.rules, "listing"), words(scope.rules, "together"))
    others = [pair for other in chosen for pair in other.mentions]
    for line, mention in party.mentions:
        if line.marks & _BACKGROUND or exclusion_factor(scope, line, mention) < 1:
            continue
        if any(line is place and are_joined(scope.article.text, mention, other, joint) for place, other in others):
            return True
    return False
