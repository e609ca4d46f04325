"""URLs: what is the same page, and what is no address at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offing.urls import canonical_url, domain_of, feed_key, host_of, lookalike_key, url_key

SAME = [
    ("https://a.test/x", "http://a.test/x"),
    ("https://a.test/x", "https://A.TEST/x/"),
    ("https://a.test/x", "https://a.test/x#top"),
    ("https://a.test/x", "https://a.test/x?utm_source=rss&utm_medium=feed"),
    ("https://a.test/x?a=1&b=2", "https://a.test/x?b=2&a=1&fbclid=abc"),
    ("https://a.test/%e4%b8%ad", "https://a.test/中"),
]
OTHER = [
    ("https://a.test/x", "https://b.test/x"),
    ("https://a.test/x?id=1", "https://a.test/x?id=2"),
    ("https://a.test/x", "https://a.test/X"),
    ("https://a.test/x", "https://a.test:8443/x"),
]


@pytest.mark.parametrize(("left", "right"), SAME)
def test_same_page(left: str, right: str) -> None:
    """Scheme, case of the host, fragment, tracking and order of parameters make no other page."""
    assert url_key(left) == url_key(right)


@pytest.mark.parametrize(("left", "right"), OTHER)
def test_other_page(left: str, right: str) -> None:
    """Host, port, path and real parameters tell pages apart."""
    assert url_key(left) != url_key(right)


@pytest.mark.parametrize("url", ["", "javascript:alert(1)", "/local", "ftp://a.test/", "https://", "mailto:a@b.test"])
def test_no_web_address(url: str) -> None:
    """Only http and https addresses with a host are pages."""
    with pytest.raises(ValueError, match="not a web address"):
        canonical_url(url)


def test_hosts_and_domains() -> None:
    """Pacing goes by host without port; a domain may hold many hosts."""
    assert host_of("https://News.Example.co.uk:8443/x") == "news.example.co.uk"
    assert domain_of("https://news.example.co.uk/x") == "example.co.uk"
    assert domain_of("http://127.0.0.1:8700/x") == "127.0.0.1"
    assert host_of("https://[broken") == ""


@given(
    st.from_regex(
        r"https?://[a-z]{1,8}\.test(:[0-9]{2,4})?/[a-zA-Z0-9/_.-]{0,30}(\?[a-z]=[a-z0-9]{0,5}){0,1}", fullmatch=True
    )
)
def test_canonical_form_is_stable(url: str) -> None:
    """The canonical form of a canonical form is itself, and keeps the identity."""
    once = canonical_url(url)
    assert canonical_url(once) == once
    assert url_key(once) == url_key(url)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("https://a.test/rss", "HTTPS://A.Test:443/rss"),
        ("http://a.test", "http://a.test:80/#top"),
        ("https://a.test?x=1", " https://a.test/?x=1"),
    ],
)
def test_same_feed(left: str, right: str) -> None:
    """Case of scheme and host, the usual port and the fragment change nothing in what is asked for."""
    assert feed_key(left) == feed_key(right)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("https://a.test/rss", "http://a.test/rss"),
        ("https://a.test/rss", "https://a.test/rss/"),
        ("https://a.test/rss", "https://www.a.test/rss"),
        ("https://a.test/rss", "https://a.test/rss?utm_source=x"),
        ("https://a.test/?a=1&b=2", "https://a.test/?b=2&a=1"),
        ("https://a.test/%e4", "https://a.test/%E4"),
        ("http://a.test:443/", "http://a.test/"),
        ("https://me@a.test/", "https://a.test/"),
    ],
)
def test_other_feed(left: str, right: str) -> None:
    """Whatever else differs may be another feed; a near likeness is told, not acted upon."""
    assert feed_key(left) != feed_key(right)


def test_feeds_that_look_alike() -> None:
    """Scheme, www, the last slash and tracking do not tell feeds apart for a person; a path does."""
    alike = ("https://a.test/rss", "http://www.a.test/rss/", "https://www.a.test/rss?utm_source=x")
    assert len({lookalike_key(url) for url in alike}) == 1
    assert lookalike_key("https://a.test/rss/africa") != lookalike_key("https://a.test/rss")
    with pytest.raises(ValueError, match="not a web address"):
        feed_key("file:///etc/passwd")


@given(st.text(max_size=60))
def test_identity_of_any_text(text: str) -> None:
    """Any text is an address or refused with one kind of error."""
    for key in (feed_key, url_key, lookalike_key):
        try:
            assert len(key(text)) == 64
            assert len(key(f"http://{text}")) == 64
        except ValueError:
            pass
