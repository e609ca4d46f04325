"""The sample newsroom: what it announces, what it serves, and that its pages hold the articles."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import combinations
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offing.config.files.layers import Layers
from offing.config.wordings.page_words import load_extraction
from offing.extract import extract_article
from offing.model.sources.article import ExtractedArticle
from offing.model.sources.feed import FeedForm, ParsedFeed
from offing.model.sources.page import StoredPage
from offing.poll import parse_feed
from offing.sample import Newsroom, SampleArticle, load_articles
from offing.sample.article_pages import page
from offing.sample.articles import post, slug
from offing.sample.documents import FEED_KINDS

NOW = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def room() -> Iterator[Newsroom]:
    """A newsroom with the articles that ship."""
    with Newsroom() as opened:
        yield opened


def get(url: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    """One answer: status, headers, body."""
    request = urllib.request.Request(url, headers={k.replace("_", "-"): v for k, v in headers.items()})
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.status, dict(answer.headers), answer.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, dict(error.headers), error.read()


def parsed(room: Newsroom, url: str) -> ParsedFeed:
    """A feed of the newsroom as polling reads it."""
    _, headers, body = get(url)
    found = parse_feed(body, headers["Content-Type"], url, NOW, None)
    assert isinstance(found, ParsedFeed), found
    return found


def test_articles_ship_without_annotations() -> None:
    """The bundled articles carry text only, never what somebody has marked in them."""
    articles = load_articles()
    assert len(articles) > 100
    assert len({article.id for article in articles}) == len(articles)
    assert {"en", "fr", "es", "pt", "zh", "ru", "ar"} == {article.language for article in articles}
    assert all(article.published.tzinfo and article.paragraphs for article in articles)


def test_feeds_announce_every_article_twice(room: Newsroom) -> None:
    """Each article is announced by its outlet and by the aggregator of its language, in all four kinds of feeds."""
    announced: Counter[str] = Counter()
    forms: set[FeedForm] = set()
    for spec in room.feeds():
        feed = parsed(room, spec.url)
        assert not feed.problems
        forms.add(feed.form)
        announced.update(entry.url for entry in feed.entries)
    assert forms == set(FeedForm) - {FeedForm.PAGE}
    assert len(announced) == len(load_articles())
    assert set(announced.values()) == {2}


def test_feeds_describe_themselves(room: Newsroom) -> None:
    """A feed's spec says who publishes it, in which language, and that it belongs to the demo."""
    specs = room.feeds()
    assert len({spec.url for spec in specs}) == len(specs)
    assert all(spec.title and spec.language and spec.groups == ("demo",) for spec in specs)
    assert {spec.title for spec in specs} >= {"Wire EN", "Wire ZH", "Dhaka Economic Observer"}


@pytest.mark.parametrize("kind", FEED_KINDS, ids=lambda kind: kind.file)
def test_four_kinds_announce_the_same(room: Newsroom, kind) -> None:
    """An outlet's four feeds announce the same addresses and titles."""
    base = f"{room.base}/wire-fr.test"
    first = {(entry.url, entry.title) for entry in parsed(room, f"{base}/feed.xml").entries}
    assert {(entry.url, entry.title) for entry in parsed(room, f"{base}/{kind.file}").entries} == first


def test_conditional_request_is_answered_304(room: Newsroom) -> None:
    """A feed that has not changed is not sent again, by ETag or by date; another ETag gets it."""
    url = room.feeds()[0].url
    _, headers, _ = get(url)
    assert get(url, If_None_Match=headers["ETag"])[0] == 304
    assert get(url, If_Modified_Since=headers["Last-Modified"])[0] == 304
    assert get(url, If_None_Match='"other"', If_Modified_Since=headers["Last-Modified"])[0] == 200


def test_robots_and_unknown_addresses(room: Newsroom) -> None:
    """robots.txt closes one folder; what nobody posted is not found; both are kept in the list of requests."""
    status, _, body = get(f"{room.base}/robots.txt")
    assert (status, b"Disallow: /private/" in body) == (200, True)
    assert get(f"{room.base}/nowhere.test/feed.xml")[0] == 404
    assert get(f"{room.base}/wire-en.test/nothing.xml")[0] == 404
    assert [each.status for each in room.served if each.path == "/nowhere.test/feed.xml"] == [404]


