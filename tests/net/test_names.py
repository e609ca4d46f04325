"""Names: looked up once, all addresses checked, the checked one connected to."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

import httpcore2
import pytest

from equipment.hostile_server import FakeResolver
from offing.model.sources.page import AnswerKind, Request
from offing.net.client import Client
from offing.net.guard import RequestRefused, check_url
from offing.net.wire import GuardedBackend, Meter, MeteredStream, Resolver


class Peer(httpcore2.AsyncNetworkStream):
    """A connection that knows its other end."""

    def __init__(self, address: str) -> None:
        self.address, self.closed = address, False

    def get_extra_info(self, info: str) -> Any:
        """The other end."""
        return (self.address, 80) if info == "server_addr" else None

    async def aclose(self) -> None:
        """Close it."""
        self.closed = True


@dataclass
class Sockets(httpcore2.AsyncNetworkBackend):
    """Connects to no network, but remembers to what it was to connect."""

    dead: frozenset[str] = frozenset()
    astray: str = ""
    tried: list[str] = field(default_factory=list)
    made: list[Peer] = field(default_factory=list)

    async def connect_tcp(self, host: str, *rest: Any) -> httpcore2.AsyncNetworkStream:
        """A connection to a host that is not dead, or to where it goes astray."""
        self.tried.append(host)
        if host in self.dead:
            raise httpcore2.ConnectError
        self.made.append(Peer(self.astray or host))
        return self.made[-1]


@pytest.fixture
def threads() -> Iterator[ThreadPoolExecutor]:
    """Threads for look-ups."""
    with ThreadPoolExecutor(2) as pool:
        yield pool


def _backend(
    lookup: Any, threads: ThreadPoolExecutor, sockets: Sockets, url: str = "http://news.test/"
) -> GuardedBackend:
    return GuardedBackend(check_url(url), Resolver(lookup, threads), Meter(), sockets)


async def test_the_checked_address_is_connected_to(threads):
    """One look-up, and the connection goes to the address that it gave."""
    lookup, sockets = FakeResolver({"news.test": [["1.1.1.1"]]}), Sockets()
    stream = await _backend(lookup, threads, sockets).connect_tcp("news.test", 80)
    assert isinstance(stream, MeteredStream)
    assert (sockets.tried, len(lookup.calls)) == (["1.1.1.1"], 1)


async def test_rebinding_gains_nothing(threads):
    """A name that turns private after its first look-up is refused at its second; nothing else is ever asked."""
    lookup, sockets = FakeResolver({"news.test": [["1.1.1.1"], ["127.0.0.2"]]}), Sockets()
    backend = _backend(lookup, threads, sockets)
    await backend.connect_tcp("news.test", 80)
    with pytest.raises(RequestRefused) as refusal:
        await backend.connect_tcp("news.test", 80)
    assert refusal.value.kind is AnswerKind.BLOCKED_ADDRESS
    assert sockets.tried == ["1.1.1.1"]


@pytest.mark.parametrize(
    "addresses", [["1.1.1.1", "10.0.0.1"], ["10.0.0.1", "1.1.1.1"], ["1.1.1.1", "::1"], ["1.1.1.1", "64:ff9b::7f00:1"]]
)
async def test_one_private_address_refuses_the_name(threads, addresses: list[str]):
    """A mixed answer is refused before any connection."""
    sockets = Sockets()
    with pytest.raises(RequestRefused):
        await _backend(FakeResolver({"news.test": [addresses]}), threads, sockets).connect_tcp("news.test", 80)
    assert sockets.tried == []


async def test_the_next_address_is_tried(threads):
    """A dead address is passed over; after three dead ones the name counts as dead."""
    addresses = ["1.1.1.1", "2606:4700::1111", "8.8.8.8", "9.9.9.9"]
    lookup = FakeResolver({"news.test": [addresses]})
    sockets = Sockets(dead=frozenset(addresses[:2]))
    await _backend(lookup, threads, sockets).connect_tcp("news.test", 80)
    assert sockets.tried == addresses[:3]
    with pytest.raises(httpcore2.ConnectError):
        await _backend(lookup, threads, Sockets(dead=frozenset(addresses[:3]))).connect_tcp("news.test", 80)


async def test_the_other_end_is_checked(threads):
    """A connection that ended up elsewhere is closed unused."""
    sockets = Sockets(astray="10.0.0.1")
    with pytest.raises(RequestRefused):
        await _backend(FakeResolver({"news.test": [["1.1.1.1"]]}), threads, sockets).connect_tcp("news.test", 80)
    assert sockets.made[0].closed


async def test_a_literal_is_not_looked_up(threads):
    """An IP address in the URL is connected to as it is."""
    lookup, sockets = FakeResolver({}), Sockets()
    await _backend(lookup, threads, sockets, "http://1.1.1.1/").connect_tcp("1.1.1.1", 80)
    assert (sockets.tried, lookup.calls) == (["1.1.1.1"], [])


async def test_only_the_target_is_connected_to(threads):
    """The backend of one target connects to no other host or port."""
    sockets = Sockets()
    backend = _backend(FakeResolver({"other.test": [["1.1.1.1"]]}), threads, sockets)
    for host, port in (("other.test", 80), ("news.test", 443)):
        with pytest.raises(RequestRefused):
            await backend.connect_tcp(host, port)
    assert sockets.tried == []


async def test_a_name_without_address(threads):
    """An empty answer of the name service is a name that is not known."""
    with pytest.raises(RequestRefused) as refusal:
        await _backend(lambda *_: [], threads, Sockets()).connect_tcp("news.test", 80)
    assert refusal.value.kind is AnswerKind.DNS


def _failing(error: Exception):
    def lookup(*_: Any) -> Any:
        raise error

    return lookup


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (socket.gaierror(socket.EAI_NONAME, "?"), "not known"),
        (socket.gaierror(socket.EAI_AGAIN, "?"), "at present"),
        (OSError("?"), "cannot be looked up"),
        (UnicodeError("label too long"), "cannot be looked up"),
    ],
)
async def test_failed_look_ups_are_values(server, error: Exception, words: str):
    """NXDOMAIN, SERVFAIL and names that no resolver takes are answers of kind DNS with a sentence."""
    async with Client(server.policy, lookup=_failing(error)) as client:
        answer = await client.ask(Request("http://news.test/"))
    assert (answer.kind, answer.status) == (AnswerKind.DNS, None)
    assert "news.test" in answer.detail
    assert words in answer.detail


@pytest.mark.parametrize("host", ["a" * 64 + ".test", "a..b", "xn--.test"])
async def test_names_that_cannot_be(server, host: str):
    """A host name that DNS has no room for is a value, too."""
    async with Client(server.policy, lookup=FakeResolver({})) as client:
        answer = await client.ask(Request(f"http://{host}/"))
    assert answer.kind in (AnswerKind.DNS, AnswerKind.BLOCKED_URL)


async def test_a_slow_look_up_ends_at_the_deadline(server):
    """The deadline covers the look-up."""

    def slow(*_: Any) -> Any:
        time.sleep(2)
        return []

    async with Client(replace(server.policy, deadline=timedelta(seconds=0.3)), lookup=slow) as client:
        answer = await client.ask(Request("http://news.test/"))
    assert answer.kind is AnswerKind.TIMEOUT
    assert answer.seconds < 1.5


async def test_a_private_answer_through_the_client(server):
    """A public name with a private address is blocked, in any spelling of the address."""
    table = {"news.test": [["127.0.0.1"]], "mapped.test": [["::ffff:127.0.0.1"]]}
    async with Client(server.policy, lookup=FakeResolver(table)) as client:
        answers = [await client.ask(Request(f"http://{name}/")) for name in table]
        spelled = [await client.ask(Request(f"http://{spelling}/")) for spelling in ("127.1", "2130706433", "0x7f.1")]
    assert {answer.kind for answer in answers} == {AnswerKind.BLOCKED_ADDRESS}
    assert {answer.kind for answer in spelled} <= {AnswerKind.BLOCKED_ADDRESS, AnswerKind.DNS}
    assert server.connections == 0


async def test_the_system_reads_odd_spellings_as_what_they_are(server):
    """What the system's own resolver makes of numbers is checked like any other answer."""
    async with Client(server.policy) as client:
        answers = [await client.ask(Request(f"http://{spelling}/")) for spelling in ("127.1", "2130706433", "0")]
    assert {answer.kind for answer in answers} <= {AnswerKind.BLOCKED_ADDRESS, AnswerKind.DNS}


async def test_an_allowed_name_may_be_private(server):
    """A mirror allowed by name and port is asked at its private address, under its own name."""
    policy = replace(server.policy, allowed=frozenset({("mirror.test", server.port)}))
    server.replies["/"] = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
    async with Client(policy, lookup=FakeResolver({"mirror.test": [["127.0.0.1"]]})) as client:
        answer = await client.ask(Request(f"http://Mirror.test:{server.port}/"))
    assert (answer.kind, answer.body) == (AnswerKind.OK, b"ok")
    assert server.sent("Host") == [f"mirror.test:{server.port}"]
