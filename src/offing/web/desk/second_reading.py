"""Second readings in the browser: what may be read again, and the page of a candidate without its decision."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from offing.model.operation.user import MAY, LogIn, Permission
from offing.model.review.decision import Verdict
from offing.model.review.queue import Neighbours
from offing.review import headline
from offing.services.review.agreement import blinded, has_read, is_to_read, read_again, to_read
from offing.services.views.candidate_view import CandidateView
from offing.store.candidates.candidate import candidates
from offing.web.access import needs, place_of, visitor_of
from offing.web.presentation.templating import page
from offing.web.presentation.views import title_of

router = APIRouter()


@router.get("/second")
def second(request: Request, visitor: Annotated[LogIn, Depends(needs(Permission.DECIDE))]) -> Response:
    """The candidates that the visitor may read a second time, the one decided longest ago first."""
    place = place_of(request)
    with place.database.read() as conn:
        found = candidates(conn, _due(request, visitor))
    rows = [{"id": each.id, "line": headline(each.facts) or title_of(each)} for each in found]
    return page(request, "second.html", {"rows": rows, "share": place.second_reading})


def is_second(request: Request, candidate_id: int) -> bool:
    """Whether the visitor is to read this candidate a second time, and so must not see how it was decided."""
    place, visitor = place_of(request), visitor_of(request)
    if visitor is None or not _reads_second(visitor):
        return False
    return is_to_read(place.database, candidate_id, visitor.user.name, place.clock(), place.second_reading)


def has_read_second(request: Request, candidate_id: int) -> bool:
    """Whether the visitor's own second reading of a candidate is in force, so that they may be sending it twice."""
    visitor = visitor_of(request)
    return visitor is not None and has_read(place_of(request).database, candidate_id, visitor.user.name)


def hidden(request: Request) -> frozenset[int]:
    """The candidates whose decisions must be hidden from the visitor; read once per request."""
    known: frozenset[int] | None = getattr(request.state, "hidden", None)
    if known is None:
        visitor = visitor_of(request)
        known = frozenset(_due(request, visitor) if visitor and _reads_second(visitor) else ())
        request.state.hidden = known
    return known


def without_decision(seen: CandidateView) -> CandidateView:
    """What a second reader sees of a candidate."""
    return replace(seen, item=blinded(seen.item))


def around_second(request: Request, candidate_id: int) -> Neighbours:
    """The candidates before and after one among those that the visitor may read a second time."""
    visitor = visitor_of(request)
    ids = _due(request, visitor) if visitor else ()
    before, after = [each for each in ids if each < candidate_id], [each for each in ids if each > candidate_id]
    return Neighbours(max(before, default=None), min(after, default=None))


def read_second(request: Request, verdict: Verdict) -> str:
    """Store a second reading; return what was done, in words.

    Raises:
        UsageError: the verdict is invalid; the message says why.
        Conflict: somebody else read it meanwhile.
    """
    place = place_of(request)
    made = read_again(place.database, verdict, place.clock(), place.second_reading)
    return f"candidate {made.candidate_id} read a second time: {made.judgement}"


def _reads_second(visitor: LogIn) -> bool:
    """Whether the person may decide, also where a program reads for them by a token, which decides nothing."""
    return Permission.DECIDE in MAY[visitor.user.role]


def _due(request: Request, visitor: LogIn) -> tuple[int, ...]:
    place = place_of(request)
    return to_read(place.database, visitor.user.name, place.clock(), place.second_reading)
