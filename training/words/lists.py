"""What each list of wordings is worth: the figures of annotated articles with it and without it.

    python -m training.words.lists tests/data/gold_open.jsonl [--kind status] [--lang pt]

A list is what `config/wording/KIND/LANGUAGE.toml` holds. Each is left out in turn, and the articles of its language are
recognised anew by the rest; only those in which other mentions are found are proposed from anew, so that it costs
seconds a list, not minutes. Nothing is approximated: what is printed is what `offing evaluate` would say without the
file. A list that moves nothing on articles that no wording was written for can go. Sets that are only scored stay out
of it: whoever drops lists by them has read them.
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
LEAST = 0.0005  # a change that is printed


def lists_of(wording: Wording) -> Iterator[tuple[str, str, int]]:
    """Return each kind of cue and language that has wordings, with how many."""
    counts: dict[tuple[str, str], int] = {}
    for cue in wording.cues:
        counts[cue.kind, cue.language] = counts.get((cue.kind, cue.language), 0) + 1
    return ((kind, language, count) for (kind, language), count in sorted(counts.items()))


def without(rules: RecognitionRules, kind: str, language: str) -> RecognitionRules:
    """Return the rules less one list; nothing of theirs is kept."""
    cues = tuple(cue for cue in rules.wording.cues if (cue.kind, cue.language) != (kind, language))
    return replace(rules, wording=replace(rules.wording, cues=cues), keep=None)


class Bench:
    """Annotated articles with what is found in them by all lists."""

    def __init__(self, paths: Sequence[Path], analyst: Analyst) -> None:
        lines = chain.from_iterable(path.read_text("utf-8").splitlines() for path in paths)
        self.rows: list[Row] = [json.loads(line) | {"id": str(number)} for number, line in enumerate(lines)]
        self._analyst = analyst
        signs, country_of = analyst.recognizer.language_words, analyst.country_of
        self.articles = [article_of(row, number, country_of, signs) for number, row in enumerate(self.rows)]
        self._mentions = [analyst.mentions(article) for article in self.articles]
        self._candidates = [self._proposed(*pair) for pair in zip(self.articles, self._mentions, strict=True)]
        self.figures = self._measured(self._candidates)

    def less(self, recognizer: Recognizer, language: str) -> tuple[dict[str, float], int]:
        """The figures where another recognizer reads the articles of a language, and how many it reads otherwise."""
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
    """Return a list, how many wordings it has, in how many articles it is met, and what it adds to each figure."""
    told = " ".join(f"{field} {gain:+.3f}" for field, gain in moved.items() if abs(gain) >= LEAST)
    return f"{name:18} {count:6} {changed:5}  {told or 'moves nothing'}"


def main() -> None:
    """Print a line for each list."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", nargs="+", type=Path, metavar="FILE.jsonl", help="annotated articles")
    parser.add_argument("--kind", help="only lists of this kind of cue, such as status")
    parser.add_argument("--lang", help="only those of this language")
    asked = parser.parse_args()
    bench, rules = Bench(asked.sets, load_analyst(None)), load_rules(Layers.of())
    print("with all:", " ".join(f"{field} {figure:.3f}" for field, figure in bench.figures.items()))
    print(f"{'list':18} {'cues':>6} {'met':>5}  what it adds")
    for kind, language, count in lists_of(rules.wording):
        if asked.kind in (None, kind) and asked.lang in (None, language):
            figures, changed = bench.less(Recognizer(without(rules, kind, language)), language)
            moved = {field: figure - figures.get(field, 0.0) for field, figure in bench.figures.items()}
            print(line(f"{kind}/{language}", count, changed, moved), flush=True)


if __name__ == "__main__":
    main()
