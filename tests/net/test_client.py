"""The guarded client against servers that send exactly what a test says."""

from __future__ import annotations

import asyncio
import gzip
import socket
import ssl
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import structlog
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from equipment import hostile_server
from offing.errors import MachineTrouble
from offing.model.sources.page import AnswerKind, Hop, Request
from offing.model.sources.policy import FetchPolicy
from offing.net.client import Client
from shortage import no_descriptors
from suite import examples

PAGE = b"<html><p>Nairobi</p></html>"


def _reply(status: str, *headers: str, body: bytes = b"") -> bytes:
    head = "\r\n".join((f"HTTP/1.1 {status}", *headers, f"Content-Length: {len(body)}"))
    return head.encode("latin-1") + b"\r\n\r\n" + body


async def test_a_page_arrives_with_all_that_is_known_of_it(server):
    """An answer of 200 carries body, headers by lower-case name, status, time and duration."""
    server.replies["/a"] = _reply("200 OK", "Content-Type: text/html", 'ETag: "1"', body=PAGE)
    answer = await server.ask("/a")
    assert (answer.kind, answer.status, answer.body) == (AnswerKind.OK, 200, PAGE)
    assert answer.headers == {"content-type": "text/html", "etag": '"1"', "content-length": str(len(PAGE))}
    assert (answer.url, answer.final_url, answer.hops, answer.detail) == (server.url("/a"), server.url("/a"), (), "")
    assert datetime.now(UTC) - answer.at < timedelta(seconds=5)
    assert 0 < answer.seconds < 5


async def test_what_we_send_is_little_and_known(server):
    """A request names us, asks for gzip only, closes its connection, and holds no cookie or credential."""
    await server.ask("/a?b=c", accept="application/rss+xml")
    names = [line.split(":")[0] for line in server.heads[0].split("\r\n")[1:] if line]
    assert server.heads[0].startswith("GET /a?b=c HTTP/1.1\r\n")
    assert names == ["Host", "User-Agent", "Accept", "Accept-Encoding", "Connection"]
    assert server.sent("User-Agent") == ["offing/1 (+me@news.test)"]
    assert server.sent("Host") == [f"127.0.0.1:{server.port}"]
    assert server.sent("Accept-Encoding") == ["gzip"]
    assert server.sent("Accept") == ["application/rss+xml"]


@pytest.mark.parametrize("etag", ['"a"', 'W/"a-b"', "bare", '"with space, comma"', '"a--gzip"'])
async def test_validators_go_back_byte_for_byte(server, etag: str):
    """Whatever a server gave as ETag and Last-Modified, it gets back unchanged."""
    server.replies["/"] = _reply("304 Not Modified", f"ETag: {etag}")
    answer = await server.ask(etag=etag, last_modified="yesterday, about noon")
    assert (server.sent("If-None-Match"), server.sent("If-Modified-Since")) == ([etag], ["yesterday, about noon"])
    assert (answer.kind, answer.status, answer.headers["etag"]) == (AnswerKind.UNCHANGED, 304, etag)


@pytest.mark.parametrize(
    "etag", ["", '"a\r\nX: y"', '"a\tb"', '"\x00"', '"é"', '"\x85"', " lead", '"' + "x" * 5000 + '"']
)
async def test_hostile_validators_are_not_sent(server, etag: str):
    """A validator with control characters, non-ASCII text or absurd length stays here."""
    await server.ask(etag=etag, last_modified=etag)
    assert server.sent("If-None-Match") == server.sent("If-Modified-Since") == server.sent("X") == []


async def test_304_without_a_question_is_an_error(server):
    """304 to an unconditional request says nothing that we could use."""
    server.replies["/"] = _reply("304 Not Modified")
    assert (await server.ask()).kind is AnswerKind.HTTP_ERROR
    assert (await server.ask(etag='"\x00"')).kind is AnswerKind.HTTP_ERROR


@pytest.mark.parametrize(
    "status", ["201 Created", "204 No", "206 Part", "300 Many", "404 No", "500 Oh", "599 Odd", "999 No"]
)
async def test_other_statuses_bring_no_body(server, status: str):
    """Any status but 200 is an error with its number, whose body is not read."""
    server.replies["/"] = _reply(status, 'ETag: "1"', "Retry-After: 7", body=PAGE)
    answer = await server.ask()
    assert (answer.kind, answer.status, answer.body) == (AnswerKind.HTTP_ERROR, int(status[:3]), b"")
    assert status[:3] in answer.detail
    assert "etag" not in answer.headers
    assert answer.headers["retry-after"] == "7"


