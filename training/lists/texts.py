"""Texts in which wordings are counted: every text available, with its brief or source.

Sentences in tests have the source "tests". Only held-back sets are excluded. A wording that counts in a score-only set
may be kept: the cost of shorter lists on unseen texts is measured by holding out briefs
(docs/decisions/0019-shorter-lists.md).
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from offing.model.sources.article import Article
from training.data.passages import passage_of
from training.data.sets import data_sets
from training.lists.sentences_in_tests import sentences_in_tests

# Sets written by a language model under briefs.
WRITTEN = ("articles", "groups", "read_sets", "read_sets_plain", "scored_sets", "gold", "stories", "passages")
TESTS = "tests"
_LANGUAGES = {"Chinese": "zh", "French": "fr", "Portuguese": "pt", "Russian": "ru", "Spanish": "es", "Arabic": "ar"}
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Text:
    """A text with its source: the brief it was written under, or the real source it comes from.

    The language of its article is "" if unknown.
    """

    source: str
    article: Article


def all_texts() -> Iterator[Text]:
    """Yield all texts, set by set; those of shared data only if they are on this machine."""
    yield from (text for name in WRITTEN for text in _written(name))
    for name, read in _REAL.items():
        for path in data_sets()[name].paths().values():
            yield from (text for row in _rows(path) if (text := read(row)))
    yield from (Text(TESTS, Article(0, "", (sentence,), language)) for language, sentence in sentences_in_tests())


def _written(name: str) -> Iterator[Text]:
    for path in data_sets()[name].paths().values():
        for row in _rows(path):
            if name == "passages":
                yield Text(path.stem, passage_of(path.stem, row).article)
            else:
                article = Article(0, row.get("title", ""), _paragraphs(row), row.get("lang", "en"))
                yield Text(row["id"].split("-")[0], article)


def _paragraphs(row: Row) -> tuple[str, ...]:
    return tuple(row["paragraphs"]) if "paragraphs" in row else (row["text"],)


def _news(row: Row) -> Text:
    article = Article(0, "", (row["text"],), "en")
    return Text(f"news:{row['id'].rsplit('_', 1)[0]}", article)


def _record(row: Row) -> Text:
    article = Article(0, row["title"] or "", (row["description"] or "",), "en")
    return Text("records", article)


def _headline(row: Row) -> Text:
    return Text("headlines", Article(0, row["headline"], (), ""))


def _native(row: Row) -> Text | None:
    language = _LANGUAGES.get(row["lang"])
    article = Article(0, row["title_native"], (), language or "")
    return Text("native titles", article) if language else None


_REAL: dict[str, Callable[[Row], Text | None]] = {
    "background_news": _news,
    "aiddata_records": _record,
    "aiddata_headlines": _headline,
    "aiddata_native_titles": _native,
}


def _rows(path: Path) -> Iterator[Row]:
    packed = path.read_bytes()
    lines = (gzip.decompress(packed) if path.suffix == ".gz" else packed).splitlines()
    yield from (json.loads(line) for line in lines if line.strip())
