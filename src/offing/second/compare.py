"""Compare the two readings of one project: where they agree, and where each says something else."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from offing.model.projects.project import Amount, Firm, ProjectFacts, SizedBy
from offing.model.reading.evidence import Evidence, FieldName
from offing.model.review.second_reader import Claim, Comparison, Opinion, ReaderDifference
from offing.model.values.vocabulary import AmountKind, Mode
from offing.second.checks import close
from offing.second.name_matching import same_name, same_party

Same = Callable[[Any, Any], bool]

# The identity of a project: in these fields a value that only we have is a difference, too, if the other has any.
DECISIVE = (FieldName.COUNTRIES, FieldName.FIRMS, FieldName.LENDERS, FieldName.AMOUNTS)
_SINGLES = (FieldName.SECTOR, FieldName.STATUS, FieldName.MODE, FieldName.RECORD_TYPE)


def _same_sum(one: Amount, other: Amount) -> bool:
    kinds = {one.kind, other.kind} - {AmountKind.UNSPECIFIED}
    return one.currency == other.currency and close(one.value, other.value) and len(kinds) < 2  # noqa: PLR2004 -- one


def _same_firm(one: Firm, other: Firm) -> bool:
    return same_party(one, other) and one.role is other.role


def _same_size(one: SizedBy, other: SizedBy) -> bool:
    return close(one.value, other.value) and one.unit == other.unit


_LISTS: dict[FieldName, Same] = {
    FieldName.COUNTRIES: lambda one, other: bool(one == other),
    FieldName.FIRMS: _same_firm,
    FieldName.LENDERS: same_party,
    FieldName.AMOUNTS: _same_sum,
    FieldName.COUNTERPARTS: same_name,
    FieldName.CONCERNS: lambda one, other: bool(one.kind is other.kind),
    FieldName.QUANTITIES: _same_size,
    FieldName.PLACES: same_name,
}
# The value itself, whatever its role or kind.
_ITSELF: dict[FieldName, Same] = {
    FieldName.FIRMS: same_party,
    FieldName.AMOUNTS: lambda one, other: one.currency == other.currency and close(one.value, other.value),
}
FIELDS = (*_LISTS, *_SINGLES)


def _is(one: Any, other: Any) -> bool:
    return bool(one is other)


def compare(ours: ProjectFacts, theirs: Opinion) -> Comparison:
    """Compare the built-in reader's values with those of the second reader.

    What the second reader leaves out is no difference: it was asked for what is proved, and what it could not prove was
    dropped. Only where it names other countries, parties or sums does it contradict those that it does not name.

    Args:
        ours: the facts of a candidate.
        theirs: the second reader's opinion on the same project, checked.
    """
    agreed, compared, differences = [], [], []
    for field in FIELDS:
        own, other = values_of(ours, field), values_of(theirs.facts, field)
        difference = _difference(field, own, other, theirs.evidence)
        if own and other:
            compared.append(field)
        if difference:
            differences.append(difference)
        elif own and other:
            agreed.append(field)
    return Comparison(tuple(agreed), tuple(compared), tuple(differences))


def has(field: FieldName, values: Sequence[Any], value: Any) -> bool:
    """Whether some values of a field include one, whatever its role or kind there."""
    same = _ITSELF.get(field) or _LISTS.get(field, _is)
    return any(same(each, value) for each in values)


def values_of(facts: ProjectFacts, field: FieldName) -> tuple[Any, ...]:
    """The values of a field; none where it is explicitly unspecified."""
    value = getattr(facts, field.value)
    if field in _SINGLES:
        return () if value is None or value is Mode.UNSPECIFIED else (value,)
    return tuple(value)


def _difference(
    field: FieldName, ours: Sequence[Any], theirs: Sequence[Any], proofs: Sequence[Evidence]
) -> ReaderDifference | None:
    same = _LISTS.get(field, _is)
    more = [each for each in theirs if not any(same(own, each) for own in ours)]
    speaks = field in _SINGLES or field in DECISIVE
    less = [each for each in ours if speaks and theirs and not any(same(each, other) for other in theirs)]
    if not more and not less:
        return None
    claims = (Claim(typed(each), proof) for each in more if (proof := proof_of(field, each, proofs)))
    return ReaderDifference(field, tuple(typed(each) for each in less), tuple(claims))


def proof_of(field: FieldName, value: Any, proofs: Sequence[Evidence]) -> Evidence | None:
    """The quote of a value in an opinion's evidence."""
    wanted = _proved(value)
    return next((proof for proof in proofs if proof.field is field and proof.value == wanted), None)


def _proved(value: Any) -> str:
    """A value in the form used in evidence."""
    match value:
        case Amount():
            return value.written.removesuffix(f" {value.kind}")
        case SizedBy():
            return value.written
        case str():
            return value
        case _:
            return str(value.name if hasattr(value, "name") else value.kind)


def typed(value: Any) -> str:
    """A value as a person would type it."""
    match value:
        case Firm():
            return f"{value.name}:{value.role}"
        case Amount() | SizedBy():
            return value.written
        case _:
            return _proved(value)
