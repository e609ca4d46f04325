"""What programs read, with a token: the JSON API with its OpenAPI document, and Atom feeds of queue and problems."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from fastapi.openapi.utils import get_openapi
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, RedirectResponse, Response

from offing import __version__
from offing.errors import UnknownItem, UsageError
from offing.model.operation.problem import Problem
from offing.model.operation.user import Permission
from offing.model.pairs.pairing import Ref
from offing.model.review.queue import QueueFilter, QueueLine
from offing.review import headline
from offing.services.monitoring.problems import problems
from offing.services.review.queue import page
from offing.services.review.talk import comments_on, refs_of_project
from offing.services.views.api import one_candidate, one_project, projects_page, queue_page
from offing.web.access import needs, place_of, visitor_of
from offing.web.desk.queue_navigation import CandidateId, reader_of
from offing.web.desk.second_reading import hidden, is_second
from offing.web.pages.api_schemas import (
    ProblemShape,
    ProjectsShape,
    QueueShape,
    TalkedCandidateShape,
    TalkedProjectShape,
)
from offing.web.pages.atom import AtomEntry, atom
from offing.web.presentation.talk import plain_comment

ATOM = "application/atom+xml"
IN_FEED = 100  # entries of a feed

api = APIRouter(prefix="/api/v1", dependencies=[Depends(needs(Permission.MACHINE))])
router = APIRouter(dependencies=[Depends(needs(Permission.MACHINE))])


@api.get("/queue", response_model=QueueShape)
def queue(request: Request) -> dict[str, Any]:
    """The queue, best first, by the filters of its page; `next` is the query of the page after this one.

    Filters: `view`, `country`, `sector`, `language`, `source`, `firm`, `lender`, `status`, `kind`, `doubt`, `from`,
    `to`, `usd_from`, `usd_to`, `mine`, `assigned`, `deferred`, `q`, `sort`, `size`. Values of one are alternatives,
    filters add up.
    """
    return queue_page(place_of(request).database, _filter(request), reader_of(request))


@api.get("/candidates/{candidate_id}", response_model=TalkedCandidateShape)
def candidate(request: Request, candidate_id: CandidateId) -> dict[str, Any]:
    """One candidate with its quotes, articles, decisions and comments."""
    try:
        found = one_candidate(place_of(request).database, candidate_id, blind=is_second(request, candidate_id))
        return {**found, "comments": _comments(request, Ref.candidate(candidate_id))}
    except UnknownItem as error:
        raise HTTPException(404, f"There is no candidate {candidate_id}.") from error


@api.get("/projects", response_model=ProjectsShape)
def projects(request: Request, after: str = "", size: Annotated[int, Query(ge=1, le=500)] = 100) -> dict[str, Any]:
    """The confirmed projects by id, those after `after`."""
    return projects_page(place_of(request).database, after, size, hidden(request))


@api.get(
    "/projects/{project_id}", response_model=TalkedProjectShape, responses={308: {"description": "merged: go there"}}
)
def project(request: Request, project_id: str) -> dict[str, Any] | Response:
    """One project with its life line and comments; one that was merged sends to what it became."""
    try:
        found = one_project(place_of(request).database, project_id, hidden(request))
    except UnknownItem as error:
        raise HTTPException(404, "There is no such project.") from error
    if found["redirects_to"]:
        return RedirectResponse(f"/api/v1/projects/{found['redirects_to']}", 308)
    refs = refs_of_project(place_of(request).database, project_id)
    return {**found, "comments": _comments(request, *refs)}


@api.get("/problems", response_model=list[ProblemShape])
def troubles(request: Request) -> list[dict[str, Any]]:
    """What does not run as it should: runs, what was set aside, feeds; each with cause and next step."""
    place = place_of(request)
    return [asdict(each) for each in problems(place.database, place.clock())]


@api.get("/openapi.json", include_in_schema=False)
def openapi(_: Request) -> Response:
    """What the API answers, as an OpenAPI document."""
    return JSONResponse(get_openapi(title="offing", version=__version__, routes=api.routes, description=__doc__))


@router.get("/queue.atom")
def queue_feed(request: Request) -> Response:
    """The queue as a feed, by the same filters as its page; newest first."""
    place = place_of(request)
    lines = page(place.database, _filter(request), reader_of(request)).lines
    newest = sorted(lines, key=lambda line: (line.created_at, line.id), reverse=True)[:IN_FEED]
    entries = [_line(line, str(request.base_url)) for line in newest]
    return _feed(request, "queue", "offing: the queue", entries)


@router.get("/problems.atom")
def problem_feed(request: Request) -> Response:
    """What does not run as it should, as a feed: a problem is one entry as long as it lasts."""
    place = place_of(request)
    found = problems(place.database, place.clock())[:IN_FEED]
    return _feed(request, "problems", "offing: problems", [_problem(each, request) for each in found])


def _comments(request: Request, *refs: Ref) -> list[dict[str, Any]]:
    visitor = visitor_of(request)
    name = visitor.user.name if visitor else ""
    return [plain_comment(each) for each in comments_on(place_of(request).database, refs, name, hidden(request))]


def _feed(request: Request, key: str, title: str, entries: list[AtomEntry]) -> Response:
    now = place_of(request).clock()
    return Response(atom(key, title, str(request.url), entries, now), media_type=ATOM)


def _line(line: QueueLine, base: str) -> AtomEntry:
    title = headline(line.facts) or line.title
    summary = f"{line.title}\n{line.why}\n{', '.join(line.outlets)}"
    return AtomEntry(f"candidate:{line.id}", title, line.created_at, summary, f"{base}candidate/{line.id}")


def _problem(problem: Problem, request: Request) -> AtomEntry:
    since = problem.since or place_of(request).clock()
    return AtomEntry(f"problem:{problem.key}", problem.title, since, f"{problem.cause}\nNext: {problem.next_step}")


def _filter(request: Request) -> QueueFilter:
    try:
        return QueueFilter.parse(request.url.query)
    except UsageError as error:
        raise HTTPException(422, f"{str(error)[:1].upper()}{str(error)[1:]}.") from error
