"""Drift: what extraction gets from an outlet's pages changes because the outlet changed its markup or closed its text.

`Drawn` (one page) → `Drift` (an outlet against its own past).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Drawn:
    """What was extracted from one page. `length` is None if it held no article."""

    domain: str
    at: datetime
    url: str
    length: int | None = None
    title: str = ""
    dated: bool = False
    signed: bool = False
    placed: bool = False
    whole: bool = False
    method: str = ""


class DriftMeasure(StrEnum):
    """What is monitored for an outlet.

    found     share of its pages that hold an article
    length    median characters of the text
    titles    share of articles with a unique title
    dates, authors, sections    share of articles that have one
    whole     share of texts that are complete
    rules     share of articles in which its rule found everything it names
    """

    FOUND = "found"
    LENGTH = "length"
    TITLES = "titles"
    DATES = "dates"
    AUTHORS = "authors"
    SECTIONS = "sections"
    WHOLE = "whole"
    RULES = "rules"


@dataclass(frozen=True, slots=True)
class Drift:
    """An outlet that drifts in one measure. `url` is a recent page that shows it, `sentence` the message for ops."""

    domain: str
    measure: DriftMeasure
    before: float
    lately: float
    pages_before: int
    pages_lately: int
    url: str
    sentence: str
