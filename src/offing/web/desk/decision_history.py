"""The history of decisions, and undoing one."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Form, Query, Request
from starlette.datastructures import FormData
from starlette.responses import RedirectResponse, Response

from offing.errors import Conflict, UsageError
from offing.model.operation.user import LogIn, Permission
from offing.model.pairs.pairing import Ref
from offing.model.review.decision import Judgement, Verdict
from offing.model.values.numbers import HIGHEST_ID
from offing.services.review.decisions import decide
from offing.services.review.history import history_page
from offing.store.candidates.history import HistoryFilter
from offing.web.access import needs, place_of
from offing.web.desk.forms import read_form, text_of
from offing.web.desk.queue_navigation import way_of
from offing.web.desk.second_reading import hidden
from offing.web.desk.talk import talk_on
from offing.web.presentation.form_tokens import check_age
from offing.web.presentation.templating import page
from offing.web.presentation.views import changes_of

router = APIRouter(dependencies=[Depends(needs(Permission.READ))])
_Number = Annotated[int, Query(ge=1, le=HIGHEST_ID)]


@router.get("/decisions")
def decisions(
    request: Request,
    by: Annotated[str, Query(max_length=200)] = "",
    judgement: str = "",
    candidate: _Number | None = None,
    before: _Number | None = None,
) -> Response:
    """What was decided, newest first."""
    kind = Judgement(judgement) if judgement in list(Judgement) else None
    return _page(request, HistoryFilter(by, kind, candidate, before))


def _after(
    candidate_id: Annotated[int, Form(ge=1, le=HIGHEST_ID)],
    query: Annotated[str, Form(max_length=1000)] = "",
    way: Annotated[str, Form(alias="in", max_length=4000)] = "",
    to: Annotated[str, Form(max_length=20)] = "",
) -> str:
    """Where to continue: on the page of the candidate, or in the filtered history."""
    if to == "candidate":
        return way_of(way).candidate(candidate_id)
    return f"/decisions?{query}" if query else "/decisions"


def _undone(
    candidate_id: Annotated[int, Form(ge=1, le=HIGHEST_ID)], decision_id: Annotated[int, Form(ge=1, le=HIGHEST_ID)]
) -> Verdict:
    """The undo that a form asks for, without a person yet."""
    return Verdict(candidate_id, Judgement.UNDO, "", undoes=decision_id)


@router.post("/decisions/undo")
def take_back(
    request: Request,
    visitor: Annotated[LogIn, Depends(needs(Permission.DECIDE))],
    undone: Annotated[Verdict, Depends(_undone)],
    after: Annotated[str, Depends(_after)],
    form: Annotated[FormData, Depends(read_form)],
) -> Response:
    """Take back the decision on a candidate that the person saw, where it is still the last that stands."""
    place = place_of(request)
    try:
        check_age(request, text_of(form, "token"))
        decide(place.database, replace(undone, by=visitor.user.name), place.clock(), scoring=place.scoring)
    except (UsageError, Conflict) as error:
        return _page(request, HistoryFilter(candidate_id=undone.candidate_id), str(error), 409)
    return RedirectResponse(after, 303)


def query_of(asked: HistoryFilter | None) -> str:
    """A filter as a query string."""
    if asked is None:
        return ""
    values = {
        "by": asked.by,
        "judgement": asked.judgement,
        "candidate": asked.candidate_id,
        "before": asked.before,
    }
    return urlencode({name: value for name, value in values.items() if value})


def _page(request: Request, asked: HistoryFilter, problem: str = "", status: int = 200) -> Response:
    found, blind = history_page(place_of(request).database, asked), hidden(request)
    found = replace(found, decisions=tuple(each for each in found.decisions if each.item.candidate.id not in blind))
    values = {
        "history": found,
        "judgements": list(Judgement),
        "changes": changes_of,
        "query": query_of(asked),
        "next": query_of(found.next),
        "said": talk_on(request, (Ref.candidate(asked.candidate_id),)) if asked.candidate_id else None,
        "problem": f"{problem[:1].upper()}{problem[1:]}." if problem else "",
    }
    return page(request, "decisions.html", values, status)