async def test_redirects_are_followed_and_told(server):
    """Each hop is told with its status; relative addresses, spaces and raw UTF-8 are understood, fragments dropped."""
    server.replies["/a"] = _reply("301 Moved", "Location: b#part", "Set-Cookie: a=1", body=b"x" * 10**6)
    server.replies["/b"] = _reply("302 Found", "Location: /c d/" + "straße".encode().decode("latin-1"))
    server.replies["/c%20d/stra%C3%9Fe"] = _reply("200 OK", body=PAGE)
    answer = await server.ask("/a", etag='"1"')
    end = server.url("/c%20d/stra%C3%9Fe")
    assert (answer.kind, answer.body, answer.final_url, answer.url) == (AnswerKind.OK, PAGE, end, server.url("/a"))
    assert answer.hops == (Hop(301, server.url("/b")), Hop(302, end))
    assert server.connections == 3
    assert server.sent("Cookie") == []
    assert server.sent("If-None-Match") == ['"1"']


@pytest.mark.parametrize(
    ("location", "kind"),
    [
        ("", AnswerKind.REDIRECT_REFUSED),
        ("/start", AnswerKind.REDIRECT_REFUSED),
        ("#part", AnswerKind.REDIRECT_REFUSED),
        ("http://[bad/", AnswerKind.REDIRECT_REFUSED),
        ("http://::bad::/", AnswerKind.BLOCKED_URL),
        ("http://127.0.0.\t2/", AnswerKind.BLOCKED_URL),
        ("\\\\127.0.0.2\\x", AnswerKind.BLOCKED_URL),
        ("file:///etc/passwd", AnswerKind.BLOCKED_SCHEME),
        ("//127.0.0.2/", AnswerKind.BLOCKED_ADDRESS),
        ("http://169.254.169.254/", AnswerKind.BLOCKED_ADDRESS),
        ("http://news.test:22/", AnswerKind.BLOCKED_PORT),
    ],
)
async def test_redirects_that_are_refused(server, location: str, kind: AnswerKind):
    """A redirect passes the same guard as the first address, and must lead somewhere new."""
    server.replies["/start"] = _reply("302 Found", f"Location: {location}")
    answer = await server.ask("/start")
    assert answer.kind is kind
    assert answer.detail.startswith("redirected")
    assert answer.final_url == server.url("/start")
    assert server.connections == 1


async def test_a_redirect_without_location(server):
    """A redirect that does not say where to is refused."""
    server.replies["/"] = _reply("302 Found")
    assert (await server.ask()).kind is AnswerKind.REDIRECT_REFUSED


async def test_only_so_many_redirects(server):
    """As many hops as the policy allows are followed, and not one more."""
    server.replies |= {f"/{n}": _reply("302 Found", f"Location: /{n + 1}") for n in range(20)}
    answer = await server.ask("/0")
    assert (answer.kind, len(answer.hops)) == (AnswerKind.REDIRECT_REFUSED, server.policy.max_hops)
    assert server.connections == server.policy.max_hops + 1


async def test_two_addresses_that_redirect_to_each_other(server):
    """A circle is found when it closes."""
    server.replies |= {"/a": _reply("302 F", "Location: /b"), "/b": _reply("302 F", "Location: /a")}
    answer = await server.ask("/a")
    assert (answer.kind, answer.detail) == (AnswerKind.REDIRECT_REFUSED, "redirected in a circle")


async def test_no_way_from_https_to_http(server, serve, hostile):
    """Who asked over https is not sent on to http; the certificate is checked."""
    cert = Path(hostile.ca_file)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(cert, cert.with_suffix(".key"))
    async with serve(tls=context) as secure:
        secure.replies |= {"/": _reply("200 OK", body=PAGE), "/down": _reply("302 F", f"Location: {server.url()}")}
        trust = ssl.create_default_context(cafile=cert)
        policy = replace(secure.policy, allowed=secure.policy.allowed | server.policy.allowed)
        async with Client(policy, trust=trust) as client:
            assert (await client.ask(Request(secure.url()))).body == PAGE
            down = await client.ask(Request(secure.url("/down")))
            server.replies["/up"] = _reply("302 F", f"Location: {secure.url()}")
            assert (await client.ask(Request(server.url("/up")))).body == PAGE
        async with Client(policy) as client:
            untrusted = await client.ask(Request(secure.url()))
    assert (down.kind, server.connections) == (AnswerKind.REDIRECT_REFUSED, 1)
    assert (untrusted.kind, "certificate" in untrusted.detail) == (AnswerKind.TLS, True)


