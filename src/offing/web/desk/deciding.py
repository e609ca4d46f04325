"""Decisions from the browser: single ones, undo, and batches with a preview."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from offing.errors import Conflict, NotTakenBack, RemarkMissing, TooSoon, UsageError
from offing.model.operation.user import LogIn, Permission
from offing.model.review.candidate import CandidateState
from offing.model.review.decision import Verdict, decisions_in_force
from offing.review import done_words
from offing.services.review.assigning import standing_on
from offing.services.review.bulk import LARGEST_BATCH, decide_all, new_batch, plan
from offing.services.review.decisions import decide
from offing.services.review.queue import ids_of
from offing.services.review.undoing import Asking, take_back
from offing.services.views.candidate_view import CandidateView
from offing.services.views.pointers import pointed_of
from offing.web.access import needs, place_of, wants_json
from offing.web.desk.candidates import Attempt, seen_of, show
from offing.web.desk.forms import Form, Writer, asked_of, text_of, typed_in, verdict_of, version_of
from offing.web.desk.queue_navigation import CandidateId, QueuePath, around, reader_of, way_of
from offing.web.desk.second_reading import (
    around_second,
    has_read_second,
    hidden,
    is_second,
    read_second,
    without_decision,
)
from offing.web.presentation.form_tokens import check_age, new_mark
from offing.web.presentation.templating import page
from offing.web.presentation.views import decision_views

router = APIRouter()
Analyst = Annotated[LogIn, Depends(needs(Permission.DECIDE))]


@router.post("/candidate/{candidate_id}/decide")
def decide_one(request: Request, candidate_id: CandidateId, form: Form, visitor: Analyst) -> Response:
    """Decide on a candidate, and on to the next one; a script is told in JSON where that is."""
    place, way, seen = place_of(request), way_of(text_of(form, "in")), seen_of(request, candidate_id)
    now = place.clock()
    try:
        check_age(request, text_of(form, "token"))
        asked, who = asked_of(form, place.keys, now), Writer(visitor.user.name, place.known)
        if is_second(request, candidate_id) or _is_echo(request, seen, form):
            verdict = verdict_of(form, without_decision(seen), asked, who)
            return _read_second(request, verdict, current=version_of(form) == seen.item.candidate.version)
        verdict = verdict_of(form, seen, asked, who)
        made = decide(place.database, verdict, now, seen=version_of(form))
    except (Conflict, UsageError) as error:
        return _not_taken(request, seen_of(request, candidate_id), way, form, error)
    onward = around(request, way, candidate_id).next
    address = way.candidate(onward) if onward else way.queue
    if wants_json(request):
        return JSONResponse({"candidate": candidate_id, "said": done_words(made), "next": address})
    return RedirectResponse(address, 303)


def _is_echo(request: Request, seen: CandidateView, form: Form) -> bool:
    """Whether a form may repeat a second reading that the visitor sent before."""
    found = seen.item.candidate
    waits = found.state in {CandidateState.OPEN, CandidateState.DEFERRED}
    return not waits and version_of(form) == found.version and has_read_second(request, found.id)


def _read_second(request: Request, verdict: Verdict, *, current: bool) -> Response:
    if not current:  # made for an earlier version, or for none: `decide` would reveal who decided what
        raise Conflict(f"candidate {verdict.candidate_id} changed since you opened it: this is how to read it now")
    onward = around_second(request, verdict.candidate_id).next
    notice, address = read_second(request, verdict), f"/candidate/{onward}" if onward else "/second"
    if wants_json(request):
        return JSONResponse({"candidate": verdict.candidate_id, "said": notice, "next": address})
    return RedirectResponse(address, 303)


@router.post("/undo")
def undo_last(request: Request, form: Form, visitor: Analyst) -> Response:
    """Take back what the person did last: a decision, a batch, a second reading. Asked again, the one before it.

    The same page sent twice takes back one thing. Where that cannot be, since others decided on it, the answer says
    so and how to ask for the one `before`.
    """
    place, way = place_of(request), way_of(text_of(form, "in"))
    try:
        check_age(request, text_of(form, "token"))
        done = take_back(
            place.database, visitor.user.name, place.clock(), place.scoring, before=_before(form), asked=_page_of(form)
        )
    except NotTakenBack as error:
        return _nothing_back(request, way, str(error), error.decision)
    except UsageError as error:
        return _nothing_back(request, way, str(error))
    ids = done.candidate_ids
    address = way.candidate(ids[0]) if len(ids) == 1 else way.queue
    notice = f"candidate {ids[0]} is open again" if len(ids) == 1 else f"{len(ids)} candidates are open again"
    notice = ". ".join((notice, *(f"{each[:1].upper()}{each[1:]}" for each in done.left_out)))
    if wants_json(request):
        return JSONResponse({"said": notice, "next": address, "candidates": ids})
    return RedirectResponse(address, 303)


def _page_of(form: Form) -> Asking:
    """The page that sent a form, by its token and by the second reading that the page names as done last."""
    read = text_of(form, "reading")
    reading = int(read) if read.isdecimal() and len(read) < 16 else None  # noqa: PLR2004 -- no candidate has more
    return Asking(text_of(form, "token")[:100] or None, reading)


def _before(form: Form) -> int | None:
    """The decision from which a person's own are skipped, as an earlier refusal named it."""
    typed = text_of(form, "before")
    return int(typed) if typed.isdecimal() and len(typed) < 16 else None  # noqa: PLR2004 -- more digits fit into no id


