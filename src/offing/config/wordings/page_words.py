"""Loads `config/wording/page-lines/`, `page-notices/` and `page-markup/`: words by which pages are read."""

from __future__ import annotations

from offing.config.files.derived import cached_value
from offing.config.files.languages import load_language_words
from offing.config.files.layers import Layers
from offing.config.files.wording_files import OWN, PAGE_KINDS
from offing.config.sites.outlets import load_outlets
from offing.errors import ConfigError
from offing.model.sources.page_words import ExtractionRules, PageWords, WordLists

_FILES = ("wording/page-*/*.toml", OWN)
_VALUE = "page-words"


def load_extraction(layers: Layers) -> ExtractionRules:
    """Return everything extraction needs: words of pages, rules of outlets, signs of languages.

    Raises:
        ConfigError: a file is invalid, or a list has no word in any language.
    """
    return ExtractionRules(load_page_words(layers), load_outlets(layers), load_language_words(layers))


def load_page_words(layers: Layers) -> PageWords:
    """Return the words by which pages are read, cached after the first load.

    Raises:
        ConfigError: a file is invalid, or a list has no word in any language.
    """
    found = cached_value(layers, _VALUE, _FILES, lambda: {kind: _lists(layers, kind) for kind in PAGE_KINDS})
    lists = (WordLists({part: tuple(words) for part, words in found[kind].items()}) for kind in PAGE_KINDS)
    return PageWords(*lists)


def _lists(layers: Layers, kind: str) -> dict[str, list[str]]:
    # Importing these takes a tenth of a second, which a cache hit saves.
    from offing.config.files.by_language import read_kind
    from offing.config.wordings.page_shapes import SHAPES

    shape = SHAPES[kind]
    files = tuple(read_kind(layers, kind, shape))
    found = {
        part: list(dict.fromkeys(text for file in files for _, text in getattr(file, part).pairs()))
        for part in shape.model_fields
        if part != "kind"
    }
    for part, words in found.items():
        if not words:
            folder = layers.folders[0] / "wording" / kind
            raise ConfigError(f'has no word in any language: {part} = ["…"] in one of its files', folder, key=part)
    return found
