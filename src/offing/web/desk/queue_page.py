"""The queue: what waits, best first, narrowed by filters that can be saved."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from starlette.responses import RedirectResponse, Response

from offing.errors import TooSoon, UnknownItem, UsageError
from offing.model.operation.user import LogIn, Permission
from offing.model.review.candidate import CandidateKind
from offing.model.review.queue import DoubtKind, Facet, Order, QueueFilter, QueuePage, QueueView
from offing.model.text.search import parse_search
from offing.review import headline
from offing.services.monitoring.late_runs import late_runs
from offing.services.review.assigning import people, standing_on
from offing.services.review.queue import first, forget, page, save, saved
from offing.services.review.searching import elsewhere, excerpts
from offing.services.second_reader.differences import differing
from offing.services.views.downloads import DownloadFormat, download, offered
from offing.services.views.pointers import pointed
from offing.store.feeds.feed import list_feeds
from offing.store.runs.run import last_end
from offing.web.access import needs, place_of, visitor_of
from offing.web.desk.candidates import last_of
from offing.web.desk.forms import Form, text_of
from offing.web.desk.leases import others_of
from offing.web.desk.queue_navigation import QueuePath, reader_of, way_of
from offing.web.desk.talk import waiting
from offing.web.presentation.files import sent_as_file
from offing.web.presentation.form_tokens import check_age
from offing.web.presentation.templating import page as answer

router = APIRouter(dependencies=[Depends(needs(Permission.READ))])
Visitor = Annotated[LogIn, Depends(needs(Permission.READ))]
GROUPS = {
    CandidateKind.NEW: "New",
    CandidateKind.UPDATE: "Updates of known projects",
    CandidateKind.AUDIT: "Audit sample",
}
VIEWS = {
    QueueView.TODAY: "Today",
    QueueView.MY_DAY: "My day",
    QueueView.WAITING: "All waiting",
    QueueView.DEFERRED: "Deferred",
    QueueView.DECIDED: "Decided",
    QueueView.BELOW_CUT: "Below the cut",
    QueueView.ALL: "Everything",
}
SCOPES = {
    QueueView.TODAY: "today’s queue",
    QueueView.MY_DAY: "my day",
    QueueView.WAITING: "all waiting candidates",
    QueueView.DEFERRED: "deferred candidates",
    QueueView.DECIDED: "decided candidates",
    QueueView.BELOW_CUT: "candidates below the cut",
    QueueView.ALL: "all candidates",
}
ORDERS = {Order.SCORE: "best first", Order.DATE: "newest first", Order.AMOUNT: "largest sum first"}
DOUBTS = {
    DoubtKind.ANY: "any doubt",
    DoubtKind.QUOTE: "quote says something else",
    DoubtKind.SECOND_READER: "second reader differs",
    DoubtKind.OUTLETS: "outlets differ",
}
_FACETS = (Facet.COUNTRY, Facet.SECTOR, Facet.STATUS, Facet.LANGUAGE, Facet.FIRM, Facet.LENDER, Facet.SOURCE)


@router.get("/queue")
def queue(request: Request) -> Response:
    """Today's queue, or what a filter finds."""
    try:
        wanted, problem = QueueFilter.parse(request.url.query), ""
    except UsageError as error:
        wanted, problem = QueueFilter(), str(error)
    return shown(request, wanted, problem)


@router.get("/queue/download.{kind}", dependencies=[Depends(needs(Permission.EXPORT))])
def take_away(request: Request, kind: DownloadFormat) -> Response:
    """All that a filter finds as a file, sent while it is made; it stands in the activity log."""
    way, reader = way_of(request.url.query), reader_of(request)
    chunks = download(place_of(request).database, replace(way.filter, after=None, before=None), reader, kind)
    return sent_as_file(request, chunks, kind, "candidates", f"queue as {kind}: {way.query or 'today'}")


@router.get("/queue/start")
def start(request: Request) -> Response:
    """On to the best candidate of a filter that nobody else has open."""
    way = way_of(request.url.query)
    found = first(place_of(request).database, way.filter, reader_of(request))
    if found is None:
        return shown(request, way.filter, "Nothing is free here: others have open what waits, or nothing waits.")
    return RedirectResponse(way.candidate(found), 303)


def shown(request: Request, wanted: QueueFilter, problem: str = "", typed: str = "") -> Response:
    """The page of a filter; with a `problem`, the name that was `typed` stays in its form."""
    place, reader = place_of(request), reader_of(request)
    found = page(place.database, wanted, reader)
    with place.database.read() as conn:
        ended, feeds = last_end(conn), len(list_feeds(conn)) if not found.total else 0
    visitor, search = visitor_of(request), parse_search(wanted.text)
    values = {
        "page": found,
        "scopes": SCOPES,
        "search": search,
        "excerpts": excerpts(place.database, found.lines, search),
        "nearby": elsewhere(place.database, wanted, reader) if not found.total else None,
        "way": QueuePath(wanted),
        "groups": _groups(found),
        "views": VIEWS,
        "headings": GROUPS,
        "orders": ORDERS,
        "doubts": DOUBTS,
        "downloads": offered(),
        "facets": [facet for facet in _FACETS if found.facets.get(facet)],
        "saved": saved(place.database, visitor.user.name) if visitor else (),
        "problem": problem,
        "typed": typed,
        "ended": ended,
        "feeds": feeds,
        "today": reader.now,
        "headline": headline,
        "looking": others_of(request, [line.id for line in found.lines]),
        "last": last_of(request),
        "assigned": standing_on(place.database, [line.id for line in found.lines]),
        "people": people(place.database) if visitor and visitor.may(Permission.DECIDE) else (),
        "differing": differing(place.database, [line.id for line in found.lines]),
        "mentions": waiting(request),
        "late": late_runs(place.database, place.pipelines, reader.now),
        "pointed": pointed(place.database, (line.id for line in found.lines), place.known),
    }
    return answer(request, "queue.html", values, 422 if problem else 200)


@router.post("/queue/saved")
def keep(request: Request, form: Form, visitor: Visitor) -> Response:
    """Keep the filter under a name, or let go of a kept one (`forget`)."""
    place, way = place_of(request), way_of(text_of(form, "in"))
    try:
        check_age(request, text_of(form, "token"))
        if text_of(form, "forget"):
            forget(place.database, visitor.user.name, text_of(form, "forget"))
        else:
            save(place.database, visitor.user.name, text_of(form, "name"), way.filter, place.clock())
    except TooSoon as error:
        return shown(request, way.filter, str(error), text_of(form, "name"))
    except (UsageError, UnknownItem):
        pass  # an empty name, or a filter that is already gone: the queue shows the saved ones
    return RedirectResponse(way.queue, 303)


def _groups(found: QueuePage) -> list[dict[str, Any]]:
    """The lines of a page under the headings of their kinds; only kinds that have any."""
    groups = []
    for kind, heading in GROUPS.items():
        lines = [line for line in found.lines if line.kind is kind]
        if lines:
            groups.append(
                {"kind": kind, "heading": heading, "lines": lines, "count": found.kinds.get(kind, len(lines))}
            )
    return groups
