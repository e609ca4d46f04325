"""robots.txt: what we may ask for."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offing.model.sources.page import Answer, AnswerKind
from offing.net.robots import SIZE_LIMIT, RobotsRules, read_robots, robots_origin, robots_request

AGENT = "offing/0.1.0 (+https://news.test/bots)"
PAGE = "http://news.test/private/a.html"


def _answer(body: bytes = b"", kind: AnswerKind = AnswerKind.OK, status: int | None = 200) -> Answer:
    return Answer(kind, "u", "u", datetime.now(UTC), status=status, body=body)


def _rules(body: bytes | str) -> RobotsRules:
    return RobotsRules(*read_robots(_answer(body.encode() if isinstance(body, str) else body)))


@pytest.mark.parametrize(
    ("url", "origin"),
    [
        ("http://News.Test/a/b?c#d", "http://news.test"),
        ("https://news.test:443/a", "https://news.test"),
        ("http://news.test:443/a", "http://news.test:443"),
        ("http://[2606:4700::1111]:8080/a", "http://[2606:4700::1111]:8080"),
        ("ftp://news.test/", ""),
        ("http://", ""),
        ("http://news.test:port/", ""),
        ("http://[news/", ""),
        ("nothing", ""),
    ],
)
def test_origin(url: str, origin: str):
    """Scheme, host and port name the origin; what is no web address has none."""
    assert robots_origin(url) == origin


def test_request():
    """robots.txt is asked for at the root, and cut where RFC 9309 lets it be cut."""
    request = robots_request("http://news.test")
    assert (request.url, request.body_limit, request.cut_at_limit) == ("http://news.test/robots.txt", SIZE_LIMIT, True)


@pytest.mark.parametrize(
    ("robots", "allowed"),
    [
        ("", True),
        ("User-agent: *\nDisallow:", True),
        ("User-agent: *\nDisallow: /", False),
        ("User-agent: *\nDisallow: /private", False),
        ("User-agent: *\nDisallow: /private\nAllow: /private/a", True),
        ("User-agent: *\nDisallow: /*.html$", False),
        ("User-agent: *\nDisallow: /*.htm$", True),
        ("User-agent: other\nDisallow: /", True),
        ("User-agent: *\nAllow: /\nUser-agent: offing\nDisallow: /", False),
        ("User-agent: OFFING\nDisallow: /", False),
        ("User-agent: offing/0.1\nDisallow: /", False),
        ("User-agent: off\nDisallow: /", True),
        ("User-agent: -\nDisallow: /", True),
        ("User-agent: other\nUser-agent: offing # us\nUser-agent: third\nDisallow: /", False),
        ("User-agent: other\nDisallow: /x\n\nUser-agent: offing\nDisallow: /private", False),
        ("User-agent: other\nDisallow: /private\n\nUser-agent: offing\nDisallow: /x", True),
        ("User-agent: *\nDisallow: /\nUser-agent: offing\nAllow: /", True),
        ("User Agent: *\nDisallow: /", False),
        ("useragent *\nDisallow: /", False),
        ("\ufeffUser-agent: *\nDisallow: /", False),
        ("User-agent: *\rDisallow: /\r", False),
        ("uSER-AGENT: *\r\ndisallow: /private\r\n", False),
        ("User-agent: *\nDisallow: /\x00private", False),
        ("<html><body>Not found</body></html>", True),
    ],
)
def test_rules(robots: str, allowed: bool):
    """Groups, longest match, patterns, byte order mark and line ends are read as RFC 9309 has it."""
    rules = _rules(robots)
    assert [rules.allows(PAGE, agent) for agent in (AGENT, "offing", AGENT)] == [allowed] * 3


def test_robots_txt_itself_is_always_allowed():
    """The file that forbids everything may itself be asked for."""
    assert _rules("User-agent: *\nDisallow: /").allows("http://news.test/robots.txt", AGENT)


@pytest.mark.parametrize(
    ("kind", "status", "stored", "allowed"),
    [
        (AnswerKind.HTTP_ERROR, 404, 404, True),
        (AnswerKind.HTTP_ERROR, 403, 403, True),
        (AnswerKind.HTTP_ERROR, 429, 429, True),
        (AnswerKind.HTTP_ERROR, 500, 500, False),
        (AnswerKind.HTTP_ERROR, 503, 503, False),
        (AnswerKind.REDIRECT_REFUSED, 301, 301, True),
        (AnswerKind.TIMEOUT, None, None, False),
        (AnswerKind.TIMEOUT, 200, None, False),
        (AnswerKind.CONNECT, None, None, False),
        (AnswerKind.DNS, None, None, False),
        (AnswerKind.BLOCKED_ADDRESS, 302, None, False),
        (AnswerKind.ENCODING, 200, None, False),
    ],
)
def test_answers_without_rules(kind: AnswerKind, status: int | None, stored: int | None, allowed: bool):
    """An absent file forbids nothing, an unreachable one everything."""
    read = read_robots(_answer(b"User-agent: *\nDisallow: /", kind, status))
    assert read == (stored, "")
    assert RobotsRules(*read).allows(PAGE, AGENT) is allowed


@pytest.mark.parametrize(
    ("line", "seconds"),
    [
        ("Crawl-delay: 2", 2),
        ("crawl-delay: 0.5", 0.5),
        ("Crawl-delay: 86400", 60),
        ("Crawl-delay: 1e300", 60),
        ("Crawl-delay: -1", None),
        ("Crawl-delay: inf", None),
        ("Crawl-delay: nan", None),
        ("Crawl-delay: soon", None),
        ("Disallow: /x", None),
    ],
)
def test_crawl_delay(line: str, seconds: float | None):
    """A delay is kept up to a minute; what is none is none."""
    delay = _rules(f"User-agent: *\n{line}").crawl_delay(AGENT)
    assert delay == (None if seconds is None else timedelta(seconds=seconds))


def test_crawl_delay_of_an_absent_file():
    """Without rules there is no delay."""
    assert RobotsRules(404, "").crawl_delay(AGENT) is RobotsRules(None, "").crawl_delay(AGENT) is None


def test_a_huge_file_is_cut_at_a_line():
    """The rules of the first 512 KiB count; the line that is cut in half does not."""
    body = b"User-agent: *\nDisallow: /private\n"
    body += b"#" * (SIZE_LIMIT - len(body) - 12) + b"\nDisallow: /public/not"
    status, content = read_robots(_answer(body))
    assert (status, len(content) <= SIZE_LIMIT, "/pub" in content) == (200, True, False)
    assert RobotsRules(status, content).allows("http://news.test/public/b", AGENT)
    assert not RobotsRules(status, content).allows(PAGE, AGENT)


def test_a_file_of_thousands_of_agents_is_quick():
    """15,000 agents before 15,000 rules cost no more than reading them."""
    agents = "".join(f"User-agent: a{n}\n" for n in range(15_000))
    rules = _rules(agents + "".join(f"Disallow: /{n}\n" for n in range(15_000)))
    started = time.monotonic()
    assert rules.allows(PAGE, AGENT)
    assert time.monotonic() - started < 5


@given(st.binary(max_size=400), st.text(max_size=60), st.text(max_size=20))
def test_any_bytes_are_rules(body: bytes, path: str, agent: str):
    """No content raises, and what is stored has no control characters."""
    rules = _rules(b"User-agent: *\nDisallow: /" + body)
    assert rules.allows(f"http://news.test/{path}", agent) in (True, False)
    content = read_robots(_answer(body))[1]
    assert "\0" not in content
    assert "\r" not in content


@pytest.mark.parametrize(
    ("url", "origin"),
    [
        ("http://news.test:80/a", "http://news.test"),
        ("http://news.test:79/a", "http://news.test:79"),
        ("https://news.test:80/a", "https://news.test:80"),
        ("https://news.test:442/a", "https://news.test:442"),
        ("https://news.test:444/a", "https://news.test:444"),
        (" https://news.test/a\n", "https://news.test"),
        ("http://[2606:4700::1111]/", "http://[2606:4700::1111]"),
        ("//news.test/", ""),
        ("https:///a", ""),
    ],
)
def test_a_port_names_the_origin_unless_it_is_the_usual_one(url: str, origin: str):
    """The usual one of the other scheme is not."""
    assert robots_origin(url) == origin


@pytest.mark.parametrize(
    ("status", "allowed"),
    [(199, True), (200, False), (201, True), (204, True), (404, True), (499, True), (500, False), (None, False)],
)
def test_a_text_is_read_only_where_it_is_the_file(status: int | None, allowed: bool):
    """With any other status it is none, whatever stands there."""
    rules = RobotsRules(status, "User-agent: *\nDisallow: /\nCrawl-delay: 3")
    assert rules.allows(PAGE, AGENT) is allowed
    assert rules.crawl_delay(AGENT) == (timedelta(seconds=3) if status == 200 else None)


@pytest.mark.parametrize(("written", "seconds"), [("59.5", 59.5), ("60", 60), ("60.5", 60), ("61", 60), ("0", 0)])
def test_a_delay_of_a_minute_is_the_longest(written: str, seconds: float):
    """Up to there each is what it is, and of two groups ours counts."""
    rules = _rules(f"User-agent: *\nCrawl-delay: 7\n\nUser-agent: offing\nCrawl-delay: {written}")
    assert rules.crawl_delay(AGENT) == timedelta(seconds=seconds)
    assert rules.crawl_delay("other/1") == timedelta(seconds=7)
    assert rules.crawl_delay("-") == timedelta(seconds=7)


@pytest.mark.parametrize(("missing", "kept"), [(1, True), (0, False), (-1, False)])
def test_a_file_of_the_full_length_may_be_cut(missing: int, kept: bool):
    """Of one that is as long as we read, nobody knows whether its last line is whole; of a shorter one it is."""
    last = b"\nDisallow: /private"
    body = b"User-agent: *\n#" + b"#" * (SIZE_LIMIT - 15 - len(last) - missing) + last
    assert len(body) == SIZE_LIMIT - missing
    status, content = read_robots(_answer(body))
    assert content.endswith("/private") is kept
    assert content.startswith("User-agent: *\n##")
    assert RobotsRules(status, content).allows(PAGE, AGENT) is not kept
