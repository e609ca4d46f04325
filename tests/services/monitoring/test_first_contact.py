"""First contact with the real web, on loopback: what outlets answer, and what that says of this machine."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from little_site import LittleSite, little_site

from offing.cli import group
from offing.cli.site import Site
from offing.config.files.layers import Layers
from offing.config.sites.feeds import load_catalogue
from offing.fetch_policy import fetch_policy
from offing.model.sources.feed import FeedKind, FeedSpec
from offing.model.sources.page import AnswerKind
from offing.services.monitoring.first_contact import Contact, choose_outlets, judge, meet
from offing.settings import Settings
from offing.urls import host_of

NOW = datetime(2026, 12, 3, 15, tzinfo=UTC)
FEED = "<rss version='2.0'><channel><title>L</title><item><title>T</title><link>{site}/1</link></item></channel></rss>"
EMPTY = "<rss version='2.0'><channel><title>L</title></channel></rss>"
PAGE = "<html><body><article><h1>Kenya signs</h1>" + "".join(
    f"<p>Paragraph {number}: the ministry signed a contract with a firm for a data centre in the capital.</p>"
    for number in range(8)
)
FINE = Contact("Daily", "https://a.test/feed", AnswerKind.OK, 200, "", 0.4, 20, 1.0, "https://a.test/1", 300)
DOWN = replace(FINE, status=None, cause="nobody answers", entries=0, ahead=None, page="", words=0)


@pytest.fixture
def web() -> Iterator[LittleSite]:
    """One host with a feed, an empty feed, a page that is no feed, and robots.txt."""
    documents = {
        "/robots.txt": (200, "text/plain", "User-agent: *\nDisallow: /closed"),
        "/feed": (200, "application/rss+xml", FEED),
        "/empty": (200, "application/rss+xml", EMPTY),
        "/closed/feed": (200, "application/rss+xml", FEED),
        "/1": PAGE,
    }
    with little_site(documents) as site:
        yield site


def policy(*ports: int) -> Any:
    """That of a site which may ask loopback."""
    allowed = frozenset(("127.0.0.1", port) for port in ports)
    return fetch_policy(Settings(allowed_hosts=allowed, host_delay=timedelta()), Layers.of())


def test_each_outlet_is_asked_as_a_run_would_ask_it(web: LittleSite) -> None:
    """Robots.txt, feed, newest page; a feed without entries and one that robots.txt forbids say so; none is stored."""
    specs = [FeedSpec(web.url(path), path) for path in ("/feed", "/empty", "/closed/feed", "/none")]
    news, empty, closed, gone = meet(specs, policy(web.port), Layers.of())
    assert (news.entries, news.cause, news.page, news.page_cause) == (1, "", web.url("/1"), "")
    assert news.words > 100
    assert abs(news.ahead or 99) < 5, "its server's clock is this one"
    assert (empty.entries, empty.status, bool(empty.cause)) == (0, 200, True)
    assert (closed.kind, closed.page) == (AnswerKind.ROBOTS, "")
    assert (gone.status, gone.entries) == (404, 0)
    assert "/closed/feed" not in web.asked


def test_a_host_at_which_nobody_listens_is_no_crash() -> None:
    """It is one contact that failed, with its cause."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    (found,) = meet([FeedSpec(f"http://127.0.0.1:{port}/feed", "Down")], policy(port), Layers.of())
    assert (found.kind, found.status, found.entries, bool(found.cause)) == (AnswerKind.CONNECT, None, 0, True)


def _judged(contacts: list[Contact], environment: Mapping[str, str] | None = None) -> dict[str, str]:
    return {each.found: each.advice for each in judge(contacts, environment or {}, NOW)}


def test_a_good_day_has_nothing_to_mend() -> None:
    """Seven of ten answer, and their pages are read."""
    found = _judged([FINE] * 7 + [replace(DOWN, kind=AnswerKind.TIMEOUT)] * 3)
    assert found == {"7 of 10 outlets answer with news": "", "7 of 7 pages hold an article that is read": ""}


