"""Drift: what is drawn from an outlet's pages changes, because the outlet changed its markup or closed its text.

`Drawn` (one page) → `Drift` (an outlet against its own past).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Drawn:
    """What was drawn from one page. `length` is None where it held no article."""

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


class Measure(StrEnum):
    """What is watched of an outlet.

    found     share of its pages that hold an article
    length    median characters of the text
    titles    share of articles whose title no other one has
    dates, authors, sections    share of articles that have one
    whole     share of texts that are complete
    rules     share of articles in which its rule found all it names
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
    """An outlet that drifts in one measure. `url` is a late page that shows it, `sentence` says it to ops."""

    domain: str
    measure: Measure
    before: float
    lately: float
    pages_before: int
    pages_lately: int
    url: str
    sentence: str
