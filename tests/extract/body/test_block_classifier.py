"""The choice among the blocks of a page, and what no vote may overrule."""

from __future__ import annotations

import json

import pytest
from lxml import html as markup

from extract.pages import BODY, H1, PARAGRAPHS, TITLE, TOOLS, article, html
from offing.extract.body.block_classifier import article_blocks, probability
from offing.extract.body.features import SETTLED, features, settled_features
from offing.extract.body.page_blocks import PageBlocks
from offing.extract.body.pass_texts import PassText, PassTexts
from offing.extract.markup.blocks import blocks_of

LINKS = "".join(f'<li><a href="/{number}">Another report of the day, number {number}</a></li>' for number in range(4))


def page(body: str) -> markup.HtmlElement:
    """The tree of a page."""
    return markup.document_fromstring(html(body))


def test_blocks_are_what_a_browser_sets_as_one() -> None:
    """Inline elements and elements of a page's own stay in their block; rows are one; scripts say nothing."""
    tree = page(
        "<div>Lead <b>bold</b> <x-note>1</x-note><br>on<p>one <a href=/>link</a></p>tail</div>"
        "<table><tr><td>Phase</td><td></td><td>900 <a href=/>cameras</a></td></tr></table><script>no</script>"
    )
    blocks = blocks_of(tree)
    assert [block.text for block in blocks] == ["Lead bold 1 on", "one link", "tail", "Phase | 900 cameras"]
    assert [block.linked for block in blocks] == [0, 4, 0, 7]
    assert [block.bold for block in blocks] == [4, 0, 0, 0]
    assert blocks[1].place.parent is blocks[0].place
    assert blocks_of(markup.fragment_fromstring("<p>alone</p>"))[0].text == "alone"


@pytest.mark.parametrize(
    ("href", "leads_on"),
    [
        ("/2026/another", True),
        ("another.html", True),
        ("https://www.news.example/another", True),
        ("//m.news.example/another", True),
        ("https://shop.example/camera", False),
        ("https://share.example/?u=https://news.example/x", False),
        ("#notes", False),
        ("mailto:desk@news.example", False),
        ("javascript:void(0)", False),
        ("https://", False),
        ("", False),
    ],
)
def test_a_link_leads_on_to_other_pages_of_the_site(href: str, leads_on: bool) -> None:
    """Relative or on a host of the outlet's domain; not a place on this page, nor another site."""
    block = blocks_of(page(f'<p><a href="{href}">Camera</a></p>'), "news.example")[0]
    assert (block.linked, block.onward) == (6, 6 * leads_on)


def test_headlines_of_other_articles_and_what_stands_below_them_go() -> None:
    """A card is told by its headline, a link to the same site; a link to a shop is the article's own."""
    other = "Council puts off its bridge again after years of talks"
    said = "The council had put off the decision twice since spring. Now it has to find the money elsewhere."
    halves = [f"<p>{text}</p>" for text in PARAGRAPHS]
    for card in (
        f"<h3><a href=/1>{other}</a></h3>",
        f"<div><h4><a href=/1>{other}</a></h4><p>{said}</p></div>",
        f"<div><h4><a href=/1>{other}</a></h4><p>2 March</p><p>{said}</p></div>",
        f"<ul><li><a href=/1>{other}</a><p>{said}</p></li></ul>",
        f"<table><tr><td><img src=1></td><td><a href=/1>{other}</a><br>{said}</td></tr></table>",
    ):
        body = f"<article>{H1}{halves[0]}{halves[1]}{card}{halves[2]}{halves[3]}</article>"
        assert article(html(body)).paragraphs == PARAGRAPHS, card
    product = "<h3><a href=https://shop.example/7>Camera with seven lenses and one long name</a></h3>"
    assert len(article(html(f"<article>{H1}{halves[0]}{product}{BODY}</article>")).paragraphs) == len(PARAGRAPHS) + 1


def test_short_news_below_linked_headlines_are_an_article() -> None:
    """Where most of the text stands below such headlines it is not a card among paragraphs."""
    news = "".join(
        f"<div><h3><a href=/{at}>Ministers agree on part {at} of the long plan</a></h3><p>{text}</p></div>"
        for at, text in enumerate(PARAGRAPHS)
    )
    blocks = blocks_of(page(f"<article>{H1}{news}</article>"))
    vote = PassText.of(block.text for block in blocks)
    assert set(PARAGRAPHS) <= set(article_blocks(PageBlocks(blocks, PassTexts(vote, vote), TOOLS)))


def test_a_vote_finds_blocks_inside_others_when_they_are_long() -> None:
    """A short line must have been drawn as a line; a long one may be part of another."""
    vote = PassText.of(["The minister signed the contract on Monday. It is worth $85 million."])
    assert vote.contains("itisworth85million") is False
    assert vote.contains("theministersignedthecontractonmonday")


def test_where_nobody_votes_nothing_is_chosen() -> None:
    """Without a vote there is no article."""
    blocks = blocks_of(page(f"<article>{BODY}</article>"))
    assert article_blocks(PageBlocks(blocks, PassTexts(PassText.of([]), PassText.of([])), TOOLS)) == ()
    assert PageBlocks(blocks, PassTexts(PassText.of([]), PassText.of([])), TOOLS).is_empty


def test_a_short_text_is_core_where_nothing_longer_is() -> None:
    """One sentence that one way of extraction takes is enough to begin with."""
    sentence = "The bridge was opened on Monday, said the office."
    survey = PageBlocks(
        blocks_of(page(f"<p>{sentence}</p>")), PassTexts(PassText.of([sentence]), PassText.of([])), TOOLS
    )
    assert not survey.is_empty
    assert survey.core == [0]


