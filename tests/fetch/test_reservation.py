"""What a publisher reserves, by header, by markup and by the file of its origin."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offing.fetch.reservation import FILE_LIMIT, file_request, read_file, reservation_of
from offing.model.sources.page import Answer, AnswerKind
from offing.model.sources.reservation import Reservation, written

NOARCHIVE, TDM = Reservation.NOARCHIVE, Reservation.TDM
URL = "https://news.test/politics/2026/a.html?id=7"


def _of(body: str = "", rules: str = "", url: str = URL, **headers: str) -> frozenset[Reservation]:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return reservation_of(named, body.encode(), "offing", rules, url)


@pytest.mark.parametrize(
    ("header", "reserved"),
    [
        ("noarchive", True),
        ("NoArchive", True),
        ("noindex, nofollow,noarchive", True),
        ("nocache", True),
        ("googlebot: noarchive", True),
        ("offing: noarchive", True),
        ("otherbot: noindex, googlebot: nofollow, noarchive", True),
        ("unavailable_after: 25 Jun 2030 15:00:00 PST, noarchive", True),
        ("max-snippet: 20, noarchive", True),
        ("", False),
        ("noindex, nofollow", False),
        ("none", False),
        ("otherbot: noarchive", False),
        ("otherbot: noindex, noarchive", False),
        ("noarchives", False),
    ],
)
def test_the_header_of_robots(header: str, reserved: bool):
    """`X-Robots-Tag` counts where it speaks to all, to Google's reader or to us; a name holds until the next one."""
    assert (NOARCHIVE in _of(x_robots_tag=header)) is reserved


@pytest.mark.parametrize(
    ("markup", "reserved"),
    [
        ('<meta name="robots" content="noarchive">', True),
        ("<META NAME=Robots CONTENT='index, NOARCHIVE' />", True),
        ("<meta content=noarchive name=googlebot>", True),
        ('<meta\nname = "offing"\ncontent = "noarchive">', True),
        ('<meta name="robots" content="max-snippet:-1, noarchive">', True),
        ('<meta name="bingbot" content="noarchive">', False),
        ('<meta name="robots" content="noindex">', False),
        ('<!-- <meta name="robots" content="noarchive"> -->', False),
        ('<!-- a --><!-- b --><meta name="robots" content="noarchive">', True),
        ('<!-- never closed <meta name="robots" content="noarchive">', True),
        ('<meta property="robots" content="noarchive">', False),
        ("<p>noarchive</p>", False),
    ],
)
def test_the_tag_of_robots(markup: str, reserved: bool):
    """The meta tag counts in any spelling that browsers read, but not inside a comment."""
    assert (NOARCHIVE in _of(f"<html><head>{markup}</head><body>News</body></html>")) is reserved


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-8-sig", "gb18030"])
def test_the_tag_is_read_in_every_encoding(encoding: str):
    """ASCII markup is found in wide encodings, too."""
    page = '<meta name="robots" content="noarchive"><meta name="tdm-reservation" content="1"><p>新闻</p>'
    assert reservation_of({}, page.encode(encoding), "offing") == {NOARCHIVE, TDM}


def test_mining_is_reserved_by_header_tag_or_file():
    """`tdm-reservation` counts in each of its three places, and 0 or nothing reserves nothing."""
    assert _of(tdm_reservation="1") == {TDM}
    assert _of(tdm_reservation="1, 1") == {TDM}
    assert _of('<meta name="tdm-reservation" content="1">') == {TDM}
    assert _of(rules='[{"location": "/", "tdm-reservation": 1}]') == {TDM}
    assert _of(tdm_reservation="0") == _of(tdm_reservation="") == _of() == frozenset()


