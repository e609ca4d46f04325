"""A known project beside a candidate: what agrees, what is new, what differs, field by field. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from offing.model.pairs.matching import Relation
from offing.model.pairs.pairing import RefKind
from offing.model.projects.project import ProjectFacts
from offing.model.reading.evidence import FieldName
from offing.review import headline
from offing.services.review.possible_updates import MOST_NEAR, KnownBeside
from offing.web.presentation.field_values import ValueView, values_of
from offing.web.presentation.fields import label

SAID = {
    Relation.SAME: "the same project",
    Relation.LINKED: "another phase or part of it",
    Relation.NEW: "another project",
}
_LONGEST = 600  # characters of another base's description


@dataclass(frozen=True, slots=True)
class KnownDifference:
    """A field of both: the known value, the candidate's value, and how they relate: same, new, differs, known."""

    label: str
    known: tuple[str, ...]
    said: tuple[str, ...]
    state: str


@dataclass(frozen=True, slots=True)
class KnownView:
    """A known project as the page of a candidate shows it. `address` is empty if it has no page here."""

    ref: str
    name: str
    line: str
    title: str
    relation: str
    score: float
    reasons: tuple[str, ...]
    settled: bool
    address: str
    text: str
    differences: tuple[KnownDifference, ...]


@dataclass(frozen=True, slots=True)
class Offer:
    """A known project in the picker, with the verdict of matching in words and its score."""

    ref: str
    name: str
    line: str
    relation: str
    score: float


def known_views(facts: ProjectFacts, found: Iterable[KnownBeside], day: date | None) -> tuple[KnownView, ...]:
    """The known projects that a candidate may refer to."""
    return tuple(
        KnownView(
            ref=str(each.ref),
            name=each.ref.key,
            line=headline(each.facts) or each.title,
            title=each.title,
            relation=SAID[each.relation],
            score=each.score,
            reasons=each.reasons,
            settled=each.settled,
            address=_address(each),
            text=each.text[:_LONGEST],
            differences=differences(each.facts, facts, day),
        )
        for each in found
    )


def offered_first(
    settled: Sequence[KnownBeside], near: Sequence[KnownBeside], most: int = MOST_NEAR
) -> tuple[Offer, ...]:
    """What the picker offers by itself: what the page shows beside the candidate, then the nearest of the rest."""
    by_ref = {each.ref: each for each in near} | {each.ref: each for each in settled}
    found = {each.ref: by_ref[each.ref] for each in (*settled, *near)}
    return tuple(map(_offer, list(found.values())[:most]))


def _offer(each: KnownBeside) -> Offer:
    return Offer(str(each.ref), each.ref.key, headline(each.facts) or each.title, SAID[each.relation], each.score)


def differences(known: ProjectFacts, ours: ProjectFacts, day: date | None) -> tuple[KnownDifference, ...]:
    """The fields that either of two records fills, in the order of `FieldName`."""
    before, after = values_of(known, None), values_of(ours, day)
    rows = (_difference(name, before[name], after[name]) for name in FieldName)
    return tuple(row for row in rows if row.known or row.said)


def _difference(name: FieldName, known: tuple[ValueView, ...], mine: tuple[ValueView, ...]) -> KnownDifference:
    ours, theirs = tuple(each.text for each in mine), tuple(each.text for each in known)
    old, new = {each.casefold() for each in theirs}, {each.casefold() for each in ours}
    if not new:
        state = "known"
    elif not old:
        state = "new"
    else:
        state = "same" if new <= old else "differs"
    return KnownDifference(label(name), theirs, ours, state)


def _address(found: KnownBeside) -> str:
    kinds = {RefKind.PROJECT: "/projects/", RefKind.CANDIDATE: "/candidate/"}
    return f"{kinds[found.ref.kind]}{found.ref.key}" if found.ref.kind in kinds else ""
