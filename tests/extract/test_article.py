"""From a page to an article: text, title, outlet, author, address; or the reason why there is none."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.pages import BODY, NOW, PARAGRAPHS, URL, article, html, refusal, stored
from offing.extract import extract_article
from offing.extract.article import LONGEST_TEXT
from offing.model.text import clean_text

TITLE = "Smart city signed"
H1 = f"<h1>{TITLE}</h1>"


def data(members: str) -> str:
    """JSON-LD of an article."""
    return f'<script type="application/ld+json">{{"@type": "NewsArticle", {members}}}</script>'


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


@pytest.mark.parametrize(
    ("head", "body", "said", "title", "outlet"),
    [
        (f"<title>{TITLE} | News Example</title>", H1, {}, TITLE, "News Example"),
        (f"<title>{TITLE} - World - The News</title>", f"<h2>{TITLE}</h2>", {}, TITLE, "The News"),
        ("<title>The News: Smart city signed</title>", H1, {}, TITLE, "news.example"),
        (f"<title>{TITLE} – Daily</title>", "", {"outlet": "Daily"}, TITLE, "Daily"),
        ("<title>Daily | Smart city signed</title>", "", {"outlet": "Daily"}, TITLE, "Daily"),
        (
            "<title>Opinion | Smart city signed</title>",
            "<h2>Opinion</h2><h1>Smart city signed</h1>",
            {},
            TITLE,
            "news.example",
        ),
        ("<title>Smart city: what comes next</title>", "", {}, "Smart city: what comes next", "news.example"),
        (f"<title>{TITLE} | news.example</title>", "", {}, TITLE, "news.example"),
        ("<title>智慧城市项目签署_新华网</title>", "<h1>智慧城市项目签署</h1>", {}, "智慧城市项目签署", "新华网"),
        ("<title>Home</title>", "", {"title": "Smart city <b>signed</b>"}, TITLE, "news.example"),
        (
            '<meta name="twitter:title" content="Smart city signed | Daily"><meta name="og:site_name" content="Daily">',
            "",
            {},
            TITLE,
            "Daily",
        ),
        (
            '<meta property="og:site_name" content="@Daily | All the news"><title>Smart city signed</title>',
            "",
            {},
            TITLE,
            "Daily",
        ),
        (
            data('"headline": "Smart city signed", "publisher": {"name": "Daily"}') + "<title>x</title>",
            "",
            {},
            TITLE,
            "Daily",
        ),
        ("", "", {"outlet": "Daily"}, "", "Daily"),
    ],
)
def test_titles_do_not_carry_the_outlets_name(head: str, body: str, said: dict, title: str, outlet: str) -> None:
    """The headline is told from the outlet's name by headings, by what the page says, and by what the feed said."""
    found = article(html(f"<div>{body}{BODY}</div>", head), **said)
    assert (found.title, found.outlet, found.paragraphs) == (title, outlet, PARAGRAPHS)


@pytest.mark.parametrize(
    ("markup", "author"),
    [
        ('<meta name="author" content="By Ana Silva">', "Ana Silva"),
        (
            data('"author": [{"name": "Ana"}, {"name": "Ben"}]'),
            "Ana",
        ),
        ('<meta property="article:author" content="https://facebook.example/ana">', None),
        ('<meta name="author" content="admin">', None),
        ('<meta name="author" content="news.example">', None),
        (f'<meta name="author" content="{"x" * 200}">', None),
        ('<a rel="author">Ana Silva @ana | March 5, 2024</a>', "Ana Silva"),
        ('<span itemprop="author">por Ana</span>', "Ana"),
    ],
)
def test_authors_are_names(markup: str, author: str | None) -> None:
    """Addresses, the outlet, user names of the system and whole sentences are no authors."""
    head, body = ("", markup) if markup.startswith(("<a", "<span")) else (markup, "")
    assert article(html(f"<article>{H1}{body}{BODY}</article>", head)).author == author


