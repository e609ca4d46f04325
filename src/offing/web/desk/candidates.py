"""The page of one candidate: fields beside the text that proves them, and the possible decisions."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, RedirectResponse, Response

from offing.errors import UnknownItem
from offing.model.operation.user import Permission
from offing.model.pairs.pairing import Ref
from offing.model.review.candidate import CandidateState
from offing.model.review.decision import Decision
from offing.model.review.queue import QueueLine
from offing.review import done_words, headline, headline_parts
from offing.services.matching.conversions import day_of
from offing.services.review.assigning import assignments_of, people
from offing.services.review.decisions import items_of
from offing.services.review.possible_updates import beside as beside_of
from offing.services.review.possible_updates import nearest
from offing.services.review.undoing import last_action
from offing.services.second_reader.differences import second_view
from offing.services.views.actors import actors_of
from offing.services.views.alike import alike
from offing.services.views.candidate_view import CandidateView, Correction, candidate_view
from offing.services.views.lists import offers
from offing.web.access import needs, place_of, visitor_of
from offing.web.desk.known_comparison import known_views, offered_first
from offing.web.desk.leases import others_of
from offing.web.desk.queue_navigation import CandidateId, QueuePath, around, reader_of, way_of
from offing.web.desk.restored_corrections import corrected_again
from offing.web.desk.second_reading import around_second, hidden, is_second, without_decision
from offing.web.desk.talk import talk_on
from offing.web.desk.translations import Untranslated, translations_of
from offing.web.presentation.citing import candidate_citation
from offing.web.presentation.field_values import words
from offing.web.presentation.fields import field_views
from offing.web.presentation.form_tokens import page_token
from offing.web.presentation.templating import page
from offing.web.presentation.views import (
    actor_views,
    article_views,
    decision_views,
    line_of,
    reasons_by_weight,
    title_of,
)

router = APIRouter(dependencies=[Depends(needs(Permission.READ))])
_WAITS = {CandidateState.OPEN, CandidateState.DEFERRED}
Within = Annotated[str, Query(alias="in", max_length=4000)]


@dataclass(frozen=True, slots=True)
class Attempt:
    """A rejected attempt to decide: why, what was typed, remark and day, and the status of the answer.

    `remarkless`: it lacked only a remark, so the page opens there. `untranslated`: what was rejected is no decision but
    a translation.
    """

    problem: str = ""
    typed: Mapping[str, Correction] = field(default_factory=dict)
    status: int = 200
    remark: str = ""
    until: str = ""
    remarkless: bool = False
    untranslated: Untranslated | None = None


@router.get("/candidates/{candidate_id}")
def moved(candidate_id: CandidateId) -> Response:
    """The older address of a candidate."""
    return RedirectResponse(f"/candidate/{candidate_id}", 301)


@router.get("/candidate/{candidate_id}")
def candidate(request: Request, candidate_id: CandidateId, within: Within = "") -> Response:
    """One candidate; one whose story was merged into another's sends to that."""
    seen, way = seen_of(request, candidate_id), way_of(within)
    if (now := seen.item.candidate.id) == candidate_id:
        return show(request, seen, way)
    on = way.candidate(now)
    return RedirectResponse(f"{on}{'&' if '?' in on else '?'}was={candidate_id}", 303)


@router.get("/candidate/{candidate_id}/alike")
def pick(request: Request, candidate_id: CandidateId, q: Annotated[str, Query(max_length=200)] = "") -> Response:
    """What the candidate may double: `[{"line", "said", "judgement", "button"}]`."""
    seen = seen_of(request, candidate_id)
    found = alike(place_of(request).database, seen.item.facts, q, reader_of(request))
    return JSONResponse([_offer(line) for line in found if line.id != candidate_id])


@router.get("/lists/{name}")
def complete(request: Request, name: str, q: Annotated[str, Query(max_length=100)] = "") -> Response:
    """What completes a text that is typed into a field: `[{"value": …, "hint": …}]`."""
    found = offers(name, q, place_of(request).known)
    return JSONResponse([{"value": each.value, "hint": each.hint} for each in found])


def _offer(line: QueueLine) -> dict[str, str]:
    summary = ", ".join(filter(None, (line.outlets[0] if line.outlets else "", line.state.value)))
    return {
        "line": headline(line.facts) or line.title,
        "said": summary,
        "judgement": f"duplicate:{line.id}",
        "button": f"Duplicate of {line.id}",
    }


