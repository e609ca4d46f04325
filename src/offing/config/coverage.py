"""Coverage: which wordings, lexicons and other tables an additional language has, and which it lacks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from offing.config.files.documents import read_document
from offing.config.files.languages import known_languages, load_language_words
from offing.config.files.layers import Layers
from offing.config.files.wording_files import read_languages, wording_files
from offing.config.lexicons.lexicon import LEXICON_COLUMNS, read_lexicon_table

_CONTEXT = "context.toml"
_WORDS = "words (languages.toml)"


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many lines each table has in a language: by kind of wording, by lexicon; tables without any count 0."""

    language: str
    is_read: bool
    lines: dict[str, int]

    @property
    def present(self) -> tuple[tuple[str, int], ...]:
        """The tables that have lines."""
        return tuple((table, count) for table, count in self.lines.items() if count)

    @property
    def empty(self) -> tuple[str, ...]:
        """The tables that have none."""
        return tuple(table for table, count in self.lines.items() if not count)


def further_languages(layers: Layers) -> tuple[Coverage, ...]:
    """Return the coverage of the languages that a site adds to the shipped ones.

    Raises:
        ConfigError: a config file is invalid.
    """
    base = read_languages(Layers(layers.folders[:1]))
    worded = {code for table in _tables(Layers(layers.folders[1:])).values() for code in table} - set(base)
    if not worded:
        return ()
    lexicons = [table for table, columns in LEXICON_COLUMNS.items() if "lang" in columns]
    # The words that identify a language; one with a script of its own has none.
    words = load_language_words(layers).words.values()
    tables = {
        **_tables(layers),
        **{f"{table}.csv": Counter(row["lang"] for row in read_lexicon_table(layers, table)) for table in lexicons},
        _WORDS: Counter({code: len(small) for table in words for code, small in table.items()}),
    }
    read = read_languages(layers)
    return tuple(
        Coverage(code, code in read, {table: lines[code] for table, lines in tables.items()}) for code in sorted(worded)
    )


def _tables(layers: Layers) -> dict[str, Counter[str]]:
    """Return the lines of each language, by kind of wording; a higher layer's list replaces the lower one's."""
    lists: dict[str, dict[tuple[str, ...], int]] = {_CONTEXT: {}}
    for file in wording_files(layers):
        found = lists.setdefault(file.kind, {})
        for path in layers.files(file.relative):
            document = read_document(path)
            if file.language:
                document = _under(document, file.language)
            found.update({(file.relative, *keys): count for keys, count in _lists(document, ())})
    for path in layers.files(_CONTEXT):
        lists[_CONTEXT].update(_lists(read_document(path), ()))
    counts: dict[str, Counter[str]] = {kind: Counter() for kind in lists}
    for kind, found in lists.items():
        for keys, count in found.items():
            counts[kind][keys[-1]] += count
    return counts


def _under(table: dict[str, Any], language: str) -> dict[str, Any]:
    """Return a document with its lists under a language, as a site's own files have them."""
    lists = {key: {language: value} for key, value in table.items() if isinstance(value, list)}
    return lists | {key: _under(value, language) for key, value in table.items() if isinstance(value, dict)}


def _lists(table: dict[str, Any], above: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], int]]:
    """Yield the lists of a document under a language, each with its keys and length."""
    for key, value in table.items():
        if isinstance(value, dict):
            yield from _lists(value, (*above, key))
        elif isinstance(value, list) and key in known_languages():
            yield (*above, key), len(value)
