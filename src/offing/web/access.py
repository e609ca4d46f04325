"""Access control: each route declares the permission that it needs; one that declares none is refused to all.

A route declares it for a whole file of routes or for itself (if both do, both apply):

    router = APIRouter(dependencies=[Depends(needs(Permission.READ))])

    @router.post("/candidates/{candidate_id}/decision", dependencies=[Depends(needs(Permission.DECIDE))])

or, if the function uses the visitor:

    def mine(request: Request, visitor: Annotated[LogIn, Depends(needs(Permission.DECIDE))]) -> Response:

The rest is done for every route before its function is called: the visitor is identified (cookie, trusted proxy,
token), what is not allowed is refused, and whatever is not a GET must come from a page of ours (`Origin`,
`Sec-Fetch-Site`) and carry the session's token, `visitor.csrf`: a form in the field `csrf`, a fetch in the
header `X-CSRF-Token`. A client that accepts JSON (`Accept: application/json`) is refused in JSON: `{"error": "…"}`,
with status 401 if the session has ended. In templates `visitor.may("decide")` says what to show.
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

from offing.config.sites.keys import shipped_keys
from offing.config.weights.scoring import shipped_scoring
from offing.model.operation.user import Key, LogIn, Permission
from offing.model.reading.rules import ScoringRules
from offing.model.review.keys import ReviewKeys
from offing.model.review.queue import DAILY_BUDGET
from offing.model.sources.policy import PipelineSpec
from offing.services.accounts.sessions import log_in_by_proxy, session_of
from offing.services.monitoring.item_totals import ItemTotals
from offing.services.monitoring.readiness import Pulse
from offing.services.running.run_context import utc_now
from offing.services.translation import Translator
from offing.services.views.actors import Register
from offing.settings import AuthProxy
from offing.store.database.engine import Database

MOST_FIELDS = 600  # of a form: a batch of 500 ticked candidates, and its other fields
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


@dataclass(frozen=True, slots=True)
class Needs:
    """A route dependency that declares who may open it; `guard` enforces it before the route is called.

    `permission` is None if anybody may; `loopback` admits programs on this machine without a log-in.
    """

    permission: Permission | None
    loopback: bool = False

    def __call__(self, request: Request) -> LogIn | None:
        """The visitor; never None if a permission is needed, except for this machine's own programs."""
        return visitor_of(request)


def needs(permission: Permission, *, loopback: bool = False) -> Needs:
    """A route's declaration: `Depends(needs(Permission.DECIDE))`."""
    return Needs(permission, loopback)


open_to_all = Needs(None)
"""What the few routes declare that need no log-in; those that change something check their own form's token."""


@dataclass(frozen=True, slots=True)
class Place:
    """The app's context, stored in `app.state.place`.

    `known` has the facts about firms and lenders, `auth_proxy` is the proxy that logs people in instead of us, if there
    is one, `keys` are the review keys, `scoring` the rules by which candidates are read again, `budget` how many
    candidates can be judged in a day, `second_reading` the share of decided candidates that another person reads again.
    `translator` translates articles for reading, None if that is off,
    `ticks` is a clock in seconds for the age of pages, `pipelines` are those of the site, whose runs may be late,
    `zone` is the time zone of whoever chose none, `pulse` says whether the scheduler lives where this process runs one,
    `totals` counts the items of all runs for `/metrics`.
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
    translator: Translator | None = None
    pipelines: tuple[PipelineSpec, ...] = ()
    zone: str = "UTC"
    pulse: Pulse | None = None
    totals: ItemTotals = field(default_factory=ItemTotals)


def place_of(request: Request) -> Place:
    """The context of the app that serves this request."""
    found: Place = request.app.state.place
    return found


def visitor_of(request: Request) -> LogIn | None:
    """The visitor, as identified by `guard`."""
    found: LogIn | None = getattr(request.state, "visitor", None)
    return found


def cookie_name(request: Request) -> str:
    """The name of the session cookie; browsers accept `__Host-` only over TLS."""
    return "__Host-offing" if is_tls(request) else "offing"


def is_tls(request: Request) -> bool:
    """Whether the browser came over TLS."""
    return bool(request.url.scheme == "https")


def declared(route: object) -> tuple[Needs, ...]:
    """The declarations of a route, its own and its router's; empty if there are none."""
    dependant = getattr(route, "dependant", None)
    return tuple(each.call for each in dependant.dependencies if isinstance(each.call, Needs)) if dependant else ()


def guard(request: Request) -> None:
    """Admit a request to its route, or refuse it: the first dependency of all routes.

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
    """Check the session token and the size of every form that changes something: the second dependency of all routes.

    Raises:
        HTTPException: 403, the token is missing or wrong; 400, it has more than `MOST_FIELDS` fields.
    """
    if request.method in SAFE_METHODS or open_to_all in declared(request.scope.get("route")):
        return
    form = await request.form(max_fields=MOST_FIELDS)
    if len(form.multi_items()) > MOST_FIELDS:  # if FastAPI has read it for the route, with its own limit
        raise HTTPException(400, f"Too many fields. Maximum number of fields is {MOST_FIELDS}.")
    sent: str | UploadFile | None = request.headers.get("x-csrf-token")
    if sent is None:
        sent = form.get("csrf")
    visitor = visitor_of(request)
    check_token(sent if isinstance(sent, str) else "", visitor.csrf if visitor else "")


def wants_json(request: Request) -> bool:
    """Whether a script makes the request rather than a person navigating."""
    return "application/json" in request.headers.get("accept", "")


def find_visitor(request: Request) -> LogIn | None:
    """The visitor: the one named by the trusted proxy, else by the session cookie, else by a program's token.

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
    """The name given by the trusted proxy; the same header from anybody else is ignored.

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
    """Compare a form's token with the expected one.

    Raises:
        HTTPException: 403, they differ.
    """
    if not expected or not hmac.compare_digest(sent.encode("utf-8", "replace"), expected.encode()):
        raise HTTPException(403, "This page expired. Reload it.")


def local_path(wanted: str) -> str:
    """The path to continue to after a log-in: a page of ours, else the queue."""
    plain = wanted.isascii() and wanted.isprintable() and "\\" not in wanted and " " not in wanted
    if not plain or not wanted.startswith("/") or wanted.startswith("//"):
        return "/queue"
    return "/queue" if wanted.lower().startswith(("/%2f", "/%5c", "/login")) else wanted


def client_address(request: Request) -> str:
    """The unit of throttling: one IPv4 address, or one IPv6 network of 64 bits."""
    text = request.client.host if request.client else ""
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return text
    if address.version == 4:  # noqa: PLR2004 -- IPv4
        return text
    return str(ipaddress.ip_network(f"{text.split('%')[0]}/64", strict=False))


def from_this_machine(request: Request) -> bool:
    """Whether a program on this machine asks directly; through a proxy every client appears local."""
    if "forwarded" in request.headers or "x-forwarded-for" in request.headers:
        return False
    try:
        return ipaddress.ip_address(request.client.host if request.client else "").is_loopback
    except ValueError:
        return False


def _same_origin(request: Request) -> bool:
    """Whether the browser reports our own origin for a form; a client that reports none is refused too."""
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
