"""Who may open what: each route declares the permission that it needs; one that declares none is refused to all.

How a route says it, for a whole file of routes and for one of them (both count, where both are said):

    router = APIRouter(dependencies=[Depends(needs(Permission.READ))])

    @router.post("/candidates/{candidate_id}/decision", dependencies=[Depends(needs(Permission.DECIDE))])

or where the function works with the visitor:

    def mine(request: Request, visitor: Annotated[LogIn, Depends(needs(Permission.DECIDE))]) -> Response:

The rest is done for every route before its function is called: the visitor is found (cookie, trusted proxy,
token), what is not allowed is refused, and whatever is no GET must come from a page of ours (`Origin`,
`Sec-Fetch-Site`) and carry the session's token, `visitor.csrf`: a form in the field `csrf`, a fetch in the
header `X-CSRF-Token`. Who asks for JSON (`Accept: application/json`) is refused in JSON: `{"error": "…"}`,
with status 401 where the session has ended. In templates `visitor.may("decide")` says what to show.
"""

from __future__ import annotations

import base64
import hmac
import ipaddress
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import quote, urlsplit

from fastapi import Request
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException

from offing.config.keys import shipped_keys
from offing.config.scoring import shipped_scoring
from offing.model.keys import ReviewKeys
from offing.model.queue import DAILY_BUDGET
from offing.model.rules import ScoringRules
from offing.model.user import Key, LogIn, Permission
from offing.settings import AuthProxy
from offing.steps.actors import Register
from offing.steps.context import utc_now
from offing.steps.sessions import log_in_by_proxy, session_of
from offing.store.engine import Database

MOST_FIELDS = 600  # of a form: a batch of 500 ticked candidates, and what goes with them
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


@dataclass(frozen=True, slots=True)
class Needs:
    """A dependency of a route that says who may open it; `guard` has looked at it before it is called.

    `permission` is None where anybody may; `loopback` lets programs on this machine in without a log-in.
    """

    permission: Permission | None
    loopback: bool = False

    def __call__(self, request: Request) -> LogIn | None:
        """Who asks; never None where a permission is needed, except for this machine's own programs."""
        return visitor_of(request)


def needs(permission: Permission, *, loopback: bool = False) -> Needs:
    """What a route declares: `Depends(needs(Permission.DECIDE))`."""
    return Needs(permission, loopback)


open_to_all = Needs(None)
"""What the few routes declare that need no log-in; those that change something check their own form's token."""


@dataclass(frozen=True, slots=True)
class Place:
    """What the app works with; stands in `app.state.place`.

    `known` has the facts about firms and lenders, `auth_proxy` who logs people in instead of us, where somebody
    does, `keys` are those of review, `scoring` are the rules by which candidates are read again, `budget` is how many
    candidates a day can take, `second_reading` the share of decided candidates that another person reads again. `ticks`
    tells the age of a page, in seconds.
    """

    database: Database
    clock: Callable[[], datetime] = utc_now
    known: Register = field(default_factory=Register)
    keys: ReviewKeys = field(default_factory=shipped_keys)
    scoring: ScoringRules = field(default_factory=shipped_scoring)
    budget: int = DAILY_BUDGET
    auth_proxy: AuthProxy | None = None
    second_reading: float = 0.0
    ticks: Callable[[], float] = time.time


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


def declared(route: object) -> tuple[Needs, ...]:
    """What a route says of who may open it, itself or by its router; empty where it says nothing."""
    dependant = getattr(route, "dependant", None)
    return tuple(each.call for each in dependant.dependencies if isinstance(each.call, Needs)) if dependant else ()


