"""All values of a facet: a page of links, and the same as JSON for the type-ahead beside the queue."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response

from offing.errors import UsageError
from offing.model.operation.user import Permission
from offing.model.review.queue import Facet, FacetCount, QueueFilter
from offing.services.review.queue import facet_values
from offing.services.views.facet_values import found_values
from offing.web.access import needs, place_of, wants_json
from offing.web.desk.queue_navigation import QueuePath, reader_of
from offing.web.presentation.field_values import words
from offing.web.presentation.templating import language_name, page, toggled

router = APIRouter(dependencies=[Depends(needs(Permission.READ))])
_FIND = "find"  # what is typed, in the address; every other name there belongs to the filter


@router.get("/queue/values/{facet}")
def values(request: Request, facet: Facet, find: Annotated[str, Query(max_length=100)] = "") -> Response:
    """The values of a facet with the number of candidates that each would leave, narrowed by what is typed."""
    if facet is Facet.PERSON:
        raise HTTPException(404)
    wanted, place = _filter(request), place_of(request)
    every = [_labelled(each, facet) for each in facet_values(place.database, wanted, reader_of(request), facet)]
    rows = [_row(each, wanted, facet) for each in found_values(every, facet, find, place.known)]
    if wants_json(request):
        return JSONResponse(rows)
    shown = {"facet": facet, "rows": rows, "total": len(every), "find": find, "way": QueuePath(wanted)}
    return page(request, "values.html", shown)


def _filter(request: Request) -> QueueFilter:
    given: dict[str, list[str]] = {}
    for name, value in request.query_params.multi_items():
        if name != _FIND:
            given.setdefault(name, []).append(value)
    try:
        return QueueFilter.from_dict(given)
    except UsageError as error:
        raise HTTPException(422, f"{error}.") from error


def _labelled(each: FacetCount, facet: Facet) -> FacetCount:
    if facet is Facet.LANGUAGE:
        return FacetCount(each.value, language_name(each.value), each.count)
    return FacetCount(each.value, words(each.label), each.count) if facet in {Facet.SECTOR, Facet.STATUS} else each


def _row(each: FacetCount, wanted: QueueFilter, facet: Facet) -> dict[str, Any]:
    return {
        "label": each.label,
        "count": each.count,
        "href": f"/queue?{toggled(wanted, facet, each.value)}",
        "chosen": each.value in wanted.facets.get(facet, ()),
    }
