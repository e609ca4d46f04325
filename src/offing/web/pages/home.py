"""The small read-only pages: keys, metrics."""

from __future__ import annotations

from fastapi import APIRouter, Depends, Request
from prometheus_client import CONTENT_TYPE_LATEST
from starlette.responses import RedirectResponse, Response

from offing.model.operation.user import Permission
from offing.web.access import needs, place_of
from offing.web.presentation.metrics import metrics
from offing.web.presentation.templating import page

router = APIRouter()


@router.get("/", dependencies=[Depends(needs(Permission.READ))])
def home() -> Response:
    """On to the queue."""
    return RedirectResponse("/queue", 303)


@router.get("/keys", dependencies=[Depends(needs(Permission.READ))])
def keys(request: Request) -> Response:
    """The card of keys."""
    return page(request, "keys.html", {})


@router.get("/metrics", dependencies=[Depends(needs(Permission.MACHINE, loopback=True))])
def figures(request: Request) -> Response:
    """The figures for Prometheus."""
    found = metrics(place_of(request), request.app.state.meters.registry)
    return Response(found, media_type=CONTENT_TYPE_LATEST)
