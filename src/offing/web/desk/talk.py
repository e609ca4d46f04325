"""Talk: comments on candidates and projects, and the people whom they call.

POST /candidate/{id}/talk, /projects/{id}/talk   text: comment
POST /talk/{id}                                  text: change one's own comment; delete=1: delete it
GET  /talk/people?q=…                            names to complete, for a script
GET  /mentions                                   the comments that call the visitor
POST /mentions/{id}/open                         open one; POST /mentions/opened marks those that a page shows
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Form, Path, Query, Request
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, RedirectResponse, Response

from offing.errors import UnknownItem, UsageError
from offing.model.operation.user import LogIn, Permission
from offing.model.pairs.pairing import Ref, RefKind
from offing.model.review.comment import Comment
from offing.model.values.numbers import HIGHEST_ID
from offing.services.review import talk
from offing.web.access import needs, place_of, visitor_of
from offing.web.desk.queue_navigation import CandidateId
from offing.web.desk.second_reading import hidden
from offing.web.presentation.form_tokens import check_age
from offing.web.presentation.talk import TalkView, comment_views
from offing.web.presentation.templating import page

router = APIRouter(dependencies=[Depends(needs(Permission.READ))])
Visitor = Annotated[LogIn, Depends(needs(Permission.READ))]
Analyst = Annotated[LogIn, Depends(needs(Permission.DECIDE))]
CommentId = Annotated[int, Path(ge=1, le=HIGHEST_ID)]


class CommentForm(BaseModel):
    """The form of a comment; `within` is the filter of the queue from which its page was opened."""

    text: str = Field("", max_length=20_000)
    delete: bool = False
    token: str = Field("", max_length=100)
    within: str = Field("", alias="in", max_length=4000)


@router.post("/candidate/{candidate_id}/talk")
def on_candidate(
    request: Request, candidate_id: CandidateId, visitor: Analyst, typed: Annotated[CommentForm, Form()]
) -> Response:
    """Comment on a candidate."""
    return _write(request, Ref.candidate(candidate_id), visitor, typed)


@router.post("/projects/{project_id}/talk")
def on_project(
    request: Request,
    project_id: Annotated[str, Path(max_length=40)],
    visitor: Analyst,
    typed: Annotated[CommentForm, Form()],
) -> Response:
    """Comment on a project."""
    return _write(request, Ref.project(project_id), visitor, typed)


@router.post("/talk/{comment_id}")
def change(
    request: Request, comment_id: CommentId, visitor: Analyst, typed: Annotated[CommentForm, Form()]
) -> Response:
    """Change or delete one's own comment."""
    place, who = place_of(request), visitor.user.name
    try:
        check_age(request, typed.token)
        if typed.delete:
            made = talk.delete(place.database, comment_id, who, place.clock())
        else:
            made = talk.change(place.database, comment_id, who, typed.text, place.clock())
    except UnknownItem:
        raise HTTPException(404, f"There is no comment {comment_id}.") from None
    except UsageError as error:
        return _refused(request, f"/talk/{comment_id}", typed, error)
    return RedirectResponse(_address(made), 303)


@router.get("/talk/people")
def people(request: Request, q: Annotated[str, Query(max_length=64)] = "") -> Response:
    """The names that complete what is typed behind an @."""
    return JSONResponse(talk.names_like(place_of(request).database, q))


@router.get("/mentions")
def mentions(request: Request, visitor: Visitor) -> Response:
    """The comments that call the visitor, those that wait first."""
    place = place_of(request)
    found = talk.calls(place.database, visitor.user.name, hidden(request))
    shown = comment_views([each.comment for each in found], {visitor.user.name}, visitor.user.name, place.clock())
    return page(request, "mentions.html", {"calls": list(zip(found, shown, strict=True))})


@router.post("/mentions/opened")
def opened(request: Request, visitor: Visitor, ids: Annotated[str, Form(max_length=2000)] = "") -> dict[str, int]:
    """Record that a page showed the comments that call the visitor: `ids` as 12,13."""
    numbers = [int(each) for each in ids.split(",") if each.isdecimal() and len(each) < 16]  # noqa: PLR2004 -- more digits fit into no id
    place = place_of(request)
    return {"opened": talk.open_calls(place.database, visitor.user.name, numbers, place.clock())}


@router.post("/mentions/{comment_id}/open")
def open_one(request: Request, comment_id: CommentId, visitor: Visitor) -> Response:
    """On to a comment that calls the visitor, which is opened by that."""
    place = place_of(request)
    try:
        found = talk.get_comment(place.database, comment_id)
    except UnknownItem:
        raise HTTPException(404, f"There is no comment {comment_id}.") from None
    talk.open_calls(place.database, visitor.user.name, (comment_id,), place.clock())
    return RedirectResponse(_address(found), 303)


def waiting(request: Request) -> int:
    """How many comments call the visitor that they have not opened."""
    visitor = visitor_of(request)
    return talk.count_waiting(place_of(request).database, visitor.user.name, hidden(request)) if visitor else 0


def talk_on(request: Request, refs: Sequence[Ref], *, within: str = "", blind: bool = False) -> TalkView:
    """What is said on a candidate, or on a project under all its ids, as the visitor may see it."""
    place, visitor = place_of(request), visitor_of(request)
    name, now = visitor.user.name if visitor else "", place.clock()
    found = talk.comments_on(place.database, refs, name, hidden(request))
    shown = comment_views(found, talk.people(place.database), name, now) if found else ()
    return TalkView(_page_of(refs[0]), shown, within, blind)


def _write(request: Request, ref: Ref, visitor: LogIn, typed: CommentForm) -> Response:
    place = place_of(request)
    try:
        check_age(request, typed.token)
        made = talk.write(place.database, Comment(0, ref, visitor.user.name, place.clock(), typed.text), typed.token)
    except UnknownItem:
        raise HTTPException(404, f"There is no {ref.kind} {ref.key}.") from None
    except UsageError as error:
        return _refused(request, f"{_page_of(ref)}/talk", typed, error)
    return RedirectResponse(_address(made, typed.within), 303)


def _refused(request: Request, action: str, typed: CommentForm, error: UsageError) -> Response:
    """The form with what was typed, and why it was not taken."""
    values = {"action": action, "typed": typed.text, "within": typed.within, "problem": str(error)}
    return page(request, "comment.html", values, 422)


def _page_of(ref: Ref) -> str:
    return f"/projects/{ref.key}" if ref.kind is RefKind.PROJECT else f"/candidate/{ref.key}"


def _address(comment: Comment, within: str = "") -> str:
    asked = f"?{urlencode({'in': within})}" if within and comment.ref.kind is RefKind.CANDIDATE else ""
    return f"{_page_of(comment.ref)}{asked}#comment-{comment.id}"
