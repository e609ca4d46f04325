"""A firm's role in a project: by the wordings that govern it in its clause, else by what is usual.

"built by X" governs the firm after it, "X will supply" the one before; wordings of another firm's clause count little.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Mapping
from itertools import pairwise

from offing.model.reading.mention import Mention, MentionKind
from offing.model.reading.rules import EntityKind, ScoringRules
from offing.model.values.vocabulary import Mode, RecordType, Role, Sector
from offing.propose.parties import goods
from offing.propose.reading.grammar import pattern, words
from offing.propose.reading.ranking import Ranked
from offing.propose.reading.scope import Line, Scope

_PRIOR = 0.7  # weight of the usual role beside wordings
_GOODS_BESIDE, _GOODS_ON_TOP = 0.8, 0.3
_TOP = re.compile(r"\s*[^\n]*\s*[^\n]{0,400}")  # the title and the beginning of the lead
_REACH = 55.0  # characters over which a wording's influence decays to 1/e
_WRONG_SIDE = 0.2
_MAKES = 0.5  # vote for a supplier from a firm that makes equipment
_OTHER_CLAUSE = 0.35
_OTHER_FIRM = 0.3
_MOST_WEIGHT = 1.5  # cap on the weight of a mention: a title says no more of roles than a lead
_BODY = "public_body"
_BODY_PARTNERS = 2.5  # vote for a partner from a public body, a university or a hospital
_NAMED = "(?i:%s)"
# Votes for a role from the trade in a firm's name (`wording/firm-roles/`).
_BY_TRADE: Mapping[Role, float] = {
    Role.CONSULTANT: 1.8,
    Role.CONTRACTOR: 0.9,
    Role.SUPPLIER: 0.7,
    Role.INVESTOR: 0.4,
    Role.OPERATOR: 0.4,
}
# A wording that ends like this, or is a Russian participle, precedes its agent.
_PASSIVE = r"(?: (?:%s))$|(?:%s)\w*$"
_CLAUSE = r"[;:؛；。]|(?:, |，)(?:%s)|(?<!\d)،"
_LIST = r"^[\s,、،»”\"«“()A-ZА-Я]*(?:%s|,|、)?[\s«“\"]*$"

_BY_SECTOR: Mapping[str, Mapping[str, float]] = {
    Sector.DATA_CENTRE_CLOUD: {Role.CONTRACTOR: 0.8, Role.INVESTOR: 0.2, Role.SUPPLIER: 0.3},
    Sector.PUBLIC_SECURITY: {Role.CONTRACTOR: 0.6, Role.SUPPLIER: 0.5},
    Sector.E_GOVERNMENT: {Role.CONTRACTOR: 0.7, Role.SUPPLIER: 0.4},
    Sector.SMART_CITY: {Role.CONTRACTOR: 0.7, Role.PARTNER: 0.2, Role.SUPPLIER: 0.2},
    Sector.TRANSPORT: {Role.CONTRACTOR: 1.0},
    Sector.DIGITAL_FINANCE: {Role.SUPPLIER: 0.9},
    Sector.TELECOM: {Role.CONTRACTOR: 0.6, Role.SUPPLIER: 0.6},
    Sector.REMOTE_SENSING: {Role.PARTNER: 0.7, Role.CONTRACTOR: 0.4},
    Sector.DIGITAL_EDUCATION: {Role.PARTNER: 0.6, Role.SUPPLIER: 0.5},
    Sector.DIGITAL_HEALTH: {Role.SUPPLIER: 0.9},
    Sector.ENERGY: {Role.CONTRACTOR: 0.9, Role.INVESTOR: 0.2, Role.SUPPLIER: 0.2},
    Sector.BUILDINGS: {Role.CONTRACTOR: 1.0},
    Sector.AGRICULTURE: {Role.INVESTOR: 0.4, Role.SUPPLIER: 0.3, Role.PARTNER: 0.3},
    Sector.DIGITAL_IDENTITY: {Role.SUPPLIER: 0.9, Role.CONTRACTOR: 0.2},
    Sector.WATER: {Role.CONTRACTOR: 0.8, Role.SUPPLIER: 0.3},
    Sector.INDUSTRY_MINING: {Role.INVESTOR: 0.8, Role.CONTRACTOR: 0.4},
    Sector.OTHER: {Role.PARTNER: 0.4, Role.CONTRACTOR: 0.4},
}
_BY_MODE: Mapping[str, Mapping[str, float]] = {
    Mode.SALE: {Role.SUPPLIER: 1.4},
    Mode.LICENCE: {Role.SUPPLIER: 0.8, Role.PARTNER: 0.3},
    Mode.DONATION: {Role.SUPPLIER: 0.6},
    Mode.INVESTMENT: {Role.INVESTOR: 2.2},
    Mode.TRAINING: {Role.PARTNER: 1.2},
    Mode.RESEARCH_COOPERATION: {Role.PARTNER: 1.4},
    Mode.LOAN: {Role.CONTRACTOR: 0.5},
    Mode.CONTRACT: {Role.CONTRACTOR: 0.3, Role.SUPPLIER: 0.2},
    Mode.GRANT: {Role.CONTRACTOR: 0.2, Role.SUPPLIER: 0.2},
}
_BY_TYPE: Mapping[str, Mapping[str, float]] = {
    RecordType.FRAMEWORK_AGREEMENT: {Role.PARTNER: 0.5},
    RecordType.TRAINING_COOPERATION: {Role.PARTNER: 1.0},
}


def usual_roles(sector: str | None, mode: str | None, record_type: RecordType) -> dict[str, float]:
    """How usual each role is for a sector, a mode and a record type.

    The weights follow the shares of roles in annotated articles of each sector and mode, rounded by hand.
    """
    found: dict[str, float] = {Role.CONTRACTOR: 0.7, Role.SUPPLIER: 0.4}
    for usual in (_BY_SECTOR.get(sector or ""), _BY_MODE.get(mode or ""), _BY_TYPE.get(record_type)):
        for role, weight in (usual or {}).items():
            found[role] = found.get(role, 0.0) + weight
    return found


def role_scores(party: Ranked, usual: Mapping[str, float], scope: Scope) -> dict[str, float]:
    """The score of each role of a firm, by wordings, its name, its goods, and what is usual.

    Args:
        party: the firm with its mentions.
        usual: how usual each role is without wordings.
        scope: the project's part of the article, with the rules.
    """
    text, rules, first = scope.article.text, scope.rules, party.first
    scores = defaultdict(float, {role: weight * _PRIOR for role, weight in usual.items()})
    for weight, line, mention in party.votes:
        for cue in line.of(MentionKind.ROLE):
            scores[cue.key or ""] += min(weight, _MOST_WEIGHT) * cue.weight * governs(scope, line, mention, cue)
    name = first.name or first.text
    for role, weight in _BY_TRADE.items():
        if _matches(name, role, rules):
            scores[role] += weight
    if first.by == EntityKind.MAKER:
        scores[Role.SUPPLIER] += _MAKES
    # A university, a hospital or the like; design institutes are firms.
    is_body = _matches(name, _BODY, rules) and not _matches(name, Role.CONSULTANT, rules)
    if is_body or first.by in (EntityKind.PUBLIC_BODY, "institution"):
        scores[Role.PARTNER] += _BODY_PARTNERS
    beside = any(goods.before(text, firm, rules) or goods.behind(text, firm, rules) for _, firm in party.mentions)
    on_top = goods.are_named(_TOP.match(text)[0], rules)  # type: ignore[index]  # it matches an empty text too
    scores[Role.SUPPLIER] += _GOODS_BESIDE * beside + _GOODS_ON_TOP * on_top
    return scores


def _matches(name: str, part: str, rules: ScoringRules) -> bool:
    return part in rules.names and pattern(_NAMED, rules.names[part]).search(name) is not None


def governs(scope: Scope, line: Line, firm: Mention, cue: Mention) -> float:
    """How surely a wording refers to a firm: near, on the right side, in the same clause, no other firm between."""
    behind = cue.start >= firm.end  # the wording follows the firm
    first, last = (firm.end, cue.start) if behind else (cue.end, firm.start)
    if last < first:
        return 0.0
    between, rules = scope.article.text[first:last], scope.rules
    sure = math.exp(-(last - first) / _REACH)
    passive = pattern(_PASSIVE, words(rules, "doer_behind"), words(rules, "passive_stems"))
    if behind and passive.search(cue.text.lower()):
        sure *= _WRONG_SIDE
    if pattern(_CLAUSE, words(rules, "contrasts")).search(between):
        sure *= _OTHER_CLAUSE
    others = [m for m in line.of(MentionKind.FIRM) if first <= m.start and m.end <= last and m.key != firm.key]
    chain = sorted([firm, *others], key=lambda m: m.start)
    joint = pattern(_LIST, words(rules, "listing"))
    listed = (joint.match(scope.article.text[a.end : b.start]) for a, b in pairwise(chain) if a.end <= b.start)
    if others and not all(listed):  # firms in one list share a wording: "by Dahua and Hikvision"
        sure *= _OTHER_FIRM
    return sure
