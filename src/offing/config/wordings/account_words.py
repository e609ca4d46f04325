"""Loads `config/wording/account-grammar/`: words by which two accounts of projects are compared."""

from __future__ import annotations

from typing import Any, Literal

from offing.config.files.derived import cached_value
from offing.config.files.layers import Layers
from offing.config.files.wording_files import ACCOUNT_KIND, OWN
from offing.errors import ConfigError
from offing.model.pairs.matching import AccountWords

FILES = (f"wording/{ACCOUNT_KIND}/*.toml", OWN)
Lists = dict[Literal["lists", "numbers"], list[list[Any]]]


def load_account_words(layers: Layers) -> AccountWords:
    """Return the words by which accounts are compared, cached after the first load.

    Raises:
        ConfigError: a file is invalid, or a list has no word in any language.
    """
    found = cached_value(layers, ACCOUNT_KIND, FILES, lambda: _lists(layers))
    return AccountWords(
        tuple((part, tuple(words)) for part, words in found["lists"]),
        tuple((word, number) for word, number in found["numbers"]),
    )


def _lists(layers: Layers) -> Lists:
    from offing.config.files.by_language import read_kind
    from offing.config.wordings.account_shapes import AccountGrammar  # a tenth of a second, which a cache hit saves

    files = tuple(read_kind(layers, ACCOUNT_KIND, AccountGrammar))
    lists: list[list[Any]] = [
        [part, list(dict.fromkeys(text for file in files for _, text in getattr(file, part).pairs()))]
        for part in AccountGrammar.model_fields
        if part not in ("kind", "numbers")
    ]
    for part, words in lists:
        if not words:
            folder = layers.folders[0] / "wording" / ACCOUNT_KIND
            raise ConfigError(f'has no word in any language: {part} = ["…"] in one of its files', folder, key=part)
    numbers = [(word, number) for file in files for number, forms in file.numbers.items() for _, word in forms.pairs()]
    return {"lists": lists, "numbers": [list(pair) for pair in numbers]}
