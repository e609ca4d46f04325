"""Counts and durations of the web app's own requests, for Prometheus."""

from __future__ import annotations

import time

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector, disable_created_metrics
from starlette.types import ASGIApp, Message, Receive, Scope, Send

METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"})
OTHER, STATIC, UNKNOWN, ABORTED = "other", "/static", "unknown", "aborted"
BUCKETS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)  # seconds; a page of the queue takes some .05


class RequestMeters:
    """The meters of one web app, and those of its process."""

    def __init__(self) -> None:
        # a second series for each first, which Prometheus does not read from this format
        disable_created_metrics()  # type: ignore[no-untyped-call]
        self.registry = CollectorRegistry(auto_describe=False)
        ProcessCollector(registry=self.registry)
        self.requests = Counter(
            "offing_http_requests",
            "Requests that were answered, by method, route and status",
            ("method", "route", "status"),
            registry=self.registry,
        )
        self.seconds = Histogram(
            "offing_http_request_duration_seconds",
            "Time from a request to the end of its answer",
            ("method", "route"),
            buckets=BUCKETS,
            registry=self.registry,
        )
        self.open = Gauge(
            "offing_http_requests_in_progress", "Requests that are being answered", registry=self.registry
        )


class Measured:
    """ASGI layer around the whole app that measures each request by its route, never by its address."""

    def __init__(self, app: ASGIApp, meters: RequestMeters) -> None:
        self.app, self.meters = app, meters

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        begun, status = time.perf_counter(), ABORTED

        async def noted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = str(message["status"])
            await send(message)

        with self.meters.open.track_inprogress():
            try:
                await self.app(scope, receive, noted)
            finally:
                method, route = _method(scope), _route(scope)
                self.meters.requests.labels(method, route, status).inc()
                self.meters.seconds.labels(method, route).observe(time.perf_counter() - begun)


def _method(scope: Scope) -> str:
    method = str(scope["method"])
    return method if method in METHODS else OTHER


def _route(scope: Scope) -> str:
    """Return the pattern of the route: addresses are without number, and visitors may make them up."""
    if probe := scope.get("offing.probe"):
        return str(probe)
    path = getattr(scope.get("route"), "path", "")
    if path:
        return str(path)
    return STATIC if str(scope["path"]).startswith(f"{STATIC}/") else UNKNOWN
