"""The guarded client: the only place in offing that makes network requests.

One exchange is::

    Request → check address → look up → check all addresses → connect → headers → (redirect → check …) → body → Answer

under one deadline, since timeouts for single reads never end a server that sends a byte now and then
(finding L4). Each hop has a connection of its own: on a kept one a smuggled second answer would reach the
next request (L3). Redirects are followed here and their bodies are never read (L2).
"""

from __future__ import annotations

import asyncio
import os
import socket
import ssl
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http import HTTPStatus
from types import TracebackType
from typing import Self
from urllib.parse import urldefrag, urljoin

import httpcore2
import httpx2

from offing.logs import get_logger
from offing.model.sources.credentials import Credential, carried_by, with_query
from offing.model.sources.page import Answer, AnswerKind, Hop, Request
from offing.model.sources.policy import FetchPolicy
from offing.net.body import body_for, read_body
from offing.net.guard import GuardedAddress, RequestRefused, check_characters, check_url, tidy
from offing.net.headers import VALIDATORS, location_of, readable, request_headers, sendable
from offing.net.wire import GuardedBackend, Lookup, Meter, Resolver
from offing.trouble import machine_trouble
from offing.urls import host_of

_REDIRECTS = (301, 302, 303, 307, 308)
_LARGE_AT_ONCE = 16  # bodies over 1 MB in memory at once: 160 MB if each is as long as a feed may be
_LOOKUP_THREADS = 64  # a hanging look-up holds one until the system gives up, usually after 10 to 30 s


@dataclass(slots=True)
class _Trail:
    """How far an exchange has come; what remains of it when it is stopped."""

    url: str
    doing: str = "checking the address"
    status: int | None = None
    headers: dict[str, str] = field(default_factory=dict)
    hops: list[Hop] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _End:
    """How an exchange ended."""

    kind: AnswerKind
    detail: str = ""
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class _Redirect:
    """Where the exchange continues."""

    location: str


