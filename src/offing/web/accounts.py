"""Log in and log out."""

from __future__ import annotations

import re
import secrets
import unicodedata
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from starlette.responses import RedirectResponse, Response

from offing import logs
from offing.model.user import Permission
from offing.steps.users import LIFE, log_in, log_out
from offing.store.user import has_users
from offing.web.access import (
    check_token,
    client_address,
    cookie_name,
    is_tls,
    local_path,
    needs,
    open_to_all,
    place_of,
    visitor_of,
)
from offing.web.templating import page
from offing.web.throttle import Throttle

router = APIRouter()
_TOKEN = re.compile(r"[\w-]{43}")
WRONG = "Name and password do not belong together, or the account is shut."


@router.get("/login", dependencies=[Depends(open_to_all)])
def login_form(request: Request, next: str = "") -> Response:  # noqa: A002 -- the parameter's name in the address
    """The form, or straight on for who is logged in."""
    if visitor_of(request):
        return RedirectResponse(local_path(next), 303)
    return _form(request, next)


@router.post("/login", dependencies=[Depends(open_to_all)])
def login(
    request: Request,
    name: Annotated[str, Form()] = "",
    password: Annotated[str, Form()] = "",
    csrf: Annotated[str, Form()] = "",
    next: Annotated[str, Form()] = "",  # noqa: A002 -- the field's name in the form
) -> Response:
    """Begin a session, or show the form again."""
    check_token(csrf, request.cookies.get(_form_cookie(request), ""))
    place, throttle, address = place_of(request), _throttle(request), client_address(request)
    account = unicodedata.normalize("NFKC", name[:200]).strip().casefold()
    now = place.clock()
    wait = throttle.admit(account, address, now)
    if wait:
        minutes = int(wait.total_seconds() // 60) + 1
        _note(request, "log_in_throttled", account)
        return _form(request, next, f"Too many tries. Wait {minutes} minutes.", 429, int(wait.total_seconds()) + 1)
    token = log_in(place.database, name[:200], password, now)
    if token is None:
        _note(request, "log_in_refused", account)
        return _form(request, next, WRONG, 401)
    throttle.right(account, address)
    _note(request, "logged_in", account)
    return _enter(request, token, local_path(next))


@router.post("/logout", dependencies=[Depends(needs(Permission.READ))])
def logout(request: Request) -> Response:
    """End the session."""
    log_out(place_of(request).database, request.cookies[cookie_name(request)])
    answer = RedirectResponse("/login", 303)
    answer.delete_cookie(cookie_name(request), secure=is_tls(request), httponly=True, samesite="lax")
    return answer


def _enter(request: Request, token: str, onward: str) -> Response:
    """Hand over the new session's cookie; an older session of the same browser ends."""
    old = request.cookies.get(cookie_name(request))
    if old:
        log_out(place_of(request).database, old)
    answer = RedirectResponse(onward, 303)
    _set_cookie(answer, request, cookie_name(request), token, int(LIFE.total_seconds()))
    answer.delete_cookie(_form_cookie(request), secure=is_tls(request), httponly=True, samesite="lax")
    return answer


def _form(request: Request, onward: str, problem: str = "", status: int = 200, wait: int = 0) -> Response:
    with place_of(request).database.read() as conn:
        accounts = has_users(conn)
    held = request.cookies.get(_form_cookie(request), "")
    token = held if _TOKEN.fullmatch(held) else secrets.token_urlsafe(32)
    values = {"csrf": token, "next": local_path(onward), "problem": problem, "accounts": accounts}
    answer = page(request, "login.html", values, status, {"Retry-After": str(wait)} if wait else None)
    _set_cookie(answer, request, _form_cookie(request), token, 3600)
    return answer


def _set_cookie(answer: Response, request: Request, name: str, value: str, seconds: int) -> None:
    answer.set_cookie(name, value, max_age=seconds, path="/", secure=is_tls(request), httponly=True, samesite="lax")


def _form_cookie(request: Request) -> str:
    """Before there is a session, the form's token stands in a cookie of its own."""
    return f"{cookie_name(request)}-form"


def _throttle(request: Request) -> Throttle:
    found: Throttle = request.app.state.throttle
    return found


def _note(request: Request, event: str, account: str) -> None:
    logs.get_logger().info(event, user=account, address=client_address(request), request=request.state.request_id)
