"""Changes of a record by those who may: corrected, split, merged, withdrawn, taken back; shown first, then done."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Query, Request
from pydantic import BaseModel, Field
from starlette.responses import RedirectResponse, Response

from offing.errors import Conflict, UnknownItem, UsageError
from offing.model.operation.user import LogIn, Permission
from offing.model.projects.record_change import Operation
from offing.model.values.numbers import HIGHEST_ID
from offing.services.records.amending import Amended, Statement
from offing.services.records.correcting import correct, withdraw
from offing.services.records.edit import Edit
from offing.services.records.splitting import split
from offing.services.records.undoing import merge_record, undo_change
from offing.services.views.candidate_view import listed_parties
from offing.services.views.record_changes import Altered, altered, said_of
from offing.web.access import needs, place_of
from offing.web.pages.projects import look_at, project_page_of
from offing.web.presentation.form_tokens import check_age

router = APIRouter()
Visitor = Annotated[LogIn, Depends(needs(Permission.AMEND))]
_LONG, _ID = 2000, 40


class What(StrEnum):
    """What the form asks for."""

    CORRECT = "correct"
    SPLIT = "split"
    MERGE = "merge"
    WITHDRAW = "withdraw"
    UNDO = "undo"


class ChangeForm(BaseModel):
    """A change as entered in a form; the fields of other changes stay empty."""

    what: What | None = None
    reason: str = Field("", max_length=_LONG)
    source: str = Field("", max_length=_LONG)
    field: str = Field("", max_length=_ID)
    operation: Operation = Operation.SET
    value: str = Field("", max_length=_LONG)
    old: str = Field("", max_length=_LONG)
    on: str = Field("", max_length=_ID)
    candidates: list[Annotated[int, Field(ge=1, le=HIGHEST_ID)]] = Field(default_factory=list, max_length=1000)
    into: str = Field("", max_length=_ID)
    number: int = Field(0, ge=0, le=HIGHEST_ID)
    token: str = ""

    def pairs(self) -> Iterator[tuple[str, object]]:
        """Yield what was entered, for the form that does it."""
        for name, value in self.model_dump(mode="json", exclude={"candidates", "token"}).items():
            if value:
                yield name, value
        yield from (("candidates", each) for each in self.candidates)


@dataclass(frozen=True, slots=True)
class Preview:
    """What a change would give, and the form that asks for it."""

    said: str
    alters: tuple[Altered, ...]
    asked: tuple[tuple[str, object], ...]


@router.get("/projects/{project_id}/change")
def preview(request: Request, project_id: str, visitor: Visitor, asked: Annotated[ChangeForm, Query()]) -> Response:
    """Show what a change would give; nothing is changed."""
    found = look_at(request, project_id)
    try:
        tried = _change(request, project_id, visitor, asked, keep=False)
    except (Conflict, UnknownItem, UsageError) as error:
        return project_page_of(request, found, _sentence(error), 409)
    shown = Preview(said_of(tried.change), altered(tried), tuple(asked.pairs()))
    return project_page_of(request, found, preview=shown)


@router.post("/projects/{project_id}/changes")
def change(request: Request, project_id: str, visitor: Visitor, asked: Annotated[ChangeForm, Form()]) -> Response:
    """Change a record as shown before."""
    try:
        check_age(request, asked.token)
        _change(request, project_id, visitor, asked, keep=True)
    except (Conflict, UnknownItem, UsageError) as error:
        return project_page_of(request, look_at(request, project_id), _sentence(error), 409)
    return RedirectResponse(f"/projects/{project_id}#changes", 303)


def _change(request: Request, project_id: str, visitor: LogIn, asked: ChangeForm, *, keep: bool) -> Amended:
    place = place_of(request)
    database = place.database
    statement = Statement(visitor.user.name, place.clock(), asked.reason.strip(), asked.source.strip())
    match asked.what:
        case What.CORRECT:
            parties = listed_parties(place.known) if asked.field in {"firms", "lenders"} else ()
            edit = Edit(asked.field, asked.operation, asked.value, asked.old, asked.on.strip(), parties)
            return correct(database, project_id, edit, statement, keep=keep)
        case What.SPLIT:
            return split(database, project_id, _chosen(asked), statement, keep=keep)
        case What.MERGE:
            return merge_record(database, project_id, asked.into.strip(), statement, keep=keep)
        case What.WITHDRAW:
            return withdraw(database, project_id, statement, keep=keep)
        case What.UNDO:
            return undo_change(database, project_id, statement, asked.number or None, keep=keep)
    raise UsageError("choose what to change")


def _chosen(asked: ChangeForm) -> list[int]:
    if not asked.candidates:
        raise UsageError("choose at least one candidate that leaves")
    return asked.candidates


def _sentence(error: Exception) -> str:
    problem = str(error)
    return f"{problem[:1].upper()}{problem[1:]}."
