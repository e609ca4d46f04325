"""Credentials that a site keeps: told to their host alone, and nowhere in what comes of an exchange."""

from __future__ import annotations

import string
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from net.conftest import HOST, Scripted, Serve
from offing.model.sources.credentials import REMEDY, Credential, basic, carried_by, fault_of, with_query
from offing.model.sources.page import Answer, AnswerKind, Request
from offing.net.client import Client
from offing.poll.listings.feed_list import address_fault, feed_of

SECRET = "k3pt-s3cret"
PASSWORD_MARKS = string.ascii_letters + string.digits + "@:/?#%&=+\\\"'-_.~!$["
OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"


def moved(to: str) -> bytes:
    """An answer that leads elsewhere."""
    return f"HTTP/1.1 302 Found\r\nLocation: {to}\r\nContent-Length: 0\r\n\r\n".encode()


async def ask(site: Scripted, at: str, /, *others: Scripted, **kept: object) -> Answer:
    """The answer to a client that keeps something for a site."""
    host = Credential(HOST, site.port, **{"headers": (("Authorization", basic("ana", SECRET)),), **kept})  # type: ignore[arg-type]
    allowed = frozenset({(HOST, each.port) for each in (site, *others)})
    async with Client(replace(site.policy, allowed=allowed, credentials=(host,))) as client:
        return await client.ask(Request(site.url(at)))


async def test_a_host_is_reported_what_is_kept_for_it(serve: Serve) -> None:
    """As a header or as parameters, below the path that is named; the address of the answer has neither."""
    async with serve() as site:
        site.replies |= {"/a/feed": OK, f"/a/feed?x=1&token={SECRET}": OK, "/b": OK}
        await ask(site, "/a/feed", path="/a/")
        assert site.sent("authorization") == [basic("ana", SECRET)]
        await ask(site, "/b", path="/a/")
        assert site.sent("authorization") == []
        answer = await ask(site, "/a/feed?x=1", headers=(), query=(("token", SECRET),))
        assert site.heads[-1].startswith(f"GET /a/feed?x=1&token={SECRET} ")
        assert answer.kind is AnswerKind.OK
        assert SECRET not in repr(answer)


async def test_no_other_host_is_reported(serve: Serve) -> None:
    """Not where a redirect leads, and not another port."""
    async with serve() as other, serve() as site:
        other.replies["/"], site.replies["/"] = OK, moved(other.url())
        assert (await ask(site, "/", other)).kind is AnswerKind.OK
        assert site.sent("authorization") == [basic("ana", SECRET)]
        assert other.sent("authorization") == []


async def test_a_chain_that_leads_back_is_reported_nothing_more(serve: Serve) -> None:
    """What another host has chosen is asked for without them, and so is all that follows."""
    async with serve() as other, serve() as site:
        site.replies |= {"/": moved(other.url()), "/chosen": moved("/next"), "/next": OK}
        other.replies["/"] = moved(site.url("/chosen"))
        assert (await ask(site, "/", other)).kind is AnswerKind.OK
        assert ["authorization" in head.lower() for head in site.heads] == [True, False, False]
        assert other.sent("authorization") == []


async def test_a_redirect_to_the_same_host_goes_on(serve: Serve) -> None:
    """With the credentials, and without a parameter that the server sends back, which would be stored."""
    async with serve() as site:
        site.replies[f"/?token={SECRET}"] = moved(f"/next?token={SECRET}")
        site.replies[f"/next?token={SECRET}"] = OK
        answer = await ask(site, "/", headers=(), query=(("token", SECRET),))
        assert answer.kind is AnswerKind.OK
        assert SECRET not in repr(answer)


async def test_a_redirect_that_takes_them_elsewhere_is_refused(serve: Serve) -> None:
    """The server would tell another host by our hand."""
    async with serve() as other, serve() as site:
        site.replies[f"/?token={SECRET}"] = moved(other.url(f"/?token={SECRET}"))
        answer = await ask(site, "/", other, headers=(), query=(("token", SECRET),))
        assert answer.kind is AnswerKind.REDIRECT_REFUSED
        assert other.heads == []
        assert SECRET not in repr(answer)


async def test_they_are_reported_by_https_only() -> None:
    """Anybody on the way could read them; a host that is allowed by name is one's own."""
    kept = Credential("news.test", 80, headers=(("Authorization", basic("ana", SECRET)),))
    async with Client(replace(Scripted().policy, credentials=(kept,))) as client:
        answer = await client.ask(Request("http://news.test/feed"))
    assert (answer.kind, "https only" in answer.detail) == (AnswerKind.BLOCKED_URL, True)
    assert SECRET not in repr(client)
    assert SECRET not in repr(kept)