class Client:
    """Requests pages, feeds and robots.txt under the rules of a policy. An async context manager.

    Args:
        policy: limits, politeness and the hosts that may be private.
        lookup: replaces the system's name resolution, for tests.
        trust: certificate authorities instead of the system's, for tests and internal mirrors.
    """

    def __init__(self, policy: FetchPolicy, lookup: Lookup | None = None, trust: ssl.SSLContext | None = None) -> None:
        self._policy = policy
        self._trust = trust or httpx2.create_ssl_context(trust_env=False)
        self._threads = ThreadPoolExecutor(_LOOKUP_THREADS, thread_name_prefix="offing-dns")
        self._large = asyncio.Semaphore(_LARGE_AT_ONCE)
        self._resolver = Resolver(lookup or socket.getaddrinfo, self._threads)

    async def __aenter__(self) -> Self:
        """Return the client itself."""
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Release the threads; one that is in a look-up ends by itself."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def ask(self, request: Request) -> Answer:
        """Return the answer to a request; nothing that the server or the network does raises.

        Raises:
            MachineTrouble: this machine has no file descriptor, memory or thread left for the request.
        """
        started, trail = time.monotonic(), _Trail(request.url)
        end = await self._ended(request, trail)
        whole = end.kind in (AnswerKind.OK, AnswerKind.UNCHANGED)
        return Answer(
            kind=end.kind,
            url=request.url,
            final_url=trail.url,
            at=datetime.now(UTC),
            status=trail.status,
            # Validators of a truncated or refused answer must not be stored: the next one would be a false 304.
            headers={k: v for k, v in trail.headers.items() if whole or k not in VALIDATORS},
            body=end.body,
            hops=tuple(trail.hops),
            detail=end.detail,
            seconds=time.monotonic() - started,
        )

    async def _ended(self, request: Request, trail: _Trail) -> _End:
        seconds = min(request.deadline or self._policy.deadline, self._policy.deadline).total_seconds()
        try:
            async with asyncio.timeout(seconds):
                return await self._follow(request, trail)
        except TimeoutError:
            return _End(AnswerKind.TIMEOUT, f"no end after {seconds:g} s, while {trail.doing}")
        except RequestRefused as refusal:
            if refusal.kind is AnswerKind.DNS:
                _blame_machine(refusal)
            return _End(refusal.kind, refusal.detail)
        except Exception as error:  # noqa: BLE001 -- docs/limits.md, Fetching: nothing that a server sends may raise here
            _blame_machine(error)
            return _failure(error, trail)

    async def _follow(self, request: Request, trail: _Trail) -> _End:
        """Follow redirects until the exchange ends.

        Raises:
            Refused: a hop must not be requested, or there are too many.
        """
        target = check_url(tidy(request.url), self._policy.allowed)
        first, seen, at_home = target, {target.url}, True
        while True:
            trail.url = target.url
            at_home = at_home and _is_home(first, target)
            step = await self._hop(target, request, trail, self._credential(target) if at_home else None)
            if isinstance(step, _End):
                return step
            target = self._next(target, self._without_own(target, step.location))
            if first.scheme == "https" and target.scheme == "http":
                raise RequestRefused(AnswerKind.REDIRECT_REFUSED, f"redirected from https to http, at {target.host}")
            if target.url in seen or len(trail.hops) >= self._policy.max_hops:
                what = "in a circle" if target.url in seen else f"more than {self._policy.max_hops} times"
                raise RequestRefused(AnswerKind.REDIRECT_REFUSED, f"redirected {what}")
            seen.add(target.url)
            trail.hops.append(Hop(trail.status or 0, target.url))

    def _next(self, target: GuardedAddress, location: str) -> GuardedAddress:
        if not location:
            raise RequestRefused(AnswerKind.REDIRECT_REFUSED, "redirected without saying where to")
        try:
            check_characters(tidy(location))  # before the join, which drops tabs and line ends
            return check_url(urldefrag(urljoin(target.url, tidy(location))).url, self._policy.allowed)
        except ValueError as error:
            raise RequestRefused(
                AnswerKind.REDIRECT_REFUSED, "redirected to something that is not an address"
            ) from error
        except RequestRefused as refusal:
            raise RequestRefused(refusal.kind, f"redirected, and {refusal.detail}") from refusal

    def _credential(self, target: GuardedAddress) -> Credential | None:
        """Return the site's credential for a host; sent until a redirect leads elsewhere, and never again after that.

        By redirecting back, another host could otherwise choose what is requested from the first one in our name.

        Raises:
            Refused: it would cross the network unencrypted.
        """
        path = target.path.decode("ascii", "replace")
        kept = (each for each in self._policy.credentials if each.fits(target.host, target.port, path))
        found = next(kept, None)
        if found and target.scheme != "https" and not target.exempt:
            raise RequestRefused(AnswerKind.BLOCKED_URL, f"{target.host} is sent what is kept for it by https only")
        return found

    def _without_own(self, target: GuardedAddress, location: str) -> str:
        """Return a redirect's target without the site's own parameters for this host that the host sends back.

        Raises:
            Refused: they would be sent to another host.
        """
        own = [pair for each in self._policy.credentials if each.host == target.host for pair in each.query]
        found = carried_by(location) if own else None
        if not found or not set(found.query) & set(own):
            return location
        if not urljoin(target.url, location).startswith(f"{target.scheme}://{target.host_header}/"):
            raise RequestRefused(
                AnswerKind.REDIRECT_REFUSED, "redirected elsewhere with the credentials that are kept for it"
            )
        return found.bare

    async def _hop(
        self, target: GuardedAddress, request: Request, trail: _Trail, own: Credential | None = None
    ) -> _End | _Redirect:
        """Return one request and its answer, over a connection of its own; `own` is sent to this host."""
        meter, path = Meter(), with_query(target.path, own.query if own else ())
        asked = httpcore2.Request(
            "GET" if request.post is None else "POST",
            httpcore2.URL(scheme=target.scheme, host=target.host, port=target.port, target=path),
            headers=request_headers(target, request, self._policy.user_agent, own.headers if own else ()),
            content=request.post,
            extensions={"timeout": {"connect": self._policy.connect_timeout.total_seconds()}},
        )
        trail.doing, trail.status, trail.headers = f"waiting for an answer of {target.host}", None, {}
        async with httpcore2.AsyncHTTPConnection(
            asked.url.origin, self._trust, network_backend=GuardedBackend(target, self._resolver, meter)
        ) as connection:
            response = await connection.handle_async_request(asked)
            try:
                return await self._judge(response, request, trail, meter)
            finally:
                await response.aclose()

    async def _judge(
        self, response: httpcore2.Response, request: Request, trail: _Trail, meter: Meter
    ) -> _End | _Redirect:
        trail.status, trail.headers = response.status, readable(response.headers)
        if response.status in _REDIRECTS:
            trail.headers.pop("location", None)  # may echo the credential sent to the host
            return _Redirect(location_of(response.headers))
        conditional = sendable(request.etag) or sendable(request.last_modified)
        if response.status == HTTPStatus.NOT_MODIFIED and conditional:
            return _End(AnswerKind.UNCHANGED, "not changed since the last time")
        if response.status != HTTPStatus.OK:
            return _End(AnswerKind.HTTP_ERROR, f"the server answered {_named(response.status)}")
        trail.doing = "reading the body"
        meter.allow_body(request.body_limit)
        coding = trail.headers.get("content-encoding", "")
        body = body_for(coding, request.body_limit, cut=request.cut_at_limit)
        return _End(AnswerKind.OK, body=await read_body(response.aiter_stream(), body, self._large))


