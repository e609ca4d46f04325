"""From a page to an article: text, title, outlet, author, address; or the reason why there is none."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.pages import BODY, H1, NOW, PARAGRAPHS, RULES, TITLE, URL, article, html, stored
from offing.extract import extract_article
from offing.extract.article import LONGEST_TEXT
from offing.model.text.text import clean_text
from suite import examples


def test_an_article_comes_out_whole() -> None:
    """Title, paragraphs, language, method and address."""
    found = article(html())
    assert (found.title, found.paragraphs, found.language) == ("Smart city signed", PARAGRAPHS, "en")
    assert (found.url, found.outlet, found.author) == (URL, "news.example", None)
    assert (found.method, found.cut) == ("trafilatura", False)


def test_strings_are_clean() -> None:
    """No NUL, surrogate, direction mark, invisible or collapsed space is left in text and title."""
    odd = "Sm\u200bart\u00a0 city\u202e &#0;signed &#xD800; caf\u0065\u0301"
    found = article(html(f"<article><h1>{odd}</h1><p>{odd} {PARAGRAPHS[0]}</p>{BODY}</article>", "<title>x</title>"))
    assert all(text == clean_text(text) for text in (found.title, *found.paragraphs))
    assert found.paragraphs[0].startswith("Smart city \ufffdsigned \ufffd café")


def test_furniture_does_not_stay() -> None:
    """Menus, teasers, advertising, comments and sign-ups go, the sentences of the article stay."""
    first, second, third, fourth = (f"<p>{text}</p>" for text in PARAGRAPHS)
    page = html(
        f"<nav><ul><li><a href=/>Home</a></li><li><a href=/w>World</a></li></ul></nav><article>{H1}<p>By Ana Silva</p>"
        f"<p>5 March 2024</p>{first}<p>Advertisement</p><p>Also read: Another deal is near</p>{second}"
        f'<p><a href="/other">Minister visits Beijing for talks</a></p>{third}<p>Sign up for our newsletter today!</p>'
        f"{fourth}<p>© News Example 2024</p><p>Read more</p></article>"
        '<section class="comments"><h3>Comments</h3><p>This is a scandal, they will spy on all of us now!</p></section>'
    )
    assert article(page).paragraphs == PARAGRAPHS


@pytest.mark.parametrize(
    "body",
    [
        "<br><br>".join(PARAGRAPHS),
        "<br>\n&nbsp;<br/>".join(PARAGRAPHS),
        "<br>".join(PARAGRAPHS),
        f"<p>{'<br><br>'.join(PARAGRAPHS)}</p>",
        f"<font size=2>{'<br><br>'.join(PARAGRAPHS)}</font>",
        f"<p>{PARAGRAPHS[0]}</p>" + "<br><br>".join(f"<b>{text[:9]}</b>{text[9:]}" for text in PARAGRAPHS[1:]),
    ],
)
def test_breaks_between_paragraphs_are_paragraphs(body: str) -> None:
    """Old pages part their paragraphs by breaks, in tables too."""
    cells = f"<td width=20%><a href=/>Home</a></td><td><h2>{TITLE}</h2><div>{body}</div></td>"
    table = f"<table><tr>{cells}</tr></table>"
    assert article(html(f"<div>{body}</div>")).paragraphs == PARAGRAPHS
    assert article(html(table, f"<title>{TITLE}</title>")).paragraphs == PARAGRAPHS


def test_a_break_within_a_sentence_is_a_space() -> None:
    """Lines that are broken for looks are one paragraph."""
    broken = PARAGRAPHS[0].replace(" to build", "<br>to build")
    assert article(html(f"<article><p>{broken}</p>{BODY.split('</p>', 1)[1]}</article>")).paragraphs == PARAGRAPHS


@pytest.mark.parametrize(
    "hidden",
    [
        *('<div style="display:none">{}</div>', '<p style="visibility: hidden">{}</p>', "<p hidden>{}</p>"),
        *(
            '<span style="font-size:0px">{}</span>',
            '<p style="color:red;opacity:0">{}</p>',
            "<!-- {} -->",
            "<script>{}</script>",
        ),
    ],
)
def test_what_a_reader_cannot_see_is_not_read(hidden: str) -> None:
    """Hidden text neither makes nor confirms anything."""
    secret = "Huawei has signed a secret contract with the ministry, the newspaper that nobody reads has reported."
    found = article(html(f"<article>{H1}{BODY}{hidden.format(secret)}</article>"))
    assert "secret" not in " ".join(found.paragraphs)


def test_an_article_in_parts_is_joined() -> None:
    """Advertising between the parts of an article does not cost its end."""
    long = [f"{text} {text.replace('The', 'A')}" for text in (*PARAGRAPHS, *(text.upper() for text in PARAGRAPHS))]
    parts = ["".join(f"<p>{text}</p>" for text in long[at : at + 2]) for at in (0, 2, 4, 6)]
    chunks = "".join(
        f'<div class="grid"><div class="article__body">{part}</div><aside>Ad</aside></div>' for part in parts
    )
    assert article(html(f"<h1>Smart city signed</h1><div>{chunks}</div>")).paragraphs == tuple(long)


def test_rows_of_data_are_lines() -> None:
    """A table of figures gives one line for each row."""
    rows = "<tr><th>Phase</th><th>Cameras</th></tr><tr><td>First</td><td>900</td></tr>"
    found = article(html(f"<article>{H1}{BODY}<table>{rows}</table></article>"))
    assert found.paragraphs[-2:] == ("Phase | Cameras", "First | 900")


def test_lists_and_quotes_are_paragraphs() -> None:
    """Items of a list and quotations within the text are blocks of their own, in their place."""
    items = "<ul><li>900 cameras in the capital city</li><li>two data centres</li></ul>"
    inner = f"{items}<blockquote>It is a milestone.</blockquote>"
    page = html(f"<article>{H1}{BODY}{inner}<p>{PARAGRAPHS[0].upper()}</p></article>")
    assert article(page).paragraphs[4:] == (
        *("900 cameras in the capital city", "two data centres", "It is a milestone.", PARAGRAPHS[0].upper()),
    )


def test_scripts_hold_no_attributes() -> None:
    """A long comparison in a script is no tag; one that is never closed hides nothing."""
    script = f"<script>if (a<b {'x ' * 1000}) {{}}</script>"
    assert article(html(f"<article>{H1}{BODY}</article>{script}", script)).paragraphs == PARAGRAPHS
    assert article(html() + "<p>İ</p>" + script).paragraphs == PARAGRAPHS
    assert article("İ" + html(head="<style>a{}</style>" + script)).paragraphs == PARAGRAPHS
    assert article(html() + f"<script>a<b {'x ' * 1000}").paragraphs == PARAGRAPHS


def test_spans_of_cells_are_no_bomb() -> None:
    """A cell that claims to span 2**53 columns costs nothing."""
    table = f"<table><tr><td colspan=9007199254740991>{PARAGRAPHS[0]}</td><td rowspan=99999999>x</td></tr></table>"
    assert PARAGRAPHS[0] in article(html(f"<article>{BODY}{table}</article>")).paragraphs


def test_a_long_text_is_cut_and_says_so() -> None:
    """At most 200,000 characters are kept; so is no word longer than any word."""
    many = "".join(f"<p>Number {number}. {PARAGRAPHS[number % 4]}</p>" for number in range(3000))
    found = article(html(f"<article>{H1}{many}</article>"))
    assert found.cut
    assert LONGEST_TEXT - 200 <= sum(map(len, found.paragraphs)) <= LONGEST_TEXT
    word = article(html(f"<article>{BODY}<p>{'x' * 5000} is a word that nobody can read, of course.</p></article>"))
    assert word.cut
    assert max(len(token) for paragraph in word.paragraphs for token in paragraph.split()) == 1000


def test_a_guessed_encoding_is_reported_by_the_method() -> None:
    """Text whose encoding had to be guessed is marked, so that mojibake is never taken for words."""
    text = "华为公司与布基纳法索政府签署了智慧城市项目合同，中国进出口银行提供贷款。" * 3
    found = article(html(f"<article><h1>智慧城市</h1><p>{text}</p></article>").encode("gbk"), content_type="")
    assert (found.paragraphs, found.method) == ((text,), "trafilatura+guessed-encoding")


def test_a_short_chinese_article_keeps_its_paragraphs() -> None:
    """A hundred Chinese characters are an article, and not too little to be believed."""
    first, second = (
        "肯尼亚政府与中国企业签署数据中心合同，项目总投资两亿美元。",
        "工程将于明年三月开工，为期二十四个月。",
    )
    page = html(
        f"<main><article><h1>数据中心签约</h1><p>{first}</p><p>{second}</p></article></main><footer>© 新闻网</footer>"
    )
    assert article(page).paragraphs == (first, second)


@pytest.mark.parametrize(
    "data",
    [
        "[",
        '{"@type": 5}',
        '{"@type": ["NewsArticle"], "headline": [[[]]]}',
        "[" * 5000,
        '"x"',
        "9" * 6000,
        '{"@type": "NewsArticle", "datePublished": "2024-03-05"};',
        '{"a": [{"b": [3, null]}]}',
        "x" * 600_000,
    ],
)
def test_broken_data_for_machines_costs_nothing(data: str) -> None:
    """JSON-LD that is broken, deep, huge or of wrong types leaves the article as it is."""
    found = article(html(head=f'<script type="application/ld+json">{data}</script><script>{data}</script>'))
    assert (found.title, found.paragraphs) == ("Smart city signed", PARAGRAPHS)


def test_wide_data_for_machines_is_read_in_part() -> None:
    """Of thousands of objects the first are looked at."""
    many = '{"@graph": [' + ",".join(['{"x": 1}'] * 8000) + ', {"@type": "NewsArticle", "headline": "Another title"}]}'
    assert article(html(head=f'<script type="application/ld+json">{many}</script>')).title == "Smart city signed"


@settings(deadline=None, max_examples=examples(60))
@given(st.binary(max_size=500), st.text(max_size=30))
def test_no_page_raises(body: bytes, content_type: str) -> None:
    """Any bytes are an article or a reason."""
    extract_article(stored(body, content_type=content_type), NOW, RULES)
    extract_article(stored(html().encode()[: len(body) * 3] + body, content_type=content_type), NOW, RULES)


def test_a_page_may_end_anywhere() -> None:
    """Cut at any byte, a page raises nothing."""
    body = html(head='<script type="application/ld+json">{"@type": "NewsArticle"}</script>').encode()
    for offset in range(0, len(body), 7):
        extract_article(stored(body[:offset]), NOW, RULES)


@pytest.mark.parametrize("end", ["<ul><li><a<p>Read more</p>", "<h4><a&b>Read more", '<ul><li><b"c>Read more'])
def test_a_page_cut_within_a_tag_is_read(end: str) -> None:
    """What follows makes the tag a name that no element may have; the article stands before it."""
    assert article(html(f"<article>{H1}{BODY}{end}")).paragraphs[:2] == PARAGRAPHS[:2]


def test_the_stage_and_its_values_travel_between_processes() -> None:
    """Workers receive the function and the page, and send the article back."""
    assert pickle.loads(pickle.dumps(extract_article)) is extract_article
    found = article(html())
    assert pickle.loads(pickle.dumps(found)) == found
    assert pickle.loads(pickle.dumps(stored(html()))) == stored(html())
