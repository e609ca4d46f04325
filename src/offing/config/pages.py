"""Loads `config/wording/page-lines/`, `page-notices/` and `page-markup/`: words by which pages are read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from offing.config.languages import load_language_signs
from offing.config.layers import Layers
from offing.config.outlets import load_outlets
from offing.config.rules import kept
from offing.config.wording_files import OWN, PAGE_KINDS
from offing.errors import ConfigError
from offing.model.page_words import ExtractionRules, PageWords, WordLists

if TYPE_CHECKING:
    from offing.config.documents import Strict

_FILES = ("wording/page-*/*.toml", OWN)
_VALUE = "page-words"


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
    found = kept(layers, _VALUE, _FILES, lambda: {kind: _lists(layers, kind) for kind in PAGE_KINDS})
    held = (WordLists({part: tuple(words) for part, words in found[kind].items()}) for kind in PAGE_KINDS)
    return PageWords(*held)


def _lists(layers: Layers, kind: str) -> dict[str, list[str]]:
    from offing.config.by_language import read_kind  # a tenth of a second, which what is kept saves
    from offing.config.page_shapes import SHAPES

    shape = SHAPES[kind]
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
