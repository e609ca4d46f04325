"""A person's own account: password, time zone, and what they did."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from starlette.responses import RedirectResponse, Response

from offing.errors import UsageError
from offing.model.operation.activity import Stamp
from offing.model.operation.user import Key, LogIn, Permission
from offing.services.accounts.own_account import (
    NewPassword,
    PasswordRefused,
    change_password,
    choose_zone,
    has_password,
)
from offing.services.accounts.users import LONGEST_PASSWORD, SHORTEST_PASSWORD, check_password
from offing.services.monitoring.figures import own_figures
from offing.services.review.agreement import agreement_with
from offing.web.access import client_address, cookie_name, needs, place_of
from offing.web.gateway.login import throttle_of, too_many
from offing.web.presentation.charts import bars
from offing.web.presentation.templating import page
from offing.web.presentation.zones import zones

router = APIRouter(dependencies=[Depends(needs(Permission.READ))])
Visitor = Annotated[LogIn, Depends(needs(Permission.READ))]
DAYS = 30
WRONG = "The old password is not right, so nothing was changed."
NONE = "No password opens this account, so there is none to change. Ops can give it one."


@dataclass(frozen=True, slots=True)
class FormOutcome:
    """What came of a form: why it was refused, or what was done; with the status of the answer."""

    problem: str = ""
    done: str = ""
    status: int = 200
    wait: int | None = None


@router.get("/account")
def account(request: Request, visitor: Visitor) -> Response:
    """The account of whoever is logged in."""
    return _page(request, visitor, FormOutcome())


@router.post("/account/password")
def password(
    request: Request,
    visitor: Visitor,
    old: Annotated[str, Form(max_length=LONGEST_PASSWORD)] = "",
    new: Annotated[str, Form(max_length=LONGEST_PASSWORD)] = "",
    again: Annotated[str, Form(max_length=LONGEST_PASSWORD)] = "",
) -> Response:
    """Change the password, by the same rules and the same throttle as at the log-in; other sessions end."""
    return _page(request, visitor, _changed(request, visitor, NewPassword(old, new), again))


@router.post("/account/zone")
def zone(request: Request, visitor: Visitor, zone: Annotated[str, Form(max_length=100)] = "") -> Response:
    """Choose the time zone in which times are shown."""
    try:
        choose_zone(place_of(request).database, visitor.user, zone)
    except UsageError as error:
        return _page(request, visitor, FormOutcome(f"{str(error)[:1].upper()}{str(error)[1:]}.", status=422))
    return RedirectResponse("/account#zone", 303)


def _changed(request: Request, visitor: LogIn, typed: NewPassword, again: str) -> FormOutcome:
    place, address, user = place_of(request), client_address(request), visitor.user
    now = place.clock()
    problem = _unusable(typed, again, user.name)
    if problem:  # shown before the old password is tried, so that it neither counts as a guess nor ends a row of them
        return FormOutcome(problem, status=422)
    wait = throttle_of(request).admit(user.name, address, now)
    if wait:
        return FormOutcome(too_many(wait), status=429, wait=int(wait.total_seconds()) + 1)
    token = request.cookies.get(cookie_name(request), "")
    ended = change_password(place.database, user, typed, Stamp(now, user.name, address), token)
    if isinstance(ended, PasswordRefused):
        return FormOutcome(WRONG if ended is PasswordRefused.WRONG else NONE, status=422)
    throttle_of(request).right(user.name, address)
    others = f"{ended} other {'session, link or token' if ended == 1 else 'sessions, links and tokens'} ended"
    return FormOutcome(done=f"Your password is changed; {others if ended else 'nobody else was logged in'}.")


def _unusable(typed: NewPassword, again: str, name: str) -> str:
    """Return why a new password cannot be used; "" where it can."""
    if typed.new != again:
        return "The new password was typed in two ways, so nothing was changed."
    try:
        check_password(typed.new, name)
    except UsageError as error:
        return f"{str(error)[:1].upper()}{str(error)[1:]}."
    return ""


def _page(request: Request, visitor: LogIn, outcome: FormOutcome) -> Response:
    place, user = place_of(request), visitor.user
    found = own_figures(place.database, user.name, place.clock(), DAYS)
    labels = [f"{day:%-d %b}" for day, _ in found.days]
    values = {
        "outcome": outcome,
        "figures": found,
        "agreement": agreement_with(place.database, user.name),
        "chart": bars([count for _, count in found.days], labels, "Your decisions, by day"),
        "zones": zones(),
        "site_zone": place.zone,
        "by_password": visitor.key is Key.BROWSER and has_password(place.database, user),
        "shortest": SHORTEST_PASSWORD,
    }
    headers = {"retry-after": str(outcome.wait)} if outcome.wait is not None else None
    return page(request, "account.html", values, outcome.status, headers)
