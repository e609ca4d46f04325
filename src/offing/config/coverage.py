"""Coverage: which wordings, lexicons and other tables an additional language has, and which it lacks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from offing.config.files.documents import read_document
from offing.config.files.languages import known_languages, load_language_words
from offing.config.files.layers import Layers
from offing.config.files.wording_files import WordingFile, read_languages, wording_files
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
    tables = _tables(layers) | _lexicons(layers) | {_WORDS: _words(layers)}
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
            found.update({(file.relative, *keys): count for keys, count in _lists(_document(path, file), ())})
    for path in layers.files(_CONTEXT):
        lists[_CONTEXT].update(_lists(read_document(path), ()))
    return {kind: _by_language(found) for kind, found in lists.items()}


def _document(path: Path, file: WordingFile) -> dict[str, Any]:
    """Return a file's document with its lists under languages, as in a site's own files."""
    document = read_document(path)
    return _under(document, file.language) if file.language else document


def _under(table: dict[str, Any], language: str) -> dict[str, Any]:
    lists = {key: {language: value} for key, value in table.items() if isinstance(value, list)}
    return lists | {key: _under(value, language) for key, value in table.items() if isinstance(value, dict)}


def _lists(table: dict[str, Any], above: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], int]]:
    """Yield the lists of a document under a language, each with its keys and length."""
    for key, value in table.items():
        if isinstance(value, dict):
            yield from _lists(value, (*above, key))
        elif isinstance(value, list) and key in known_languages():
            yield (*above, key), len(value)


def _by_language(lists: dict[tuple[str, ...], int]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for keys, count in lists.items():
        counts[keys[-1]] += count
    return counts


def _lexicons(layers: Layers) -> dict[str, Counter[str]]:
    named = [table for table, columns in LEXICON_COLUMNS.items() if "lang" in columns]
    return {f"{table}.csv": Counter(row["lang"] for row in read_lexicon_table(layers, table)) for table in named}


def _words(layers: Layers) -> Counter[str]:
    """Return how many small words identify each language; a language with a script of its own has none."""
    words = load_language_words(layers).words
    return Counter({code: len(small) for table in words.values() for code, small in table.items()})
