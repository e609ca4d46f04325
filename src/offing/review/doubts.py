"""Where a value and its quote disagree: the values that the quote states instead. Pure.

A hint for the reviewer, not a verdict: a value may rest on more than the words that recognition knows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from offing.model.projects.project import Amount, Firm, Lender, ProjectFacts
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
        said = [m for proof in own for m in _inside(proof, mentions.get(proof.article_id, ())) if m.kind in kinds]
        unsaid = (v for v in _values(field, facts) if own and not any(_is_stated(v, m, parents or {}) for m in said))
        found.extend(_doubt(field, value, own[0], said) for value in unsaid)
    return tuple(found)


def _doubt(field: FieldName, value: _Value, proof: Evidence, said: Iterable[Mention]) -> Doubt:
    instead = {_shown(mention): _typed(mention, value.role) for mention in said}
    return Doubt(field, value.shown, tuple(instead), value.typed, tuple(instead.values()), proof)


def _is_stated(value: _Value, mention: Mention, parents: Mapping[str, str]) -> bool:
    said = _stated_keys(mention)
    if said & value.keys:
        return True
    if mention.kind not in {MentionKind.FIRM, MentionKind.LENDER}:
        return False
    if any(_within(one, other) or _within(other, one) for one in said for other in value.keys):
        return True  # "Huawei" and "Huawei Digital Power"
    return bool(_owners(said, parents) & value.keys or _owners(value.keys, parents) & said)


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


def _inside(proof: Evidence, mentions: tuple[Mention, ...]) -> Iterable[Mention]:
    return (each for each in mentions if each.start < proof.end and each.end > proof.start)


def _values(field: FieldName, facts: ProjectFacts) -> Iterable[_Value]:
    match field:
        case FieldName.COUNTRIES:
            return [_Value(_keys(code), country_name(code), code) for code in facts.countries]
        case FieldName.FIRMS:
            return [_party(each, f":{each.role}") for each in facts.firms]
        case FieldName.LENDERS:
            return [_party(each) for each in facts.lenders]
        case FieldName.AMOUNTS:
            return [_sum(each) for each in facts.amounts]
        case FieldName.STATUS | FieldName.SECTOR:
            value = facts.status if field is FieldName.STATUS else facts.sector
            return [_Value(frozenset({str(value)}), value.replace("-", " "), value)] if value else []
        case _:
            return [_Value(frozenset({plain(each.value)}), each.written, each.written) for each in facts.quantities]


def _party(party: Firm | Lender, role: str = "") -> _Value:
    return _Value(_keys(party.id, party.name, party.as_written), party.name, party.name + role, role)


def _sum(amount: Amount) -> _Value:
    said = f"{plain(amount.value)} {amount.currency}"
    return _Value(frozenset({said}), said, amount.written, amount.written.removeprefix(said))


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
            said = f"{plain(value)} {currency}"
        case Quantity(value, unit):
            said = f"{plain(value)} {unit}"
        case _:
            named = mention.kind in {MentionKind.FIRM, MentionKind.LENDER}
            said = (mention.name or mention.text) if named else mention.key or ""
    if mention.kind is MentionKind.CHINA:
        said = _CHINA
    return "" if not said or {";", ":"} & set(said) else said + role


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
