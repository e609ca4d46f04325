"""One exchange: which statuses lead where, what is told of an end, and what a client holds to."""

from __future__ import annotations

import asyncio
import ssl
import threading
from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace

import httpcore2
import pytest
import structlog

from net.conftest import HOST, Serve
from offing.model.sources.credentials import Credential
from offing.model.sources.page import AnswerKind, Hop, Request
from offing.model.sources.policy import FetchPolicy
from offing.net import client as client_module
from offing.net.client import Client, _failure, _is_home, _named, _tls_error, _tls_words, _Trail
from offing.net.guard import check_url

SECRET = "k3pt-s3cret"
OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
CERTIFICATE = ssl.SSLCertVerificationError(1, "x")
CERTIFICATE.verify_message = "it has expired"
UNSAID = ssl.SSLError(1, "x")
UNSAID.reason = None  # type: ignore[assignment]  # as OpenSSL leaves it where it has no words


def _status(status: int, *headers: str) -> bytes:
    return "\r\n".join((f"HTTP/1.1 {status} X", *headers, "Content-Length: 0", "", "")).encode()


def _kept(host: str, port: int, secret: str = SECRET) -> Credential:
    return Credential(host, port, headers=(("Authorization", secret),), query=(("token", secret),))


# ---------------------------------------------------------------- statuses


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_these_statuses_are_redirects(server, status: int):
    """All five that lead to another address (RFC 9110 15.4)."""
    server.replies |= {"/a": _status(status, "Location: /b"), "/b": OK}
    answer = await server.ask("/a")
    assert (answer.kind, answer.hops) == (AnswerKind.OK, (Hop(status, server.url("/b")),))


@pytest.mark.parametrize(
    ("status", "words"),
    [
        *((300, "300 (Multiple Choices)"), (304, "304 (Not Modified)"), (305, "305 (Use Proxy)"), (306, "306")),
        *((309, "309"), (201, "201 (Created)"), (404, "404 (Not Found)"), (599, "599")),
    ],
)
async def test_no_other_status_is_a_redirect(server, status: int, words: str):
    """The end is told with our words for the status, where there are any."""
    server.replies |= {"/": _status(status, "Location: /b"), "/b": OK}
    answer = await server.ask()
    assert (answer.kind, answer.detail) == (AnswerKind.HTTP_ERROR, f"the server answered {words}")
    assert server.connections == 1


@pytest.mark.parametrize("known", [{"etag": '"1"'}, {"last_modified": "noon"}])
async def test_one_validator_makes_a_question(server, known: dict[str, str]):
    """Only 304 answers it with no change; any other status is what it is."""
    server.replies |= {"/same": _status(304), "/new": OK, "/less": _status(303), "/more": _status(305)}
    kinds = [(await server.ask(path, **known)).kind for path in ("/same", "/new", "/less", "/more")]
    assert kinds == [AnswerKind.UNCHANGED, AnswerKind.OK, AnswerKind.REDIRECT_REFUSED, AnswerKind.HTTP_ERROR]


async def test_a_redirect_says_why_it_ends(server):
    """Nowhere to go, too often, no address, a refused one; and where it led to is not among the headers."""
    server.replies |= {f"/{n}": _status(302, f"Location: /{n + 1}") for n in range(6)}
    server.replies |= {"/none": _status(302), "/bad": _status(302, "Location: http://[x/")}
    server.replies |= {"/port": _status(302, "Location: http://news.test:22/", "X-Y: z"), "/6": OK}
    details = [(await server.ask(path)).detail for path in ("/0", "/none", "/bad", "/port")]
    assert details == [
        "redirected more than 5 times",
        "redirected without saying where to",
        "redirected to something that is not an address",
        "redirected, and port 22 of news.test is neither 80 nor 443 nor allowed",
    ]
    assert (await server.ask("/1")).body == b"ok"
    assert (await server.ask("/port")).headers == {"x-y": "z", "content-length": "0"}


