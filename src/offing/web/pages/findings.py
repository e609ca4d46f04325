"""What looks wrong before a release: every finding of the last check, signed off by those who may publish."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Form, Query, Request
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response, StreamingResponse

from offing.errors import UnknownItem, UsageError
from offing.model.operation.activity import Activity, ActivityKind
from offing.model.operation.user import LogIn, Permission
from offing.model.projects.finding import ReleaseRule, Severity
from offing.services.releases.checks import Checked, FindingState, check, last_checked, sign_off
from offing.services.releases.kept import kept_releases
from offing.services.releases.one_pass import Terms
from offing.services.views.downloads import DownloadFormat, offered
from offing.services.views.finding_sheets import finding_chunks
from offing.store.accounts.activity import note
from offing.store.database.engine import Database
from offing.store.records.project import record_ids
from offing.web.access import needs, place_of
from offing.web.presentation.form_tokens import check_age
from offing.web.presentation.templating import page

router = APIRouter(dependencies=[Depends(needs(Permission.READ))])
Publisher = Annotated[LogIn, Depends(needs(Permission.PUBLISH))]
PAGE = 100
MOST_HERE = 5_000  # records that are checked while a browser waits: some ten seconds
_LONG, _MOST_KEYS = 2000, 500


class FindingsFilter(BaseModel):
    """The filter in an address; an unknown rule or severity means all."""

    rule: str = Field("", max_length=40)
    severity: str = Field("", max_length=10)
    open: bool = False
    page: int = Field(1, ge=1, le=1000)

    def takes(self, each: FindingState) -> bool:
        """Whether a finding passes."""
        return (
            self.rule not in {*ReleaseRule} - {each.finding.rule}
            and self.severity not in {*Severity} - {each.finding.severity}
            and (each.blocks or not self.open)
        )

    def query(self, number: int) -> str:
        """The address of another page of the same filter."""
        values = {"rule": self.rule, "severity": self.severity, "open": "true" if self.open else "", "page": number}
        return urlencode({name: value for name, value in values.items() if value})


class Signed(BaseModel):
    """Warnings to let pass, as ticked in the form, and why."""

    keys: list[Annotated[str, Field(max_length=16)]] = Field(default_factory=list, max_length=_MOST_KEYS)
    note: str = Field("", max_length=_LONG)
    token: str = ""


class CheckForm(BaseModel):
    """The form that asks for a check."""

    token: str = ""


@dataclass(frozen=True, slots=True)
class Listed:
    """One page of findings that pass a filter, with the numbers of all of them by rule."""

    asked: FindingsFilter
    rows: tuple[FindingState, ...]
    total: int
    rules: tuple[tuple[ReleaseRule, int], ...]

    @property
    def after(self) -> str:
        """The query of the page after this one; empty on the last."""
        return self.asked.query(self.asked.page + 1) if self.asked.page * PAGE < self.total else ""


@router.get("/findings")
def findings(request: Request, asked: Annotated[FindingsFilter, Query()]) -> Response:
    """The findings of the last check, errors first, narrowed as asked."""
    return _shown(request, asked)


@router.post("/findings/check")
def check_now(request: Request, visitor: Publisher, wanted: Annotated[CheckForm, Form()]) -> Response:
    """Look at all records now, unless there are too many to wait for."""
    place = place_of(request)
    try:
        check_age(request, wanted.token)
        _refuse_many(place.database)
        check(place.database, place.clock(), Terms(visitor.user.name))
    except UsageError as error:
        return _shown(request, FindingsFilter.model_validate({}), _sentence(error))
    return RedirectResponse("/findings", 303)


@router.post("/findings/sign-off")
def let_pass(request: Request, visitor: Publisher, signed: Annotated[Signed, Form()]) -> Response:
    """Sign warnings off, with the reason."""
    place = place_of(request)
    try:
        check_age(request, signed.token)
        _refuse_empty(signed)
        sign_off(place.database, signed.keys, visitor.user.name, signed.note, place.clock())
    except (UnknownItem, UsageError) as error:
        return _shown(request, FindingsFilter.model_validate({}), _sentence(error))
    return RedirectResponse("/findings", 303)


@router.get("/findings/download.{kind}", dependencies=[Depends(needs(Permission.EXPORT))])
def take_away(request: Request, kind: DownloadFormat, asked: Annotated[FindingsFilter, Query()]) -> Response:
    """The findings that pass the filter as a file; it stands in the activity log."""
    if kind not in offered():
        raise HTTPException(404, "This site writes no XLSX files: take CSV, or ask ops for pip install 'offing[xlsx]'.")
    place = place_of(request)
    found = [each for each in last_checked(place.database).findings if asked.takes(each)]
    now, visitor = place.clock(), request.state.visitor
    with place.database.write() as conn:
        note(conn, Activity(now, ActivityKind.EXPORT, visitor.user.name, f"{len(found)} findings as {kind}"))
    name = f"findings-{now:%Y-%m-%d}.{kind}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return StreamingResponse(finding_chunks(found, kind), media_type=kind.media, headers=headers)


def _refuse_many(database: Database) -> None:
    with database.read() as conn:
        number = len(record_ids(conn))
    if number > MOST_HERE:
        raise UsageError(f"{number:,} records take too long to check here: run offing publish --check")


def _refuse_empty(signed: Signed) -> None:
    if not signed.keys:
        raise UsageError("tick the warnings that may be published")
    if not signed.note.strip():
        raise UsageError("say why they may be published")


def _shown(request: Request, asked: FindingsFilter, problem: str = "") -> Response:
    database = place_of(request).database
    done = last_checked(database)
    values = {
        "done": done,
        "listed": _listed(done, asked),
        "severities": (Severity.ERROR, Severity.WARNING),
        "downloads": offered(),
        "releases": tuple(reversed(kept_releases(database))),
        "problem": problem,
    }
    return page(request, "findings.html", values, 409 if problem else 200)


def _listed(done: Checked, asked: FindingsFilter) -> Listed:
    found = tuple(each for each in done.findings if asked.takes(each))
    rules = sorted(Counter(each.finding.rule for each in done.findings).items())
    start = (asked.page - 1) * PAGE
    return Listed(asked, found[start : start + PAGE], len(found), tuple(rules))


def _sentence(error: Exception) -> str:
    message = str(error)
    return f"{message[:1].upper()}{message[1:]}."