@pytest.mark.parametrize(
    ("reply", "kind"),
    [
        (b"", AnswerKind.PROTOCOL),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 90\r\n\r\nhalf", AnswerKind.PROTOCOL),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n", AnswerKind.PROTOCOL),
        (b"HTTP/1.1 200 OK\r\nContent-Length: nine\r\n\r\n", AnswerKind.PROTOCOL),
        (b"<html>no HTTP</html>\r\n\r\n", AnswerKind.PROTOCOL),
        (b"HTTP/1.1 200 OK\r\nContent-Encoding: br\r\nContent-Length: 1\r\n\r\nx", AnswerKind.ENCODING),
        (_reply("200 OK", "Content-Encoding: gzip", body=gzip.compress(PAGE, mtime=0)[:-4]), AnswerKind.ENCODING),
        (b"HTTP/1.1 200 OK\r\nX: " + b"x" * 300_000, AnswerKind.PROTOCOL),
        (_reply("200 OK", *["X: " + "x" * 7000] * 15), AnswerKind.TOO_LARGE),
        (b"HTTP/1.1 100 Continue\r\n\r\n" * 20_000, AnswerKind.TOO_LARGE),
        (_reply("200 OK", body=b"x" * 1_000_001), AnswerKind.TOO_LARGE),
        (b"HTTP/1.1 101 Switching\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n", AnswerKind.PROTOCOL),
    ],
)
async def test_broken_answers_are_values(server, reply: bytes, kind: AnswerKind):
    """No way of breaking off or overdoing an answer raises, and nothing of it is kept as a page."""
    server.replies["/"] = reply.replace(b"\r\nContent-L", b'\r\nETag: "cut"\r\nContent-L', 1)
    answer = await server.ask(body_limit=1_000_000)
    assert (answer.kind, answer.body) == (kind, b"")
    assert answer.detail
    assert "etag" not in answer.headers


async def test_a_cut_is_taken_where_it_is_asked_for(server):
    """With `cut_at_limit` the first bytes of a longer body are a good answer."""
    server.replies["/"] = _reply("200 OK", body=b"x" * 10**6)
    answer = await server.ask(body_limit=1000, cut_at_limit=True)
    assert (answer.kind, answer.body) == (AnswerKind.OK, b"x" * 1000)


async def test_headers_that_could_do_harm_are_left_out(server):
    """Cookies, values with control characters and overlong values are not kept; repeated ones are joined."""
    harm = ("Set-Cookie: a=1", "X-Esc: \x1b[2J", "X-C1: a\x9bb", "X-Long: " + "x" * 9000, "Vary: a", "vary: b")
    server.replies["/"] = _reply("200 OK", *harm, "X-Name: Stra\xc3\x9fe", "X-Old: caf\xe9", body=PAGE)
    answer = await server.ask()
    assert answer.headers == {"vary": "a, b", "x-name": "Straße", "x-old": "café", "content-length": str(len(PAGE))}


async def test_nobody_there(serve):
    """A port where nothing listens is a failed connection."""
    async with serve() as gone:
        policy, url = gone.policy, gone.url()
    async with Client(policy) as client:
        answer = await client.ask(Request(url))
    assert (answer.kind, answer.status) == (AnswerKind.CONNECT, None)
    assert "127.0.0.1" in answer.detail


@pytest.mark.parametrize("start", [b"", b"HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n"])
async def test_the_deadline_ends_everything(serve, start: bytes):
    """A server that sends a byte now and then is left at the deadline, whichever part it drags out."""
    async with serve(dripping=True) as server:
        server.replies["/"] = start
        async with Client(replace(server.policy, deadline=timedelta(seconds=0.5))) as client:
            answer = await client.ask(Request(server.url()))
    assert answer.kind is AnswerKind.TIMEOUT
    assert answer.seconds < 1.5
    assert ("body" if start else "waiting") in answer.detail


