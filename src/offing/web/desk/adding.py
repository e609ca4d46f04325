"""Adding what a person found elsewhere: an address or a pasted text, and the progress of what they added."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Request
from pydantic import BaseModel
from starlette.responses import RedirectResponse, Response

from offing.errors import TooSoon, UsageError
from offing.model.operation.user import Permission
from offing.services.review.adding import Added, AddResult, Pasted, add_addresses, add_text, found_by
from offing.web.access import needs, place_of, visitor_of
from offing.web.desk.second_reading import hidden
from offing.web.presentation.form_tokens import check_age
from offing.web.presentation.templating import page

MOST = 200  # addresses at once


class PastedForm(BaseModel):
    """The form of a pasted article as typed."""

    title: str = ""
    text: str = ""
    url: str = ""
    outlet: str = ""
    day: str = ""
    token: str = ""

    def pasted(self) -> Pasted:
        """The article.

        Raises:
            UsageError: the date is invalid.
        """
        try:
            day = date.fromisoformat(self.day) if self.day else None
        except ValueError as error:
            raise UsageError(f"the day {self.day!r} is none: write it as 2026-03-02") from error
        return Pasted(self.title, self.text, self.url, self.outlet, day)


_EMPTY: dict[str, Any] = {"urls": "", **PastedForm().model_dump()}

router = APIRouter(dependencies=[Depends(needs(Permission.DECIDE))])


@router.get("/add")
def add(request: Request) -> Response:
    """The two boxes, and what this person added so far."""
    return _page(request, _EMPTY)


@router.post("/add/addresses")
def addresses(
    request: Request, urls: Annotated[str, Form(max_length=200_000)] = "", token: Annotated[str, Form()] = ""
) -> Response:
    """Put addresses on the path, one a line."""
    place, wanted = place_of(request), [line.strip() for line in urls.splitlines() if line.strip()]
    if not wanted or len(wanted) > MOST:
        problem = f"Give between one and {MOST} addresses, one a line."
        return _page(request, {**_EMPTY, "urls": urls}, problem=problem, status=422)
    try:
        check_age(request, token)
    except TooSoon as error:
        return _page(request, {**_EMPTY, "urls": urls}, problem=_sentence(error), status=422)
    added = add_addresses(place.database, wanted, _who(request), place.clock(), hidden(request))
    kept = "\n".join(each.url for each in added if each.result is AddResult.REFUSED)
    return _page(request, {**_EMPTY, "urls": kept}, added, status=422 if kept else 200)


@router.post("/add/text")
def text(request: Request, typed: Annotated[PastedForm, Form()]) -> Response:
    """Put a pasted article on the path; what was typed stays in the form where it cannot be used."""
    place = place_of(request)
    try:
        check_age(request, typed.token)
        added = add_text(place.database, typed.pasted(), _who(request), place.clock(), hidden(request))
    except UsageError as error:
        return _page(request, {**_EMPTY, **typed.model_dump()}, problem=_sentence(error), status=422)
    if added.result is AddResult.KNOWN:
        return _page(request, _EMPTY, [added])
    return RedirectResponse("/add#added", 303)


def _page(
    request: Request, typed: dict[str, Any], added: list[Added] | None = None, *, problem: str = "", status: int = 200
) -> Response:
    found = found_by(place_of(request).database, _who(request))
    values = {"typed": typed, "told": added or [], "problem": problem, "found": found}
    return page(request, "add.html", values, status)


def _sentence(error: UsageError) -> str:
    problem = str(error)
    return f"{problem[:1].upper()}{problem[1:]}."


def _who(request: Request) -> str:
    visitor = visitor_of(request)
    assert visitor is not None  # the router needs a permission
    return visitor.user.name