def _blame_machine(error: Exception) -> None:
    """Do not blame a host for what this machine lacks.

    A look-up without a file descriptor left fails with an error that does not say so, so one is tested here.

    Raises:
        MachineTrouble: it lacks something.
    """
    trouble = machine_trouble(error)
    if trouble is None:
        try:
            os.close(os.open(os.devnull, os.O_RDONLY))
        except OSError as lack:
            trouble = machine_trouble(lack)
    if trouble is not None:
        raise trouble from error


def _named(status: int) -> str:
    """Return the status with our own wording; the server's reason phrase could be anything."""
    try:
        return f"{status} ({HTTPStatus(status).phrase})"
    except ValueError:
        return str(status)


def _failure(error: Exception, trail: _Trail) -> _End:
    """Return the ending that an exception of the network or the HTTP library stands for."""
    host = host_of(trail.url)
    if isinstance(error, httpcore2.TimeoutException):
        return _End(AnswerKind.TIMEOUT, f"no connection to {host} in time")
    if (tls := _tls_error(error)) is not None:
        return _End(AnswerKind.TLS, f"no safe connection to {host}: {_tls_words(tls)}")
    if isinstance(error, (httpcore2.NetworkError, OSError)):
        if trail.status is None:
            return _End(AnswerKind.CONNECT, f"no connection to {host}, or it was reset before an answer")
        return _End(AnswerKind.PROTOCOL, "the connection broke off in the middle of the answer")
    if not isinstance(error, httpcore2.ProtocolError):
        get_logger().warning("fetch.unclassified", url=trail.url, error=type(error).__name__, exc_info=error)
    whole = "the answer is cut in half, or no valid HTTP"
    return _End(AnswerKind.PROTOCOL, whole if trail.status else f"{host} gave no answer, or none that is valid HTTP")


def _is_home(first: GuardedAddress, target: GuardedAddress) -> bool:
    """Return whether a hop goes to the first host and port."""
    return (target.host, target.port) == (first.host, first.port)


def _tls_error(error: BaseException | None) -> ssl.SSLError | None:
    while error is not None and not isinstance(error, ssl.SSLError):
        error = error.__cause__
    return error


def _tls_words(error: ssl.SSLError) -> str:
    """Return OpenSSL's reason in its own fixed wording, which contains nothing chosen by the server."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"its certificate is not valid ({error.verify_message})"
    reason = getattr(error, "reason", None) or "the handshake broke off"  # only errors raised by OpenSSL have one
    return f"TLS failed ({reason.replace('_', ' ').lower()})"