# ---------------------------------------------------------------- time


async def test_an_answer_says_how_long_it_took(server, monkeypatch):
    """The clock that no one sets, from the question to the end."""
    server.replies["/"] = OK
    monkeypatch.setattr(client_module, "time", SimpleNamespace(monotonic=iter([3.0, 10.0]).__next__))
    assert (await server.ask()).seconds == 7.0


@pytest.mark.parametrize(("own", "policy", "told"), [(None, 0.02, 0.02), (0.03, 60, 0.03), (60, 0.04, 0.04)])
async def test_the_shorter_deadline_counts(own: float | None, policy: float, told: float):
    """That of the request or of the policy; who leaves does not wait for a look-up that hangs."""
    free, ended = threading.Event(), []

    def hanging(*_: object) -> list[object]:
        free.wait(5)
        ended.append(1)
        return []

    allowed = FetchPolicy("t", deadline=timedelta(seconds=policy))
    async with Client(allowed, lookup=hanging) as client:
        asked = Request("http://news.test/", deadline=own and timedelta(seconds=own))
        answer = await client.ask(asked)
    assert ended == []
    free.set()
    words = f"no end after {told:g} s, while waiting for an answer of news.test"
    assert (answer.kind, answer.detail) == (AnswerKind.TIMEOUT, words)


async def test_what_a_client_does_at_once():
    """64 look-ups, since one that hangs holds a thread, and 16 large bodies, since memory has an end."""
    async with Client(FetchPolicy("t")) as client:
        assert (client._threads._max_workers, client._large._value) == (64, 16)


# ---------------------------------------------------------------- credentials


@pytest.mark.parametrize("turned", [False, True])
async def test_after_a_redirect_no_other_host_has_its_own(serve: Serve, turned: bool):
    """Although something is kept for it, whether its port is the lower or the higher one; on the same host all goes."""
    async with serve() as low, serve() as high:
        first, second = (high, low) if turned else (low, high)
        first.replies |= {f"/?token={SECRET}": _status(302, f"Location: {second.url('/b')}")}
        second.replies |= {"/b": OK}
        kept = (_kept(HOST, first.port), _kept(HOST, second.port, "other"))
        policy = replace(first.policy, allowed=first.policy.allowed | second.policy.allowed, credentials=kept)
        async with Client(policy) as client:
            answer = await client.ask(Request(first.url()))
    assert (answer.kind, first.sent("Authorization"), second.sent("Authorization")) == (AnswerKind.OK, [SECRET], [])


@pytest.mark.parametrize(
    ("url", "kept", "found"),
    [
        ("https://news.test/a", _kept("news.test", 443), True),
        ("https://news.test/a", _kept("other.test", 443), False),
        ("https://news.test/a", None, False),
        ("http://news.test/a", None, False),
        ("http://news.test/a", _kept("news.test", 443), False),
        ("http://mirror.test:8080/a", _kept("mirror.test", 8080), True),
    ],
)
async def test_what_is_kept_goes_by_https_or_to_ones_own(url: str, kept: Credential | None, found: bool):
    """A host that is allowed by name is one's own."""
    allowed = frozenset({("mirror.test", 8080)})
    target = check_url(url, allowed)
    async with Client(FetchPolicy("t", credentials=(kept,) if kept else ())) as client:
        assert client._credential(target) == (kept if found else None)


@pytest.mark.parametrize(
    ("first", "is_home"),
    [
        ("https://news.test/b", True),
        *((f"https://{elsewhere}/a", False) for elsewhere in ("a.test", "z.test", "news.test:80", "news.test:8080")),
    ],
)
def test_a_hop_is_at_home_where_the_first_was(first: str, is_home: bool):
    """By host and port; what is kept is sent nowhere else."""
    allowed = frozenset({("news.test", 80), ("news.test", 8080)})
    assert _is_home(check_url(first, allowed), check_url("https://news.test/a")) is is_home


