"""Where the choice among blocks lost most of a text, another way to it wins; refusals stay refusals."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace

import pytest

from extract.pages import BODY, H1, PARAGRAPHS, RULES, TITLE, article, html, refusal, stored
from offing.extract import extract_article
from offing.extract.checks.best_variant import TextVariant, best_variant, coherent, may_win
from offing.extract.checks.completeness import words
from offing.model.sources.article import Completeness, NoArticle

LONG = tuple(f"{text} This was part {part} of it." for part in range(4) for text in PARAGRAPHS)
DIALOG = "".join(
    f"<p>We and our {n} partners store what they read on your device for purpose {n}.</p>" for n in range(20)
)
MENU = ("News and sports of the town",) * 80
HEAD = f"<title>{TITLE}</title>"


def data(**stated: object) -> str:
    """The head of a page that states something for machines."""
    return f'{HEAD}<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", **stated})}</script>'


def won(promised: int = 0, **texts: Sequence[str]) -> TextVariant:
    """The way that wins among some texts, by the names of the ways; those that are not named find nothing."""

    def found(way: TextVariant) -> Sequence[str]:
        return texts.get(way.name.lower(), ())

    return best_variant(found, promised, lambda way: sum(map(len, found(way))))


@pytest.mark.parametrize(
    ("texts", "promised", "way"),
    [
        ({"chosen": LONG, "wide": LONG}, 0, TextVariant.CHOSEN),
        ({"chosen": PARAGRAPHS, "wide": LONG, "densest": LONG}, 0, TextVariant.WIDE),
        ({"chosen": (), "densest": PARAGRAPHS}, 0, TextVariant.DENSEST),
        ({"chosen": (), "untouched": LONG}, 0, TextVariant.UNTOUCHED),
        ({"chosen": PARAGRAPHS, "untouched": (*MENU, *LONG)}, 0, TextVariant.CHOSEN),
        ({"chosen": PARAGRAPHS, "untouched": (*MENU[:40], *LONG)}, 0, TextVariant.UNTOUCHED),
        ({"chosen": (), "stated": LONG, "wide": LONG}, 0, TextVariant.STATED),
        ({"chosen": (), "stated": PARAGRAPHS[:1], "wide": LONG}, 0, TextVariant.WIDE),
        ({"chosen": LONG[:8], "stated": PARAGRAPHS[:1], "wide": LONG}, 0, TextVariant.CHOSEN),
        ({"chosen": LONG[:6], "agreed": LONG}, 0, TextVariant.AGREED),
        ({"chosen": LONG[:9], "agreed": LONG}, 0, TextVariant.CHOSEN),
        ({"chosen": LONG[:6], "densest": LONG}, 0, TextVariant.CHOSEN),
        ({"chosen": ("Another text of this outlet. " * 30,), "densest": LONG}, 0, TextVariant.DENSEST),
        ({"chosen": LONG[:8], "wide": LONG}, sum(map(words, LONG)), TextVariant.WIDE),
        ({"chosen": LONG[:8], "wide": LONG * 2}, sum(map(words, LONG)), TextVariant.CHOSEN),
        ({"chosen": LONG[:12], "wide": LONG}, sum(map(words, LONG)), TextVariant.CHOSEN),
    ],
)
def test_a_way_wins_where_the_choice_lost_most_of_the_text(
    texts: dict[str, Sequence[str]], promised: int, way: TextVariant
) -> None:
    """Little gives way to a coherent text, a promise broken to one kept, half a text to what two ways hold.

    A page with its menus is no text, however many sentences stand among them.
    """
    assert won(promised, **texts) is way


def test_only_paragraphs_make_a_text_coherent() -> None:
    """Menus have no sentences, and a page run into one line holds a paragraph among all the rest."""
    assert coherent(["Home", "World", *(["Council puts off its bridge again and again for long"] * 20)], ()) == 0
    assert coherent([f"Home World {' '.join(LONG)}"], PARAGRAPHS[:1]) == 0
    assert coherent(PARAGRAPHS, ()) == sum(map(words, PARAGRAPHS))
    thai = "รัฐบาลลงนามสัญญากับบริษัทจีนเพื่อสร้างระบบเมืองอัจฉริยะ เจ้าหน้าที่ กล่าว เมื่อ วัน จันทร์ ที่ ผ่าน มา"
    assert coherent([thai], ()) > 0


@pytest.mark.parametrize(
    "hiding",
    [
        "style='opacity:0'",
        "style='visibility: hidden; transition: .3s'",
        "style='display:none'",
        "hidden",
        "class='tooltip-host visually-hidden'",
    ],
)
def test_a_text_that_a_script_shows_is_read(hiding: str) -> None:
    """What hides most of a page is no hidden part of it: it is faded in when the page has loaded."""
    assert article(html(f"<h1>{TITLE}</h1><div {hiding}>{BODY}</div><p>© The Paper</p>", HEAD)).paragraphs == PARAGRAPHS
    assert (
        article(html(f"<h1>{TITLE}</h1>{BODY}", HEAD, "").replace("<body", f"<body {hiding}")).paragraphs == PARAGRAPHS
    )


@pytest.mark.parametrize("name", ["cookie-dialog", "consent", "modal", "newsletter"])
def test_a_long_dialog_stays_hidden(name: str) -> None:
    """What is hidden for good reason is no text, beside an article or alone, however long it is."""
    dialog = f"<div class='{name}' style='display:none'>{DIALOG}</div>"
    assert article(html(f"<article>{H1}{BODY}</article>{dialog}", HEAD)).paragraphs == PARAGRAPHS
    assert "JavaScript" in refusal(html(f"<div id=root></div>{dialog}<noscript>Enable JavaScript</noscript>", HEAD))


@pytest.mark.parametrize("hiding", ["style='display:none' class=c-7f", "hidden id=rest"])
def test_the_rest_of_a_text_that_a_button_shows_is_read(hiding: str) -> None:
    """A hidden part that goes on with the paragraphs before it is text, though it holds less than they do."""
    page = f"<article><h1>{TITLE}</h1>{_set(LONG[:9])}<div {hiding}>{_set(LONG[9:])}</div></article>"
    assert article(html(page, HEAD)).paragraphs == LONG


@pytest.mark.parametrize(
    "part",
    [
        f"<div class=newsletter-modal style='display:none'>{DIALOG}</div>",
        f"<div hidden><h1>Another article</h1>{DIALOG}</div>",
        f"<div hidden><form>{DIALOG}</form></div>",
        "<div hidden>{again}</div>",
    ],
)
def test_a_hidden_part_that_is_no_rest_stays_hidden(part: str) -> None:
    """Dialogs, other articles, forms, and what says again what is shown."""
    page = f"<article><h1>{TITLE}</h1>{_set(LONG[:9])}{part.format(again=_set(LONG[4:9]))}</article>"
    assert article(html(page, HEAD)).paragraphs == LONG[:9]


def _set(texts: Sequence[str]) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


def test_a_copy_that_a_page_hides_for_machines_is_not_read_twice() -> None:
    """A hidden part as long as the text that is shown stays hidden."""
    hidden = f"<div style='display:none' itemscope><h1>{TITLE}</h1>{BODY}</div>"
    assert article(html(f"{hidden}<article>{H1}{BODY}</article>", HEAD)).paragraphs == PARAGRAPHS


@pytest.mark.parametrize("stated", ["\n\n".join(PARAGRAPHS), BODY, BODY.replace("<", "&lt;").replace(">", "&gt;")])
def test_a_text_that_stands_in_the_data_only_is_taken_from_there(stated: str) -> None:
    """A page that is made by JavaScript states its article for machines, as lines or as markup; the method says so."""
    found = article(html("<div id=root></div><noscript>Enable JavaScript</noscript>", data(articleBody=stated)))
    assert found.paragraphs == PARAGRAPHS
    assert found.method == "trafilatura+stated-text"
    assert found.completeness is Completeness.COMPLETE


def test_a_teaser_in_the_data_wins_nothing() -> None:
    """Neither over the text, nor beside it."""
    teaser = data(articleBody=PARAGRAPHS[0])
    found = article(html(f"<article>{H1}{BODY}</article>", teaser))
    assert (found.paragraphs, found.method) == (PARAGRAPHS, "trafilatura")


@pytest.mark.parametrize("tag", ["aside", "footer"])
def test_a_text_in_a_part_that_no_way_looks_at_is_found(tag: str) -> None:
    """The densest prose below the headline is the article where nothing else is."""
    found = article(html(f"{H1}<{tag}>{BODY}</{tag}>", HEAD))
    assert found.paragraphs == PARAGRAPHS
    assert found.method == "trafilatura+densest-text"


def test_a_figure_that_holds_paragraphs_is_a_frame() -> None:
    """A picture has a caption of a paragraph or two; what holds more is the text."""
    asides = "".join(f"<li><p>{PARAGRAPHS[0][:-1]}, wrote reader {at} of this paper.</p></li>" for at in range(12))
    page = html(f"<figure>{BODY}</figure><aside><ul>{asides}</ul></aside>", HEAD)
    assert set(PARAGRAPHS) <= set(article(page).paragraphs)
    caption = f"<figure><img src=1><p>{PARAGRAPHS[0][:-1]} in a picture.</p></figure>"
    assert article(html(f"<article>{H1}{caption}{BODY}</article>", HEAD)).paragraphs == PARAGRAPHS


def test_what_readers_wrote_is_no_rescue() -> None:
    """The densest prose of a page may be its comments."""
    assert "no text" in refusal(html(f"{H1}<div class='comments'><aside>{BODY}</aside></div>", HEAD))


def test_what_an_outlets_rule_takes_out_stays_out() -> None:
    """The page is not read as it came where a rule of its outlet has changed it."""
    from offing.model.sources.outlet import OutletRule, OutletRules

    page = stored(html(f"{H1}<div class=blog>{BODY}</div>", HEAD))
    rule = OutletRule(sites=("news.example",), remove=(".blog",))
    assert isinstance(extract_article(page, page.fetched_at, replace(RULES, outlets=OutletRules((rule,)))), NoArticle)


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (f"<h1>Page not found</h1><aside>{BODY}</aside>", "does not exist"),
        (f"<aside>{'<p><a href=/1>Council puts off its bridge again.</a></p>' * 40}</aside>", "no text"),
        ("<aside><p>Subscribe to continue reading this article, and all others of this year.</p></aside>", "paywall"),
    ],
)
def test_a_page_without_an_article_is_still_refused(body: str, reason: str) -> None:
    """Error pages, lists of links and notices give no article by any way."""
    title = "Page not found" if "not found" in body else TITLE
    assert reason in refusal(html(body, f"<title>{title}</title>"))


@pytest.mark.parametrize(
    ("page", "chosen", "promised", "may"),
    [
        (LONG, PARAGRAPHS[:1], 0, True),
        (PARAGRAPHS, PARAGRAPHS[:3], 0, False),
        (PARAGRAPHS, PARAGRAPHS[:3], 200, True),
        (PARAGRAPHS[:2], (), 0, False),
    ],
)
def test_a_page_is_drawn_once_more_only_where_it_holds_enough(
    page: Sequence[str], chosen: Sequence[str], promised: int, may: bool
) -> None:
    """Twice the words that were chosen, and sixty; where a promise is broken, sixty will do."""
    assert may_win(page, chosen, promised) is may