@router.post("/bulk/preview")
def preview(request: Request, form: Form, visitor: Analyst) -> Response:
    """What a decision would do to the chosen candidates, or to all that a filter finds; nothing is changed."""
    way = way_of(text_of(form, "in"))
    try:
        return _previewed(request, form, visitor, _chosen(request, form, way))
    except UsageError as error:
        return _bulk_page(request, way, {"problem": str(error), "planned": (), "left_out": ()}, 422)


@router.post("/bulk")
def bulk(request: Request, form: Form, visitor: Analyst) -> Response:
    """Make the decisions that were looked at."""
    place, way = place_of(request), way_of(text_of(form, "in"))
    now = place.clock()
    try:
        check_age(request, text_of(form, "token"))
        verdict = replace(_batch_verdict(request, form, visitor), token=_batch(form))
        done = decide_all(place.database, _looked_at(form), verdict, now, hidden(request))
    except TooSoon as error:
        return _previewed(request, form, visitor, [number for number, _ in _looked_at(form)], str(error))
    except UsageError as error:
        return _bulk_page(request, way, {"problem": str(error), "planned": (), "left_out": ()}, 422)
    if done.left_out:
        return _bulk_page(request, way, {"problem": "", "planned": (), "left_out": (), "done": done})
    return RedirectResponse(way.queue, 303)


def _batch_verdict(request: Request, form: Form, visitor: LogIn) -> Verdict:
    """The verdict in a form for all the candidates of a batch.

    Raises:
        UsageError: it cannot be read.
    """
    place = place_of(request)
    asked = asked_of(form, place.keys, place.clock())
    return Verdict(0, asked.judgement, visitor.user.name, asked.reason, until=asked.until)


def _previewed(request: Request, form: Form, visitor: LogIn, ids: Sequence[int], problem: str = "") -> Response:
    """The preview page of a batch; a `problem` says why it was not decided.

    Raises:
        UsageError: the form cannot be read, or there are too many candidates.
    """
    place, verdict = place_of(request), _batch_verdict(request, form, visitor)
    planned = plan(place.database, ids, verdict, place.clock(), hidden(request))
    nothing = "" if planned else "Nothing was chosen. Tick some candidates, or choose the whole filter."
    values = {
        "planned": [each for each in planned if not each.obstacle],
        "left_out": [each for each in planned if each.obstacle],
        "asked": verdict,
        "problem": problem or nothing,
        "judgement": text_of(form, "judgement"),
        "reason": text_of(form, "reason"),
        "until": verdict.until,
        "token": new_mark(place.ticks(), new_batch()),
        "assigned": standing_on(place.database, [each.candidate_id for each in planned]),
        "pointed": pointed_of(place.database, [each.item for each in planned], place.known),
    }
    return _bulk_page(request, way_of(text_of(form, "in")), values, 422 if problem else 200)


def _not_taken(request: Request, seen: CandidateView, way: QueuePath, form: Form, error: Exception) -> Response:
    """What the person sent, beside the current state: 409 if somebody else was first, 422 if it cannot be read."""
    decided = seen.item.candidate.state not in {CandidateState.OPEN, CandidateState.DEFERRED}
    status = HTTPStatus.CONFLICT if isinstance(error, Conflict) or decided else HTTPStatus.UNPROCESSABLE_ENTITY
    if wants_json(request):
        theirs = decision_views(decisions_in_force(seen.item.decisions))[:1]
        decisions = [{"by": each.by, "done": each.done, "changes": each.changes} for each in theirs]
        answer = {"error": str(error), "conflict": status == HTTPStatus.CONFLICT, "theirs": decisions}
        return JSONResponse(answer, status)
    remark, until = text_of(form, "reason"), text_of(form, "until")
    remarkless = isinstance(error, RemarkMissing)
    return show(request, seen, way, Attempt(str(error), typed_in(form, seen), status, remark, until, remarkless))


def _nothing_back(request: Request, way: QueuePath, notice: str, stays: int | None = None) -> Response:
    if wants_json(request):
        return JSONResponse({"error": notice, "before": stays}, 409)
    return _bulk_page(request, way, {"problem": notice, "planned": (), "left_out": (), "before": stays}, 409)


def _bulk_page(request: Request, way: QueuePath, values: dict[str, Any], status: int = 200) -> Response:
    known: dict[str, Any] = {
        "asked": None,
        "judgement": "",
        "reason": "",
        "until": None,
        "token": "",
        "done": None,
        "before": None,
        "pointed": {},
        "assigned": {},
    }
    return page(request, "bulk.html", {**known, **values, "way": way}, status)


def _chosen(request: Request, form: Form, way: QueuePath) -> tuple[int, ...]:
    """The ticked candidates, or all that match the filter."""
    if text_of(form, "scope") == "filter":
        return ids_of(place_of(request).database, way.filter, reader_of(request), LARGEST_BATCH + 1)
    ticked = [each for each in form.getlist("id") if isinstance(each, str) and each.isdecimal() and len(each) < 16]  # noqa: PLR2004 -- more digits fit into no id
    return tuple(map(int, ticked))


def _looked_at(form: Form) -> list[tuple[int, int]]:
    """Id and version of each candidate, as written by the preview: `12:1,13:2`."""
    pairs = [each.split(":") for each in text_of(form, "items").split(",") if each]
    if not pairs or any(len(pair) != 2 or not all(p.isdecimal() and len(p) < 16 for p in pair) for pair in pairs):  # noqa: PLR2004 -- an id and a version, of at most 15 digits
        raise UsageError("the list of candidates cannot be read: go back and look at it again")
    return [(int(number), int(version)) for number, version in pairs]


def _batch(form: Form) -> str:
    token = text_of(form, "token")
    return token if token.startswith("batch-") and len(token) < 60 else new_batch()  # noqa: PLR2004 -- longer ones are not ours