@pytest.mark.parametrize(
    ("location", "bare"),
    [
        (f"/n?token={SECRET}&x=1", "/n?x=1"),
        (f"https://news.test/n?token={SECRET}", "https://news.test/n"),
        ("/n?token=session&x=1", "/n?token=session&x=1"),
        ("/n?key=of-another&x=1", "/n?key=of-another&x=1"),
        ("/n?x=1", "/n?x=1"),
    ],
)
async def test_only_what_was_sent_is_taken_off(location: str, bare: str):
    """Another parameter that looks like a secret is the server's own, and that of another host is none of this one."""
    others = (
        replace(_kept(host, 443), query=(("token", "session"), ("key", "of-another"))) for host in ("a.test", "z.test")
    )
    policy = FetchPolicy("t", credentials=(_kept("news.test", 443), *others))
    async with Client(policy) as client:
        assert client._without_own(check_url("https://news.test/a"), location) == bare
        assert client._without_own(check_url("https://free.test/a"), location) == location


# ---------------------------------------------------------------- failures


@pytest.mark.parametrize(
    ("error", "status", "kind", "words"),
    [
        (httpcore2.ConnectTimeout(), None, AnswerKind.TIMEOUT, "no connection to news.test in time"),
        (httpcore2.ConnectError(), None, AnswerKind.CONNECT, "no connection to news.test, or it was reset before an"),
        (httpcore2.ReadError(), 200, AnswerKind.PROTOCOL, "the connection broke off in the middle of the answer"),
        (OSError(), None, AnswerKind.CONNECT, "no connection to news.test, or it was reset before an answer"),
        (httpcore2.RemoteProtocolError(), None, AnswerKind.PROTOCOL, "news.test gave no answer, or none that is valid"),
        (httpcore2.RemoteProtocolError(), 200, AnswerKind.PROTOCOL, "the answer is cut in half, or no valid HTTP"),
        (UNSAID, None, AnswerKind.TLS, "no safe connection to news.test: TLS failed (the handshake broke"),
        (CERTIFICATE, None, AnswerKind.TLS, "to news.test: its certificate is not valid (it has expired)"),
    ],
)
def test_a_failure_is_reported_as_what_it_is(error: Exception, status: int | None, kind: AnswerKind, words: str):
    """Known ones leave no warning in the log."""
    with structlog.testing.capture_logs() as logs:
        end = _failure(error, _Trail("http://news.test/a", status=status))
    assert (end.kind, end.body, logs) == (kind, b"", [])
    assert words in end.detail


def test_a_failure_that_nobody_foresaw_is_in_the_log():
    """With the address and the traceback."""
    error = LookupError("?")
    with structlog.testing.capture_logs() as logs:
        assert _failure(error, _Trail("http://news.test/a")).kind is AnswerKind.PROTOCOL
    assert [(each["url"], each["exc_info"]) for each in logs] == [("http://news.test/a", error)]


def test_a_fault_of_tls_is_found_below():
    """However deep; OpenSSL's reason is told in small words."""
    fault, above, top = ssl.SSLError(1, "x"), httpcore2.ConnectError(), RuntimeError()
    fault.reason = "WRONG_VERSION_NUMBER"
    above.__cause__, top.__cause__ = fault, above
    assert [_tls_error(each) for each in (top, above, fault, OSError(), None)] == [fault, fault, fault, None, None]
    assert _tls_words(fault) == "TLS failed (wrong version number)"
    assert _tls_words(ssl.SSLError(1, "x")) == "TLS failed (the handshake broke off)"
    assert (_named(200), _named(299)) == ("200 (OK)", "299")


async def test_a_broken_answer_is_no_surprise(server):
    """It is told to whom it concerns, and fills no log."""
    server.replies["/"] = b"no HTTP\r\n\r\n"
    with structlog.testing.capture_logs() as logs:
        answers = await asyncio.gather(server.ask(), server.ask(etag='"1"'))
    assert ({each.kind for each in answers}, logs) == ({AnswerKind.PROTOCOL}, [])
