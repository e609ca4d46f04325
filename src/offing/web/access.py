"""Who may open what: one table, one dependency, and whatever is not in the table is refused."""

from __future__ import annotations

import hmac
import ipaddress
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import quote, urlsplit

from fastapi import Request
from starlette.exceptions import HTTPException

from offing.model.user import LogIn, UserRole
from offing.steps.actors import Register
from offing.steps.context import utc_now
from offing.steps.users import session_of
from offing.store.engine import Database

EVERYBODY = frozenset(UserRole)
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


@dataclass(frozen=True, slots=True)
class Access:
    """Who may open a route: some roles, this machine without a log-in, or anybody."""

    roles: frozenset[UserRole] = frozenset()
    loopback: bool = False
    anybody: bool = False


ANYBODY = Access(EVERYBODY, anybody=True)
READERS = Access(EVERYBODY)

ROUTES: dict[tuple[str, str], Access] = {
    ("GET", "/"): READERS,
    ("GET", "/queue"): READERS,
    ("GET", "/candidates/{candidate_id}"): READERS,
    ("GET", "/sources"): READERS,
    ("GET", "/login"): ANYBODY,
    ("POST", "/login"): ANYBODY,
    ("POST", "/logout"): READERS,
    ("GET", "/health"): ANYBODY,
    ("GET", "/metrics"): Access(EVERYBODY, loopback=True),
    ("GET", "/static"): ANYBODY,
}


@dataclass(frozen=True, slots=True)
class Place:
    """What the app works with; stands in `app.state.place`. `known` has the facts about firms and lenders."""

    database: Database
    clock: Callable[[], datetime] = utc_now
    known: Register = field(default_factory=Register)


def place_of(request: Request) -> Place:
    """The place of the app that answers."""
    found: Place = request.app.state.place
    return found


def visitor_of(request: Request) -> LogIn | None:
    """Who asks, as `guard` found out."""
    found: LogIn | None = getattr(request.state, "visitor", None)
    return found


def cookie_name(request: Request) -> str:
    """The name of the session's cookie; browsers accept `__Host-` only over TLS."""
    return "__Host-offing" if is_tls(request) else "offing"


def is_tls(request: Request) -> bool:
    """Whether the browser came over TLS."""
    return bool(request.url.scheme == "https")


def guard(request: Request) -> None:
    """Let a request pass to its route, or not: the dependency of all routes.

    Raises:
        HTTPException: 303 to the log-in for a page that needs one, 403 for anything else that is not allowed.
    """
    route = request.scope.get("route")
    access = ROUTES.get((request.method, getattr(route, "path", "")), Access())
    token = request.cookies.get(cookie_name(request))
    place = place_of(request)
    request.state.visitor = visitor = session_of(place.database, token, place.clock()) if token else None
    if request.method not in SAFE_METHODS and not _same_origin(request):
        raise HTTPException(403, "This form came from another site, so nothing was done.")
    if access.anybody or (access.loopback and from_this_machine(request)):
        return
    if visitor is None and request.method in SAFE_METHODS and access.roles:
        wanted = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        raise HTTPException(303, headers={"Location": f"/login?next={quote(wanted, safe='')}"})
    if visitor is None or visitor.user.role not in access.roles:
        raise HTTPException(403, "Your account may not do that.")


def check_token(sent: str, expected: str) -> None:
    """Compare the token of a form.

    Raises:
        HTTPException: 403, they differ.
    """
    if not expected or not hmac.compare_digest(sent.encode("utf-8", "replace"), expected.encode()):
        raise HTTPException(403, "This form is too old. Go back, reload the page and send it again.")


def local_path(wanted: str) -> str:
    """The path to go on to after a log-in: a page of ours, else the queue."""
    plain = wanted.isascii() and wanted.isprintable() and "\\" not in wanted and " " not in wanted
    if not plain or not wanted.startswith("/") or wanted.startswith("//"):
        return "/queue"
    return "/queue" if wanted.lower().startswith(("/%2f", "/%5c", "/login")) else wanted


def client_address(request: Request) -> str:
    """Who is slowed down together: one IPv4 address, or one IPv6 network of 64 bits."""
    text = request.client.host if request.client else ""
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return text
    if address.version == 4:  # noqa: PLR2004 -- IPv4
        return text
    return str(ipaddress.ip_network(f"{text.split('%')[0]}/64", strict=False))


def from_this_machine(request: Request) -> bool:
    """Whether a program here asks directly; through a proxy everybody seems to be here."""
    if "forwarded" in request.headers or "x-forwarded-for" in request.headers:
        return False
    try:
        return ipaddress.ip_address(request.client.host if request.client else "").is_loopback
    except ValueError:
        return False


def _same_origin(request: Request) -> bool:
    """What browsers say of a form's origin; a client that says nothing is refused too."""
    site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin")
    if site is None and origin is None:
        return False
    if site is not None and site != "same-origin":
        return False
    return origin is None or _netloc(origin) == request.headers.get("host", "").lower()


def _netloc(origin: str) -> str:
    try:
        return urlsplit(origin).netloc.lower()
    except ValueError:  # a bracket that never closes
        return ""
