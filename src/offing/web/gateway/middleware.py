"""The outermost layer: headers on every answer, a request id, a limit for bodies, no details of errors."""

from __future__ import annotations

import secrets
from typing import Any, cast

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from offing import logs
from offing.errors import MachineTrouble
from offing.web.presentation.templating import error_page

LARGEST_BODY = 64 * 1024  # a log-in form has a few hundred bytes
LARGER_BODIES = {  # in bytes; a letter sent in a form may take nine
    "/add/text": 2 * 1024 * 1024,
    "/add/addresses": 1024 * 1024,
    "/bulk": 256 * 1024,
    "/bulk/preview": 256 * 1024,
}
HEADERS = {
    "content-security-policy": (
        "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    # `no-referrer` would make browsers send `Origin: null` with our own forms
    "referrer-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "x-frame-options": "DENY",
}
STATIC_CACHE = "public, max-age=3600"


class Approach:
    """ASGI layer that records the real peer, before a trusted proxy reports the client's address."""

    def __init__(self, app: ASGIApp, believed: tuple[str, ...] = ()) -> None:
        self.app: Any = ProxyHeadersMiddleware(cast("Any", app), list(believed)) if believed else app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        scope["offing.peer"] = (scope.get("client") or ("",))[0]
        await self.app(scope, receive, send)


class BodyTooLarge(HTTPException):
    """A request's body is larger than any form of ours. FastAPI turns all but HTTPException into a 400."""

    def __init__(self) -> None:
        super().__init__(413, "That is larger than anything this page takes.")


class OuterMiddleware:
    """ASGI layer around the whole app."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        scope.setdefault("state", {})["request_id"] = secrets.token_hex(6)
        answer = _Answer(scope, send)
        try:
            _check_declared(scope)
            await self.app(scope, _limited(receive, _largest(scope)), answer.send)
        except BodyTooLarge as error:
            await answer.close_with(error.status_code, error.detail)
        except ClientDisconnect:  # the page was closed with a form half sent: nobody waits for an answer
            logs.get_logger().info("client_left", **_where(scope))
        except MachineTrouble as trouble:
            logs.get_logger().error("web_unavailable", why=trouble.what, **_where(scope))
            await answer.close_with(503, "The database or the machine is in trouble at present; try again soon.")
        except Exception:  # noqa: BLE001 -- nothing that goes wrong may reach a visitor: the log has the trace
            logs.get_logger().exception("web_crashed", **_where(scope))
            await answer.close_with(500, "This is a fault of offing itself. The log has the details under this number.")


class _Answer:
    """Passes on the app's answer with our headers; remembers whether it has begun."""

    def __init__(self, scope: Scope, send: Send) -> None:
        self.scope, self._send, self.begun = scope, send, False

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.begun = True
            headers = MutableHeaders(scope=message)
            headers.update(HEADERS)
            headers["x-request-id"] = self.scope["state"]["request_id"]
            static = self.scope["path"].startswith("/static/") and message["status"] < 400  # noqa: PLR2004 -- HTTP
            headers["cache-control"] = STATIC_CACHE if static else "no-store"
            if self.scope.get("scheme") == "https":
                headers["strict-transport-security"] = "max-age=31536000"
        await self._send(message)

    async def close_with(self, status: int, sentence: str) -> None:
        if self.begun:  # too late for an error page: the connection is cut, so that nobody takes half for the whole
            raise ConnectionAbortedError(sentence)
        page: Response = error_page(Request(self.scope), status, sentence)
        page.headers["connection"] = "close"
        await page(self.scope, _nothing, self.send)


def _largest(scope: Scope) -> int:
    return LARGER_BODIES.get(scope["path"], LARGEST_BODY)


def _check_declared(scope: Scope) -> None:
    declared = Headers(scope=scope).get("content-length", "0")
    if not declared.isdecimal() or int(declared[:20]) > _largest(scope):
        raise BodyTooLarge


def _limited(receive: Receive, most: int) -> Receive:
    seen = 0

    async def limited() -> Message:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        if seen > most:
            raise BodyTooLarge
        return message

    return limited


async def _nothing() -> Message:
    return {"type": "http.disconnect"}


def _where(scope: Scope) -> dict[str, str]:
    return {"request": scope["state"]["request_id"], "method": scope["method"], "path": scope["path"]}
