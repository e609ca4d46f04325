"""What a project of an annotated set has to hold, checked before anything is counted."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from offing.errors import UsageError


class _Part(BaseModel):
    """A part of an annotation: what is not named here may stand beside it."""

    model_config = ConfigDict(strict=True, extra="allow")


class _Party(_Part):
    name: str


class _Sum(_Part):
    value: int | float | str
    currency: str


class _Concern(_Part):
    kind: str


class _Size(_Part):
    value: int | float | str
    unit: str


class _Project(_Part):
    countries: list[str]
    firms: list[_Party]
    lenders: list[_Party]
    amounts: list[_Sum]
    sector: str | None
    status: str | None
    concerns: list[_Concern] | None = None
    quantities: list[_Size] | None = None
    places: list[str] | None = None


def check_projects(row: dict[str, Any], where: str) -> None:
    """Refuse an article whose projects cannot be counted.

    Args:
        row: an annotated article.
        where: its file and number, for the message.

    Raises:
        UsageError: a project lacks a field or has one of another form; the message says which and what is wrong.
    """
    for number, project in enumerate(row["projects"], 1):
        try:
            _Project.model_validate(project)
        except ValidationError as error:
            first = error.errors()[0]
            field = ".".join(map(str, first["loc"])) or "it"
            raise UsageError(f"{where}, project {number}: {field}: {first['msg'].lower()}") from error
