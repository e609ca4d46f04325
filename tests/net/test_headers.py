"""Headers: what is kept of an answer's, what is sent back, and how much of them there may be."""

from __future__ import annotations

import pytest

from offing.model.sources.page import AnswerKind, Request
from offing.net.guard import LONGEST_URL, RequestRefused, check_url
from offing.net.headers import location_of, readable, request_headers, sendable
from offing.net.wire import HEAD_LIMIT, Meter

KB = 1024


def test_headers_are_read_by_small_names() -> None:
    """Repeated ones are joined in their order, UTF-8 and Latin-1 are read, cookies and control characters are not."""
    raw = [
        (b"ETag", b' "1" '),
        (b"Via", b"a"),
        (b"VIA", b"b"),
        (b"X-Town", "München".encode()),
        (b"X-Old", "München".encode("latin-1")),
        (b"Set-Cookie", b"id=1"),
        (b"set-cookie2", b"id=1"),
        (b"X-Forged", b"a\x0bb"),
        (b"X-Tab", b"a\tb"),
    ]
    assert readable(raw) == {"etag": '"1"', "via": "a, b", "x-town": "München", "x-old": "München", "x-tab": "a\tb"}


def test_a_value_has_8_kb_and_all_have_100() -> None:
    """A longer value is left out, more of them in all stop the exchange; exactly as much passes."""
    assert readable([(b"a", b"x" * 8 * KB), (b"b", b"x" * (8 * KB + 1))]) == {"a": "x" * 8 * KB}
    full = [(b"n", b"x" * (HEAD_LIMIT - 1))]
    assert readable(full) == {}
    with pytest.raises(RequestRefused) as refusal:
        readable([*full, (b"n", b"")])
    assert refusal.value.kind is AnswerKind.TOO_LARGE


@pytest.mark.parametrize("validator", ['"1"', 'W/"a b"', "x", "x" * KB, "Tue, 01 Dec 2026 07:00:00 GMT"])
def test_a_plain_validator_is_sent_back(validator: str) -> None:
    """Byte for byte, up to 1 KB."""
    assert sendable(validator) == validator


@pytest.mark.parametrize("validator", [None, "", " x", "x ", "x\r\nHost: y", "é", "x" * (KB + 1)])
def test_another_validator_is_not(validator: str | None) -> None:
    """What is no line of ASCII, or too long, is no identity of a document."""
    assert sendable(validator) is None


def test_a_request_says_little() -> None:
    """Who asks, what is wanted, what is known already; no cookie, and the connection is closed."""
    request = Request("http://news.test/a", etag='"1"', last_modified="bad\n", accept="text/html")
    pairs = request_headers(check_url(request.url), request, "offing/1", (("Authorization", "Bearer x"),))
    assert pairs == [
        (b"Host", b"news.test"),
        (b"User-Agent", b"offing/1"),
        (b"Accept", b"text/html"),
        (b"Accept-Encoding", b"gzip"),
        (b"Connection", b"close"),
        (b"If-None-Match", b'"1"'),
        (b"Authorization", b"Bearer x"),
    ]


def test_a_redirect_says_where_to() -> None:
    """In any case of the name; nothing where it does not say."""
    assert location_of([(b"Server", b"x"), (b"LOCATION", b" /a ")]) == "/a"
    assert location_of([(b"Server", b"x")]) == ""


@pytest.mark.parametrize(("body", "allowed", "part"), [(None, HEAD_LIMIT, "headers"), (KB, KB + 256 * KB, "body")])
def test_a_connection_delivers_no_more_than_it_may(body: int | None, allowed: int, part: str) -> None:
    """100 KB of headers, then the body and 256 KB beside it; nothing is read once more has come."""
    meter = Meter()
    if body is not None:
        meter.allow_body(body)
    assert len(meter.count(bytes(allowed))) == allowed
    assert meter.count(b"x") == b"x"
    with pytest.raises(RequestRefused, match=part) as refusal:
        meter.count(b"x")
    assert refusal.value.kind is AnswerKind.TOO_LARGE


def test_an_address_may_have_8_kb() -> None:
    """One of exactly that length is asked for."""
    url = "http://news.test/"
    assert check_url(url + "a" * (LONGEST_URL - len(url))).url
    assert LONGEST_URL == 8 * KB


def test_only_location_says_where_to() -> None:
    """No name before or behind it in the alphabet, and the first of two."""
    raw = [
        (b"Age", b"/x"),
        (b"Content-Location", b"/y"),
        (b"Server", b"/z"),
        (b"location", b"/a"),
        (b"Location", b"/b"),
    ]
    assert location_of(raw) == "/a"
    assert location_of([(b"Location", "/straße".encode())]) == location_of([(b"Location", b"/stra\xdfe")]) == "/straße"


def test_size_counts_names_and_what_is_left_out() -> None:
    """Cookies and overlong values are no way round the limit; what follows them is read."""
    half = HEAD_LIMIT // 2
    with pytest.raises(RequestRefused, match="longer than 100 KB"):
        readable([(b"n" * half, b""), (b"set-cookie", b"x" * half)])
    assert readable([(b"set-cookie", b"x" * half), (b"a", b"x" * (half - 100)), (b"B", b"c")]) == {"b": "c"}


@pytest.mark.parametrize("char", ["\x00", "\x08", "\n", "\x1f", "\x7f", "\x80", "\x9f", "\u2028", "\u2029"])
def test_no_control_character_is_kept(char: str) -> None:
    """A tab is none that does harm; nor are the neighbours of the ranges."""
    assert readable([(b"a", f"x{char}y".encode()), (b"b", "x\t ~\xa0y".encode())]) == {"b": "x\t ~\xa0y"}
