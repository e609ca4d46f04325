"""A page is searched for what trafilatura takes out only where its names allow that something is found."""

from __future__ import annotations

import pytest
from trafilatura.xpaths import RAW_TREE_PRUNE_XPATH, REMOVE_COMMENTS_AND_LISTS_XPATH

from extract.pages import BODY, html
from offing.extract.body.trafilatura_passes import may_find, wide_and_strict
from offing.extract.markup.blocks import blocks_of
from offing.extract.markup.page_tree import Page, read_page

RULES = [rule.path for rule in (*RAW_TREE_PRUNE_XPATH, *REMOVE_COMMENTS_AND_LISTS_XPATH)]


@pytest.mark.parametrize("path", RULES)
def test_no_rule_is_tried_on_a_page_without_such_names(path: str) -> None:
    """All of them look at classes and ids alone, so that other names rule them out."""
    assert not may_find(path, "article-body\ncommentary\nno-comment")
    assert may_find(path, "x\ncomments-list\ninfinite-scroll\nelementor-share-buttons")


def test_a_rule_that_looks_at_more_is_always_tried() -> None:
    """What a role says stands in no class."""
    assert may_find(".//*[@role='comment' or @class='comment']", "")


@pytest.mark.parametrize("marked", ['class="comments-area"', 'id="disqus_thread"', 'class="infinite-scroll"'])
def test_what_the_rules_name_is_drawn_by_neither_way(marked: str) -> None:
    """Readers' comments, and articles that are loaded below."""
    said = "A reader wrote that the road is bad. Nobody has seen to it since the rains of last year, he said."
    read = read_page(html(f"<article>{BODY}<div {marked}><p>{said}</p></div></article>").encode(), "")
    assert isinstance(read, Page)
    wide, strict = wide_and_strict(read.tree, "", blocks_of(read.tree))
    assert wide
    assert strict
    assert said not in (*wide, *strict)
