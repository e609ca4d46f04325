"""The address under which a page is known: the one it names as its own, where it may."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit

from lxml import html

from offing.extract.document import read_page
from offing.extract.pdf import is_pdf
from offing.model.article import NoArticle
from offing.urls import canonical_url, domain_of

LONGEST_ADDRESS = 2048


def own_address(body: bytes) -> str:
    """The web address that a saved page names as its own, or "" where it names none."""
    read = NoArticle("") if is_pdf(body, "") else read_page(body, "")
    for address in () if isinstance(read, NoArticle) else _stated(read.tree):
        try:
            return canonical_url(address)
        except ValueError:
            continue
    return ""


def address_of(tree: html.HtmlElement, final_url: str) -> str:
    """The address that the page names as its own, if it lies on the same site, else the one it was fetched from."""
    for address in _stated(tree):
        found = _same_site(address, final_url)
        if found:
            return found
    return canonical_url(final_url)


def _stated(tree: html.HtmlElement) -> list[str]:
    """The addresses that a page names as its own, most trusted first."""
    stated = [element.get("href") for element in tree.iter("link") if (element.get("rel") or "").lower() == "canonical"]
    stated += [element.get("content") for element in tree.iter("meta") if element.get("property") == "og:url"]
    return [address for address in stated if address]


def _same_site(address: str, final_url: str) -> str:
    """A canonical address in full if it may stand for the page, else "".

    Another registered domain could claim the article of its owner; a home page stands for no article.
    """
    try:
        full = canonical_url(urljoin(final_url, address.strip()))
        there, here = urlsplit(full), urlsplit(final_url)
        same = domain_of(full) == domain_of(final_url) and there.port == here.port
    except ValueError:
        return ""
    is_home = there.path in ("", "/") and not there.query and here.path not in ("", "/")
    return full if same and not is_home and len(full) <= LONGEST_ADDRESS else ""
