"""Who judges what: assignments by hand, split among several people and by rules; each person's goal of the day."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Request
from starlette.datastructures import FormData
from starlette.responses import RedirectResponse, Response

from offing.errors import TooSoon, UnknownItem, UsageError
from offing.model.operation.user import LogIn, Permission
from offing.model.review.queue import QueueFilter
from offing.model.values.numbers import HIGHEST_ID
from offing.model.values.vocabulary import Sector
from offing.review import BadEdit, country_of
from offing.services.review import assigning
from offing.services.review.bulk import LARGEST_BATCH
from offing.services.review.queue import ids_of
from offing.web.access import needs, place_of
from offing.web.desk.forms import Form, text_of
from offing.web.desk.queue_navigation import reader_of, way_of
from offing.web.desk.queue_page import shown
from offing.web.presentation.form_tokens import check_age
from offing.web.presentation.templating import page

router = APIRouter()
Analyst = Annotated[LogIn, Depends(needs(Permission.DECIDE))]
Curator = Annotated[LogIn, Depends(needs(Permission.CURATE))]
SPLIT, NOBODY, RULES = "split", "nobody", "rules"  # what the menu sends besides `to:NAME`
_PERSON = "to:"  # so that an account may be called "split"


@router.post("/assign")
def assign(request: Request, form: Form, visitor: Analyst) -> Response:
    """Assign one candidate (`one`), the ticked ones or all of a filter, or give them back to the rules."""
    place, way, one = place_of(request), way_of(text_of(form, "in")), text_of(form, "one")
    try:
        check_age(request, text_of(form, "token"))
        ids, who = _chosen(request, form), visitor.user.name
        if text_of(form, "to") == RULES:
            assigning.release(place.database, ids, who, place.clock())
        else:
            assigning.assign(place.database, ids, _people(form), who, place.clock())
    except UsageError as error:
        return shown(request, way.filter, str(error))
    return RedirectResponse(way.candidate(int(one)) if one.isdecimal() else way.queue, 303)


@router.get("/assignments", dependencies=[Depends(needs(Permission.READ))])
def assignments(request: Request) -> Response:
    """The rules, who has how many that wait, and what was assigned last."""
    return _page(request)


@router.post("/assignments/rules")
def add_rule(request: Request, form: Form, visitor: Curator) -> Response:
    """Add a rule; it is applied at once to what nobody assigned by hand."""
    place = place_of(request)
    try:
        check_age(request, text_of(form, "token"))
        person = text_of(form, "person")
        assigning.add_rule(place.database, _ruled(form), person, visitor.user.name, place.clock())
    except UsageError as error:
        return _page(request, str(error), form)
    return RedirectResponse("/assignments", 303)


@router.post("/assignments/rules/{rule_id}/end")
def end_rule(
    request: Request, rule_id: Annotated[int, Path(ge=1, le=HIGHEST_ID)], form: Form, visitor: Curator
) -> Response:
    """Take a rule back."""
    place = place_of(request)
    try:
        check_age(request, text_of(form, "token"))
        assigning.end_rule(place.database, rule_id, visitor.user.name, place.clock())
    except UnknownItem:
        pass  # somebody else took it back: the page shows those that stand
    except TooSoon as error:
        return _page(request, str(error))
    return RedirectResponse("/assignments", 303)


@router.post("/goal")
def goal(request: Request, form: Form, visitor: Analyst) -> Response:
    """Set one's own goal of the day; an empty one is the share of the day's budget again."""
    place, way = place_of(request), way_of(text_of(form, "in"))
    try:
        assigning.choose_goal(place.database, visitor.user.name, _goal(text_of(form, "goal").strip()))
    except UsageError as error:
        return shown(request, way.filter, str(error))
    return RedirectResponse(way.queue, 303)


def _goal(typed: str) -> int | None:
    if typed and not (typed.isdecimal() and len(typed) < 6):  # noqa: PLR2004 -- far beyond the largest goal
        raise UsageError(f"{typed[:20]!r} is not a goal: write a number up to {assigning.LARGEST_GOAL}")
    return int(typed) if typed else None


def _chosen(request: Request, form: FormData) -> tuple[int, ...]:
    """The candidates that a form names, best first where a filter does."""
    if text_of(form, "scope") == "filter":
        way = way_of(text_of(form, "in"))
        return ids_of(place_of(request).database, way.filter, reader_of(request), LARGEST_BATCH + 1)
    named = [text_of(form, "one")] if text_of(form, "one") else form.getlist("id")
    typed = (each for each in named if isinstance(each, str) and each.isdecimal())
    return tuple(number for number in map(int, typed) if number <= HIGHEST_ID)


def _people(form: FormData) -> tuple[str, ...]:
    """To whom a form assigns.

    Raises:
        UsageError: it does not say.
    """
    to = text_of(form, "to")
    if to == NOBODY:
        return (assigning.NOBODY,)
    if to == SPLIT:
        return tuple(each for each in form.getlist("among") if isinstance(each, str) and each)
    if not to.startswith(_PERSON) or to == _PERSON:
        raise UsageError("nobody was chosen: choose who gets the candidates")
    return (to.removeprefix(_PERSON),)


def _ruled(form: FormData) -> QueueFilter:
    """What a rule is for, as typed: countries by name or code, languages by code, both between commas.

    Raises:
        UsageError: a country, language or sector is unknown.
    """
    try:
        countries = [country_of(each) for each in _parts(text_of(form, "country"))]
    except BadEdit as error:
        raise UsageError(str(error)) from error
    plain = {"country": countries, "language": _parts(text_of(form, "language")), "sector": text_of(form, "sector")}
    return QueueFilter.from_dict(plain)


def _parts(text: str) -> list[str]:
    return [part for part in (each.strip() for each in text.replace(";", ",").split(",")) if part]


def _page(request: Request, problem: str = "", form: FormData | None = None) -> Response:
    place = place_of(request)
    typed = {name: text_of(form, name) if form else "" for name in ("country", "language", "sector", "person")}
    values = {
        "found": assigning.overview(place.database),
        "people": assigning.people(place.database),
        "sectors": list(Sector),
        "typed": typed,
        "problem": problem,
    }
    return page(request, "assignments.html", values, 422 if problem else 200)
