"""The two pages for load balancers and service managers: `/healthz` and `/readyz`.

They are answered before names of hosts, log-ins and routes are looked at: a probe asks by address, and has to get its
answer even while every thread of the app waits for the database.
"""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor

from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from offing.services.monitoring.readiness import is_ready, readiness
from offing.web.access import Place

LIVE, READY = "/healthz", "/readyz"
_AT_ONCE = 2  # readiness checks that run at once; more wait for their turn


class Probes:
    """ASGI layer that answers probes, and passes on everything else."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._threads = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="readiness")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http" or scope["path"] not in (LIVE, READY):
            await self.app(scope, receive, send)
            return
        scope["offing.probe"] = scope["path"]
        if scope["method"] not in ("GET", "HEAD"):
            await PlainTextResponse("Only GET and HEAD.\n", 405, {"Allow": "GET, HEAD"})(scope, receive, send)
        else:
            await (await self._answer(scope))(scope, receive, send)

    async def _answer(self, scope: Scope) -> Response:
        if scope["path"] == LIVE:
            return JSONResponse({"status": "ok"})
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, _ready, scope["app"].state.place)


def _ready(place: Place) -> Response:
    checks = readiness(place.database, place.scoring, place.pulse)
    ready = is_ready(checks)
    found = {check.name: {"status": check.status, "detail": check.detail} for check in checks}
    return JSONResponse({"status": "ok" if ready else "unavailable", "checks": found}, 200 if ready else 503)
