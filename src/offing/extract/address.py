"""Finds a page's canonical address: the one it states itself, if it may."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit

from lxml import html

from offing.extract.body.pdf import is_pdf
from offing.extract.markup.page_tree import read_page
from offing.model.sources.article import NoArticle
from offing.urls import canonical_url, domain_of

LONGEST_ADDRESS = 2048
UNKNOWN_ADDRESS = "https://address.invalid/"  # of a saved page that states none; RFC 2606


def own_address(body: bytes) -> str:
    """The canonical web address that a saved page states, or "" if it states none."""
    read = NoArticle("") if is_pdf(body, "") else read_page(body, "")
    for address in () if isinstance(read, NoArticle) else _stated(read.tree):
        try:
            return canonical_url(address)
        except ValueError:
            continue
    return ""


def address_of(tree: html.HtmlElement, final_url: str) -> str:
    """The canonical address that the page states, if it is on the same site; else the address it was fetched from."""
    for address in _stated(tree):
        found = _same_site(address, final_url)
        if found:
            return found
    return canonical_url(final_url)


def _stated(tree: html.HtmlElement) -> list[str]:
    """The addresses that a page states as its own, most trusted first."""
    stated = [element.get("href") for element in tree.iter("link") if (element.get("rel") or "").lower() == "canonical"]
    stated += [element.get("content") for element in tree.iter("meta") if element.get("property") == "og:url"]
    return [address for address in stated if address]


def _same_site(address: str, final_url: str) -> str:
    """An absolute canonical address if it may stand for the page, else "".

    A different registered domain could claim its owner's article; a home page is the address of no article.
    """
    try:
        full = canonical_url(urljoin(final_url, address.strip()))
        there, here = urlsplit(full), urlsplit(final_url)
        same = domain_of(full) == domain_of(final_url) and there.port == here.port
    except ValueError:
        return ""
    is_home = there.path in ("", "/") and not there.query and here.path not in ("", "/")
    return full if same and not is_home and len(full) <= LONGEST_ADDRESS else ""
