"""Measure what each list of wordings contributes: the figures of annotated articles with and without it.

    python -m training.words.lists tests/data/gold_open.jsonl [--kind status] [--lang pt]

A list is one file `config/wording/KIND/LANGUAGE.toml`. Each is ablated in turn: the articles of its language go through
recognition again without it, and only articles whose mentions change go through proposal again, which takes seconds per
list, not minutes. The figures are exact: they equal those of `offing evaluate` without the file. A list that changes
nothing on articles that no wording was written for can be removed. Do not run this on score-only sets: choosing lists
by their figures would make them training data.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain
from math import isnan, nan
from pathlib import Path
from typing import Any

from offing.config.files.layers import Layers
from offing.config.rules import load_rules
from offing.model.reading.mention import Mention
from offing.model.reading.rules import RecognitionRules, Wording
from offing.model.sources.article import Article
from offing.propose import propose
from offing.recognize import Recognizer
from offing.services.analysis.analyse import Analyst, article_of
from offing.services.analysis.analyst import load_analyst
from offing.services.analysis.candidate_rows import candidate_row
from offing.services.evaluation.report import evaluate

Row = dict[str, Any]
Found = tuple[Mention, ...]
LEAST = 0.0005  # the smallest change that is printed


def lists_of(wording: Wording) -> Iterator[tuple[str, str, int]]:
    """Return each kind of cue and language that has wordings, and their number."""
    counts: dict[tuple[str, str], int] = {}
    for cue in wording.cues:
        counts[cue.kind, cue.language] = counts.get((cue.kind, cue.language), 0) + 1
    return ((kind, language, count) for (kind, language), count in sorted(counts.items()))


def without(rules: RecognitionRules, kind: str, language: str) -> RecognitionRules:
    """Return the rules without one list, and without their cache."""
    cues = tuple(cue for cue in rules.wording.cues if (cue.kind, cue.language) != (kind, language))
    return replace(rules, wording=replace(rules.wording, cues=cues), keep=None)


class Bench:
    """Annotated articles with the mentions and candidates found with all lists."""

    def __init__(self, paths: Sequence[Path], analyst: Analyst) -> None:
        lines = chain.from_iterable(path.read_text("utf-8").splitlines() for path in paths)
        self.rows: list[Row] = [json.loads(line) | {"id": str(number)} for number, line in enumerate(lines)]
        self._analyst = analyst
        words, country_of = analyst.recognizer.language_words, analyst.country_of
        self.articles = [article_of(row, number, country_of, words) for number, row in enumerate(self.rows)]
        self._mentions = [analyst.mentions(article) for article in self.articles]
        self._candidates = [self._proposed(*pair) for pair in zip(self.articles, self._mentions, strict=True)]
        self.figures = self._measured(self._candidates)

    def less(self, recognizer: Recognizer, language: str) -> tuple[dict[str, float], int]:
        """Return the figures with another recognizer for a language, and how many articles get other mentions."""
        other, changed = list(self._candidates), 0
        analyst = replace(self._analyst, recognizer=recognizer)
        for number, article in enumerate(self.articles):
            if language not in ("*", recognizer.reads_as(article)):
                continue
            mentions = analyst.mentions(article)
            if mentions != self._mentions[number]:
                other[number] = self._proposed(article, mentions)
                changed += 1
        return self._measured(other), changed

    def _proposed(self, article: Article, mentions: Found) -> list[Row]:
        if not mentions:
            return []
        scoring = self._analyst.scoring
        found = propose(article, mentions, scoring).proposals
        return [candidate_row(each, article.text) for each in found if each.score >= scoring.cut]

    def _measured(self, candidates: list[list[Row]]) -> dict[str, float]:
        figures = evaluate(self.rows, {str(number): rows for number, rows in enumerate(candidates)}).figures["all"]
        rated = {name: row.get("f1", row.get("accuracy", nan)) for name, row in figures.items()}
        return {name: figure for name, figure in rated.items() if not isnan(figure)}


def line(name: str, count: int, changed: int, moved: dict[str, float]) -> str:
    """Return a line with a list's name, its wordings, the articles it changes, and its gain in each figure."""
    gains = " ".join(f"{field} {gain:+.3f}" for field, gain in moved.items() if abs(gain) >= LEAST)
    return f"{name:18} {count:6} {changed:5}  {gains or 'no change'}"


def main() -> None:
    """Print a line for each list."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", nargs="+", type=Path, metavar="FILE.jsonl", help="annotated articles")
    parser.add_argument("--kind", help="only lists of this kind of cue, such as status")
    parser.add_argument("--lang", help="only those of this language")
    given = parser.parse_args()
    bench, rules = Bench(given.sets, load_analyst(None)), load_rules(Layers.of())
    print("all lists:", " ".join(f"{field} {figure:.3f}" for field, figure in bench.figures.items()))
    print(f"{'list':18} {'cues':>6} {'texts':>5}  gain")
    for kind, language, count in lists_of(rules.wording):
        if given.kind in (None, kind) and given.lang in (None, language):
            figures, changed = bench.less(Recognizer(without(rules, kind, language)), language)
            moved = {field: figure - figures.get(field, 0.0) for field, figure in bench.figures.items()}
            print(line(f"{kind}/{language}", count, changed, moved), flush=True)


if __name__ == "__main__":
    main()
