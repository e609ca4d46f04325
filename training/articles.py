"""Reads the annotated articles of one project that may be learned from, as the product would hear them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from offing.model.article import Article
from offing.propose.layout import Zone, sentences
from offing.propose.meaning import MOST

ROOT = Path(__file__).parents[1]
# Sets that have been read; what is only scored stays out.
SETS = ("dev_look", "dev_look2", "dev_look3", "dev_look4", "dev_score", "dev_score2", "dev_score3")
OWN = Path(__file__).with_name("articles")  # written to be learned from
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Annotated:
    """The first sentences of an article with the zones they stand in, and what is annotated of its one project."""

    source: str
    language: str
    sentences: tuple[str, ...]
    zones: tuple[Zone, ...]
    project: Row


def annotated() -> Iterator[Annotated]:
    """The articles of all sets that tell of one project."""
    files = [ROOT / "tests/eval" / f"{source}.jsonl" for source in SETS]
    for file in (*files, *sorted(OWN.glob("*.jsonl"))):
        for line in file.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            if row["relevant"] and len(row["projects"]) == 1:
                yield _annotated(file.stem, row)


def _annotated(source: str, row: Row) -> Annotated:
    article = Article(0, row["title"], tuple(row["paragraphs"]), row["lang"])
    first = sentences(article)[:MOST]
    texts = tuple(article.text[sentence.start : sentence.end] for sentence in first)
    return Annotated(source, row["lang"], texts, tuple(sentence.zone for sentence in first), row["projects"][0])