def test_head_sends_no_body(room: Newsroom) -> None:
    """HEAD gives the headers of GET and nothing else."""
    request = urllib.request.Request(room.feeds()[0].url, method="HEAD")
    with urllib.request.urlopen(request, timeout=10) as answer:
        assert int(answer.headers["Content-Length"]) > 0
        assert answer.read() == b""


def test_pages_hold_the_articles(room: Newsroom) -> None:
    """Extraction finds the article in each of the three templates and leaves the comments out."""
    templates = {b"<article>": None, b"entry-content": None, b"<table width=100%>": None}
    for entry in parsed(room, f"{room.base}/wire-en.test/feed.xml").entries:
        body = room.answer(urlsplit(entry.url).path).body
        mark = next(mark for mark in templates if mark in body)
        templates[mark] = templates[mark] or (entry, body)
    by_title = {article.title: article for article in load_articles()}
    for found in templates.values():
        assert found is not None
        entry, body = found
        page = StoredPage(1, 1, entry.url, entry.url, "text/html; charset=utf-8", body, NOW)
        article = extract_article(page, NOW, load_extraction(Layers.of()))
        assert isinstance(article, ExtractedArticle)
        text = " ".join(article.paragraphs)
        assert by_title[article.title].paragraphs[0] in text
        assert "for nothing!" not in text


def test_newsroom_gives_its_port_back() -> None:
    """Two newsrooms one after the other may use the same port; what they serve is what they were given."""
    written = SampleArticle("a1", "fr", "L'Écho", "echo.test", NOW, "Signé & payé : 5 < 6", ("Un texte.",))
    with Newsroom([written]) as first:
        port = first.host[1]
    with Newsroom([written], port) as again:
        assert again.host == ("127.0.0.1", port)
        assert [entry.title for entry in parsed(again, again.feeds()[0].url).entries] == ["Signé & payé : 5 < 6"]


@given(st.lists(st.text(max_size=80), min_size=2, max_size=8))
def test_addresses_are_never_shared(titles: list[str]) -> None:
    """Whatever the titles are, every article has an address of its own that needs no escaping."""
    articles = [
        SampleArticle(f"a{number}", "en", "Outlet", "outlet.test", NOW, title, ("Text.",))
        for number, title in enumerate(titles)
    ]
    posts = post(articles, "http://127.0.0.1:1")
    for one, other in combinations(posts, 2):
        assert one.url != other.url
    assert all(each.path.isascii() and " " not in each.path for each in posts)


@given(st.text())
def test_slug_is_plain(title: str) -> None:
    """A slug is made of small ASCII letters, digits and hyphens only."""
    assert set(slug(title)) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")


def test_bundled_rows_have_exactly_the_fields_of_an_article() -> None:
    """No row that ships holds an annotation."""
    from importlib.resources import files

    rows = files("offing.sample").joinpath("articles.jsonl").read_text(encoding="utf-8").splitlines()
    fields = {"id", "lang", "outlet", "domain", "published", "title", "paragraphs"}
    assert all(set(json.loads(row)) == fields for row in rows)


def test_each_outlet_s_name_is_read_from_its_pages() -> None:
    """Whichever feed leads there: its own, an aggregator's, or none that has a name."""
    posts = post(load_articles(), "http://127.0.0.1:8000")
    rules, now = load_extraction(Layers.of()), datetime(2026, 12, 2, tzinfo=UTC)
    for number, each in enumerate(posts):
        told, by = each.article, ("", each.article.outlet, "Wire EN")[number % 3]
        body = page(each, posts[:8]).encode()
        stored = StoredPage(0, 0, each.url, each.url, "text/html; charset=utf-8", body, now, told.title, outlet=by)
        read = extract_article(stored, now, rules)
        assert isinstance(read, ExtractedArticle)
        assert read.outlet == told.outlet
