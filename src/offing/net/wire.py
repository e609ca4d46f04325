# ruff: noqa: ASYNC109 -- `timeout` parameters are those of the interface that is implemented here
"""The network layer: names are resolved once, every address is checked, and the checked one is connected to.

The check is in the network backend, below redirects and TLS, so that a name which changes its address
between check and connection (DNS rebinding, miniflux fe2bfb27) gains nothing.
"""

from __future__ import annotations

import asyncio
import ipaddress
import socket
import ssl
from collections.abc import Iterable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from typing import Any, Protocol

import httpcore2

from offing.model.sources.page import AnswerKind
from offing.net.guard import GuardedAddress, RequestRefused, check_addresses

HEAD_LIMIT = 100 * 1024  # bytes of status line, headers and interim answers together
BODY_SLACK = 256 * 1024  # chunk sizes, trailers and TLS records beside the body
_MOST_TRIED = 3  # addresses of one name; the deadline leaves no time for more timeouts


class Lookup(Protocol):
    """A name resolver: `socket.getaddrinfo`, or a stand-in with its signature."""

    def __call__(self, host: str, port: int, family: int = 0, type: int = 0) -> Sequence[Any]:  # noqa: A002 -- its name
        """Return the addresses of a host, as `getaddrinfo` returns them.

        Raises:
            OSError: it has none.
        """


@dataclass(frozen=True, slots=True)
class Resolver:
    """Resolves names in threads of its own, so that slow names do not use up those of the event loop."""

    lookup: Lookup
    threads: Executor

    async def addresses(self, host: str, port: int) -> list[str]:
        """Return the addresses of a host, each once, in the system's order of preference.

        Raises:
            Refused: the name is unknown, malformed, or cannot be resolved now.
        """
        loop = asyncio.get_running_loop()
        try:
            found = await loop.run_in_executor(self.threads, self.lookup, host, port, 0, socket.SOCK_STREAM)
        except socket.gaierror as error:
            again = error.errno == socket.EAI_AGAIN
            cause = "cannot be looked up at present" if again else "is not known to the name service"
            raise RequestRefused(AnswerKind.DNS, f"the host {host} {cause}") from error
        except (OSError, UnicodeError) as error:  # UnicodeError: a label that is too long or empty
            raise RequestRefused(AnswerKind.DNS, f"the host {host} cannot be looked up") from error
        return list(dict.fromkeys(str(info[4][0]) for info in found))


class Meter:
    """Counts all bytes that one connection delivers, and stops it above its allowance."""

    def __init__(self) -> None:
        self.left, self.part = HEAD_LIMIT, "the headers are longer than 100 KB"

    def allow_body(self, limit: int) -> None:
        """Allow a body of this length from now on."""
        self.left, self.part = limit + BODY_SLACK, "far more was sent than the body itself may hold"

    def count(self, data: bytes) -> bytes:
        """Count the data and return it.

        Raises:
            Refused: more has come than is allowed.
        """
        if self.left < 0:
            raise RequestRefused(AnswerKind.TOO_LARGE, self.part)
        self.left -= len(data)
        return data


class MeteredStream(httpcore2.AsyncNetworkStream):
    """A connection whose incoming bytes are counted; TLS on top of it counts with the same meter."""

    def __init__(self, stream: httpcore2.AsyncNetworkStream, meter: Meter) -> None:
        self._stream, self._meter = stream, meter

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Return the next bytes. See `AsyncNetworkStream`."""
        return self._meter.count(await self._stream.read(max_bytes, timeout))

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send bytes. See `AsyncNetworkStream`."""
        await self._stream.write(buffer, timeout)

    async def aclose(self) -> None:
        """Close the connection."""
        await self._stream.aclose()

    async def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.AsyncNetworkStream:
        """Return the connection under TLS. See `AsyncNetworkStream`."""
        return MeteredStream(await self._stream.start_tls(ssl_context, server_hostname, timeout), self._meter)

    def get_extra_info(self, info: str) -> Any:
        """Return information from the underlying connection."""
        return self._stream.get_extra_info(info)


class GuardedBackend(httpcore2.AsyncNetworkBackend):
    """Connects to the checked addresses of one target, and to nothing else. `sockets` makes the connections."""

    def __init__(
        self,
        target: GuardedAddress,
        resolver: Resolver,
        meter: Meter,
        sockets: httpcore2.AsyncNetworkBackend | None = None,
    ) -> None:
        self._target, self._resolver, self._meter = target, resolver, meter
        self._sockets = sockets or httpcore2.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.AsyncNetworkStream:
        """Return a connection to the target. See `AsyncNetworkBackend`.

        Raises:
            Refused: the name is unknown, or one of its addresses is not public.
            httpcore2.ConnectError: nobody answers there.
            httpcore2.ConnectTimeout: nobody answers there in time.
        """
        if (host, port) != (self._target.host, self._target.port):
            raise RequestRefused(AnswerKind.BLOCKED_ADDRESS, f"{host}:{port} is not what was to be asked")
        failure: Exception = RequestRefused(AnswerKind.DNS, f"the host {host} has no address")
        for address in (await self._checked())[:_MOST_TRIED]:
            try:
                stream = await self._sockets.connect_tcp(address, port, timeout, local_address, socket_options)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
                failure = error
            else:
                return MeteredStream(await _verified(stream, address), self._meter)
        raise failure

    async def _checked(self) -> list[str]:
        host = self._target.host
        try:
            return [str(ipaddress.ip_address(host))]  # checked with the URL
        except ValueError:
            addresses = await self._resolver.addresses(host, self._target.port)
        if not self._target.exempt:
            check_addresses(host, addresses)
        return addresses


async def _verified(stream: httpcore2.AsyncNetworkStream, address: str) -> httpcore2.AsyncNetworkStream:
    """Return the stream, if its other end is the address that was checked."""
    end = stream.get_extra_info("server_addr")
    if not end:  # reset the moment it was made: the socket no longer has a peer
        await stream.aclose()
        raise httpcore2.ConnectError("the connection was reset as soon as it was made")
    peer = str(end[0])
    if ipaddress.ip_address(peer) != ipaddress.ip_address(address):
        await stream.aclose()
        raise RequestRefused(AnswerKind.BLOCKED_ADDRESS, f"connected to {peer} instead of {address}")
    return stream
