"""Loads `retention.toml`: how long what led to nothing is kept."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from offing.config.files.documents import Strict, read_merged
from offing.config.files.layers import Layers
from offing.model.operation.retention import Archive, Prunable, Retention

FILE = "retention.toml"
_LONGEST = 36_500  # days
_MB = 1_000_000


def _at_least(fewest: int) -> AfterValidator:
    def check(days: int) -> int:
        if 0 < days < fewest:
            raise PydanticCustomError("days", "should be 0 or at least {fewest}", {"fewest": fewest})
        return days

    return AfterValidator(check)


_Days = Annotated[int, Field(ge=0, le=_LONGEST)]
_LookedBackOn = Annotated[_Days, _at_least(90)]  # the sentinel compares with up to 12 weeks
_Changing = Annotated[_Days, _at_least(30)]  # pages of younger articles may be fetched again, and are then compared


class _Ages(Strict):
    pages: _Changing
    articles: _LookedBackOn
    entries: _LookedBackOn
    polls: _LookedBackOn
    outcomes: _LookedBackOn
    work: _Changing
    second_answers: _Days
    translations: _Days


class _Pages(Strict):
    budget_mb: int = Field(ge=0)


class _Archive(Strict):
    folder: str | None = None
    budget_mb: int = Field(ge=0)


class _Retention(Strict):
    days: _Ages
    pages: _Pages
    archive: _Archive


def load_retention(layers: Layers) -> Retention:
    """Return how long some layers keep each kind; 0 keeps it for good.

    Raises:
        ConfigError: the file is invalid.
    """
    found = read_merged(layers, FILE, _Retention)
    days: dict[str, int] = found.days.model_dump()
    ages = {kind: timedelta(days=days[kind]) for kind in Prunable if days[kind]}
    folder, budget = found.archive.folder, found.archive.budget_mb * _MB
    archive = Archive(Path(folder).expanduser(), budget) if folder else None
    return Retention(ages, found.pages.budget_mb * _MB or None, archive)