def test_the_nearest_word_on_mining_counts():
    """The page's own word goes before the header's, the header's before the file's."""
    rules = '[{"location": "/", "tdm-reservation": 1}]'
    assert _of(rules=rules, tdm_reservation="0") == frozenset()
    assert _of('<meta name="tdm-reservation" content="0">', rules, tdm_reservation="1") == frozenset()
    assert _of('<meta name="tdm-reservation" content="1">', tdm_reservation="0") == {TDM}


@pytest.mark.parametrize(
    ("location", "fits"),
    [
        ("/", True),
        ("/politics/", True),
        ("/politics/*/a.html", True),
        ("/*.html", True),
        ("*2026", True),
        ("/politics/2026/a.html?id=7$", True),
        ("/*id=7$", True),
        ("/*7*7$", False),
        ("/*.html$", False),
        ("/politics$", False),
        ("/sport/", False),
        ("/*/*/*/*/", False),
        ("politics", False),
        ("", True),
    ],
)
def test_rules_of_the_file_go_by_path(location: str, fits: bool):
    """A rule holds where the path begins as its location has it."""
    assert (_of(rules=json.dumps([{"location": location, "tdm-reservation": "1"}])) == {TDM}) is fits


def test_the_first_rule_that_fits_counts():
    """A publisher can open a part of a reserved site."""
    rules = [{"location": "/politics/", "tdm-reservation": 0}, {"location": "/", "tdm-reservation": 1}]
    assert _of(rules=json.dumps(rules)) == frozenset()
    assert _of(rules=json.dumps(rules), url="https://news.test/sport/1") == {TDM}
    assert _of(rules=json.dumps(rules), url="https://news.test") == {TDM}


@pytest.mark.parametrize("text", ["", "{}", "[1, null]", "nonsense", "[" * 5000, '[{"location": 1}]', "9" * 5000])
def test_a_file_that_is_no_list_of_rules_reserves_nothing(text: str):
    """Whatever stands at the address of the file, it is read without fault, and kept only where it is of use."""
    answer = Answer(AnswerKind.OK, URL, URL, datetime(2026, 3, 1, tzinfo=UTC), 200, body=text.encode())
    assert read_file(answer) == ""
    assert _of(rules=text) == frozenset()


def test_the_file_is_asked_for_at_its_place():
    """The request names the well-known address and a limit; only a whole answer with rules is kept."""
    request = file_request("https://news.test:8443")
    assert (request.url, request.body_limit) == ("https://news.test:8443/.well-known/tdmrep.json", FILE_LIMIT)
    rules = '\ufeff[{"location": "/", "tdm-reservation": 1}]'
    now = datetime(2026, 3, 1, tzinfo=UTC)
    assert read_file(Answer(AnswerKind.OK, URL, URL, now, 200, body=rules.encode())) == rules[1:]
    assert read_file(Answer(AnswerKind.HTTP_ERROR, URL, URL, now, 404, body=rules.encode())) == ""


def test_reservations_are_written_in_one_order():
    """What is stored does not depend on the order in which it was found."""
    assert written({TDM, NOARCHIVE}) == "noarchive, tdm"
    assert written(()) == ""


@pytest.mark.parametrize("mark", ["<meta ", "<!--", "<!---->", '<meta name="', "<meta a=", "<", "a:", ",", "<meta a>"])
def test_no_page_makes_reading_slow(mark: str):
    """Whatever a page of the largest size repeats, it is read in a moment."""
    page = (mark * (5 * 1024 * 1024 // len(mark))).encode()
    begun = time.process_time()
    reservation_of({"x-robots-tag": mark * 1000}, page, "offing")
    assert time.process_time() - begun < 2


@given(st.binary(max_size=300), st.text(max_size=80), st.text(max_size=80), st.text(max_size=40))
def test_any_page_is_read(body: bytes, header: str, rules: str, url: str):
    """Reading fails on nothing that a server can send."""
    found = reservation_of(
        {"x-robots-tag": header, "tdm-reservation": header}, body, "offing", rules, "https://a/" + url
    )
    assert found <= set(Reservation)
