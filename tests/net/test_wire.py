"""The wire: what a connection is before anything is sent over it."""

from __future__ import annotations

import socket
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpcore2
import pytest

from offing.model.sources.page import AnswerKind
from offing.net.guard import RequestRefused, check_url
from offing.net.wire import GuardedBackend, Meter, Resolver, _verified


class Reset(httpcore2.AsyncNetworkStream):
    """A connection whose other end was gone as soon as it was made."""

    closed = False

    def get_extra_info(self, info: str) -> Any:
        """The socket knows no peer any more."""
        return None

    async def aclose(self) -> None:
        """Note that it was closed."""
        self.closed = True


async def test_a_connection_reset_at_once_is_a_broken_connection() -> None:
    """It is told as such and closed, not taken for a fault of ours."""
    stream = Reset()
    with pytest.raises(httpcore2.ConnectError, match="reset"):
        await _verified(stream, "127.0.0.1")
    assert stream.closed


class Peer(Reset):
    """A connection that knows its other end."""

    def __init__(self, address: str) -> None:
        self.address = address

    def get_extra_info(self, info: str) -> Any:
        """The other end; an IPv6 one has four parts."""
        return (self.address, 80, 0, 0) if info == "server_addr" else None


@pytest.mark.parametrize("peer", ["1.0.0.1", "10.0.0.1", "::1"])
async def test_another_end_than_the_checked_one_is_refused(peer: str) -> None:
    """Whichever it is, lower or higher; the connection is closed unused."""
    stream = Peer(peer)
    with pytest.raises(RequestRefused, match=f"connected to {peer} instead of 1.1.1.1") as refusal:
        await _verified(stream, "1.1.1.1")
    assert (refusal.value.kind, stream.closed) == (AnswerKind.BLOCKED_ADDRESS, True)


@pytest.mark.parametrize(("peer", "address"), [("1.1.1.1", "1.1.1.1"), ("2606:4700:0::1", "2606:4700::1")])
async def test_the_checked_end_is_taken_in_any_spelling(peer: str, address: str) -> None:
    """It stays open."""
    stream = Peer(peer)
    assert await _verified(stream, address) is stream
    assert not stream.closed


@pytest.mark.parametrize(
    ("host", "port"),
    [("a.test", 80), ("z.test", 80), ("news.test", 79), ("news.test", 443), ("news.test", 0)],
)
async def test_a_backend_connects_to_its_target_alone(host: str, port: int) -> None:
    """No host or port before or behind it in any order."""
    with ThreadPoolExecutor(1) as threads:
        backend = GuardedBackend(check_url("http://news.test/"), Resolver(lambda *_: [], threads), Meter())
        with pytest.raises(RequestRefused, match=f"{host}:{port} is not what was to be asked"):
            await backend.connect_tcp(host, port)
        with pytest.raises(RequestRefused, match=r"news\.test has no address"):
            await backend.connect_tcp("news.test", 80)


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (socket.gaierror(socket.EAI_AGAIN, "?"), "the host news.test cannot be looked up at present"),
        (socket.gaierror(socket.EAI_NONAME, "?"), "the host news.test is not known to the name service"),
        (socket.gaierror(socket.EAI_FAIL, "?"), "the host news.test is not known to the name service"),
        (OSError("?"), "the host news.test cannot be looked up"),
        (UnicodeError("?"), "the host news.test cannot be looked up"),
    ],
)
async def test_why_a_name_has_no_address(error: Exception, words: str) -> None:
    """Only what may pass is said to be of the moment."""

    def failing(*_: Any) -> Any:
        raise error

    with ThreadPoolExecutor(1) as threads, pytest.raises(RequestRefused) as refusal:
        await Resolver(failing, threads).addresses("news.test", 80)
    assert (refusal.value.kind, refusal.value.detail) == (AnswerKind.DNS, words)


async def test_a_name_is_asked_for_both_families_and_each_address_counts_once() -> None:
    """In the order of the system."""
    asked = []

    def lookup(*given: Any) -> Any:
        asked.append(given)
        return [(0, 0, 0, "", (address, 80, 0, 0)) for address in ("::2", "1.1.1.1", "::2", "::1")]

    with ThreadPoolExecutor(1) as threads:
        assert await Resolver(lookup, threads).addresses("news.test", 80) == ["::2", "1.1.1.1", "::1"]
    assert asked == [("news.test", 80, 0, socket.SOCK_STREAM)]


class Slow(httpcore2.AsyncNetworkBackend):
    """Reaches nobody: the first address not in time, the others not at all."""

    def __init__(self) -> None:
        self.tried: list[str] = []

    async def connect_tcp(self, host: str, *rest: Any) -> httpcore2.AsyncNetworkStream:
        """Note the address and fail."""
        self.tried.append(host)
        raise httpcore2.ConnectTimeout if len(self.tried) == 1 else httpcore2.ConnectError


async def test_three_addresses_of_a_name_are_tried() -> None:
    """The next one after a time-out, too; what the last said counts."""
    sockets, names = Slow(), [f"8.8.8.{number}" for number in range(5)]
    with ThreadPoolExecutor(1) as threads:
        resolver = Resolver(lambda *_: [(0, 0, 0, "", (each, 80)) for each in names], threads)
        with pytest.raises(httpcore2.ConnectError):
            await GuardedBackend(check_url("http://news.test/"), resolver, Meter(), sockets).connect_tcp(
                "news.test", 80
            )
    assert sockets.tried == names[:3]
