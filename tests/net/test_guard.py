"""The address guard: which addresses and URLs may be asked."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offing.model.sources.page import BLOCKED_KINDS, AnswerKind
from offing.net.guard import LONGEST_URL, RequestRefused, check_addresses, check_characters, check_url, denied, tidy

_DENIED = """
127.0.0.1 127.0.0.2 127.255.255.255 0.0.0.0 0.1.2.3 10.0.0.1 10.255.255.255 172.16.0.1 172.31.255.255 192.168.0.1
192.168.255.255 100.64.0.1 100.100.100.200 100.127.255.255 169.254.0.1 169.254.169.254 169.254.170.2 192.0.0.1
192.0.0.8 192.0.0.9 192.0.0.170 192.0.0.192 192.0.2.1 198.51.100.1 203.0.113.7 192.88.99.1 198.18.0.1
198.19.255.255 224.0.0.1 224.0.0.251 232.1.1.1 239.255.255.255 240.0.0.1 255.255.255.255
:: ::1 ::127.0.0.1 ::8.8.8.8 ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::ffff:8.8.8.8 ::ffff:0:127.0.0.1 64:ff9b::7f00:1
64:ff9b::a9fe:a9fe 64:ff9b:1::1 100::1 100:0:0:1::1 2001::1 2001:0:4136:e378:8000:63bf:3fff:fdd2 2001:10::1
2001:20::1 2001:db8::1 2002:7f00:1:: 2002:a9fe:a9fe:: 3fff::1 3fff:fff::1 5f00::1 fc00::1 fd00:ec2::254 fd12:3456::1
fe80::1 fe80::1%eth0 2606:4700::1111%eth0 febf::1 fec0::1 feff::1 ff02::1 ff05::2 4000::1 8000::1 e000::1
localhost 1 0x7f000001 127.1
"""
_PUBLIC = """
1.1.1.1 8.8.8.8 9.255.255.255 11.0.0.0 93.184.216.34 100.63.255.255 100.128.0.0 169.253.255.255 172.15.255.255
172.32.0.0 192.0.1.1 192.167.255.255 192.169.0.0 198.17.255.255 198.20.0.0 223.255.255.255 202.108.22.5
2001:200::1 2001:4860:4860::8888 2400:cb00::1 2606:4700::1111 2a00:1450:4001:81b::200e 2c0f:f248::1 3ffe::1
"""
DENIED, PUBLIC = _DENIED.split(), _PUBLIC.split()
ALLOWED = frozenset({("127.0.0.1", 8999), ("::1", 8999), ("mirror.test", 8080)})


@pytest.mark.parametrize("address", DENIED)
def test_what_is_not_public_is_denied(address: str):
    """Private, local, reserved, translated and documentary addresses, in every family, are never connected to."""
    assert denied(address)
    with pytest.raises(RequestRefused) as refusal:
        check_addresses("news.test", ["1.1.1.1", address])
    assert refusal.value.kind is AnswerKind.BLOCKED_ADDRESS


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses_pass(address: str):
    """The neighbours of the denied ranges and the hosts of the world pass."""
    assert denied(address) is None
    check_addresses("news.test", [address])


def test_the_table_is_wide():
    """The table keeps its width: at least 60 addresses."""
    assert len(set(DENIED)) >= 60


@given(st.ip_addresses())
def test_whatever_python_calls_local_is_denied(address: ipaddress.IPv4Address | ipaddress.IPv6Address):
    """The guard is never more lenient than the standard library."""
    if not address.is_global or address.is_multicast or address.is_reserved or address.is_loopback:
        assert denied(str(address))


@given(st.ip_addresses(v=4))
def test_an_ipv4_address_cannot_hide_in_ipv6(address: ipaddress.IPv4Address):
    """Mapped, compatible, translated (NAT64, SIIT), 6to4 and Teredo forms of any address are denied."""
    number = int(address)
    carriers = [number, 0xFFFF << 32 | number, 0xFFFF << 48 | number, 0x64FF9B << 96 | number]
    carriers += [0x2002 << 112 | number << 80, 0x20010000 << 96 | number ^ 0xFFFFFFFF]
    assert all(denied(str(ipaddress.IPv6Address(carrier))) for carrier in carriers)


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("", AnswerKind.BLOCKED_SCHEME),
        ("news.test/x", AnswerKind.BLOCKED_SCHEME),
        ("//news.test/x", AnswerKind.BLOCKED_SCHEME),
        ("file:///etc/passwd", AnswerKind.BLOCKED_SCHEME),
        ("ftp://news.test/", AnswerKind.BLOCKED_SCHEME),
        ("gopher://news.test/", AnswerKind.BLOCKED_SCHEME),
        ("javascript:alert(1)", AnswerKind.BLOCKED_SCHEME),
        ("data:text/html,hello", AnswerKind.BLOCKED_SCHEME),
        ("http+unix://%2Fvar%2Frun%2Fdocker.sock/", AnswerKind.BLOCKED_SCHEME),
        ("ws://news.test/", AnswerKind.BLOCKED_SCHEME),
        ("http://", AnswerKind.BLOCKED_URL),
        ("http:///path", AnswerKind.BLOCKED_URL),
        ("http:news.test/x", AnswerKind.BLOCKED_URL),
        ("http://:80/", AnswerKind.BLOCKED_URL),
        ("http://user@news.test/", AnswerKind.BLOCKED_URL),
        ("http://user:secret@news.test/", AnswerKind.BLOCKED_URL),
        ("http://@news.test/", AnswerKind.BLOCKED_URL),
        ("http://127.0.0.1:80@news.test/", AnswerKind.BLOCKED_URL),
        ("http://news.test\\@127.0.0.1/", AnswerKind.BLOCKED_URL),
        ("http:\\\\127.0.0.1\\", AnswerKind.BLOCKED_URL),
        ("http://news.test/a b", AnswerKind.BLOCKED_URL),
        ("http://news.test/a\tb", AnswerKind.BLOCKED_URL),
        ("http://news.test/a\r\nX: y", AnswerKind.BLOCKED_URL),
        ("http://127.0.\t0.1/", AnswerKind.BLOCKED_URL),
        ("http://news.test\x00.test/", AnswerKind.BLOCKED_URL),
        ("http://news.test/\x7f", AnswerKind.BLOCKED_URL),
        (" http://news.test/", AnswerKind.BLOCKED_URL),
        ("http://127.0.0.%31/", AnswerKind.BLOCKED_URL),
        ("http://news%2etest/", AnswerKind.BLOCKED_URL),
        ("http://[fe80::1%25eth0]/", AnswerKind.BLOCKED_URL),
        ("http://[::1/", AnswerKind.BLOCKED_URL),
        ("http://[news.test]/", AnswerKind.BLOCKED_URL),
        ("http://::bad::/", AnswerKind.BLOCKED_URL),
        ("http://0177.0.0.1/", AnswerKind.BLOCKED_URL),
        ("http://127.0.0.1.1.1/", None),
        ("http://news<.test/", AnswerKind.BLOCKED_URL),
        ("http://news^.test/", AnswerKind.BLOCKED_URL),
        ("http://127。0。0。1/", AnswerKind.BLOCKED_ADDRESS),
        ("http://１２７.０.０.１/", AnswerKind.BLOCKED_URL),
        ("http://①②⑦.0.0.1/", AnswerKind.BLOCKED_URL),
        ("http://news.test:port/", AnswerKind.BLOCKED_URL),
        ("http://news.test:99999/", AnswerKind.BLOCKED_URL),
        ("http://news.test:-1/", AnswerKind.BLOCKED_URL),
        ("http://news.test/" + "a" * LONGEST_URL, AnswerKind.BLOCKED_URL),
        ("http://news.test:0/", AnswerKind.BLOCKED_PORT),
        ("http://news.test:22/", AnswerKind.BLOCKED_PORT),
        ("http://news.test:8080/", AnswerKind.BLOCKED_PORT),
        ("https://news.test:6379/", AnswerKind.BLOCKED_PORT),
        ("http://127.0.0.1/", AnswerKind.BLOCKED_ADDRESS),
        ("http://127.0.0.1:8999/", AnswerKind.BLOCKED_ADDRESS),
        ("http://[::1]/", AnswerKind.BLOCKED_ADDRESS),
        ("http://[::ffff:127.0.0.1]/", AnswerKind.BLOCKED_ADDRESS),
        ("http://[0:0:0:0:0:0:0:1]/", AnswerKind.BLOCKED_ADDRESS),
        ("http://169.254.169.254/latest/meta-data/", AnswerKind.BLOCKED_ADDRESS),
        ("http://news.test", None),
        ("HTTPS://News.Test:443/A?b=c", None),
        ("http://news.test:443/", None),
        ("http://münchen.test/straße", None),
        ("http://新闻.test/消息?问=答", None),
        ("http://news_of.test/", None),
        ("http://1.1.1.1/", None),
        ("http://[2606:4700::1111]/", None),
    ],
)
def test_url_rules(url: str, kind: AnswerKind | None):
    """Only plain http and https addresses of public hosts at the usual ports pass; each other one says why not."""
    if kind is None:
        assert check_url(url).url
        return
    with pytest.raises(RequestRefused) as refusal:
        check_url(url)
    assert (refusal.value.kind, bool(refusal.value.detail)) == (kind, True)


def test_a_target_is_plain_ascii_without_fragment():
    """What goes over the wire is ASCII: the host after IDNA, path and query percent-encoded."""
    target = check_url("https://München.test/straße?ö=ü#teil")
    assert (target.host, target.port) == ("xn--mnchen-3ya.test", 443)
    assert target.path == b"/stra%C3%9Fe?%C3%B6=%C3%BC"
    assert target.url == "https://xn--mnchen-3ya.test/stra%C3%9Fe?%C3%B6=%C3%BC"


@pytest.mark.parametrize(
    ("url", "header"),
    [
        ("http://news.test/", "news.test"),
        ("https://news.test:443/", "news.test"),
        ("http://news.test:443/", "news.test:443"),
        ("http://[2606:4700::1111]/", "[2606:4700::1111]"),
        ("http://news.test:80/", "news.test"),
        ("https://news.test/", "news.test"),
        ("https://news.test:80/", "news.test:80"),
        ("https://mirror.test:8080/", "mirror.test:8080"),
        ("http://[::1]:8999/", "[::1]:8999"),
    ],
)
def test_host_header(url: str, header: str):
    """The Host header names the port only where it is not the usual one, and puts IPv6 in brackets."""
    assert check_url(url, ALLOWED).host_header == header


@pytest.mark.parametrize(
    "url",
    ["http://127.0.0.1:8999/x", "http://[::1]:8999/", "http://[0:0::1]:8999/", "https://Mirror.Test:8080/"],
)
def test_exact_exceptions_pass(url: str):
    """Exactly the host and port that are allowed pass, in any spelling of the same thing."""
    assert check_url(url, ALLOWED).exempt


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:9000/",
        "http://127.0.0.1/",
        "http://127.0.0.2:8999/",
        "http://127.1:8999/",
        "http://2130706433:8999/",
        "http://localhost:8999/",
        "http://127.0.0.1.:8999/",
        "http://[::ffff:127.0.0.1]:8999/",
        "http://a.mirror.test:8080/",
        "http://mirror.test:8081/",
        "http://mirror.test.:8080/",
    ],
)
def test_exceptions_cover_nothing_else(url: str):
    """Another port, another spelling of the address, a name that may lead there: all refused."""
    with pytest.raises(RequestRefused):
        check_url(url, ALLOWED)


def test_tidy_mends_what_browsers_mend():
    """Spaces around an address go, spaces inside become %20; in a host that makes it no address."""
    assert tidy(" http://news.test/a b\n") == "http://news.test/a%20b"
    with pytest.raises(RequestRefused):
        check_url(tidy("http://ne ws.test/"))


@given(
    st.text(max_size=80)
    | st.text(max_size=60).map("http://{}".format)
    | st.text("./:@[]%127ax0\\", max_size=30).map("http://{}".format)
)
def test_any_text_is_a_target_or_refused(text: str):
    """No text makes the guard raise anything else, and what passes means the same host to both parsers."""
    try:
        target = check_url(tidy(text))
    except RequestRefused as refusal:
        assert refusal.kind in BLOCKED_KINDS  # noqa: PT017 -- passing is right, too
        return
    assert target.url.isascii()
    assert (urlsplit(target.url).hostname or "").lower() == target.host
    assert target.port in (80, 443)


@pytest.mark.parametrize("char", [*map(chr, range(0x21)), "\x7f", "\\"])
def test_characters_that_are_read_in_two_ways(char: str):
    """Controls, spaces and backslashes stop an address before anything parses it; their neighbours do not."""
    with pytest.raises(RequestRefused, match="contains a space, a backslash or a control character") as refusal:
        check_url(f"http://news.test/a{char}b")
    assert refusal.value.kind is AnswerKind.BLOCKED_URL
    check_characters("a!b~[]\x80")


def test_an_address_has_8_kb_and_not_one_more():
    """The refusal says how much."""
    check_characters("a" * LONGEST_URL)
    with pytest.raises(RequestRefused, match="longer than 8192 characters"):
        check_characters("a" * (LONGEST_URL + 1))


@pytest.mark.parametrize(
    ("host", "address", "words"),
    [
        (
            "news.test",
            "10.0.0.1",
            "news.test (10.0.0.1) is not a public address: private, local, multicast or reserved",
        ),
        ("1.test", "224.0.0.1", "1.test (224.0.0.1) is not a public address: private, local, multicast or reserved"),
        ("0.1.2.3", "0.1.2.3", "0.1.2.3 is not a public address: this host (RFC 1122)"),
        ("x", "192.0.0.9", "x (192.0.0.9) is not a public address: protocol assignments (RFC 6890)"),
        ("x", "192.88.99.1", "x (192.88.99.1) is not a public address: 6to4 relays (RFC 7526)"),
        ("x", "198.19.0.1", "x (198.19.0.1) is not a public address: benchmarking (RFC 2544)"),
        ("x", "240.0.0.1", "x (240.0.0.1) is not a public address: reserved (RFC 1112)"),
        ("x", "2002::1", "x (2002::1) is not a public address: 6to4, which carries IPv4 addresses (RFC 3056)"),
        ("x", "3fff::1", "x (3fff::1) is not a public address: documentation (RFC 9637)"),
        ("x", "::1", "x (::1) is not a public address: outside the public IPv6 space"),
        ("x", "2606:4700::1%a", "x (2606:4700::1%a) is not a public address: outside the public IPv6 space"),
        ("x", "127.1", "x (127.1) is not a public address: not an IP address"),
    ],
)
def test_a_refused_address_is_reported_with_its_reason(host: str, address: str, words: str):
    """And with the name that led to it, where there is one."""
    with pytest.raises(RequestRefused) as refusal:
        check_addresses(host, ["8.8.8.8", address])
    assert refusal.value.detail == words


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("http://[::1/", "is malformed"),
        ("ftp://news.test/", "neither http nor https"),
        ("http://", "no plain host"),
        ("http://user@news.test/", "no plain host"),
        ("http://news%2etest/", "no plain host"),
        ("http://@", "no plain host"),
        ("http://[v1.x]/", "names no host that can be looked up"),
        ("http://news.test:port/", "names no host that can be looked up"),
        ("http://news<.test/", "can be read in two ways"),
        ("http://news.test:79/", "port 79 of news.test is neither 80 nor 443 nor allowed"),
        ("http://news.test:444/", "port 444 of news.test is neither 80 nor 443 nor allowed"),
        ("http://news.test:0/", "port 0 of news.test is neither"),
    ],
)
def test_each_refusal_has_its_own_words(url: str, words: str):
    """So that nobody looks for the fault in the wrong place."""
    with pytest.raises(RequestRefused, match=words):
        check_url(url)


def test_the_other_port_of_the_two_is_fine():
    """For either scheme, and nobody is exempt who is not named."""
    found = [check_url(url) for url in ("http://news.test:443/", "https://news.test:80/", "https://news.test/")]
    assert [(each.scheme, each.port, each.exempt) for each in found] == [
        ("http", 443, False),
        ("https", 80, False),
        ("https", 443, False),
    ]
