"""The pages that show: queue, candidate, sources, health, metrics. None of them changes anything."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Request
from prometheus_client import CONTENT_TYPE_LATEST
from sqlalchemy.exc import SQLAlchemyError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, RedirectResponse, Response

from offing import logs
from offing.model.user import Permission
from offing.steps.actors import actors_of
from offing.store.article import get_articles
from offing.store.candidate import get_candidate, queued
from offing.store.feed import list_feeds
from offing.store.revision import revisions_of
from offing.store.run import last_end
from offing.web.access import needs, open_to_all, place_of
from offing.web.reading import metrics
from offing.web.templating import page
from offing.web.views import actor_views, article_views, field_views, queue_row, reasons_by_weight, title_of

router = APIRouter()
PAGE_SIZE = 20
LARGEST_ID = 2**53  # beyond that no database of ours has numbered anything


@router.get("/", dependencies=[Depends(needs(Permission.READ))])
def home() -> Response:
    """On to the queue."""
    return RedirectResponse("/queue", 303)


@router.get("/queue", dependencies=[Depends(needs(Permission.READ))])
def queue(
    request: Request,
    number: Annotated[int, Query(alias="page", ge=1, le=10**6)] = 1,
    everything: Annotated[bool, Query(alias="all")] = False,
) -> Response:
    """Today's queue, or all that is open, best first."""
    place = place_of(request)
    now = place.clock()
    with place.database.read() as conn:
        found = queued(conn, now) if everything else queued(conn, now, today=now.date().isoformat())
        ended, feeds = last_end(conn), len(list_feeds(conn)) if not found else 0
    pages = max(1, -(-len(found) // PAGE_SIZE))
    number = min(number, pages)
    rows = [queue_row(candidate) for candidate in found[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]]
    values = {"rows": rows, "total": len(found), "number": number, "pages": pages, "everything": everything}
    return page(request, "queue.html", {**values, "ended": ended, "feeds": feeds, "today": now})


@router.get("/candidates/{candidate_id}", dependencies=[Depends(needs(Permission.READ))])
def candidate(request: Request, candidate_id: Annotated[int, Path(ge=1, le=LARGEST_ID)]) -> Response:
    """One candidate: its fields beside the text that proves them."""
    place = place_of(request)
    with place.database.read() as conn:
        found = get_candidate(conn, candidate_id)
        if found is None:
            raise HTTPException(404, f"There is no candidate {candidate_id}.")
        articles = get_articles(conn, (told.article_id for told in found.articles))
        revisions = revisions_of(conn, articles)
    values = {
        "candidate": found,
        "title": title_of(found),
        "fields": field_views(found, articles),
        "articles": article_views(found, articles, revisions),
        "reasons": reasons_by_weight(found),
        "actors": actor_views(actors_of(found.facts, place.known)),
    }
    return page(request, "candidate.html", values)


@router.get("/sources", dependencies=[Depends(needs(Permission.READ))])
def sources(request: Request) -> Response:
    """The feeds: whether they can be relied upon, why not, and what to do."""
    with place_of(request).database.read() as conn:
        feeds = list_feeds(conn)
    calm = {"healthy", "new", "paused"}
    ordered = sorted(feeds, key=lambda feed: (feed.state in calm, feed.spec.title.casefold() or feed.spec.url))
    return page(request, "sources.html", {"feeds": ordered, "troubled": sum(f.state not in calm for f in feeds)})


@router.get("/health", dependencies=[Depends(open_to_all)])
def health(request: Request) -> Response:
    """Whether the database answers and when the last run ended; nothing that a stranger could use."""
    try:
        with place_of(request).database.read() as conn:
            ended = last_end(conn)
    except SQLAlchemyError:
        logs.get_logger().exception("database_unreachable", request=request.state.request_id)
        return JSONResponse({"status": "unavailable", "database": False, "last_run_ended": None}, 503)
    return JSONResponse({"status": "ok", "database": True, "last_run_ended": ended.isoformat() if ended else None})


@router.get("/metrics", dependencies=[Depends(needs(Permission.MACHINE, loopback=True))])
def figures(request: Request) -> Response:
    """The figures for Prometheus."""
    place = place_of(request)
    return Response(metrics(place.database, place.clock()), media_type=CONTENT_TYPE_LATEST)