@pytest.mark.parametrize(
    ("head", "url"),
    [
        (
            '<link rel="canonical" href="/world/smart-city?utm_source=x&id=2">',
            "https://news.example/world/smart-city?id=2",
        ),
        (
            '<link rel="canonical" href="https://other.example/a"><meta property="og:url" content="/b">',
            "https://news.example/b",
        ),
        ('<link rel="canonical" href="https://other.example/a">', URL),
        ('<link rel="canonical" href="https://news.example:8443/a">', URL),
        ('<link rel="canonical" href="https://news.example/">', URL),
        ('<link rel="canonical" href="javascript:alert(1)">', URL),
        ('<link rel="canonical" href="https://[bad/">', URL),
        (f'<link rel="canonical" href="/{"x" * 3000}">', URL),
        ('<link rel="canonical">', URL),
    ],
)
def test_a_page_may_name_its_address_on_its_own_site(head: str, url: str) -> None:
    """Another site's article can be neither claimed nor hidden, and a home page is no article."""
    assert article(html(head=head)).url == url


def test_sub_domains_are_one_site() -> None:
    """The mobile page names the page that all readers share."""
    page = html(head='<link rel="Canonical" href="https://www.news.co.ke/a"><meta property="og:url" content="/b">')
    assert article(page, url="https://m.news.co.ke/a?amp").url == "https://www.news.co.ke/a"


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        ("", "empty"),
        ("   \n", "empty"),
        (html(""), "no text of an article"),
        (html("<h1>Smart city signed</h1><p>Too short.</p>"), "no text of an article"),
        (html("<div id=root></div><noscript>Please enable JavaScript</noscript>"), "JavaScript"),
        (html("<p>Checking your browser before you enter</p>", "<title>Just a moment...</title>"), "bot challenge"),
        (
            html(f"<p>{'We see unusual traffic from your network, please wait while we look at it. ' * 3}</p>"),
            "bot challenge",
        ),
        (html("<div class=paywall>Subscribe to continue</div>"), "paywall"),
        (
            html(
                f"<p>{'You have read all your free articles for this month. Subscribe to continue reading. ' * 2}</p>"
            ),
            "paywall",
        ),
        (html("<form><input type=password></form>"), "log-in"),
        (html("<div id=cookie-consent>We value your privacy</div>"), "consent form"),
        ("<html><frameset cols='20%,80%'><frame src=a></frameset></html>", "set of frames"),
        (
            html(
                f"<p>{'Sorry, the page that you asked for has been removed or never was here at all. ' * 2}</p>",
                "<title>404 - Oops</title>",
            ),
            "does not exist",
        ),
        (
            html(f"<article><h1>Page not found</h1>{BODY * 3}</article>", "<title>Page not found</title>"),
            "does not exist",
        ),
        (b"x" * (5 * 1024 * 1024 + 1), "pages up to 5,242,880"),
        (html("<p>" * 60_001), "pages up to 60,000"),
        (html(f"<p {' '.join(f'a{n}' for n in range(300))}>x</p>"), "more than 200 attributes"),
        ("<!-- nothing -->", "no markup"),
    ],
)
def test_a_page_without_an_article_says_why(page: str | bytes, reason: str) -> None:
    """Each kind of page that withholds its text has its own sentence."""
    assert reason in refusal(page)


def test_scripts_hold_no_attributes() -> None:
    """A long comparison in a script is no tag; one that is never closed hides nothing."""
    script = f"<script>if (a<b {'x ' * 1000}) {{}}</script>"
    assert article(html(f"<article>{H1}{BODY}</article>{script}", script)).paragraphs == PARAGRAPHS
    assert article(html() + "<p>İ</p>" + script).paragraphs == PARAGRAPHS
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


def test_a_guessed_encoding_is_told_by_the_method() -> None:
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


@settings(deadline=None, max_examples=60)
@given(st.binary(max_size=500), st.text(max_size=30))
def test_no_page_raises(body: bytes, content_type: str) -> None:
    """Any bytes are an article or a reason."""
    extract_article(stored(body, content_type=content_type), NOW)
    extract_article(stored(html().encode()[: len(body) * 3] + body, content_type=content_type), NOW)


def test_a_page_may_end_anywhere() -> None:
    """Cut at any byte, a page raises nothing."""
    body = html(head='<script type="application/ld+json">{"@type": "NewsArticle"}</script>').encode()
    for offset in range(0, len(body), 7):
        extract_article(stored(body[:offset]), NOW)


def test_the_stage_and_its_values_travel_between_processes() -> None:
    """Workers receive the function and the page, and send the article back."""
    assert pickle.loads(pickle.dumps(extract_article)) is extract_article
    found = article(html())
    assert pickle.loads(pickle.dumps(found)) == found
    assert pickle.loads(pickle.dumps(stored(html()))) == stored(html())