def guard(request: Request) -> None:
    """Let a request pass to its route, or not: the first dependency of all routes.

    Raises:
        HTTPException: 303 to the log-in for a page that needs one, 401 for anything else that needs one, 403 for
            what is not allowed.
    """
    wanted = declared(request.scope.get("route"))
    request.state.visitor = visitor = find_visitor(request)
    if request.method not in SAFE_METHODS and not _same_origin(request):
        raise HTTPException(403, "This form came from another site, so nothing was done.")
    if not wanted:
        raise HTTPException(403, "Your account may not do that.")
    for each in wanted:
        if each.permission is None or (each.loopback and from_this_machine(request)):
            continue
        if visitor is None:
            raise _log_in_first(request, each.permission)
        if not visitor.may(each.permission):
            raise HTTPException(403, "Your account may not do that.")


async def guard_form(request: Request) -> None:
    """Whatever changes something carries the token of its session, and not too much: the second dependency of all.

    Raises:
        HTTPException: 403, it carries none, or another; 400, it has more than `MOST_FIELDS` fields.
    """
    if request.method in SAFE_METHODS or open_to_all in declared(request.scope.get("route")):
        return
    form = await request.form(max_fields=MOST_FIELDS)
    if len(form.multi_items()) > MOST_FIELDS:  # where FastAPI has read it for the route, by its own limit
        raise HTTPException(400, f"Too many fields. Maximum number of fields is {MOST_FIELDS}.")
    sent: str | UploadFile | None = request.headers.get("x-csrf-token")
    if sent is None:
        sent = form.get("csrf")
    visitor = visitor_of(request)
    check_token(sent if isinstance(sent, str) else "", visitor.csrf if visitor else "")


def wants_json(request: Request) -> bool:
    """Whether a script asks rather than a person who changes pages."""
    return "application/json" in request.headers.get("accept", "")


def find_visitor(request: Request) -> LogIn | None:
    """Who asks: whom the trusted proxy names, else whose session the cookie is, else whose token a program sends.

    Raises:
        HTTPException: 403, the trusted proxy names nobody who has an account.
    """
    place = place_of(request)
    now = place.clock()
    named = named_by_proxy(request)
    if named is not None:
        found = log_in_by_proxy(place.database, named, now, client_address(request))
        if found is None and open_to_all not in declared(request.scope.get("route")):
            raise HTTPException(403, "You are logged in at the proxy, but have no open account here; ask for one.")
        return found
    cookie, token = request.cookies.get(cookie_name(request)), sent_token(request)
    session = session_of(place.database, cookie, now) if cookie else None
    return session or (session_of(place.database, token, now, Key.TOKEN) if token else None)


def named_by_proxy(request: Request) -> str | None:
    """The name that the trusted proxy gives; a header of that name from anybody else is not read.

    Raises:
        HTTPException: 403, it gives two: one of them is the client's own.
    """
    proxy = place_of(request).auth_proxy
    if proxy is None or not proxy.is_at(request.scope.get("offing.peer", "")):
        return None
    names = request.headers.getlist(proxy.header)
    if len(names) > 1:
        raise HTTPException(403, "The proxy names two people at once; it has to replace the header, not to add to it.")
    return names[0] if names and names[0].strip() else None


def sent_token(request: Request) -> str | None:
    """The token that a program sends in `Authorization`: as Bearer, or as the password of Basic, as feed readers do."""
    kind, _, rest = request.headers.get("authorization", "").partition(" ")
    if kind.lower() == "bearer":
        return rest.strip() or None
    if kind.lower() != "basic":
        return None
    try:
        return base64.b64decode(rest.strip(), validate=True).decode().partition(":")[2] or None
    except ValueError:  # neither Base64 nor UTF-8
        return None


def _log_in_first(request: Request, wanted: Permission) -> HTTPException:
    if wanted is Permission.MACHINE:
        challenge = {"WWW-Authenticate": 'Basic realm="offing: your name and a token"'}
        return HTTPException(401, "A token is needed here: `offing users token NAME` makes one.", challenge)
    if request.method not in SAFE_METHODS or wants_json(request):
        return HTTPException(401, "Your session has ended. Log in again.")
    onward = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    return HTTPException(303, headers={"Location": f"/login?next={quote(onward, safe='')}"})


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
