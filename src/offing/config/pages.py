"""Loads `config/wording/page-lines/`, `page-notices/` and `page-markup/`: words by which pages are read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from offing.config.by_language import read_kind
from offing.config.documents import Strict
from offing.config.languages import load_language_signs
from offing.config.layers import Layers
from offing.config.outlets import load_outlets
from offing.config.rules import kept
from offing.config.shapes import Forms, LowerPatterns, Patterns
from offing.config.wording_files import OWN
from offing.errors import ConfigError
from offing.model.page_words import ExtractionRules, PageWords, WordLists

_FILES = ("wording/page-*/*.toml", OWN)
_VALUE = "page-words"


class PageLines(Strict):
    """`page-lines`: what stands in lines around an article; each list says in the files what it does."""

    kind: Literal["page-lines"]
    alone: Forms = Forms()
    teaser: LowerPatterns = LowerPatterns()
    elsewhere: LowerPatterns = LowerPatterns()
    sign_up: LowerPatterns = LowerPatterns()
    sign_up_unparted: LowerPatterns = LowerPatterns()
    addressed: LowerPatterns = LowerPatterns()
    reach: LowerPatterns = LowerPatterns()
    machine: LowerPatterns = LowerPatterns()
    labels: LowerPatterns = LowerPatterns()
    labels_alone: LowerPatterns = LowerPatterns()
    rights_first: LowerPatterns = LowerPatterns()
    rights: LowerPatterns = LowerPatterns()
    no_copies: LowerPatterns = LowerPatterns()
    on_comments: LowerPatterns = LowerPatterns()
    credit: LowerPatterns = LowerPatterns()
    named: Patterns = Patterns()
    end_mark: LowerPatterns = LowerPatterns()
    comments: LowerPatterns = LowerPatterns()
    often: LowerPatterns = LowerPatterns()
    by: LowerPatterns = LowerPatterns()
    by_line: LowerPatterns = LowerPatterns()
    by_name: LowerPatterns = LowerPatterns()
    between_names: LowerPatterns = LowerPatterns()
    behind_names: LowerPatterns = LowerPatterns()
    times_behind_names: LowerPatterns = LowerPatterns()
    days_behind_names: LowerPatterns = LowerPatterns()
    nobody: Forms = Forms()
    dated: LowerPatterns = LowerPatterns()
    changed: LowerPatterns = LowerPatterns()
    changed_below: LowerPatterns = LowerPatterns()
    before_days: LowerPatterns = LowerPatterns()
    dated_in_print: LowerPatterns = LowerPatterns()
    dated_in_print_unparted: LowerPatterns = LowerPatterns()
    pages_before: LowerPatterns = LowerPatterns()
    pages_of: LowerPatterns = LowerPatterns()
    pages_behind: LowerPatterns = LowerPatterns()
    home: Forms = Forms()
    no_titles: Forms = Forms()
    no_sections: Forms = Forms()


class PageNotices(Strict):
    """`page-notices`: what pages say where a text is not whole, or not there."""

    kind: Literal["page-notices"]
    of_this: LowerPatterns = LowerPatterns()
    more: LowerPatterns = LowerPatterns()
    clause_starts: LowerPatterns = LowerPatterns()
    for_money_first: LowerPatterns = LowerPatterns()
    for_money: LowerPatterns = LowerPatterns()
    cookies: LowerPatterns = LowerPatterns()
    cookies_unparted: LowerPatterns = LowerPatterns()
    around_cookies: LowerPatterns = LowerPatterns()
    around_cookies_unparted: LowerPatterns = LowerPatterns()
    to_visitor: LowerPatterns = LowerPatterns()
    to_visitor_unparted: LowerPatterns = LowerPatterns()
    challenge: LowerPatterns = LowerPatterns()
    challenge_in_text: LowerPatterns = LowerPatterns()
    challenge_in_page: LowerPatterns = LowerPatterns()
    paywall: LowerPatterns = LowerPatterns()
    paywall_in_page: LowerPatterns = LowerPatterns()
    log_in_in_text: LowerPatterns = LowerPatterns()
    log_in_in_page: LowerPatterns = LowerPatterns()
    consent: LowerPatterns = LowerPatterns()
    consent_in_text: LowerPatterns = LowerPatterns()
    consent_in_page: LowerPatterns = LowerPatterns()
    script: LowerPatterns = LowerPatterns()
    not_found: LowerPatterns = LowerPatterns()


class PageMarkup(Strict):
    """`page-markup`: names of parts of pages; up to `quote` those that hint at what stands in a block."""

    kind: Literal["page-markup"]
    body: LowerPatterns = LowerPatterns()
    caption: LowerPatterns = LowerPatterns()
    share: LowerPatterns = LowerPatterns()
    related: LowerPatterns = LowerPatterns()
    sign_up: LowerPatterns = LowerPatterns()
    comment: LowerPatterns = LowerPatterns()
    author: LowerPatterns = LowerPatterns()
    meta: LowerPatterns = LowerPatterns()
    summary: LowerPatterns = LowerPatterns()
    advert: LowerPatterns = LowerPatterns()
    edge: LowerPatterns = LowerPatterns()
    quote: LowerPatterns = LowerPatterns()
    gates: LowerPatterns = LowerPatterns()
    gate_parts: LowerPatterns = LowerPatterns()
    bylines: LowerPatterns = LowerPatterns()
    dates: LowerPatterns = LowerPatterns()
    crumbs: LowerPatterns = LowerPatterns()


_SHAPES: Mapping[str, type[Strict]] = {
    "page-lines": PageLines,
    "page-notices": PageNotices,
    "page-markup": PageMarkup,
}


def load_extraction(layers: Layers) -> ExtractionRules:
    """All that extraction needs: words of pages, rules of outlets, signs of languages.

    Raises:
        ConfigError: a file cannot be used, or a list of words has none in any language.
    """
    return ExtractionRules(load_page_words(layers), load_outlets(layers), load_language_signs(layers))


def load_page_words(layers: Layers) -> PageWords:
    """The words by which pages are read, from the cache where they were loaded before.

    Raises:
        ConfigError: a file cannot be used, or a list has no word in any language.
    """
    found = kept(layers, _VALUE, _FILES, lambda: {kind: _lists(layers, kind) for kind in _SHAPES})
    held = (WordLists({part: tuple(words) for part, words in found[kind].items()}) for kind in _SHAPES)
    return PageWords(*held)


def _lists(layers: Layers, kind: str) -> dict[str, list[str]]:
    shape = _SHAPES[kind]
    files = tuple(read_kind(layers, kind, shape))
    found = {part: _words(files, part) for part in shape.model_fields if part != "kind"}
    for part, words in found.items():
        if not words:
            folder = layers.folders[0] / "wording" / kind
            raise ConfigError(f'has no word in any language: {part} = ["…"] in one of its files', folder, key=part)
    return found


def _words(files: tuple[Strict, ...], part: str) -> list[str]:
    """The words of a list, each once."""
    return list(dict.fromkeys(text for file in files for _, text in getattr(file, part).pairs()))
