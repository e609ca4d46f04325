"""What becomes of an entry, given the answer for its link."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offing.fetch import classify_answer
from offing.model.sources.entry import DueEntry
from offing.model.sources.page import Answer, AnswerKind, FetchedPage, FetchProblem, FetchVerdict
from offing.model.sources.policy import FetchPolicy

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
URL = "https://news.test/a"
POLICY = FetchPolicy("offing/1")
HOUR = timedelta(hours=1)
HTML = b"<html><body><p>Huawei signs a contract in Nairobi.</p></body></html>"


def _answer(kind: AnswerKind = AnswerKind.OK, status: int | None = 200, body: bytes = HTML, **headers: str) -> Answer:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Answer(kind, URL, URL + "?final", NOW, status=status, headers=named, body=body)


def _judged(answer: Answer, tries: int = 0) -> FetchedPage | FetchProblem:
    return classify_answer(DueEntry(7, 1, URL, tries), answer, NOW, POLICY)


def _problem(answer: Answer, tries: int = 0) -> FetchProblem:
    found = _judged(answer, tries)
    assert isinstance(found, FetchProblem)
    assert found.cause
    return found


def _status(status: int, tries: int = 0, **headers: str) -> FetchProblem:
    return _problem(_answer(AnswerKind.HTTP_ERROR, status, b"", **headers), tries)


@pytest.mark.parametrize(
    "content_type",
    ["text/html", "Text/HTML; charset=gb2312", "application/xhtml+xml", "", "text/plain", "application/octet-stream"],
)
def test_a_web_page_is_a_page(content_type: str):
    """HTML is a page under any label that servers put on pages; all that extraction needs is kept."""
    found = _judged(_answer(content_type=content_type))
    assert found == FetchedPage(URL, URL + "?final", 200, content_type, {"content-type": content_type}, HTML, NOW)


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("text/html", "\ufeff<p>新闻</p>".encode("utf-16")),
        ("text/html; charset=utf-16le", "<p>新闻</p>".encode("utf-16-le")),
        ("text/html; charset=iso-2022-jp", "<p>ニュース</p>".encode("iso-2022-jp")),
        ("text/html; charset=gb18030", "<p>新闻</p>".encode("gb18030")),
        ("text/xml", b"<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'><p>News</p></html>"),
        ("text/html", b"News without any markup"),
        ("application/pdf", b"%PDF-1.7 ..."),
        ("application/x-pdf", b"\n%PDF-1.4 ..."),
        ("application/octet-stream", b"%PDF-1.7 ..."),
    ],
)
def test_pages_of_the_world_are_pages(content_type: str, body: bytes):
    """No encoding that is used for pages is mistaken for binary data."""
    assert isinstance(_judged(_answer(body=body, content_type=content_type)), FetchedPage)


@pytest.mark.parametrize(
    ("content_type", "body", "words"),
    [
        ("text/html", b"", "empty"),
        ("text/html", b" \r\n\t\0", "empty"),
        ("image/png", b"x", "an image (image/png)"),
        ("video/mp4", b"x", "a video"),
        ("audio/mpeg", b"x", "sound"),
        ("font/woff2", b"x", "a font"),
        ("application/pdf; q=1", b"x", "PDF"),
        ("application/zip", b"x", "archive"),
        ("application/json", b"{}", "JSON"),
        ("application/feed+json", b"{}", "a feed"),
        ("application/rss+xml", b"<rss/>", "a feed"),
        ("application/x-shockwave-flash", b"x", "something else"),
        ("x" * 5000, b"x", "something else"),
        ("text/html", b"%PDF-1.7 ...", "PDF"),
        ("text/html", b"\x89PNG\r\n\x1a\n", "an image"),
        ("text/html", b"\0\0\0\x1cftypisom", "a video"),
        ("", b"\x1f\x8b\x08\x00", "packed"),
        ("text/html", b"PK\x03\x04", "archive"),
        ("text/html", bytes(range(256)) * 20, "binary"),
        ("text/plain", b"Just some words.", "plain text"),
        ("", b'{"a": 1}', "plain text or data"),
        ("text/xml", b"<?xml version='1.0'?><rss version='2.0'></rss>", "feed"),
        ("application/xml", b"<urlset></urlset>", "sitemap"),
    ],
)
def test_what_can_hold_no_article_is_unusable(content_type: str, body: bytes, words: str):
    """Empty bodies, other media and data are told by label or first bytes, and the cause says what came."""
    found = _problem(_answer(body=body, content_type=content_type))
    assert found.verdict is FetchVerdict.UNUSABLE
    assert words in found.cause
    assert len(found.cause) < 200
    assert found.retry_at is found.host_until is None


@pytest.mark.parametrize(
    ("kind", "verdict"),
    [
        (AnswerKind.BLOCKED_ADDRESS, FetchVerdict.BLOCKED),
        (AnswerKind.BLOCKED_SCHEME, FetchVerdict.BLOCKED),
        (AnswerKind.BLOCKED_PORT, FetchVerdict.BLOCKED),
        (AnswerKind.BLOCKED_URL, FetchVerdict.BLOCKED),
        (AnswerKind.TOO_LARGE, FetchVerdict.UNUSABLE),
        (AnswerKind.DNS, FetchVerdict.RETRY),
        (AnswerKind.CONNECT, FetchVerdict.RETRY),
        (AnswerKind.TLS, FetchVerdict.RETRY),
        (AnswerKind.TIMEOUT, FetchVerdict.RETRY),
        (AnswerKind.PROTOCOL, FetchVerdict.RETRY),
        (AnswerKind.ENCODING, FetchVerdict.RETRY),
        (AnswerKind.REDIRECT_REFUSED, FetchVerdict.RETRY),
        (AnswerKind.UNCHANGED, FetchVerdict.RETRY),
    ],
)
def test_each_kind_has_its_verdict(kind: AnswerKind, verdict: FetchVerdict):
    """What may pass is tried again; what is not ours to have is not. The client's own sentence is kept."""
    found = _problem(_answer(kind, None, b""))
    assert found.verdict is verdict
    assert (found.retry_at is not None) == (verdict is FetchVerdict.RETRY)
    told = Answer(kind, URL, URL, NOW, detail="the host news.test is not known")
    assert "the host news.test is not known" in _problem(told).cause


