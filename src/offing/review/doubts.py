"""Where a value and its quote disagree: the values that the quote states instead. Pure.

A hint for the reviewer, not a verdict: a value may rest on more than the words that recognition knows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from offing.model.projects.project import Firm, Lender, ProjectFacts
from offing.model.reading.evidence import Evidence, FieldName
from offing.model.reading.mention import Mention, MentionKind, Money, Quantity
from offing.review.countries import country_name
from offing.review.form_values import plain

_KINDS = {
    FieldName.COUNTRIES: frozenset({MentionKind.COUNTRY, MentionKind.PLACE}),
    FieldName.FIRMS: frozenset({MentionKind.FIRM}),
    FieldName.LENDERS: frozenset({MentionKind.LENDER, MentionKind.FIRM, MentionKind.CHINA}),
    FieldName.AMOUNTS: frozenset({MentionKind.MONEY}),
    FieldName.QUANTITIES: frozenset({MentionKind.QUANTITY}),
    FieldName.STATUS: frozenset({MentionKind.STATUS}),
    FieldName.SECTOR: frozenset({MentionKind.SECTOR}),
}
_CHINA = "Government of China"
_STATE = _CHINA.casefold()  # "Chinese money" belongs to it where no bank is named


@dataclass(frozen=True, slots=True)
class Doubt:
    """A value (as in the evidence) and the values of its kind in its quotes; empty where there are none.

    `part` is the value as a form shows it, `typed` the replacement text for each of `instead`: with the same role or
    kind, "" where it cannot be typed. `proof` is the quote.
    """

    field: FieldName
    value: str
    instead: tuple[str, ...]
    part: str = ""
    typed: tuple[str, ...] = ()
    proof: Evidence | None = None


@dataclass(frozen=True, slots=True)
class _Value:
    """A value of a field: the keys by which mentions match it, how it is shown and typed, and its role suffix."""

    keys: frozenset[str]
    shown: str
    typed: str
    role: str = ""


def doubts(
    facts: ProjectFacts,
    evidence: Iterable[Evidence],
    mentions: Mapping[int, tuple[Mention, ...]],
    parents: Mapping[str, str] | None = None,
) -> tuple[Doubt, ...]:
    """Return the values that no quote states, judged by the words that recognition knows.

    Args:
        facts: the values.
        evidence: the quotes, including those that a person gave.
        mentions: recognition's mentions by article.
        parents: the owner of each firm or lender that has one, by id; members of one family match each other.
    """
    proofs = [proof for proof in evidence if mentions.get(proof.article_id)]  # else there is nothing to check against
    found: list[Doubt] = []
    for field, kinds in _KINDS.items():
        own = [proof for proof in proofs if proof.field is field]
        stated = [
            mention
            for proof in own
            for mention in mentions.get(proof.article_id, ())
            if mention.start < proof.end and mention.end > proof.start and mention.kind in kinds
        ]
        for value in _values(field, facts) if own else ():
            if not any(_is_stated(value, mention, parents or {}) for mention in stated):
                instead = {_shown(mention): _typed(mention, value.role) for mention in stated}
                typed = tuple(instead.values())
                found.append(Doubt(field, value.shown, tuple(instead), value.typed, typed, own[0]))
    return tuple(found)


def _is_stated(value: _Value, mention: Mention, parents: Mapping[str, str]) -> bool:
    stated = _stated_keys(mention)
    if stated & value.keys:
        return True
    if mention.kind not in {MentionKind.FIRM, MentionKind.LENDER}:
        return False
    if any(_within(one, other) or _within(other, one) for one in stated for other in value.keys):
        return True  # "Huawei" and "Huawei Digital Power"
    return bool(_owners(stated, parents) & value.keys or _owners(value.keys, parents) & stated)


def _within(name: str, longer: str) -> bool:
    """Return whether a name is part of another, as whole words where words are separated."""
    return f" {name} " in f" {longer} " or (not name.isascii() and name in longer)


def _owners(ids: frozenset[str], parents: Mapping[str, str]) -> set[str]:
    found: set[str] = set()
    left = [parents[each] for each in ids if each in parents]
    while left:
        owner = left.pop()
        if owner not in found:
            found.add(owner)
            left += [parents[owner]] if owner in parents else []
    return found


def _values(field: FieldName, facts: ProjectFacts) -> Iterable[_Value]:
    match field:
        case FieldName.COUNTRIES:
            return [_Value(_keys(code), country_name(code), code) for code in facts.countries]
        case FieldName.FIRMS:
            return [_party(each, f":{each.role}") for each in facts.firms]
        case FieldName.LENDERS:
            return [_party(each) for each in facts.lenders]
        case FieldName.AMOUNTS:
            sums = [(f"{plain(each.value)} {each.currency}", each.written) for each in facts.amounts]
            return [_Value(frozenset({bare}), bare, full, full.removeprefix(bare)) for bare, full in sums]
        case FieldName.STATUS | FieldName.SECTOR:
            value = facts.status if field is FieldName.STATUS else facts.sector
            return [_Value(frozenset({str(value)}), value.replace("-", " "), value)] if value else []
        case _:
            return [_Value(frozenset({plain(each.value)}), each.written, each.written) for each in facts.quantities]


def _party(party: Firm | Lender, role: str = "") -> _Value:
    return _Value(_keys(party.id, party.name, party.as_written), party.name, party.name + role, role)


def _keys(*names: str | None) -> frozenset[str]:
    return frozenset(name.casefold() for name in names if name)


def _stated_keys(mention: Mention) -> frozenset[str]:
    if mention.kind is MentionKind.CHINA:
        return frozenset({_STATE})
    match mention.value:
        case Money(value, currency):
            return frozenset({f"{plain(value)} {currency}"})
        case Quantity(value):
            return frozenset({plain(value)})
        case _:
            return _keys(mention.key, mention.name, mention.text)


def _typed(mention: Mention, role: str) -> str:
    """Return the form text for a mention, with a role or kind; "" where it cannot be typed."""
    match mention.value:
        case Money(value, currency):
            text = f"{plain(value)} {currency}"
        case Quantity(value, unit):
            text = f"{plain(value)} {unit}"
        case _:
            named = mention.kind in {MentionKind.FIRM, MentionKind.LENDER}
            text = (mention.name or mention.text) if named else mention.key or ""
    if mention.kind is MentionKind.CHINA:
        text = _CHINA
    return "" if not text or {";", ":"} & set(text) else text + role


def _shown(mention: Mention) -> str:
    if mention.kind is MentionKind.CHINA:
        return _CHINA
    match mention.value:
        case Money(value, currency):
            return f"{currency} {value:,f}"
        case Quantity(value, unit):
            return f"{plain(value)} {unit}"
        case _:
            if mention.key and mention.kind in {MentionKind.COUNTRY, MentionKind.PLACE}:
                return country_name(mention.key)
            return mention.name or (mention.key or mention.text).replace("-", " ")
