"""Load annotated articles that are open to training, split into sentences as the product does."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from offing.model.sources.article import Article
from offing.propose.reading.layout import Sentence, sentences
from offing.propose.recall.embedding import MOST
from offing.services.analysis.analyse import Analyst, article_of

ROOT = Path(__file__).parents[2]
# Sets that have been read; score-only sets are excluded.
SETS = ("dev_look", "dev_look2", "dev_look3", "dev_look4", "dev_score", "dev_score2", "dev_score3")
# Sets used for relevance only: their projects lack some fields, or the wordings already cover all of their phrases.
PLAIN = ("twins", "short_look", "own_articles", "short_articles", "domain_cases", "gold_open")
BRIEFS = {"short_articles": "own_articles"}  # sources that share the briefs of another
OWN = Path(__file__).with_name("articles")  # written for training
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Annotated:
    """An article with its first sentences, its gold relevance, and the annotation of each project."""

    source: str
    article: Article
    first: tuple[Sentence, ...]
    is_relevant: bool
    projects: tuple[Row, ...]

    @property
    def is_full(self) -> bool:
        """Whether all fields of its projects are annotated."""
        return self.source not in PLAIN

    @property
    def project(self) -> Row:
        """The annotation of its only project."""
        (project,) = self.projects
        return project

    @property
    def texts(self) -> tuple[str, ...]:
        """The texts of its first sentences."""
        return tuple(self.article.text[sentence.start : sentence.end] for sentence in self.first)


def annotated(analyst: Analyst) -> Iterator[Annotated]:
    """Return the fully annotated articles that report exactly one project."""
    return (each for each in all_articles(analyst) if len(each.projects) == 1)


def all_articles(analyst: Analyst) -> Iterator[Annotated]:
    """Yield the articles of all sets, including those that report no project."""
    folders = (ROOT / "tests/eval", ROOT / "tests/data")
    files = [folder / f"{source}.jsonl" for source in (*SETS, *PLAIN) for folder in folders]
    for file in (*(file for file in files if file.exists()), *sorted(OWN.glob("*.jsonl"))):
        for number, row in enumerate(_rows(file), 1):
            article = article_of(row, number, analyst.country_of)
            first, projects = tuple(sentences(article)[:MOST]), () if file.stem in PLAIN else tuple(row["projects"])
            yield Annotated(file.stem, article, first, row["relevant"], projects)


def is_read(row: Row) -> bool:
    """Return whether a text is in the half open to training: its id hashes to an even number."""
    return hashlib.sha256(str(row["id"]).encode()).digest()[0] % 2 == 0


def _rows(file: Path) -> Iterator[Row]:
    rows = (json.loads(line) for line in file.read_text(encoding="utf-8").splitlines())
    return (row for row in rows if file.stem != "gold_open" or is_read(row))
