"""Pages read by the rule of their outlet, and what happens where a rule misses."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from extract.pages import BODY, H1, NOW, PARAGRAPHS, RULES, TITLE, URL, html, stored
from offing.extract import extract_article
from offing.model.sources.article import ExtractedArticle
from offing.model.sources.outlet import OutletRule, OutletRules

JUNK = "<p>This line stands in a box of its own and is long enough to be taken for text of the article.</p>"


def read(page: str, *rules: OutletRule, repeated: frozenset[str] = frozenset()) -> ExtractedArticle:
    """The article on a page of the outlet; fails where there is none."""
    found = extract_article(stored(page), NOW, replace(RULES, outlets=OutletRules(rules)), repeated)
    assert isinstance(found, ExtractedArticle), found
    return found


def rule(**says: object) -> OutletRule:
    """A rule of the outlet."""
    return OutletRule(("news.example",), **says)  # type: ignore[arg-type]


def test_the_body_is_where_the_rule_says() -> None:
    """In one element or several, without what lies inside another twice; links alone and hidden parts go as always."""
    page = html(
        f"<h1>x</h1>{JUNK}<div class=lead><p>{PARAGRAPHS[0]}</p></div><div class=t><div class=t>{BODY}</div></div>"
    )
    found = read(page, rule(body=".lead, .t"))
    assert found.paragraphs == (PARAGRAPHS[0], *PARAGRAPHS)
    assert found.method == "outlet-rule"


def test_rows_lists_and_breaks_come_out_as_blocks() -> None:
    """As the general method gives them."""
    rows = "<table><tr><th>Phase</th><th>Cameras</th></tr><tr><td>First</td><td>900</td></tr></table>"
    page = html(
        f"<h1>x</h1><div class=t>{'<br><br>'.join(PARAGRAPHS)}{rows}<ul><li>One thing</li><li>Two</li></ul></div>"
    )
    found = read(page, rule(body=".t"))
    assert found.paragraphs == (*PARAGRAPHS, "Phase | Cameras", "First | 900", "One thing", "Two")


def test_fields_are_where_the_rule_says() -> None:
    """Title, author, section, and a date by attribute or by text, meant in the outlet's zone."""
    head = (
        "<div class=h>A title | of its own</div><i class=a>Ana</i><b class=s>World</b><i class=d>5 March 2024 09:30</i>"
    )
    page = html(f"<article>{H1}{head}{BODY}</article>")
    found = read(page, rule(title=".h", author=".a", section=".s", date=".d", timezone="Asia/Dhaka"))
    assert (found.title, found.author, found.section) == ("A title | of its own", "Ana", "World")
    assert (found.published, found.published_source) == (datetime(2024, 3, 5, 3, 30, tzinfo=UTC), "outlet-rule")
    assert found.method == "trafilatura"
    attribute = html(f"<article>{H1}<i class=d datetime='2024-03-05T09:30:00Z'>yesterday</i>{BODY}</article>")
    assert read(attribute, rule(date=".d")).published == datetime(2024, 3, 5, 9, 30, tzinfo=UTC)


def test_the_zone_holds_for_dates_that_no_selector_names() -> None:
    """A bare time on the page is meant where the outlet is."""
    page = html(f"<article>{H1}<small>2024-03-05 09:30</small>{BODY}</article>")
    assert read(page, rule(timezone="Asia/Dhaka")).published == datetime(2024, 3, 5, 3, 30, tzinfo=UTC)


def test_what_a_rule_removes_is_gone_for_all_methods() -> None:
    """Elements before anything is read, lines as whole paragraphs."""
    page = html(f"<article>{H1}{BODY}<div class=box>{JUNK}</div><p>The paper of the people.</p></article>")
    found = read(page, rule(remove=(".box", ".box p"), boilerplate=("THE PAPER of the people",)))
    assert (found.paragraphs, found.method) == (PARAGRAPHS, "trafilatura")


@pytest.mark.parametrize("misses", [{"body": ".gone"}, {"title": ".gone"}, {"date": ".gone"}, {"author": ".gone"}])
def test_a_rule_that_misses_gives_way_and_says_so(misses: dict[str, str]) -> None:
    """The general method reads what the rule does not find, and the method tells."""
    found = read(html(), rule(**misses))
    assert (found.title, found.paragraphs, found.method) == (TITLE, PARAGRAPHS, "trafilatura+rule-missed")


def test_an_empty_body_counts_as_missed() -> None:
    """An element that is there and holds nothing is not the text."""
    found = read(html(f"<div class=t></div><article>{H1}{BODY}</article>"), rule(body=".t"))
    assert (found.paragraphs, found.method) == (PARAGRAPHS, "trafilatura+rule-missed")


def test_old_pages_are_read_by_old_rules() -> None:
    """The day of the fetch chooses the rule."""
    page = html(f"<h1>x</h1><div class=old>{BODY}</div><div class=new>{JUNK * 2}</div>")
    old, new = rule(body=".old", valid_until=NOW.date()), rule(body=".new", valid_from=date(2027, 1, 1))
    assert read(page, new, old).paragraphs == PARAGRAPHS


def test_other_outlets_are_not_touched() -> None:
    """A rule holds for its own sites only."""
    other = OutletRule(("other.example",), body=".gone", remove=("article",))
    assert read(html(), other).method == "trafilatura"
    assert URL.startswith("https://news.example/")


def test_repeated_lines_go() -> None:
    """Lines that the outlet sets into many articles are handed over, folded."""
    page = html(f"<article>{H1}{BODY}<p>The paper of the people.</p></article>")
    assert read(page).paragraphs[-1] == "The paper of the people."
    assert read(page, repeated=frozenset({"thepaperofthepeople"})).paragraphs == PARAGRAPHS
