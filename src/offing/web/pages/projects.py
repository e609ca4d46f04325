"""The confirmed projects: a table with a map beside it, and one project with its life line."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Form, Query, Request
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from offing.errors import UnknownItem, UsageError
from offing.model.operation.user import LogIn, Permission
from offing.model.projects.record_change import LIST_FIELDS
from offing.model.values.numbers import HIGHEST_ID
from offing.model.values.vocabulary import Sector, Status
from offing.review import form_values, headline
from offing.services.records.amending import Statement
from offing.services.records.lists import project_page
from offing.services.records.projects import RecordView, choose, look
from offing.services.review.agreement import without
from offing.services.review.talk import refs_of_project
from offing.services.views.downloads import DownloadFormat, download_projects, offered
from offing.services.views.record_changes import Moment, hand_lines, history
from offing.services.views.record_quotes import quotes_of_record
from offing.store.records.project_list import ProjectFilter, ProjectOrder
from offing.web.access import needs, place_of
from offing.web.desk.second_reading import hidden
from offing.web.desk.talk import talk_on
from offing.web.presentation.citing import project_citation
from offing.web.presentation.field_values import values_of
from offing.web.presentation.fields import label
from offing.web.presentation.files import sent_as_file
from offing.web.presentation.form_tokens import check_age
from offing.web.presentation.templating import page
from offing.web.presentation.world_map import land, world_map

router = APIRouter(dependencies=[Depends(needs(Permission.READ))])
DAY = 86_400  # seconds
ORDERS = {
    ProjectOrder.NEWEST: "newest first",
    ProjectOrder.CHANGED: "last changed first",
    ProjectOrder.ID: "by id",
}


class ProjectsFilter(BaseModel):
    """The filter in an address; an invalid sector or status means all, an invalid order newest first."""

    country: str = Field("", max_length=3)
    sector: str = ""
    status: str = ""
    text: str = Field("", max_length=200)
    after: str = Field("", max_length=40)
    order: str = ""

    def filter(self) -> ProjectFilter:
        """The filter for the store."""
        return ProjectFilter(
            self.country.upper(),
            Sector(self.sector) if self.sector in list(Sector) else None,
            Status(self.status) if self.status in list(Status) else None,
            self.text.strip(),
            self.after,
            order=ProjectOrder(self.order) if self.order in list(ProjectOrder) else ProjectOrder.NEWEST,
        )


class Chosen(BaseModel):
    """The preferred account, as entered in the form."""

    event: int = Field(ge=1, le=HIGHEST_ID)
    again: bool = False
    token: str = ""


@router.get("/projects")
def projects(request: Request, asked: Annotated[ProjectsFilter, Query()]) -> Response:
    """The projects, narrowed and ordered as asked."""
    found = project_page(place_of(request).database, asked.filter(), blind=hidden(request))
    values = {
        "listed": found,
        "map": world_map(found.countries, "/projects?country="),
        "sectors": list(Sector),
        "statuses": list(Status),
        "orders": {order: _query(replace(found.asked, after="", order=order)) for order in ProjectOrder},
        "order_names": ORDERS,
        "query": _query(replace(found.asked, after="")),
        "downloads": offered(),
        "next": _query(found.next),
    }
    return page(request, "projects.html", values)


@router.get("/projects/download.{kind}", dependencies=[Depends(needs(Permission.EXPORT))])
def take_away(request: Request, asked: Annotated[ProjectsFilter, Query()], kind: DownloadFormat) -> Response:
    """All projects that a filter finds as a file, sent while it is made; it stands in the activity log."""
    wanted = replace(asked.filter(), after="")
    chunks = download_projects(place_of(request).database, wanted, kind, hidden(request))
    return sent_as_file(request, chunks, kind, "projects", f"projects as {kind}: {_query(wanted) or 'all'}")


@router.get("/projects/land.svg")
def lands(_: Request) -> Response:
    """The lands beneath the map: dots, the same for everybody."""
    return Response(land(), media_type="image/svg+xml", headers={"Cache-Control": f"private, max-age={DAY}"})


@router.get("/projects/{project_id}")
def project(request: Request, project_id: str) -> Response:
    """One project; one that was merged sends to what it became."""
    found = look_at(request, project_id)
    if found.record.redirects_to:
        return RedirectResponse(f"/projects/{found.record.redirects_to}?was={project_id}", 303)
    return project_page_of(request, found)


@router.post("/projects/{project_id}/choose")
def choose_account(
    request: Request,
    project_id: str,
    visitor: Annotated[LogIn, Depends(needs(Permission.AMEND))],
    chosen: Annotated[Chosen, Form()],
) -> Response:
    """Let one of several accounts hold; with `again`, let all of them stand side by side."""
    place = place_of(request)
    statement = Statement(visitor.user.name, place.clock())
    try:
        check_age(request, chosen.token)
        choose(place.database, project_id, chosen.event, statement, again=chosen.again)
    except (UnknownItem, UsageError) as error:
        why = str(error)
        return project_page_of(request, look_at(request, project_id), f"{why[:1].upper()}{why[1:]}.", 409)
    return RedirectResponse(f"/projects/{project_id}#line", 303)


def look_at(request: Request, project_id: str) -> RecordView:
    """Return a record as this visitor may see it.

    Raises:
        HTTPException: there is none, or it comes from a candidate that waits for their second reading.
    """
    try:
        found = look(place_of(request).database, project_id)
    except UnknownItem as error:
        raise HTTPException(404, "There is no such project.") from error
    record = without(found.record, hidden(request))
    if record is None:
        raise HTTPException(403, "This record comes from a candidate that waits for your second reading.")
    return replace(found, record=record)


def project_page_of(
    request: Request, found: RecordView, problem: str = "", status: int = 200, **more: object
) -> Response:
    """Return the page of a record; `more` are further values for its template."""
    refs = refs_of_project(place_of(request).database, found.record.id)
    quotes = quotes_of_record(place_of(request).database, found.record)
    values = {
        "said": talk_on(request, refs),
        "look": found,
        "record": found.record,
        "fields": [
            (name, label(name), values, quotes.get(name, ()))
            for name, values in values_of(found.record.facts, None).items()
            if values
        ],
        "citation": project_citation(request, found.record, headline(found.record.facts) or found.record.id),
        "contested": {key for each in found.contradictions for key in each.events},
        "was": request.query_params.get("was", "")[:40],
        "problem": problem,
        "preview": None,
        "hands": hand_lines(found.record),
        "moments": _moments(request, found.record.id),
        "correctable": sorted(form_values(found.record.facts)),
        "lists": LIST_FIELDS,
    }
    return page(request, "project.html", {**values, **more}, status)


def _moments(request: Request, project_id: str) -> list[Moment]:
    """The history of a record, newest first, without what would tell a second reader of the first one's decision."""
    blind = set(hidden(request))
    found = history(place_of(request).database, project_id)
    return [each for each in reversed(found) if not blind.intersection(each.candidate_ids)]


def _query(asked: ProjectFilter | None) -> str:
    if asked is None:
        return ""
    values = {
        "country": asked.country,
        "sector": asked.sector,
        "status": asked.status,
        "text": asked.text,
        "after": asked.after,
        "order": "" if asked.order is ProjectOrder.NEWEST else asked.order,
    }
    return urlencode({name: value for name, value in values.items() if value})
