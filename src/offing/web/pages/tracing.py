"""Where the values of one field of a project come from, from the releases back to the feeds."""

from __future__ import annotations

from fastapi import APIRouter, Depends, Request
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from offing.errors import UsageError
from offing.model.operation.user import Permission
from offing.model.reading.evidence import FieldName
from offing.services.views.value_trace import trace_field
from offing.web.access import needs, place_of
from offing.web.desk.second_reading import hidden
from offing.web.pages.projects import look_at
from offing.web.presentation.fields import label
from offing.web.presentation.templating import page

router = APIRouter(dependencies=[Depends(needs(Permission.READ))])


@router.get("/projects/{project_id}/trace/{field}")
def field_trace(request: Request, project_id: str, field: str) -> Response:
    """The trace of one field; that of a merged project stands in what it became."""
    found = look_at(request, project_id)
    if found.record.redirects_to:
        return RedirectResponse(f"/projects/{found.record.redirects_to}/trace/{field}", 303)
    try:
        trace = trace_field(place_of(request).database, project_id, field, hidden(request))
    except UsageError as error:
        raise HTTPException(404, f"{str(error)[:1].upper()}{str(error)[1:]}.") from error
    return page(
        request,
        "trace.html",
        {"record": found.record, "trace": trace, "name": label(FieldName(field)) if field in set(FieldName) else field},
    )
