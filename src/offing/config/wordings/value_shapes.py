"""The shapes of wordings for numbers, sizes, dates and the terms of loans in `config/wording/`."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from offing.config.files.documents import Strict
from offing.config.files.wording_shapes import Forms, Patterns, Texts


class Numbers(Strict):
    """`numbers`. The keys of `scales` are the factors of their words, those of `words` the words' values."""

    kind: Literal["numbers"]
    scales: dict[int, Forms] = Field(default_factory=dict)
    words: dict[int, Forms] = Field(default_factory=dict)
    qualifiers: dict[str, Forms] = Field(default_factory=dict)
    halves: Forms = Forms()
    measures: Forms = Forms()
    pauses: Forms = Forms()
    of_which: Forms = Forms()
    priced: Forms = Forms()
    joins: Patterns = Patterns()
    joins_attached: Patterns = Patterns()
    digit_joins: Patterns = Patterns()
    points: Patterns = Patterns()
    currency_links: Patterns = Patterns()
    currency_links_attached: Patterns = Patterns()
    range_words: Patterns = Patterns()
    range_signs: Patterns = Patterns()
    between: Patterns = Patterns()
    numbered: Patterns = Patterns()


class Units(Strict):
    """`units`. The keys of `away` say where its wordings occur: behind or before the number."""

    kind: Literal["units"]
    units: dict[str, Forms] = Field(default_factory=dict)
    counters: dict[str, Forms] = Field(default_factory=dict)
    rates: dict[Literal["year", "month", "day", "hour", "second"], Forms] = Field(default_factory=dict)
    shares: Forms = Forms()
    parts: Forms = Forms()
    tellers: Forms = Forms()
    no_units: Forms = Forms()
    buildings: Forms = Forms()
    links: Forms = Forms()
    elsewhere: Forms = Forms()
    planned: Forms = Forms()
    kinds: dict[Literal["served", "administered", "inside", "general"], list[str]] = Field(default_factory=dict)
    away: dict[Literal["behind", "before"], Forms] = Field(default_factory=dict)
    rated: Texts = ()
    signs: Texts = ()
    measures: Texts = ()
    vague: Texts = ()
    far_from: Patterns = Patterns()
    up_to: Patterns = Patterns()
    speeds: Patterns = Patterns()
    far_before: Patterns = Patterns()
    no_things: Patterns = Patterns()
    describing_ends: Patterns = Patterns()
    no_compounds: Patterns = Patterns()
    rated_scales: Patterns = Patterns()
    more: Patterns = Patterns()
    behind_counted: Patterns = Patterns()
    complements: Patterns = Patterns()
    rating_words: Patterns = Patterns()
    rating_links: Patterns = Patterns()
    and_between: Patterns = Patterns()
    counted_by: Patterns = Patterns()


class TermParts(Strict):
    """`terms`: the parts of a sentence on the terms of a loan."""

    kind: Literal["terms"]
    loan: Forms = Forms()
    percent: Forms = Forms()
    years: Forms = Forms()
    months: Forms = Forms()
    interest: Forms = Forms()
    at: Forms = Forms()
    grace: Forms = Forms()
    grace_behind: Forms = Forms()
    grace_before: Forms = Forms()
    over: Forms = Forms()
    within: Forms = Forms()
    repaid: Forms = Forms()


class Months(Strict):
    """`months`."""

    kind: Literal["months"]
    months: dict[Annotated[int, Field(ge=1, le=12)], Forms] = Field(default_factory=dict)


class Days(Strict):
    """`days`."""

    kind: Literal["days"]
    days: dict[Annotated[str, Field(pattern=r"^((day|week|month|year)([+-]\d|0)|weekday[0-6])$")], Forms] = Field(
        default_factory=dict
    )
    ahead: Forms = Forms()
    before_months: Patterns = Patterns()
    before_years: Patterns = Patterns()
    links: Patterns = Patterns()
    in_months: Patterns = Patterns()
    coming: Patterns = Patterns()
    ordinal_ends: Patterns = Patterns()
