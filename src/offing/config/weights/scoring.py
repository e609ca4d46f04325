"""Loads `scoring.toml`: the weights of the reasons, the zones of a text, markers and limits."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Annotated, Any

from pydantic import Field

from offing.config.files.by_language import read_kind
from offing.config.files.documents import Strict, hold_to_names, read_merged
from offing.config.files.layers import Layers
from offing.config.files.wording_shapes import FirmRoles
from offing.config.weights.context import FILE as CONTEXT_FILE
from offing.config.weights.context import load_context
from offing.config.weights.meaning import FILE as MEANING_FILE
from offing.config.weights.meaning import load_meaning
from offing.config.weights.tuned import FILE as TUNED_FILE
from offing.config.weights.tuned import load_tuned
from offing.config.wordings.sentences import load_grammar
from offing.errors import ConfigError
from offing.model.reading.feature_names import FEATURE_NAMES
from offing.model.reading.rules import ScoringRules
from offing.model.values.vocabulary import Concern, Sector

FILE = "scoring.toml"
_ROLES = "firm-roles"
_WORD_FILES = (f"wording/{_ROLES}/*.toml", "wording/sentence-grammar/*.toml", "wording/*.toml")
SIGNS_FILE = "models/relevance.toml"
SCREEN_FILE = "models/screen.toml"
# Reasons that the stage observes itself; every other reason is a signal of config/wording/signal/.
OBSERVED = (
    "names-known-project",
    "like-known-project",
    *("party-in-title", "party-in-lead", "party-in-body", "party-in-tail", "party-unlisted"),
    *("no-named-party", "lender", "others-lead", "china-gives", "beside-a-project"),
    "independent-sources",
    *("china-in-lead", "target-in-title", "target-in-lead", "target-in-body", "no-target", "set-in-china"),
    *("chinese-lost", "foreign-party", "first-person", "asking-title", "case-list", "nationality-only"),
    *("core-sentence", "status-told", "sector-told", "amount", "counterpart", "quantity"),
    *("takes-part", "other-works", "done-all-the-same"),
    *("summary-only", "learned-signs", "shut-out", "echoes-title", "meeting-only", "unopposed", "meant"),
    *("deed", "no-deed", "roundup", "set-in-taiwan", "taiwan", "title-denies"),
    *("second-reader-agrees", "second-reader-none"),  # observed by offing.second, if a site has one
)

Share = Annotated[float, Field(ge=0, le=1)]
Factor = Annotated[float, Field(ge=0, le=100)]
LogOdds = Annotated[float, Field(ge=-20, le=20)]


class _Score(Strict):
    cut: Annotated[float, Field(gt=0, lt=1)]
    bias: LogOdds


class _Reason(Strict):
    weight: LogOdds
    text: Annotated[str, Field(min_length=1, max_length=300)]


class _Zones(Strict):
    title: Factor
    lead: Factor
    second: Factor
    body: Factor
    tail: Factor


class _SignalZones(Strict):
    title: Share
    lead: Share
    second: Share
    body: Share
    tail: Share


class _Limits(Strict):
    meant_against: Share
    meant_unnamed: Share
    border_least: Share
    border_within_least: Share
    country_fade: Share
    party_fade: Share
    status_fade: Share
    sector_fade: Share
    cue_fade: Share
    repeat_factor: Share
    sector_sharpness: Factor
    record_type_sharpness: Factor
    country_least: Factor
    country_share: Share
    country_near_party: Factor
    country_near_project: Factor
    country_of_outlet: Factor
    country_local: Factor
    place_weight: Factor
    firms_least: Share
    firms_worded_least: Factor
    firms_authority: Share
    firms_owner: Share
    firms_public_body: Share
    lenders_least: Share
    lenders_worded_least: Factor
    lenders_government: Share
    lenders_worded_share: Share
    lenders_other_firm: Share
    party_near_cue: Factor
    party_other_country: Share
    amounts_least: Factor
    terms_least: Factor
    amounts_near_flow: Factor
    amounts_near_project: Factor
    amounts_near_quantity: Factor
    amounts_near_party: Factor
    amounts_small: Annotated[float, Field(ge=0)]
    amounts_small_factor: Share
    amounts_other_country: Share
    amounts_other_donor: Share
    amounts_other_party: Share
    sector_in_name: Factor
    sector_near_status: Factor
    status_lead: Factor
    status_near_party: Factor
    status_near_sector: Factor
    status_negated: Share
    status_signed_memo: Share
    status_future: Share
    status_outdated: Share
    mode_bank: Factor
    mode_fund: Factor
    mode_state: Factor
    mode_sum: Factor
    mode_training: Factor
    mode_framework: Factor
    mode_open: Factor
    mode_unsigned: Factor
    mode_gift: Factor
    status_narrated: Annotated[float, Field(gt=0)]
    status_past: Annotated[float, Field(ge=0)]
    screen_least: LogOdds
    status_share: Factor
    status_full: Annotated[float, Field(gt=0)]
    sector_full: Annotated[float, Field(gt=0)]
    framework_least: Factor
    training_least: Factor
    training_over_framework: Factor
    concerns_least: Factor
    concerns_share: Share
    concern_fade: Share
    concern_beside: Share
    concern_alone: Share
    concern_bare: Share
    counterparts_least: Factor
    quantities_least: Factor
    places_least: Factor
    events_least: Factor
    events_share: Share
    event_fade: Share
    event_to_come: Share


class _Markers(Strict):
    countries: dict[str, Share]
    near: dict[str, Share]
    firms: dict[str, Share]
    lenders: dict[str, Share]
    amounts: dict[str, Share]
    sector: dict[str, Share]
    status: dict[str, Share]
    record_type: dict[str, Share]
    mode: dict[str, Share]
    counterparts: dict[str, Share]
    concerns: dict[str, Share]
    quantities: dict[str, Share]
    places: dict[str, Share]
    events: dict[str, Share]


class _FusedField(Strict):
    encoded: Factor
    wording: Factor
    chosen: Factor


class _FusedConcern(Strict):
    bias: LogOdds
    wording: LogOdds
    share: LogOdds
    encoded: LogOdds
    least: Share


class _FusedSpan(Strict):
    encoded: Factor
    wording: Factor


class _Fusion(Strict):
    status: _FusedField
    sector: _FusedField
    mode: _FusedField
    record_type: _FusedField
    role: _FusedSpan
    kind: _FusedSpan
    concern: _FusedConcern


class _Signs(Strict):
    signs: dict[str, LogOdds] = Field(default_factory=dict)


_TABLES = {"zones", "markers", "sectors", "limits", "signal_zones", "concerns", "fusion", *FEATURE_NAMES}


class _Scoring(Strict):
    score: _Score
    zones: _Zones
    markers: _Markers
    sectors: dict[Sector, Share]
    limits: _Limits
    signal_zones: _SignalZones
    firms: dict[str, LogOdds]
    lenders: dict[str, LogOdds]
    firms_worded: dict[str, LogOdds]
    counterparts: dict[str, LogOdds]
    amounts: dict[str, LogOdds]
    quantities: dict[str, LogOdds]
    places: dict[str, LogOdds]
    part: dict[str, LogOdds]
    border: dict[str, LogOdds]
    border_within: dict[str, LogOdds]
    fusion: _Fusion
    concerns: dict[Concern, Share]
    reasons: dict[str, _Reason]


@cache
def shipped_scoring() -> ScoringRules:
    """Return the scoring rules as they ship."""
    return load_scoring(Layers.of(None))


def load_scoring(layers: Layers) -> ScoringRules:
    """Return the scoring rules of all layers.

    Raises:
        ConfigError: a layer's file has an unknown key or a wrong value, a reason that the stage observes has no
            weight, or a table lacks the weight of a feature or has one too many.
    """
    found = read_merged(layers, FILE, _Scoring)
    missing = [name for name in OBSERVED if name not in found.reasons]
    if missing:
        raise ConfigError("has no weight and text", layers.folders[0] / FILE, key=f"reasons.{missing[0]}")
    for table, signs in FEATURE_NAMES.items():
        hold_to_names(layers, FILE, (table,), getattr(found, table), signs)
    roles = tuple(read_kind(layers, _ROLES, FirmRoles))
    return ScoringRules(
        cut=found.score.cut,
        bias=found.score.bias,
        weights={name: reason.weight for name, reason in found.reasons.items()},
        texts={name: reason.text for name, reason in found.reasons.items()},
        version=layers.digest(FILE, SIGNS_FILE, SCREEN_FILE, CONTEXT_FILE, MEANING_FILE, TUNED_FILE, *_WORD_FILES),
        levels=dict(_flat(found.model_dump(include=_TABLES), "")),
        relevance=read_merged(layers, SIGNS_FILE, _Signs).signs,
        screen=read_merged(layers, SCREEN_FILE, _Signs).signs,
        context=load_context(layers, frozenset(found.reasons)),
        meaning=load_meaning(layers),
        tuned=load_tuned(layers),
        names={
            # A part without words never matches.
            part: "|".join(text for each in roles for _, text in getattr(each, part).pairs()) or "(?!)"
            for part in FirmRoles.model_fields
            if part != "kind"
        },
        grammar=load_grammar(layers),
    )


def _flat(table: dict[str, Any], prefix: str) -> Iterator[tuple[str, float]]:
    for key, value in table.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", float(value)
