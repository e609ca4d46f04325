"""Articles from PDF documents: press releases and official journals, with the page of each paragraph."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.pages import NOW, RULES, stored
from extract.pdfs import Set, column, pdf
from offing.extract import extract_article
from offing.extract.body.pdf import LONGEST_TEXT
from offing.extract.markup.pdf_lines import MOST_PAGES
from offing.model.sources.article import ExtractedArticle, NoArticle
from offing.model.text.text import clean_text
from suite import examples

URL = "https://works.go.example/releases/pr12.pdf"
TITLE = "Government signs smart city contract"
FIRST = (
    "The government has signed a contract with a Chinese company to build a smart city sys-",
    "tem in the capital, officials of the ministry said on Monday after the weekly meeting of",
    "the cabinet, which had to decide on it.",
)
SECOND = (
    "The project is backed by a loan of EUR 85 million and covers 900 surveillance cameras",
    "and two data centres. A long-",
    "term plan is to follow, and the long-term loan is to be repaid until the year of 2044.",
)
THIRD = ("The last instalment is due by the end of 2031, and the minister told reporters that", "it will be paid.")
WHOLE = (
    (
        "The government has signed a contract with a Chinese company to build a smart city system in the capital, "
        "officials of the ministry said on Monday after the weekly meeting of the cabinet, which had to decide on it."
    ),
    (
        "The project is backed by a loan of EUR 85 million and covers 900 surveillance cameras and two data centres. "
        "A long-term plan is to follow, and the long-term loan is to be repaid until the year of 2044."
    ),
    "The last instalment is due by the end of 2031, and the minister told reporters that it will be paid.",
)


def edges(number: int, of: int = 2) -> list[Set]:
    """Running head and page number."""
    return [Set("Ministry of Works – Release 12/2024", 9, 72, 800), Set(f"Page {number} of {of}", 9, 280, 40)]


def release(*near_title: Set, **data: str) -> bytes:
    """A release of two pages; a paragraph runs over from the first to the second."""
    first = column(*FIRST, "", *SECOND, "", THIRD[0])
    return pdf(
        [*edges(1), Set(TITLE, 18, 72, 760), *near_title, *first],
        [*edges(2), *column(THIRD[1], "", "This is all that the ministry said about the matter on that day.")],
        **data,
    )


def read(document: bytes, **said: object) -> ExtractedArticle:
    """The article in a document; fails where there is none."""
    found = extract_article(stored(document, URL, "application/pdf", **said), NOW, RULES)
    assert isinstance(found, ExtractedArticle), found
    return found


def test_a_release_comes_out_in_paragraphs_with_their_pages() -> None:
    """Lines are joined, broken words mended, running heads gone; what runs over counts for the page it begins on."""
    found = read(release())
    assert found.title == TITLE
    assert found.paragraphs == (*WHOLE, "This is all that the ministry said about the matter on that day.")
    assert found.pages == (1, 1, 1, 2)
    assert (found.method, found.language, found.url, found.outlet) == ("pdf", "en", URL, "works.go.example")


@pytest.mark.parametrize(
    ("near", "said", "data", "when", "source"),
    [
        ("Nairobi, 5 March 2024", {}, {}, "2024-03-05T00:00", "text"),
        ("Date: 05 March 2024", {}, {}, "2024-03-05T00:00", "text"),
        ("发布日期：2024年3月5日", {}, {}, "2024-03-05T00:00", "text"),
        ("Nairobi, 5 March 2024", {"published": datetime(2024, 3, 5, 7, tzinfo=UTC)}, {}, "2024-03-05T07:00", "entry"),
        ("", {"published": datetime(2024, 3, 6, tzinfo=UTC)}, {"CreationDate": "D:2023"}, "2024-03-06T00:00", "entry"),
        ("", {}, {"CreationDate": "D:20240305093000+03'00'"}, "2024-03-05T06:30", "document"),
        ("", {}, {"CreationDate": "D:20240305"}, "2024-03-05T00:00", "document"),
        ("", {}, {"CreationDate": "D:99991332"}, None, "none"),
        ("", {}, {"CreationDate": "today"}, None, "none"),
    ],
)
def test_the_date_is_the_texts_the_feeds_or_the_documents(
    near: str, said: dict[str, object], data: dict[str, str], when: str | None, source: str
) -> None:
    """A line near the top first, then the entry, then the day on which the document was made."""
    found = read(release(*([Set(near, 11, 72, 735)] if near else []), **data), **said)
    assert (found.published and f"{found.published:%Y-%m-%dT%H:%M}", found.published_source) == (when, source)


@pytest.mark.parametrize(
    ("own", "announced", "title"),
    [
        ("Microsoft Word - pr12.docx", "", TITLE),
        (TITLE.upper(), "", TITLE.upper()),
        ("A title that stands nowhere", "", TITLE),
        ("", TITLE.lower(), TITLE.lower()),
        ("", "Something else entirely", TITLE),
    ],
)
def test_a_title_must_stand_in_the_document(own: str, announced: str, title: str) -> None:
    """The document's own and the feed's title count where the first page has them, else its largest letters."""
    found = read(release(Title=own), title=announced)
    assert found.title == title
    assert found.paragraphs[0] == WHOLE[0]


def test_without_larger_letters_the_feed_or_the_first_line_names_it() -> None:
    """A document in one size takes its title from its entry, else from its first line."""
    document = pdf(column("A first line that names the matter", "", *FIRST, "", *SECOND))
    assert read(document, title="Announced").title == "Announced"
    assert read(document).title == "A first line that names the matter"
    assert read(pdf(column(*FIRST, *FIRST)), title="").title == "pr12"


def test_other_scripts_come_out_right() -> None:
    """Chinese lines are joined without a blank, and characters beyond the first plane are one character."""
    chinese = "政府签署了智慧城市合同，中国进出口银行提供贷款，项目包括九百个摄像头和两个数据中心。"
    document = pdf(
        column(chinese[:20], chinese[20:], "", "Правительство подписало контракт на строительство города 𝒳.")
    )
    assert read(document, title="合同").paragraphs == (
        chinese,
        "Правительство подписало контракт на строительство города 𝒳.",
    )


def test_columns_are_read_one_after_the_other() -> None:
    """A sentence that goes on at the top of the next column is one paragraph; a new one begins its own."""
    left = column("The government has signed a contract with", "a Chinese company, and work starts in", top=700)
    right = column(
        "March. It ends two years after that date.", "", "Residents asked who will see the data.", left=320, top=700
    )
    found = read(pdf([*left, *right]), title="Contract")
    assert found.paragraphs == (
        (
            "The government has signed a contract with a Chinese company, and work starts in March. "
            "It ends two years after that date."
        ),
        "Residents asked who will see the data.",
    )


def test_indented_and_short_lines_part_paragraphs() -> None:
    """Where no gap parts paragraphs, an indent or a short last line does."""
    text = "The government has signed a contract with a Chinese company to build the city."
    lines = [
        Set(text, left=90, bottom=700),
        Set("It was signed on Monday.", bottom=686),
        Set(text, bottom=672),
        Set(text, left=90, bottom=658),
    ]
    assert len(read(pdf(lines), title="x").paragraphs) == 3


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        (release()[:600], "damaged"),
        (b"%PDF-1.7\n" + bytes(range(256)) * 20, "damaged"),
        (pdf([Set("x")], encrypt=True), "password"),
        (pdf([]), "no text"),
        (pdf([Set("A few words only.")]), "no text"),
        (release() + b"\0" * (5 * 1024 * 1024), "up to 5,242,880"),
    ],
)
def test_a_document_without_an_article_says_why(document: bytes, reason: str) -> None:
    """Damaged, locked, empty, scanned and too large documents each have their sentence."""
    found = extract_article(stored(document, URL, "application/pdf"), NOW, RULES)
    assert isinstance(found, NoArticle)
    assert reason in found.reason


def test_a_long_document_is_read_in_part_and_says_so() -> None:
    """So many pages and characters are read; what is more is said to be cut."""
    names = [first + last for first in "abcdefgh" for last in "abcdefghi"]
    found = read(pdf(*[column(f"Matter {name}: it is decided so.", "", *FIRST, *SECOND) for name in names]))
    assert found.cut
    assert max(found.pages) <= MOST_PAGES
    dense = [Set("The ministry has said so again. " * 60, 1, 10, 800 - 2 * place) for place in range(300)]
    thick = read(pdf(dense))
    assert thick.cut
    assert sum(map(len, thick.paragraphs)) <= LONGEST_TEXT


def test_reading_is_quick() -> None:
    """A journal of sixty pages takes well under a second."""
    page = column(*FIRST, "", *SECOND, "", *THIRD)
    document = pdf(*[[*page, *edges(number, 60)] for number in range(1, 61)])
    start = time.process_time()
    read(document)
    assert time.process_time() - start < 2


@settings(max_examples=examples(60))
@given(st.integers(0, 5000), st.binary(min_size=1, max_size=40))
def test_no_document_raises(place: int, noise: bytes) -> None:
    """A document that is damaged anywhere is an article or a reason, and what comes out is clean."""
    document = bytearray(release())
    place %= len(document)
    document[place : place + len(noise)] = noise
    found = extract_article(stored(bytes(document), URL, "application/pdf"), NOW, RULES)
    if isinstance(found, ExtractedArticle):
        assert all(text == clean_text(text) for text in (found.title, *found.paragraphs))
        assert len(found.pages) == len(found.paragraphs)
