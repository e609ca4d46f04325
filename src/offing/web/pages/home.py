"""The small read-only pages: keys, health, metrics."""

from __future__ import annotations

from fastapi import APIRouter, Depends, Request
from prometheus_client import CONTENT_TYPE_LATEST
from sqlalchemy.exc import SQLAlchemyError
from starlette.responses import JSONResponse, RedirectResponse, Response

from offing import logs
from offing.errors import MachineTrouble
from offing.model.operation.user import Permission
from offing.store.runs.quarantine import count_quarantined_feeds
from offing.store.runs.run import last_end
from offing.web.access import needs, open_to_all, place_of
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


@router.get("/health", dependencies=[Depends(open_to_all)])
def health(request: Request) -> Response:
    """Whether the database answers, when the last run ended, how many feeds were set aside; nothing for strangers."""
    try:
        with place_of(request).database.read() as conn:
            ended, aside = last_end(conn), count_quarantined_feeds(conn)
    except (MachineTrouble, SQLAlchemyError):
        logs.get_logger().exception("database_unreachable", request=request.state.request_id)
        return JSONResponse({"status": "unavailable", "database": False, "last_run_ended": None}, 503)
    last = ended.isoformat() if ended else None
    return JSONResponse({"status": "ok", "database": True, "last_run_ended": last, "feeds_quarantined": aside})


@router.get("/metrics", dependencies=[Depends(needs(Permission.MACHINE, loopback=True))])
def figures(request: Request) -> Response:
    """The figures for Prometheus."""
    place = place_of(request)
    return Response(metrics(place.database, place.clock()), media_type=CONTENT_TYPE_LATEST)
