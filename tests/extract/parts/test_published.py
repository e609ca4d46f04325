"""When an article appeared, and who says so."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from extract.pages import BODY, article, html

NINE = datetime(2024, 3, 5, 9, 30, tzinfo=UTC)
DAY = datetime(2024, 3, 5, tzinfo=UTC)
ENTRY = datetime(2024, 3, 5, 7, 15, tzinfo=UTC)
STAMP = "2024-03-05T09:30:00Z"
DATA = f'<script type="application/ld+json">{{"@type": "NewsArticle", "datePublished": "{STAMP}"}}</script>'


@pytest.mark.parametrize(
    ("head", "near", "url", "when", "source"),
    [
        (DATA, "", "/a", NINE, "json-ld"),
        (f'<meta property="article:published_time" content="{STAMP}">', "", "/a", NINE, "meta"),
        (f'<meta name="weibo: article:create_at" content="{STAMP}">', "", "/a", NINE, "meta"),
        (f'<meta itemprop="datePublished" content="{STAMP}">', "", "/a", NINE, "meta"),
        ("", f'<time datetime="{STAMP}">x</time>', "/a", NINE, "time"),
        ("", f'<span itemprop="datePublished" content="{STAMP}">x</span>', "/a", NINE, "time"),
        ("", '<span class="post-date">Published: March 5, 2024 at 9:30 am | by Ana</span>', "/a", NINE, "text"),
        ("", "<small>2024-03-05 09:30</small>", "/a", NINE, "text"),
        ("", '<div id="pubtime">发布时间：2024年3月5日 09:30</div>', "/a", NINE, "text"),
        ("", "", "/2024/03/05/smart-city", DAY, "url"),
        ("", "", "/world/20240305/c1234.html", DAY, "url"),
        ("", "", "/2024-03-05/smart-city", DAY, "url"),
    ],
)
def test_the_page_says_when(head: str, near: str, url: str, when: datetime, source: str) -> None:
    """Data for machines first, then visible dates at the headline, then the address."""
    page = html(f"<article><h1>Smart city signed</h1>{near}{BODY}</article>", head)
    found = article(page, url=f"https://news.example{url}")
    assert (found.published, found.published_source) == (when, source)


def test_the_feeds_word_is_the_last() -> None:
    """Where the page says nothing, the entry's date stands; an implausible one does not."""
    found = article(html(), published=ENTRY)
    assert (found.published, found.published_source) == (ENTRY, "entry")
    nothing = article(html(), published=datetime(2124, 1, 1, tzinfo=UTC))
    assert (nothing.published, nothing.published_source) == (None, "none")


@pytest.mark.parametrize(
    ("near", "url"),
    [
        ('<time datetime="2024-03-05">x</time>', "/a"),
        ("<small>2024-03-05 15:15</small>", "/a"),
        ("", "/2024/03/05/smart-city"),
    ],
)
def test_a_day_gives_way_to_the_moment_that_the_feed_names(near: str, url: str) -> None:
    """A bare day, and a time without a zone, mean the feed's moment if it is near."""
    page = html(f"<article><h1>Smart city signed</h1>{near}{BODY}</article>")
    found = article(page, url=f"https://news.example{url}", published=ENTRY)
    assert (found.published, found.published_source) == (ENTRY, "entry")


def test_a_page_that_contradicts_its_feed_is_believed() -> None:
    """Feeds announce old articles with new dates."""
    found = article(html(), url="https://news.example/2019/03/05/a", published=ENTRY)
    assert (found.published, found.published_source) == (datetime(2019, 3, 5, tzinfo=UTC), "url")


@pytest.mark.parametrize(
    "date", ["0000-00-00", "9999-12-31T00:00:00Z", "2124-03-05", "1970-01-01T00:00:00Z", "soon", ""]
)
def test_impossible_dates_are_not_used(date: str) -> None:
    """What is implausible is passed over for the next word on the matter."""
    head = f'<meta property="article:published_time" content="{date}"><meta name="pubdate" content="{STAMP}">'
    assert article(html(head=head)).published == NINE


def test_a_page_that_no_feed_announced_is_looked_through() -> None:
    """As a last resort a date in the text is taken, and said to be a guess."""
    found = article(
        html(f"<article><h1>Smart city signed</h1>{BODY}</article><footer><p>Updated 5 March 2024</p></footer>")
    )
    assert (found.published, found.published_source) == (DAY, "guess")


def test_a_reader_of_dates_that_fails_costs_the_date_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """Readers of dates have been seen to overflow on long digits (dateutil #82); the article stays."""

    def overflow(*_: object, **__: object) -> None:
        raise OverflowError

    monkeypatch.setattr("htmldate.find_date", overflow)
    found = article(html())
    assert (found.published, found.published_source) == (None, "none")
