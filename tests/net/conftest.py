"""Servers on loopback: one that sends scripted bytes, and the hostile one."""

from __future__ import annotations

import asyncio
import contextlib
import ssl
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest

from equipment import hostile_server
from offing.model.sources.page import Answer, Request
from offing.model.sources.policy import FetchPolicy
from offing.net.client import Client

HOST = "127.0.0.1"
Serve = Callable[..., contextlib.AbstractAsyncContextManager["Scripted"]]


@dataclass
class Scripted:
    """A server that gives each path its bytes and remembers what it was sent."""

    port: int = 0
    scheme: str = "http"
    replies: dict[str, bytes] = field(default_factory=dict)
    heads: list[str] = field(default_factory=list)
    connections: int = 0

    def url(self, path: str = "/") -> str:
        """The address of a path."""
        return f"{self.scheme}://{HOST}:{self.port}{path}"

    @property
    def policy(self) -> FetchPolicy:
        """A policy that allows this server."""
        allowed = frozenset({(HOST, self.port)})
        return FetchPolicy("offing/1 (+me@news.test)", deadline=timedelta(seconds=3), allowed=allowed)

    async def ask(self, path: str = "/", **asked: object) -> Answer:
        """The client's answer for a path."""
        async with Client(self.policy) as client:
            return await client.ask(replace(Request(self.url(path)), **asked))  # type: ignore[arg-type]

    def sent(self, name: str) -> list[str]:
        """The values of a header in the last request, byte for byte."""
        lines = self.heads[-1].split("\r\n")[1:]
        return [line.partition(": ")[2] for line in lines if line.lower().startswith(f"{name.lower()}: ")]

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serve one connection."""
        self.connections += 1
        with contextlib.suppress(OSError, asyncio.IncompleteReadError):
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            self.heads.append(head)
            writer.write(self.replies.get(head.split(" ")[1], b"HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n"))
            await writer.drain()
        await self.end(writer)

    async def drip(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serve one connection with the bytes of `/`, and then one more every now and then."""
        with contextlib.suppress(OSError):
            writer.write(self.replies["/"])
            for _ in range(40):
                writer.write(b"H")
                await asyncio.sleep(0.05)
        await self.end(writer)

    async def end(self, writer: asyncio.StreamWriter) -> None:
        """Close a connection after its last bytes, or at once if the client has gone."""
        with contextlib.suppress(OSError, TimeoutError):
            writer.close()
            async with asyncio.timeout(1):
                await writer.wait_closed()
        writer.transport.abort()


@contextlib.asynccontextmanager
async def _serving(*, tls: ssl.SSLContext | None = None, dripping: bool = False) -> AsyncIterator[Scripted]:
    scripted, tasks = Scripted(scheme="https" if tls else "http"), set()

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        tasks.add(asyncio.current_task())
        await (scripted.drip if dripping else scripted.answer)(reader, writer)

    server = await asyncio.start_server(handle, HOST, 0, ssl=tls)
    scripted.port = server.sockets[0].getsockname()[1]
    async with server:
        yield scripted
    await asyncio.gather(*tasks)


@pytest.fixture
def serve() -> Serve:
    """What starts a scripted server: under TLS where a context is given, or one that drips."""
    return _serving


@pytest.fixture
async def server() -> AsyncIterator[Scripted]:
    """A scripted server over plain HTTP."""
    async with _serving() as scripted:
        yield scripted


@pytest.fixture(scope="module")
def hostile() -> Iterator[hostile_server.HostileServer]:
    """The hostile server, on ports of its own."""
    options = hostile_server.Options(port=0, seconds=280, conn_seconds=30, quiet=True)
    with hostile_server.HostileServer(options) as running:
        yield running
