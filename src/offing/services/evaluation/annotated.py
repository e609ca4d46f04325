"""Checks that projects of an annotated set have the required fields, before anything is counted."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, ValidationError

from offing.config.files.documents import instead
from offing.errors import UsageError
from offing.model.values.vocabulary import AmountKind, Concern, Mode, RecordType, Role, Sector, Status


def _one_of(kind: type[StrEnum]) -> Callable[[str], str]:
    """Return a check that a text is a value of an enumeration; the text stays a text, as in the predictions."""

    def check(text: str) -> str:
        if text not in set(kind):
            raise ValueError(f"{text!r} is none of its values; {instead(text, (value.value for value in kind))}")
        return text

    return check


class _Part(BaseModel):
    """A part of an annotation; further fields are allowed."""

    model_config = ConfigDict(strict=True, extra="allow")


class _Party(_Part):
    name: str


class _Firm(_Party):
    role: Annotated[str, AfterValidator(_one_of(Role))] | None = None


class _Sum(_Part):
    value: int | float | str
    currency: str
    kind: Annotated[str, AfterValidator(_one_of(AmountKind))] | None = None


class _Concern(_Part):
    kind: Annotated[str, AfterValidator(_one_of(Concern))]


class _Size(_Part):
    value: int | float | str
    unit: str


class _Project(_Part):
    """A project; null means open to two readings, and is not counted."""

    countries: list[str] | None
    firms: list[_Firm] | None
    lenders: list[_Party] | None
    amounts: list[_Sum] | None
    sector: Annotated[str, AfterValidator(_one_of(Sector))] | None
    status: Annotated[str, AfterValidator(_one_of(Status))] | None
    record_type: Annotated[str, AfterValidator(_one_of(RecordType))] | None = None
    mode: Annotated[str, AfterValidator(_one_of(Mode))] | None = None
    concerns: list[_Concern] | None = None
    quantities: list[_Size] | None = None
    places: list[str] | None = None


def check_projects(row: dict[str, Any], where: str) -> None:
    """Refuse an article whose projects cannot be counted.

    Args:
        row: an annotated article.
        where: its file and number, for the message.

    Raises:
        UsageError: a project lacks a field or has a malformed one; the message says which and what is wrong.
    """
    for number, project in enumerate(row["projects"], 1):
        try:
            _Project.model_validate(project)
        except ValidationError as error:
            first = error.errors()[0]
            field = ".".join(map(str, first["loc"])) or "it"
            raise UsageError(f"{where}, project {number}: {field}: {_reworded(first['msg'])}") from error


def _reworded(message: str) -> str:
    """Return a validation message as the rest of a sentence."""
    plain = message.removeprefix("Value error, ")
    return plain[:1].lower() + plain[1:]
