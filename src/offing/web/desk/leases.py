"""Leases over the network: an open page takes its candidate, renews the lease, and releases it. Answers are small JSON.

    POST /candidate/{id}/lease      no fields: take or renew; over=NAME: take over from the holder that was shown
    POST /candidate/{id}/release    release it; the beacon of a page being left sends the token as a field

The answer names the holder: `mine`, `by`, `since`, `until`, `sentence` for another's, and `renew_seconds`, the time
until the next renewal; for another's also `next`, the page of the next candidate that is free, or the queue. A form
without a script returns to the candidate's page, which shows the rest.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, RedirectResponse, Response

from offing.errors import UnknownItem
from offing.model.operation.user import LogIn, Permission
from offing.model.review.lease import RENEW_AFTER, Lease
from offing.services.review import leases
from offing.web.access import needs, place_of, visitor_of, wants_json
from offing.web.desk.queue_navigation import CandidateId, around, way_of
from offing.web.presentation.zones import looking

router = APIRouter()
Analyst = Annotated[LogIn, Depends(needs(Permission.DECIDE))]


@router.post("/candidate/{candidate_id}/lease")
def lease(
    request: Request,
    candidate_id: CandidateId,
    visitor: Analyst,
    over: Annotated[str, Form()] = "",
    within: Annotated[str, Form(alias="in", max_length=4000)] = "",
) -> Response:
    """Take a candidate, renew the lease, or take it over from somebody."""
    place, name = place_of(request), visitor.user.name
    try:
        if over:
            found = leases.take_over(place.database, candidate_id, name, over[:100], place.clock())
        else:
            found = leases.open_candidate(place.database, candidate_id, name, place.clock())
    except UnknownItem:
        raise HTTPException(404, f"There is no candidate {candidate_id}.") from None
    if not wants_json(request):
        return RedirectResponse(way_of(within).candidate(candidate_id), 303)
    if found.is_of(name):
        return JSONResponse(_plain(found, name))
    way = way_of(within)
    onward = around(request, way, candidate_id).next
    return JSONResponse({**_plain(found, name), "next": way.candidate(onward) if onward else way.queue})


@router.post("/candidate/{candidate_id}/release")
def release(request: Request, candidate_id: CandidateId, visitor: Analyst) -> dict[str, bool]:
    """Give a candidate back."""
    leases.release(place_of(request).database, candidate_id, visitor.user.name)
    return {"released": True}


def others_of(request: Request, candidate_ids: Iterable[int]) -> dict[int, Lease]:
    """Other people's leases in force on some candidates, for a visitor who may decide."""
    place, visitor = place_of(request), visitor_of(request)
    if visitor is None or not visitor.may(Permission.DECIDE):
        return {}
    found = leases.looking(place.database, candidate_ids, place.clock())
    return {number: each for number, each in found.items() if not each.is_of(visitor.user.name)}


def _plain(found: Lease, name: str) -> dict[str, object]:
    mine = found.is_of(name)
    times = {"since": found.since.isoformat(), "until": found.until.isoformat()}
    answer = {"sentence": "" if mine else looking(found), "renew_seconds": int(RENEW_AFTER.total_seconds())}
    return {"mine": mine, "by": found.by, **times, **answer}