def seen_of(request: Request, candidate_id: int) -> CandidateView:
    """The candidate of an address; without its decision if the visitor is to read it a second time.

    Raises:
        HTTPException: 404, there is none.
    """
    try:
        seen = candidate_view(place_of(request).database, candidate_id)
    except UnknownItem:
        raise HTTPException(404, f"There is no candidate {candidate_id}.") from None
    return without_decision(seen) if is_second(request, candidate_id) else seen


def show(request: Request, seen: CandidateView, way: QueuePath, attempt: Attempt | None = None) -> Response:
    """The page; after a rejected attempt with what was typed, and why."""
    tried = attempt or Attempt()
    found, place = seen.item.candidate, place_of(request)
    second = is_second(request, found.id)
    beside = around_second(request, found.id) if second else around(request, way, found.id)
    visitor = visitor_of(request)
    known = beside_of(place.database, found, hidden(request))
    again = corrected_again(seen.item, visitor.user.name) if visitor and found.state in _WAITS else {}
    values = {
        "candidate": found,
        "line": line_of(seen),
        "facts": seen.item.facts,
        "parts": headline_parts(seen.item.facts),
        "title": title_of(found),
        "was": was if (was := request.query_params.get("was", "")).isdecimal() else "",
        "citation": candidate_citation(request, found, headline(seen.item.facts) or title_of(found)),
        "fields": field_views(seen, place.known, other_view := second_view(seen.item)),
        "second_reader": other_view,
        "articles": article_views(seen),
        "reasons": reasons_by_weight(found),
        "actors": actor_views(actors_of(seen.item.facts, place.known)),
        "near": offered_first(known, nearest(place.database, found, hidden(request))),
        "known": known_views(seen.item.facts, known, day_of(found.articles)),
        "decisions": (views := decision_views(seen.item.decisions)),
        "last_made": next((made for made in views if made.stands), None),
        "second": second,
        "lease": others_of(request, (found.id,)).get(found.id),
        "assignments": () if second else assignments_of(place.database, found.id),
        "people": people(place.database) if visitor and visitor.may(Permission.DECIDE) else (),
        "said": talk_on(request, (Ref.candidate(found.id),), within=way.query, blind=second),
        "way": way,
        "beside": beside,
        "token": page_token(found.id, place.ticks()),
        "tried": tried,
        "problem": tried.problem,
        "typed": tried.typed or again,
        "again": bool(again) and not tried.typed,
        "last": last_of(request),
        "translator": place.translator,
        "translated": translations_of(place.database, place.translator, seen),
        "untranslated": tried.untranslated,
    }
    return page(request, "candidate.html", values, tried.status)


def last_of(request: Request) -> dict[str, Any] | None:
    """The visitor's last action that can be undone, in words."""
    visitor = visitor_of(request)
    decides = visitor is not None and visitor.may(Permission.DECIDE)
    last = last_action(place_of(request).database, visitor.user.name) if visitor and decides else None
    if last is None:
        return None
    now = place_of(request).clock()
    if last.reading:
        read = last.reading
        notice = f"candidate {read.candidate_id} read a second time: {read.judgement}"
        return {"candidate_id": read.candidate_id, "said": notice, "reading": True, "ago": _ago(read.at, now)}
    newest = last.decisions[0]
    notice = _said_of(request, newest, len(last.decisions))
    return {"candidate_id": newest.candidate_id, "said": notice, "reading": False, "ago": _ago(newest.at, now)}


def _said_of(request: Request, newest: Decision, count: int) -> str:
    """A decision by verdict and name, a batch by its verdict and number."""
    reason = place_of(request).keys.reason(re.split("[:;]", newest.reason)[0])
    done = f"{done_words(newest)} ({words(reason.name)})" if reason else done_words(newest)
    if count > 1:
        return f"{count} candidates {done}"
    with place_of(request).database.read() as conn:
        (item,) = items_of(conn, (newest.candidate_id,))
    return f"candidate {newest.candidate_id} {done}: {headline(item.facts) or title_of(item.candidate)}"


def _ago(at: datetime, now: datetime) -> int:
    """The seconds since a decision; a clock that was ahead makes them none."""
    return max(0, int((now - at).total_seconds()))
