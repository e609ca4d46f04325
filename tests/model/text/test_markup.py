"""Pages as trees: what is too much for the readers behind is told, not read."""

from __future__ import annotations

import pytest

from offing.model.text.language_traits import LanguageTraits, has_comma_decimals, is_latin, traits_of
from offing.model.text.markup import LARGEST_PAGE, LONGEST_ADDRESS, Markup, excess, read_markup, select


def _tag(attributes: int, value: str = "x") -> str:
    written = " ".join(f'a{number}="{value}"' for number in range(attributes))
    return f"<p {written}>"


def test_a_page_is_a_tree_with_its_text() -> None:
    """Comments are no part of it; elements are found by XPath, in order; strings that a path finds are none."""
    found = read_markup(b"<html><body><!-- no --><p>One</p><p>Two</p></body></html>", "text/html; charset=utf-8")
    assert isinstance(found, Markup)
    assert [each.text for each in select("//p", found.tree)] == ["One", "Two"]
    assert select("//p/text()", found.tree) == select("count(//p)", found.tree) == []
    assert "no" not in found.tree.text_content()
    assert all(isinstance(each.tag, str) for each in found.tree.iter())
    assert found.sure


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"", "the page is empty"),
        (b" \n ", "the page is empty"),
        (b"<!-- nothing -->", "the page holds no markup that can be read"),
        (b"x" * (LARGEST_PAGE + 1), "the page has 5,242,881 bytes; pages up to 5,242,880 are read"),
    ],
)
def test_what_cannot_be_read_is_reported(body: bytes, said: str) -> None:
    """A sentence says why there is no tree."""
    assert read_markup(body, "") == said


def test_a_page_of_the_largest_size_is_read() -> None:
    """Of exactly 5 MB."""
    assert isinstance(read_markup(b"<p>" + b"x " * ((LARGEST_PAGE - 3) // 2), ""), Markup)


def test_elements_are_counted() -> None:
    """60,000 pass; comparisons and closing tags are none."""
    assert excess("<b>5 < 6</b>" * 60_000) == ""
    assert excess("<b>" * 60_001) == "the page has about 60,001 elements; pages up to 60,000 are read"


@pytest.mark.parametrize(
    ("text", "is_read"),
    [
        (_tag(199), True),  # the name of the element counts as one
        (_tag(200), False),
        (_tag(150, "two words"), True),
        (f"<script>if (a {_tag(900)}</script><p>", True),
        (f"<SCRIPT src=x>{_tag(900)}", True),
        (f"<script>x</script>{_tag(900)}", False),
        (f"<scripted>{_tag(900)}", False),
    ],
)
def test_attributes_are_counted_where_tags_are(text: str, is_read: bool) -> None:
    """A quoted value is one, whatever it holds; in scripts there are no tags, also in one that never closes."""
    assert excess(text) == ("" if is_read else "an element of the page has more than 200 attributes")


def test_the_shortest_tag_with_too_many_attributes_is_reported() -> None:
    """Two characters for each of them."""
    assert excess("<p" + " a" * 199 + ">") == ""
    assert excess("<p" + " a" * 200 + ">")
    assert excess("<p>" + " a" * 400) == ""
    for text in ("word " * 300 + "<p>", "< " + "word " * 300, "a << b"):  # no tags
        assert excess(text) == ""


def test_elements_that_stand_in_each_other_end_somewhere() -> None:
    """A page that nests thousands of them exhausts no reader behind."""
    found = read_markup(b"<div>" * 5000 + b"x", "")
    assert isinstance(found, Markup)
    assert 200 < len(select("//div", found.tree)) < 300


def test_a_tree_can_be_had_once_more() -> None:
    """As it came, whatever was done to the first one."""
    found = read_markup(b"<p>One</p><?php ?><p>Two</p>", "")
    assert isinstance(found, Markup)
    found.tree.clear()
    again = found.fresh()
    assert again is not found.tree
    assert [each.text for each in select("//p", again)] == ["One", "Two"]
    assert all(isinstance(each.tag, str) for each in again.iter())


def test_a_long_image_in_an_address_is_dropped() -> None:
    """From 64 KB on; a shorter one stays."""
    for length, kept in ((LONGEST_ADDRESS - 1, True), (LONGEST_ADDRESS, False)):
        found = read_markup(f'<p>a</p><img src="data:{"A" * length}">'.encode(), "")
        assert isinstance(found, Markup)
        (image,) = select("//img", found.tree)
        assert (image.get("src") == "data:") is not kept
    assert LONGEST_ADDRESS == 64 * 1024


@pytest.mark.parametrize(
    ("language", "comma", "latin"),
    [("fr", True, True), ("en", False, True), ("zh", False, False), ("ru", True, False), ("xx", False, True)],
)
def test_languages_write_numbers_in_their_ways(language: str, comma: bool, latin: bool) -> None:
    """By CLDR; of one that it does not know a point is taken, and Latin letters."""
    assert (has_comma_decimals(language), is_latin(language)) == (comma, latin)


def test_an_unknown_language_is_looked_at_either_way() -> None:
    """Adjectives before and behind; of English and French it is known where they stand."""
    assert traits_of("xx") == LanguageTraits()
    assert (traits_of("xx").adjectives_before, traits_of("xx").adjectives_behind) == (True, True)
    assert (traits_of("xx").accents_tell, traits_of("xx").adjectives_name) == (True, False)
    english, french = traits_of("en"), traits_of("fr")
    assert (english.adjectives_before, english.adjectives_behind, english.accents_tell) == (True, False, False)
    assert (french.adjectives_before, french.adjectives_behind, french.adjectives_name) == (False, True, True)
    assert not traits_of("ar").adjectives_before
