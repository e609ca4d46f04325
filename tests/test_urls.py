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


COPIES = [
    ("https://amp.news.com/world/x", "https://www.news.com/world/x"),
    ("http://m.news.com/x", "https://www.news.com/x"),
    ("https://mobile.news.co.uk/x", "https://www.news.co.uk/x"),
    ("https://m.business.news.com/x", "https://business.news.com/x"),
    ("https://news.com/x/amp/", "https://news.com/x"),
    ("https://news.com/amp/x", "https://news.com/x"),
    ("https://news.com/x.amp.html", "https://news.com/x.html"),
    ("https://news.com/x.amp", "https://news.com/x"),
    ("https://news.com/x?amp=1&b=2", "https://news.com/x?b=2"),
    ("https://news.com/x?b=2&amp", "https://news.com/x?b=2"),
    ("https://news.com/x?outputType=amp", "https://news.com/x"),
    ("https://news.com/x?amp_js_v=0.1&usqp=mq", "https://news.com/x?usqp=mq"),
    ("https://news-com.cdn.ampproject.org/c/s/news.com/x/amp/", "https://news.com/x"),
    ("https://www.google.com/amp/s/news.com/x", "https://news.com/x"),
]
NO_COPIES = [
    ("https://news.com/camp/x", "https://news.com/x"),
    ("https://news.com/amp", "https://news.com/"),
    ("https://news.com/x?output=json", "https://news.com/x"),
    ("https://news.com/x?lamp=1", "https://news.com/x"),
    ("https://m.co.uk/x", "https://amp.co.uk/x"),
    ("https://me.news.com/x", "https://www.news.com/x"),
]


@pytest.mark.parametrize(("copy", "page"), COPIES)
def test_copies_for_telephones_are_the_page(copy: str, page: str) -> None:
    """AMP and mobile addresses, and those of caches, have the key of the page that they show."""
    assert url_key(copy) == url_key(page)


@pytest.mark.parametrize(("left", "right"), NO_COPIES)
def test_what_only_looks_like_a_copy_is_none(left: str, right: str) -> None:
    """Words that hold `amp`, and domains that are that short, are left alone."""
    assert url_key(left) != url_key(right)


@given(st.from_regex(r"/[a-z0-9-]{1,12}(/[a-z0-9-]{1,12}){0,3}", fullmatch=True), st.sampled_from(["", "?id=7"]))
def test_every_page_has_its_copies(path: str, query: str) -> None:
    """Whatever the path: host, ending and query of a copy change nothing; a copy of a copy is the page, too."""
    page = url_key(f"https://www.news.com{path}{query}")
    joint = "&" if query else "?"
    assert page == url_key(f"https://m.news.com{path}{query}") == url_key(f"https://amp.news.com{path}/{query}")
    if not path.lower().endswith("/amp"):
        assert (
            page
            == url_key(f"https://www.news.com{path}/amp{query}")
            == url_key(f"https://m.news.com{path}/amp/{query}")
        )
    assert page == url_key(f"https://www.news.com{path}{query}{joint}amp=1")


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("https://a.test/x", "035397b2572c8908a592323fa1feda363bfa24e903765e684715052a76b103c1"),
        (
            "http://www.news.example/2026/03/a-b.html?id=7",
            "49ff9a35c7248298791441eb69b42089811841f8bd3b41a2a4c735f16f1557b2",
        ),
        ("https://news.example/中", "df2dc29d27a93409a252d236296cb2ac22c4944c13ec2a1b899a825bef1b2d1a"),
        ("https://news.example:8443/x/?b=2&a=1", "52cbf9569b3b7e8c442a5c65ced6c20c3ae3a1aa49131c1433cb024dd3f313f3"),
    ],
)
def test_keys_that_are_stored_stay_right(url: str, key: str) -> None:
    """The key of a page is the same in every release with this version of the rules."""
    assert url_key(url) == key