@pytest.mark.parametrize(
    ("status", "verdict"),
    [(200, FetchVerdict.REFUSED), (404, FetchVerdict.REFUSED), (503, FetchVerdict.RETRY), (None, FetchVerdict.RETRY)],
)
def test_a_robots_txt_that_cannot_be_had_may_be_there_later(status: int | None, verdict: FetchVerdict):
    """A rule stands; a file that the server fails to give keeps us out for an hour only."""
    assert _problem(_answer(AnswerKind.ROBOTS, status, b"")).verdict is verdict


@pytest.mark.parametrize(
    ("status", "verdict"),
    [
        (401, FetchVerdict.BLOCKED),
        (402, FetchVerdict.BLOCKED),
        (403, FetchVerdict.BLOCKED),
        (407, FetchVerdict.BLOCKED),
        (451, FetchVerdict.BLOCKED),
        (410, FetchVerdict.GONE),
        (404, FetchVerdict.RETRY),
        (400, FetchVerdict.UNUSABLE),
        (406, FetchVerdict.UNUSABLE),
        (418, FetchVerdict.UNUSABLE),
        (408, FetchVerdict.RETRY),
        (425, FetchVerdict.RETRY),
        (429, FetchVerdict.RETRY),
        (500, FetchVerdict.RETRY),
        (502, FetchVerdict.RETRY),
        (503, FetchVerdict.RETRY),
        (520, FetchVerdict.RETRY),
        (999, FetchVerdict.RETRY),
        (202, FetchVerdict.RETRY),
        (206, FetchVerdict.RETRY),
        (304, FetchVerdict.RETRY),
    ],
)
def test_each_status_has_its_verdict(status: int, verdict: FetchVerdict):
    """A status is told by number, and sorted into gone, closed, refused or temporary."""
    found = _status(status)
    assert (found.verdict, str(status) in found.cause) == (verdict, True)


def test_a_missing_page_gets_a_second_look():
    """404 is looked at again a day later, and then believed."""
    assert _status(404).retry_at == NOW + timedelta(days=1)
    assert _status(404, tries=1).verdict is FetchVerdict.GONE


def test_pauses_grow_and_end():
    """Pauses grow by one interval each, ±10 %, until the last try, after which the cause says that it was."""
    for tries in range(4):
        found = _status(500, tries)
        pause = found.retry_at - NOW
        assert HOUR * (tries + 1) * 0.9 <= pause <= HOUR * (tries + 1) * 1.1
    last = _status(500, 4)
    assert (last.verdict, last.retry_at) == (FetchVerdict.UNUSABLE, None)
    assert "given up after 5 tries" in last.cause


def test_a_host_that_stays_unknown_is_gone():
    """After the last try a name that does not exist is gone, a host that does not answer is of no use."""
    assert _problem(_answer(AnswerKind.DNS, None), 4).verdict is FetchVerdict.GONE
    assert _problem(_answer(AnswerKind.TIMEOUT, None), 4).verdict is FetchVerdict.UNUSABLE


@pytest.mark.parametrize("status", [429, 503])
def test_a_host_that_asks_for_a_rest_gets_it(status: int):
    """Retry-After stops the host until then, and the entry no shorter; without it the host rests 5 minutes."""
    found = _status(status, retry_after="28800")
    assert (found.host_until, found.retry_at) == (NOW + 8 * HOUR, NOW + 8 * HOUR)
    dated = _status(status, retry_after="Sun, 01 Mar 2026 10:30:00 GMT", date="Sun, 01 Mar 2026 10:00:00 GMT")
    assert dated.host_until == NOW + HOUR / 2
    assert dated.retry_at > NOW + HOUR / 2
    silent = _status(status)
    assert silent.host_until == NOW + timedelta(minutes=5)
    assert silent.retry_at > silent.host_until


def test_the_last_rest_still_stops_the_host():
    """An entry that is given up leaves its host in peace all the same."""
    found = _status(429, 4, retry_after="3600")
    assert (found.verdict, found.retry_at, found.host_until) == (FetchVerdict.UNUSABLE, None, NOW + HOUR)


@given(
    st.sampled_from(AnswerKind),
    st.none() | st.integers(0, 999),
    st.binary(max_size=60),
    st.text(max_size=40),
    st.integers(0, 9),
)
def test_every_answer_has_exactly_one_end(kind: AnswerKind, status: int | None, body: bytes, label: str, tries: int):
    """Whatever came, it is a page or a problem with a sentence; only RETRY has a time, and it lies ahead."""
    found = _judged(_answer(kind, status, body, content_type=label, retry_after=label), tries)
    if isinstance(found, FetchProblem):
        assert found.cause
        assert (found.retry_at is not None) == (found.verdict is FetchVerdict.RETRY)
        assert all(moment > NOW for moment in (found.retry_at, found.host_until) if moment)
