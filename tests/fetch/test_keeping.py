"""What is made of a page's text later: masks outside quotes, diffs of changes, articles of summaries."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from offing.fetch import changes, summary_article, withheld
from offing.fetch.revision import LONGEST_DIFF
from offing.fetch.withhold import MASK
from offing.model.sources.article import Article, Completeness
from offing.model.sources.entry import Announcement
from offing.model.sources.revision import ArticleText

ARTICLE = Article(1, "Title", ("Huawei signed on Monday.", "Nobody else was there."), "en")
_WORDS = st.text(max_size=40).map(lambda text: text.replace("\n", " "))


def test_all_but_the_quotes_is_masked():
    """The quote reads as before, the rest of it as nothing, in groups that a browser can break."""
    start = ARTICLE.text.index("Huawei")
    masked = withheld(ARTICLE, [(start, start + len("Huawei signed"))])
    assert masked == ("Huawei signed······· ···", "······· ······· ······")


def test_without_a_quote_nothing_can_be_read():
    """Only the title stays."""
    assert set("".join(withheld(ARTICLE, ()))) <= {MASK, " "}


@given(
    _WORDS, st.lists(_WORDS, max_size=5), st.lists(st.tuples(st.integers(-5, 300), st.integers(-5, 300)), max_size=4)
)
@example("", ["עברית 🇰🇪 e\u0301"], [(2, 5)])
def test_offsets_stay_what_they_are(title: str, paragraphs: list[str], quotes: list[tuple[int, int]]):
    """Whatever the text, as many characters stand in each paragraph as before, and every quote where it stood."""
    article = Article(1, title, tuple(paragraphs), "en")
    masked = Article(1, title, withheld(article, quotes), "en")
    assert [len(paragraph) for paragraph in masked.paragraphs] == [len(paragraph) for paragraph in paragraphs]
    for start, end in quotes:
        if 0 <= start < end:
            assert masked.text[start:end] == article.text[start:end]


BEFORE = ArticleText("Title", ("One.", "Two.", "Three."))


def test_changes_are_reported_by_paragraph():
    """What was taken out and put in, the title being a line of its own."""
    after = ArticleText("New title", ("One.", "Two and a half.", "Three."))
    assert changes(BEFORE, after).splitlines() == [
        "--- as first read",
        "+++ as changed",
        "@@ -1 +1 @@",
        "-Title",
        "+New title",
        "@@ -3 +3 @@",
        "-Two.",
        "+Two and a half.",
    ]


@pytest.mark.parametrize(
    "after",
    [
        BEFORE,
        ArticleText("TITLE!", ("One", "two.", "“Three”")),
        ArticleText("Title", ("One. Two.", "Three.")),
        ArticleText("Title", ("Ｏne.", "Two.", "Three.")),
    ],
)
def test_the_same_words_set_anew_are_no_change(after: ArticleText):
    """Case, punctuation, width and the breaks between paragraphs do not count."""
    assert changes(BEFORE, after) == ""


def test_a_title_alone_is_a_change():
    """Headlines are rewritten more often than texts."""
    assert "+Other" in changes(BEFORE, ArticleText("Other", BEFORE.paragraphs))


@pytest.mark.parametrize(
    "lines",
    [
        [f"Line {number % 7}" for number in range(900)],
        [f"Line {number * 7919 % 300}" for number in range(900)],
        [f"Line {number}" for number in range(60_000)],
        ["x" * 200_000],
    ],
)
def test_no_text_makes_comparing_slow(lines: list[str]):
    """Whatever repeats, a diff is found in a moment, and is not endless."""
    begun = time.process_time()
    found = changes(ArticleText("Title", tuple(lines)), ArticleText("Title", tuple(reversed([*lines, "more"]))))
    assert time.process_time() - begun < 5
    assert 0 < len(found) <= LONGEST_DIFF


@given(_WORDS, st.lists(_WORDS, max_size=4), _WORDS, st.lists(_WORDS, max_size=4))
def test_a_text_is_never_changed_against_itself(title: str, one: list[str], other: str, two: list[str]):
    """Equal texts have no diff; whatever has one tells a paragraph."""
    before, after = ArticleText(title, tuple(one)), ArticleText(other, tuple(two))
    assert changes(before, before) == changes(after, after) == ""
    found = changes(before, after)
    assert not found or found.startswith(("--- ", "@@"))


SAID = Announcement(
    "https://news.test/1",
    "Kenya signs",
    "Kenya's ICT Authority signed a contract with Huawei for a data centre\nat Konza on Monday, officials said.",
    datetime(2026, 3, 1, tzinfo=UTC),
    "Ada",
    "en",
    "The Ledger",
)


def test_a_summary_makes_an_article():
    """It says that it is a summary only, and why; each line is a paragraph."""
    found = summary_article(SAID, "the page is behind a paywall (402)", "en")
    assert found is not None
    assert (found.completeness, found.completeness_sign) == (
        Completeness.SUMMARY_ONLY,
        "the page is behind a paywall (402)",
    )
    assert (found.title, found.outlet, found.author, found.method) == (
        "Kenya signs",
        "The Ledger",
        "Ada",
        "feed-summary",
    )
    assert (found.published, found.published_source) == (SAID.published, "entry")
    assert len(found.paragraphs) == 2


def test_an_entry_without_date_or_feed_has_neither():
    """A summary that a person's addition brought names the host as its outlet."""
    bare = Announcement("https://news.test/1", "", SAID.summary)
    found = summary_article(bare, "gone", "en")
    assert found is not None
    assert (found.published, found.published_source, found.outlet) == (None, "none", "news.test")


@pytest.mark.parametrize(
    ("title", "summary", "enough"),
    [
        ("T", "x" * 80, True),
        ("T", "x" * 79, False),
        ("", "x" * 80, True),
        ("A title that is said twice", "A title that is said twice, and then " + "y" * 60, False),
        ("标题", "华为与肯尼亚信息通信技术局签署了孔扎数据中心合同，金额为一亿七千万美元", True),
        ("标题", "华为与肯尼亚签署合同", False),
        ("T", "", False),
        ("T", " \n \n", False),
    ],
)
def test_a_summary_has_to_say_something(title: str, summary: str, enough: bool):
    """80 characters beside the title, 30 in Chinese, Japanese and Korean."""
    assert (summary_article(Announcement("https://a.test/", title, summary), "gone", "en") is not None) is enough