def test_the_wide_vote_holds_where_the_strict_one_took_one_part() -> None:
    """A strict way that finds only a notice does not take the article away."""
    notice = "This notice is one paragraph of its own and long enough to be taken for the text of a page."
    blocks = blocks_of(page(f"<div>{BODY}</div><footer><p>{notice}</p></footer>"))
    survey = PageBlocks(blocks, PassTexts(PassText.of([*PARAGRAPHS, notice]), PassText.of([notice])), TOOLS)
    assert all(line.strict for line in survey.lines)


def test_parts_of_an_article_named_alike_are_one() -> None:
    """The second part counts as voted for, a part below the next heading does not."""
    first, second, other = (
        "".join(f"<p>{text} {word}.</p>" for text in PARAGRAPHS) for word in ("First", "Second", "Third")
    )
    body = "".join(f'<div class="text">{part}</div>' for part in (first, second))
    blocks = blocks_of(page(f'{body}<h2>Another</h2><div class="text">{other}</div>'))
    vote = PassText.of(block.text for block in blocks[:4])
    assert [line.wide for line in PageBlocks(blocks, PassTexts(vote, vote), TOOLS).lines] == [True] * 8 + [False] * 5


def test_rows_of_links_go_and_rows_of_data_stay() -> None:
    """A menu in the text is dropped whatever was voted; a row of figures that all agree on is kept."""
    table = "<table><tr><td>Phase one</td><td>900 cameras</td></tr></table>"
    tree = page(f"<article>{H1}{BODY}<ul>{LINKS}</ul>{table}<p>{PARAGRAPHS[0]} Again.</p></article>")
    blocks = blocks_of(tree)
    vote = PassText.of(block.text for block in blocks)
    found = article_blocks(PageBlocks(blocks, PassTexts(vote, vote), TOOLS), {"one": 5.0})
    assert found == (TITLE, *PARAGRAPHS, "Phase one | 900 cameras", f"{PARAGRAPHS[0]} Again.")
    assert article_blocks(PageBlocks(blocks, PassTexts(vote, vote), TOOLS), {"one": -9.0}) == (
        "Phase one | 900 cameras",
    )


def test_what_is_said_twice_is_kept_once() -> None:
    """A caption that stands under every picture of a gallery comes out once."""
    again = f"<p>{PARAGRAPHS[1]}</p>"
    assert article(html(f"<article>{H1}{BODY}{again}{again}</article>")).paragraphs == PARAGRAPHS


def test_a_quoted_post_in_the_midst_of_the_text_is_part_of_it() -> None:
    """What an article quotes from a network is evidence, though extraction libraries leave it out."""
    post = '<blockquote class="twitter-tweet"><p>The first cameras are on their way.</p></blockquote>'
    halves = [f"<p>{text}</p>" for text in PARAGRAPHS]
    found = article(html(f"<article>{H1}{halves[0]}{halves[1]}{post}{halves[2]}{halves[3]}</article>{post}"))
    assert found.paragraphs == (*PARAGRAPHS[:2], "The first cameras are on their way.", *PARAGRAPHS[2:])


def test_text_for_screen_readers_only_is_not_shown() -> None:
    """Tooltips and notes that style sheets hide go; so do parts that the page marks hidden."""
    hidden = "".join(f'<span class="{name}">Not shown at all</span>' for name in ("sr-only", "x tooltip-text"))
    text = PARAGRAPHS[0].replace("contract", f"contract{hidden}")
    assert article(html(f"<article>{H1}{BODY.replace(PARAGRAPHS[0], text)}</article>")).paragraphs == PARAGRAPHS


def test_the_statement_in_json_ld_speaks_for_blocks() -> None:
    """Figures tell whether a block is in the text that the page states for machines."""
    data = json.dumps({"@type": "NewsArticle", "articleBody": "\n".join(PARAGRAPHS)})
    found = article(html(head=f'<script type="application/ld+json">{data}</script>'))
    assert found.paragraphs == PARAGRAPHS


@pytest.mark.parametrize(("weight", "sure"), [(1e9, 1.0), (-1e9, 0.0)])
def test_likelihood_is_bounded(weight: float, sure: float) -> None:
    """No weight can make the exponential overflow; unknown figures count nothing."""
    assert probability({"one": 1.0, "unknown": 1.0}, {"one": weight}) == pytest.approx(sure)
    assert probability({}, {}) == 0.5


def test_a_block_is_settled_as_the_weights_would_have_it() -> None:
    """Sentences of the densest prose and links that nothing took need no sum: all weights together say the same."""
    linked = "<p><a href=/1>Council puts off its bridge again after years of talks</a></p>"
    blocks = blocks_of(page(f"<article>{H1}{BODY}</article>{linked}"))
    survey = PageBlocks(blocks, PassTexts(PassText.of(PARAGRAPHS), PassText.of(PARAGRAPHS)), TOOLS)
    settled = [figure.get(SETTLED, 0.0) for figure in settled_features(survey)]
    assert settled == [0, 1, 1, 1, 1, -1]
    asked = {"both", "core", "neither", "all_linked", "is_heading", "is_row"}
    for quick, full in zip(settled_features(survey), features(survey), strict=True):
        assert {name for name in quick if name in asked} == {name for name in full if name in asked}
    assert article_blocks(survey) == PARAGRAPHS