@pytest.mark.parametrize(
    ("kind", "remedy"),
    [
        (AnswerKind.DNS, "name servers"),
        (AnswerKind.CONNECT, "firewall"),
        (AnswerKind.TIMEOUT, "drop packets"),
        (AnswerKind.TLS, "certificate authority"),
        (AnswerKind.BLOCKED_ADDRESS, "captive portal"),
    ],
)
def test_what_most_outlets_have_in_common_is_trouble_here(kind: AnswerKind, remedy: str) -> None:
    """With what to do; proxies that are set and not used are named."""
    found = _judged([FINE] * 2 + [replace(DOWN, kind=kind)] * 8, {"https_proxy": "http://proxy:3128"})
    assert remedy in found[f"{kind} at 8 of 10"]
    assert "HTTPS_PROXY is set, but offing connects directly" in found[f"{kind} at 8 of 10"]


def test_outlets_that_refuse_are_told_who_asks() -> None:
    """Most of them refuse: it is not their fault."""
    found = _judged([FINE] * 3 + [replace(DOWN, kind=AnswerKind.HTTP_ERROR, status=403)] * 7)
    assert "OFFING_CONTACT" in found["7 of 10 refuse to answer"]


def test_few_that_fail_for_different_reasons_are_still_too_many() -> None:
    """No common cause; the lines above have them."""
    mixed = [replace(DOWN, kind=kind) for kind in (AnswerKind.DNS, AnswerKind.TLS, AnswerKind.TIMEOUT)]
    found = _judged([FINE] * 2 + mixed * 2)
    assert "70% are usual" in found["2 of 8 outlets answer with news"]


def test_a_clock_that_is_wrong_shows_by_those_of_servers() -> None:
    """By the median: one server with a wrong clock is its own trouble."""
    found = _judged([replace(FINE, ahead=-3600.0)] * 4 + [replace(FINE, ahead=0.0)])
    assert found["the clock here (2026-12-03 15:00 UTC) is 60 min behind those of servers"] == "set it (NTP)"
    assert not any("clock" in each for each in _judged([FINE] * 4 + [replace(FINE, ahead=9000.0)]))


def test_pages_that_are_not_read_are_worth_a_report() -> None:
    """Feeds answer, but no text is drawn from their pages."""
    found = _judged([replace(FINE, words=0, page_cause="no text of an article")] * 8 + [FINE] * 2)
    assert "doctor --live --json" in found["2 of 10 pages hold an article that is read"]


def test_outlets_are_chosen_over_groups_and_hosts() -> None:
    """Ten hosts of the shipped catalogue, of ten groups; pages without a feed are left out."""
    feeds = load_catalogue(Layers.of()).feeds
    chosen = choose_outlets(feeds)
    assert len({host_of(each.url) for each in chosen}) == len({each.groups[0] for each in chosen}) == 10
    page = replace(feeds[0], kind=FeedKind.PAGE)
    assert choose_outlets([page, feeds[0], replace(feeds[0], title="again")]) == (feeds[0],)


def test_on_the_command_line(web: LittleSite, tmp_path: Path) -> None:
    """A line for each outlet and its newest page, then the verdict; exit code 1 where something is to be mended."""
    (tmp_path / "feeds").mkdir()
    listed = "".join(
        f'[[feeds]]\nurl = "{web.url(path)}"\ntitle = "{path}"\ngroups = ["near"]\n' for path in ("/feed", "/empty")
    )
    text = f'[groups.near]\ntitle = "Near"\ndescription = "On this machine."\n\n{listed}'
    (tmp_path / "feeds" / "near.toml").write_text(text)
    allowed = frozenset({("127.0.0.1", web.port)})
    settings = Settings(config=tmp_path, allowed_hosts=allowed, host_delay=timedelta(), log=str(tmp_path / "log"))

    def run(*words: str) -> Any:
        command = ["doctor", "--live", "--group", "near", *words]
        return CliRunner().invoke(group, command, obj=Site(settings), standalone_mode=False)

    done = run()
    assert "/feed: 1 entry" in done.stdout
    assert "its newest page: " in done.stdout
    assert "live: 1 of 1 outlet answer with news" in done.stdout, "one feed for each host"
    assert done.return_value == 0
    plain = json.loads(run("--json").stdout)
    assert [each["outlet"] for each in plain["contacts"]] == ["/feed"]
