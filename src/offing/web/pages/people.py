"""People's activity and how far second readers agree with the first, for those who manage people."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from offing.model.operation.activity import ActivityKind
from offing.model.operation.user import Permission
from offing.services.review.agreement import agreement_of
from offing.store.accounts.activity import ActivityFilter, list_activity
from offing.web.access import needs, place_of
from offing.web.desk.second_reading import hidden
from offing.web.presentation.templating import page

router = APIRouter(dependencies=[Depends(needs(Permission.AUDIT))])
MOST = 200
DAYS = timedelta(days=30)


@router.get("/people")
def people(request: Request, by: Annotated[str, Query(max_length=100)] = "", action: str = "") -> Response:
    """The activity of 30 days, newest first, and the agreement of all second readings."""
    place, blind = place_of(request), hidden(request)
    asked = frozenset({ActivityKind(action)} if action in list(ActivityKind) else ())
    with place.database.read() as conn:
        found = list_activity(conn, ActivityFilter(place.clock() - DAYS, by or None, asked, MOST))
    values = {
        "activity": [done for done in found if done.candidate_id is None or done.candidate_id not in blind],
        "agreement": agreement_of(place.database),
        "actions": list(ActivityKind),
        "by": by,
        "action": action,
        "most": MOST,
    }
    return page(request, "people.html", values)
