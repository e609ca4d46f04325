"""Reads the annotated articles of one project that may be learned from, as the product would hear them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from offing.model.article import Article
from offing.propose.layout import Sentence, sentences
from offing.propose.meaning import MOST
from offing.steps.analyse import Analyst, article_of

ROOT = Path(__file__).parents[1]
# Sets that have been read; what is only scored stays out.
SETS = ("dev_look", "dev_look2", "dev_look3", "dev_look4", "dev_score", "dev_score2", "dev_score3")
OWN = Path(__file__).with_name("articles")  # written to be learned from
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Annotated:
    """An article, its first sentences, and what is annotated of its one project."""

    source: str
    article: Article
    first: tuple[Sentence, ...]
    project: Row

    @property
    def texts(self) -> tuple[str, ...]:
        """The texts of its first sentences."""
        return tuple(self.article.text[sentence.start : sentence.end] for sentence in self.first)


def annotated(analyst: Analyst) -> Iterator[Annotated]:
    """The articles of all sets that tell of one project."""
    files = [ROOT / "tests/eval" / f"{source}.jsonl" for source in SETS]
    for file in (*files, *sorted(OWN.glob("*.jsonl"))):
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
            row = json.loads(line)
            if row["relevant"] and len(row["projects"]) == 1:
                article = article_of(row, number, analyst.country_of)
                yield Annotated(file.stem, article, tuple(sentences(article)[:MOST]), row["projects"][0])
