"""Loads `config/wording/sentence-grammar/`: words by which the proposal stage parses sentences."""

from __future__ import annotations

from typing import Literal

from offing.config.files.by_language import read_kind
from offing.config.files.documents import Strict
from offing.config.files.layers import Layers
from offing.config.files.wording_shapes import Patterns
from offing.errors import ConfigError

_KIND = "sentence-grammar"


class SentenceGrammar(Strict):
    """`sentence-grammar`: the files document each list; the proposal stage holds the patterns that use them."""

    kind: Literal["sentence-grammar"]
    goods: Patterns = Patterns()
    future: Patterns = Patterns()
    future_forms: Patterns = Patterns()
    unreal: Patterns = Patterns()
    percent: Patterns = Patterns()
    percent_before: Patterns = Patterns()
    articles: Patterns = Patterns()
    determiners: Patterns = Patterns()
    moneys: Patterns = Patterns()
    listing: Patterns = Patterns()
    choosing: Patterns = Patterns()
    together: Patterns = Patterns()
    where: Patterns = Patterns()
    origin: Patterns = Patterns()
    seated: Patterns = Patterns()
    town: Patterns = Patterns()
    seats: Patterns = Patterns()
    countries_before: Patterns = Patterns()
    receivers: Patterns = Patterns()
    part_of: Patterns = Patterns()
    asked: Patterns = Patterns()
    state_behind: Patterns = Patterns()
    state_before: Patterns = Patterns()
    gifts: Patterns = Patterns()
    taiwan: Patterns = Patterns()
    china: Patterns = Patterns()
    exim: Patterns = Patterns()
    exim_funds: Patterns = Patterns()
    exim_countries: Patterns = Patterns()
    authorities: Patterns = Patterns()
    ministries: Patterns = Patterns()
    state_offices: Patterns = Patterns()
    owner_behind: Patterns = Patterns()
    doer_behind: Patterns = Patterns()
    passive_stems: Patterns = Patterns()
    contrasts: Patterns = Patterns()
    relatives: Patterns = Patterns()
    clauses: Patterns = Patterns()
    no_clauses: Patterns = Patterns()
    converted: Patterns = Patterns()
    price_before: Patterns = Patterns()
    about: Patterns = Patterns()
    persons: Patterns = Patterns()
    legal_forms: Patterns = Patterns()
    name_links: Patterns = Patterns()
    dateline_ends: Patterns = Patterns()
    dateline_closes: Patterns = Patterns()


def load_grammar(layers: Layers) -> dict[str, str]:
    """Return the words for parsing sentences, as alternatives of a regular expression.

    Returns:
        Those of all languages by the name of their part ("asked"), those of one by both ("asked.pt").

    Raises:
        ConfigError: a file is invalid, or a part has no word in any language.
    """
    alternatives = {}
    files = tuple(read_kind(layers, _KIND, SentenceGrammar))
    for part in SentenceGrammar.model_fields.keys() - {"kind"}:
        words: dict[str, list[str]] = {}
        for language, text in (pair for each in files for pair in getattr(each, part).pairs()):
            words.setdefault(language, []).append(text)
        if not words:
            folder = layers.folders[0] / "wording" / _KIND
            raise ConfigError(f'has no word in any language: {part} = ["…"] in one of its files', folder, key=part)
        alternatives[part] = "|".join(text for texts in words.values() for text in texts)
        alternatives |= {f"{part}.{language}": "|".join(texts) for language, texts in words.items()}
    return alternatives
