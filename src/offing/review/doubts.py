"""Where a value and its quote do not agree: what the words of the quote say instead. Pure.

A check for the reader, not a verdict: a value may rest on more than the words that recognition knows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from offing.model.evidence import Evidence, FieldName
from offing.model.mention import Mention, MentionKind, Money, Quantity
from offing.model.project import ProjectFacts
from offing.review.countries import country_name
from offing.review.written import plain

_KINDS = {
    FieldName.COUNTRIES: frozenset({MentionKind.COUNTRY, MentionKind.PLACE}),
    FieldName.FIRMS: frozenset({MentionKind.FIRM}),
    FieldName.LENDERS: frozenset({MentionKind.LENDER, MentionKind.FIRM, MentionKind.CHINA}),
    FieldName.AMOUNTS: frozenset({MentionKind.MONEY}),
    FieldName.QUANTITIES: frozenset({MentionKind.QUANTITY}),
    FieldName.STATUS: frozenset({MentionKind.STATUS}),
    FieldName.SECTOR: frozenset({MentionKind.SECTOR}),
}
_STATE = "government of china"  # "Chinese money" is its, where no bank is named


@dataclass(frozen=True, slots=True)
class Doubt:
    """A value (as the evidence has it) and what its quotes hold of that kind; empty where they hold nothing."""

    field: FieldName
    value: str
    instead: tuple[str, ...]


def doubts(
    facts: ProjectFacts, evidence: Iterable[Evidence], mentions: Mapping[int, tuple[Mention, ...]]
) -> tuple[Doubt, ...]:
    """The values of which no quote says the same, by the words that recognition knows in them.

    Args:
        facts: the values.
        evidence: the quotes, those that a person gave too.
        mentions: what was recognised, by article.
    """
    proofs = tuple(evidence)
    found: list[Doubt] = []
    for field, kinds in _KINDS.items():
        own = [proof for proof in proofs if proof.field is field]
        said = [m for proof in own for m in _inside(proof, mentions.get(proof.article_id, ())) if m.kind in kinds]
        for keys, shown in _values(field, facts):
            if own and not any(_says(mention) & keys for mention in said):
                found.append(Doubt(field, shown, tuple(dict.fromkeys(map(_told, said)))))
    return tuple(found)


def _inside(proof: Evidence, mentions: tuple[Mention, ...]) -> Iterable[Mention]:
    return (each for each in mentions if each.start < proof.end and each.end > proof.start)


def _values(field: FieldName, facts: ProjectFacts) -> Iterable[tuple[frozenset[str], str]]:
    """Each value of a field: by what a mention may say it, and as it is shown."""
    match field:
        case FieldName.COUNTRIES:
            return [(frozenset({code}), country_name(code)) for code in facts.countries]
        case FieldName.FIRMS:
            return [(_keys(each.id, each.name, each.as_written), each.name) for each in facts.firms]
        case FieldName.LENDERS:
            return [(_keys(each.id, each.name, each.as_written), each.name) for each in facts.lenders]
        case FieldName.AMOUNTS:
            sums = [f"{plain(each.value)} {each.currency}" for each in facts.amounts]
            return [(frozenset({said}), said) for said in sums]
        case FieldName.STATUS | FieldName.SECTOR:
            value = facts.status if field is FieldName.STATUS else facts.sector
            return [(frozenset({str(value)}), value.replace("-", " "))] if value else []
        case _:
            return [(frozenset({plain(each.value)}), f"{plain(each.value)} {each.unit}") for each in facts.quantities]


def _keys(*names: str | None) -> frozenset[str]:
    return frozenset(name.casefold() for name in names if name)


def _says(mention: Mention) -> frozenset[str]:
    if mention.kind is MentionKind.CHINA:
        return frozenset({_STATE})
    match mention.value:
        case Money(value, currency):
            return frozenset({f"{plain(value)} {currency}"})
        case Quantity(value):
            return frozenset({plain(value)})
        case _:
            names = _keys(mention.key, mention.name, mention.text)
            return names | ({mention.key} if mention.key else frozenset())


def _told(mention: Mention) -> str:
    match mention.value:
        case Money(value, currency):
            return f"{currency} {value:,f}"
        case Quantity(value, unit):
            return f"{plain(value)} {unit}"
        case _:
            if mention.key and mention.kind in {MentionKind.COUNTRY, MentionKind.PLACE}:
                return country_name(mention.key)
            return mention.name or (mention.key or mention.text).replace("-", " ")
