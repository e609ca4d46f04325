"""Log in, by password or by a link that works once, and log out."""

from __future__ import annotations

import re
import secrets
import threading
import unicodedata
from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from offing import logs
from offing.model.operation.activity import Stamp
from offing.model.operation.user import Key, LogIn, Permission
from offing.services.accounts.sessions import LIFE, log_in, log_in_by_link, log_ins_before, log_out
from offing.store.accounts.user import has_users
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
from offing.web.presentation.templating import page
from offing.web.throttle import Throttle

router = APIRouter()
_TOKEN = re.compile(r"[\w-]{43}")
LONGEST_KEY = 100
_BEGINNING = threading.Lock()  # of the throttle: one for all requests
USED_UP = "This link was used already or is older than 15 minutes. Ask for a new one, or log in with your password."
WRONG = "Wrong name or password."


@dataclass(frozen=True, slots=True)
class LoginForm:
    """What stays in the form: where to continue, the name, and the secret of a link. Never the password."""

    next: str = ""
    name: str = ""
    key: str = ""


@router.get("/login", dependencies=[Depends(open_to_all)])
def login_form(request: Request, next: str = "") -> Response:  # noqa: A002 -- the parameter's name in the address
    """The form, or straight on for who is logged in."""
    if visitor_of(request):
        return RedirectResponse(local_path(next), 303)
    return _form(request, LoginForm(next))


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
    place, throttle, address = place_of(request), throttle_of(request), client_address(request)
    account = unicodedata.normalize("NFKC", name[:200]).strip().casefold()
    now = place.clock()
    wait = throttle.admit(account, address, now)
    if wait:
        _note(request, "log_in_throttled", account)
        return _slow_down(request, LoginForm(next, name[:200]), wait)
    token = log_in(place.database, name[:200], password, now, address)
    if token is None:
        _note(request, "log_in_refused", account)
        return _form(request, LoginForm(next, name[:200]), WRONG, 401)
    throttle.right(account, address)
    _note(request, "logged_in", account)
    return _enter(request, token, local_path(next))


@router.get("/login/link", dependencies=[Depends(open_to_all)])
def link_form(request: Request, key: str = "") -> Response:
    """The page that a link leads to: opening it uses nothing up, its one button does."""
    return _form(request, LoginForm(key=key[:LONGEST_KEY]))


@router.post("/login/link", dependencies=[Depends(open_to_all)])
def link(request: Request, key: Annotated[str, Form()] = "", csrf: Annotated[str, Form()] = "") -> Response:
    """Begin a session with a link, or show the log-in and why it did not."""
    check_token(csrf, request.cookies.get(_form_cookie(request), ""))
    place, address = place_of(request), client_address(request)
    wait = throttle_of(request).admit("", address, place.clock())
    if wait:
        return _slow_down(request, LoginForm(), wait)
    token = log_in_by_link(place.database, key[:LONGEST_KEY], place.clock(), address)
    if token is None:
        return _form(request, LoginForm(), USED_UP, 401)
    throttle_of(request).right("", address)
    return _enter(request, token, "/queue")


@router.get("/session")
def session(visitor: Annotated[LogIn, Depends(needs(Permission.READ))]) -> dict[str, object]:
    """Who is logged in and the token for scripts, so that an open page can go on after a new log-in."""
    may = sorted(each for each in Permission if visitor.may(each))
    return {"name": visitor.user.name, "role": visitor.user.role, "may": may, "csrf": visitor.csrf}


@router.post("/logout", dependencies=[Depends(needs(Permission.READ))])
def logout(request: Request) -> Response:
    """End the session. Who is logged in at a proxy stays so: only the proxy can end that."""
    visitor = visitor_of(request)
    if visitor is not None and visitor.key is not Key.BROWSER:
        raise HTTPException(403, "Your proxy keeps you logged in; log out there.")
    log_out(place_of(request).database, request.cookies[cookie_name(request)], _stamp(request))
    answer = RedirectResponse("/login", 303)
    answer.delete_cookie(cookie_name(request), secure=is_tls(request), httponly=True, samesite="lax")
    return answer


def _enter(request: Request, token: str, onward: str) -> Response:
    """Set the new session's cookie; an older session of the same browser ends."""
    old = request.cookies.get(cookie_name(request))
    if old:
        log_out(place_of(request).database, old, _stamp(request))
    answer = RedirectResponse(onward, 303)
    _set_cookie(answer, request, cookie_name(request), token, int(LIFE.total_seconds()))
    answer.delete_cookie(_form_cookie(request), secure=is_tls(request), httponly=True, samesite="lax")
    return answer


def _slow_down(request: Request, typed: LoginForm, wait: timedelta) -> Response:
    seconds = int(wait.total_seconds())
    answer = _form(request, typed, too_many(wait), 429)
    answer.headers["retry-after"] = str(seconds + 1)
    return answer


def too_many(wait: timedelta) -> str:
    """What a person is told whose tries are throttled."""
    minutes = int(wait.total_seconds()) // 60 + 1
    return f"Too many tries. Wait {minutes} {'minute' if minutes == 1 else 'minutes'}."


def _form(request: Request, typed: LoginForm, problem: str = "", status: int = 200) -> Response:
    with place_of(request).database.read() as conn:
        accounts = has_users(conn)
    held = request.cookies.get(_form_cookie(request), "")
    token = held if _TOKEN.fullmatch(held) else secrets.token_urlsafe(32)
    shown = {"next": local_path(typed.next), "key": typed.key, "name": typed.name}
    values = {"csrf": token, "problem": problem, "accounts": accounts, **shown}
    answer = page(request, "login.html", values, status)
    _set_cookie(answer, request, _form_cookie(request), token, 3600)
    return answer


def _set_cookie(answer: Response, request: Request, name: str, value: str, seconds: int) -> None:
    answer.set_cookie(name, value, max_age=seconds, path="/", secure=is_tls(request), httponly=True, samesite="lax")


def _form_cookie(request: Request) -> str:
    """The CSRF token before there is a session: it has a cookie of its own."""
    return f"{cookie_name(request)}-form"


def _stamp(request: Request) -> Stamp:
    return Stamp(place_of(request).clock(), address=client_address(request))


def throttle_of(request: Request) -> Throttle:
    """The app's throttle; a process's first log-in loads the tries from before it began."""
    with _BEGINNING:
        found: Throttle | None = request.app.state.throttle
        if found is None:
            place, found = place_of(request), Throttle()
            found.recall(*log_ins_before(place.database, place.clock()))
            request.app.state.throttle = found
    return found


def _note(request: Request, event: str, account: str) -> None:
    logs.get_logger().info(event, user=account, address=client_address(request), request=request.state.request_id)