@pytest.mark.parametrize(
    ("url", "bare", "user", "query"),
    [
        ("https://ana:s%40x@h.test/f?x=1", "https://h.test/f?x=1", "ana", ()),
        ("https://tok@h.test/f", "https://h.test/f", "tok", ()),
        ("https://h.test/f?x=1&access_token=q%26r&y", "https://h.test/f?x=1&y", "", (("access_token", "q&r"),)),
        ("https://h.test/f?token=a&x=&y=2&key=b", "https://h.test/f?x=&y=2", "", (("token", "a"), ("key", "b"))),
        ("https://h.test/f?apiKey=z", "https://h.test/f", "", (("apiKey", "z"),)),
    ],
)
def test_what_an_address_carries(url: str, bare: str, user: str, query: tuple[tuple[str, str], ...]) -> None:
    """Names, passwords and parameters with such names; the rest of the address stays byte for byte."""
    found = carried_by(url)
    assert found
    assert (found.bare, found.user, found.query) == (bare, user, query)
    what = f"what looks like a secret ({', '.join(name for name, _ in query)})" if query else "a name or password"
    assert found.what == what
    assert fault_of(url) == f"its address carries {what}: {REMEDY}"
    assert fault_of(bare) == ""


@pytest.mark.parametrize("url", ["https://h.test/@ana?x=1", "https://h.test/f?monkey=1&token=", "https://h.test/key=1"])
def test_an_address_that_carries_nothing(url: str) -> None:
    """An @ in the path is no login, a name without a value no secret."""
    assert carried_by(url) is None


@pytest.mark.parametrize("url", ["http://ana:k3/pt@h.test/0", "http://ana:77/pt@h.test/0", "https://ana:k?pt@h.test/0"])
def test_a_password_with_a_slash(url: str) -> None:
    """Parsers take its start for a port; it is recognised as a password nevertheless."""
    assert "a name or password" in fault_of(url)


@pytest.mark.parametrize("url", ["http://h.test:8080/@ana/f", "http://[2001:db8::1]:8080/@ana/f", "https://h.test:x/f"])
def test_a_port_is_no_password(url: str) -> None:
    """What stands behind a host may hold an @ in its path, and a port may be wrong."""
    assert fault_of(url) == ""


@given(st.text(st.sampled_from(PASSWORD_MARKS), min_size=9, max_size=24), st.sampled_from(["ana:", ""]))
def test_a_refusal_quotes_no_password(password: str, user: str) -> None:
    """However an address with a name or password is read, no part of it stands in the error."""
    secret = f"{password[:4]}k3pt{password[4:]}"
    for url in (f"http://{user}{secret}@h.test/0", f"//{user}{secret}@h.test/0"):
        spec, notes = feed_of({"url": url})
        assert spec is None or "k3pt" in spec.url
        assert "k3pt" not in " ".join(notes)
        assert "k3pt" not in address_fault(url)


def test_parameters_are_encoded() -> None:
    """They may hold whatever they like."""
    assert with_query(b"/f", (("t", "a b&c"),)) == b"/f?t=a%20b%26c"


@pytest.mark.parametrize(
    ("kept", "asked", "fits"),
    [
        ({}, (HOST, 443, "/f"), True),
        ({}, (HOST, 80, "/f"), False),
        *(({}, (host, 443, "/f"), False) for host in ("", "zzz.test", f"{HOST}.test")),
        ({}, (HOST, 8443, "/f"), False),
        ({"port": 8443}, (HOST, 8443, "/f"), True),
        ({"port": 8443}, (HOST, 443, "/f"), False),
        ({"path": "/a/"}, (HOST, 443, "/a/f"), True),
        ({"path": "/a/"}, (HOST, 443, "/b/a/"), False),
    ],
)
def test_a_credential_is_for_its_host_port_and_path(
    kept: dict[str, object], asked: tuple[str, int, str], fits: bool
) -> None:
    """The usual port of https where none is named."""
    assert Credential(HOST, **kept).fits(*asked) is fits  # type: ignore[arg-type]


def test_parameters_follow_those_that_are_there() -> None:
    """Nothing is added where there is nothing to add; a login in front of a path is no login."""
    assert with_query(b"/f?x=1", (("t", "a"), ("u", "b"))) == b"/f?x=1&t=a&u=b"
    assert with_query(b"/f", ()) == b"/f"
    assert basic("ana", "p") == "Basic YW5hOnA="
    found = carried_by("https://ana:p:q@h.test/f")
    assert found
    assert (found.user, found.password) == ("ana", "p:q")
    assert carried_by("https://[h.test/f?token=1") is None
