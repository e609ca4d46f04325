"""Assembles the web app: border, trusted hosts, the guard before every route, error pages."""

from __future__ import annotations

from fastapi import Depends, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from offing.web.access import Place, guard, guard_form, wants_json
from offing.web.desk import (
    adding,
    assigning,
    candidates,
    deciding,
    decision_history,
    facet_page,
    leases,
    muting,
    queue_page,
    second_reading,
    talk,
    translating,
)
from offing.web.gateway import login
from offing.web.gateway.measuring import Measured, RequestMeters
from offing.web.gateway.middleware import LARGER_BODIES, Approach, OuterMiddleware
from offing.web.gateway.probes import Probes
from offing.web.pages import account, amending, api, dashboard, findings, home, people, projects, sources, tracing
from offing.web.presentation.templating import FOLDER, error_page
from offing.web.presentation.zones import show_in_zone

LOOPBACK_NAMES = ("127.0.0.1", "localhost", "::1", "[::1]")
UNSPECIFIED = {"", "0.0.0.0", "::", "[::]"}  # noqa: S104 -- addresses that nobody can open
SENTENCES = {
    404: "The address may be mistyped, or what stood here is gone.",
    405: "This page cannot be used that way.",
    422: "Something in the address is not what this page expects.",
}


def create_app(place: Place, *, hosts: tuple[str, ...] = (), believed: tuple[str, ...] = ()) -> FastAPI:
    """The web app for a context.

    Args:
        place: the database that it shows, the clock, and the known facts about firms.
        hosts: host names that browsers may use, besides those of loopback.
        believed: addresses and networks of proxies trusted for the real client address and TLS.
    """
    allowed = [*LOOPBACK_NAMES, *(host for host in hosts if host not in UNSPECIFIED and "*" not in host)]
    meters = RequestMeters()
    app = FastAPI(
        title="offing",
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        dependencies=[Depends(guard), Depends(guard_form), Depends(show_in_zone)],
        form_limits={"max_part_size": max(LARGER_BODIES.values())},  # `OuterMiddleware` enforces each path's own limit
        middleware=[
            Middleware(Approach, believed=believed),
            Middleware(Measured, meters=meters),
            Middleware(OuterMiddleware),
            Middleware(Probes),
            Middleware(TrustedHostMiddleware, allowed_hosts=allowed, www_redirect=False),
        ],
        exception_handlers={HTTPException: _refused, RequestValidationError: _not_understood},
    )
    app.state.place = place
    app.state.meters = meters
    app.state.throttle = None  # created by the first log-in, from the database
    app.include_router(login.router)
    app.include_router(leases.router)
    app.include_router(talk.router)
    app.include_router(second_reading.router)
    app.include_router(people.router)
    app.include_router(amending.router)
    app.include_router(account.router)
    app.include_router(home.router)
    app.include_router(adding.router)
    app.include_router(projects.router)
    app.include_router(tracing.router)
    app.include_router(muting.router)
    app.include_router(sources.router)
    app.include_router(findings.router)
    app.include_router(dashboard.router)
    app.include_router(decision_history.router)
    app.include_router(api.router)
    app.include_router(api.api)
    for part in (queue_page, facet_page, assigning, candidates, deciding, translating):
        app.include_router(part.router)
    app.mount("/static", Static(directory=FOLDER / "static"), name="static")
    return app


class Static(StaticFiles):
    """The static files, also under their versioned address (`v-…/`), so that modules find each other there."""

    def get_path(self, scope: Scope) -> str:
        """The path of a file below the folder."""
        path = super().get_path(scope)
        return path.partition("/")[2] if path.startswith("v-") else path


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if error.status_code == 303:  # noqa: PLR2004 -- the guard sends to the log-in
        return RedirectResponse((error.headers or {})["Location"], 303)
    ours = error.detail if error.detail.endswith(".") else "This cannot be shown."
    sentence = SENTENCES.get(error.status_code, ours) if not error.detail.endswith(".") else ours
    if wants_json(request):
        return JSONResponse({"error": sentence}, error.status_code, dict(error.headers or {}))
    return error_page(request, error.status_code, sentence, dict(error.headers or {}))


async def _not_understood(request: Request, _: Exception) -> Response:
    return error_page(request, 422, SENTENCES[422])