@pytest.mark.parametrize(
    ("url", "kind", "words"),
    [
        ("{base}/case/net-rst-before/feed.xml", AnswerKind.CONNECT, "no connection to 127.0.0.1"),
        ("{base}/case/net-rst-midbody/feed.xml", AnswerKind.PROTOCOL, "broke off in the middle"),
        ("https://127.0.0.1:{port0}/", AnswerKind.TIMEOUT, "no connection to 127.0.0.1 in time"),
        ("https://127.0.0.1:{port6}/", AnswerKind.TLS, "no safe connection to 127.0.0.1: TLS failed"),
    ],
)
async def test_connections_that_break(hostile, url: str, kind: AnswerKind, words: str):
    """A reset before or amid an answer, a handshake that stalls, and one that meets no TLS are told apart."""
    allowed = frozenset(("127.0.0.1", hostile.port + offset) for offset in (0, hostile_server.OFF_SSH))
    policy = FetchPolicy("offing/1", connect_timeout=timedelta(seconds=0.5), allowed=allowed)
    async with Client(policy) as client:
        answer = await client.ask(Request(url.format(**hostile.names)))
    assert (answer.kind, answer.body) == (kind, b"")
    assert words in answer.detail


async def test_what_nobody_foresaw_is_a_value_and_in_the_log(server):
    """An error that no library should raise ends this one exchange, and leaves its traceback in the log."""

    def broken(*_: object) -> list[object]:
        raise LookupError("never seen")

    async with Client(server.policy, lookup=broken) as client:
        with structlog.testing.capture_logs() as logs:
            answer = await client.ask(Request("http://news.test/"))
    assert answer.kind is AnswerKind.PROTOCOL
    assert [(line["event"], line["error"]) for line in logs] == [("fetch.unclassified", "LookupError")]


async def test_a_cancelled_question_is_cancelled(server):
    """Stopping a run from outside is not mistaken for a fault of the server."""
    server.replies["/"] = b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n"
    async with Client(server.policy) as client:
        task = asyncio.create_task(client.ask(Request("http://127.0.0.1:9/")))
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task


async def test_a_first_address_is_guarded_too(server):
    """What may not be asked is not asked: no connection, and a kind that says why."""
    async with Client(replace(server.policy, allowed=frozenset())) as client:
        answers = [await client.ask(Request(url)) for url in (server.url(), "file:///etc/passwd", "http://a b/", "")]
    assert [answer.kind for answer in answers] == [
        AnswerKind.BLOCKED_ADDRESS,
        AnswerKind.BLOCKED_SCHEME,
        AnswerKind.BLOCKED_URL,
        AnswerKind.BLOCKED_SCHEME,
    ]
    assert server.connections == 0


@settings(max_examples=examples(60), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(reply=st.binary(max_size=200), valid=st.booleans())
async def test_any_bytes_are_an_answer(server, reply: bytes, valid: bool):
    """Whatever bytes come back, there is an answer and a sentence where it is no page."""
    server.replies["/"] = b"HTTP/1.1 200 OK\r\n" * valid + reply
    answer = await server.ask()
    assert answer.kind is AnswerKind.OK or answer.detail


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost"])
async def test_a_machine_without_file_descriptors_blames_no_host(server, name: str):
    """What is ours is raised, by address and by name; once there are some, the same host is asked."""
    server.replies["/"] = _reply("200 OK", body=PAGE)
    policy = FetchPolicy(user_agent="t", allowed=frozenset({("127.0.0.1", server.port), ("localhost", server.port)}))
    async with Client(policy) as client:
        request = Request(f"http://{name}:{server.port}/")
        with no_descriptors(), pytest.raises(MachineTrouble, match="too many files open"):
            await client.ask(request)
        assert (await client.ask(request)).kind is AnswerKind.OK


async def test_a_name_is_not_called_unknown_without_file_descriptors():
    """Then the name service says "unknown" of every name; with descriptors that word is believed."""

    def lookup(*_: object) -> list[object]:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    async with Client(FetchPolicy(user_agent="t"), lookup) as client:
        assert (await client.ask(Request("http://news.test/"))).kind is AnswerKind.DNS
        with no_descriptors(), pytest.raises(MachineTrouble, match="too many files open"):
            await client.ask(Request("http://news.test/"))
