"""Extraction keeps pace with the library that it builds on."""

from __future__ import annotations

import time
from collections.abc import Callable
from statistics import median

import pytest
import trafilatura

from extract.pages import NOW, RULES, stored
from extract.test_imitations import real_pages
from offing.extract import extract_article
from offing.model.text.charset import decode

_TIMES = 3
_MOST = 1.8  # times trafilatura's; measured 1.3 to 1.4


def _ours(body: bytes, url: str) -> object:
    return extract_article(stored(body, url, ""), NOW, RULES)


def _theirs(body: bytes, _: str) -> object:
    return trafilatura.extract(decode(body, "").text, include_comments=False)


def _spent(way: Callable[[bytes, str], object], body: bytes, url: str) -> float:
    start = time.process_time()
    way(body, url)
    return time.process_time() - start


@pytest.mark.slow
def test_a_page_takes_little_longer_than_trafilatura_alone() -> None:
    """All of the stage beside the text alone, in processor time, in turns on each of thirty real pages."""
    ours = theirs = 0.0
    for url, body, _ in real_pages():
        spent = [(_spent(_ours, body, url), _spent(_theirs, body, url)) for _ in range(_TIMES)]
        ours += median(each for each, _ in spent)
        theirs += median(each for _, each in spent)
    assert 0 < ours <= _MOST * theirs, ours / theirs
