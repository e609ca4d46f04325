"""Count the articles in which each wording counts, by brief or real source, and the options they use.

    python -m training.lists.count -o counts.jsonl

A wording counts in a text if recognition would lose a mention without it (`firing.py`). The output has a line for each
wording that counts anywhere: the entry, `articles` by source, and `options`, with articles by source for each option of
each choice.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from offing.config.files.layers import Layers
from offing.config.rules import load_rules
from offing.extract.parts.language import language_of
from offing.model.sources.article import Article
from offing.recognize import Recognizer
from offing.recognize.text.traditional import Simplifier
from training.lists.choices import choices_of
from training.lists.entries import Entry, entries
from training.lists.firing import Cues, Fired, Units, counting
from training.lists.texts import Text, all_texts

Count = dict[str, int]


def _count() -> Count:
    return defaultdict(int)


@dataclass(slots=True)
class Tally:
    """The number of articles, by source, in which an entry counts, in total and for each option of each choice."""

    entry: Entry
    articles: Count = field(default_factory=_count)
    options: list[dict[str, Count]] = field(default_factory=list)

    def add(self, source: str, found: Iterable[Fired]) -> None:
        """Add the matches of the entry in one article of a source."""
        self.articles[source] += 1
        choices = choices_of(self.entry.text)
        self.options = self.options or [defaultdict(_count) for _ in choices]
        for place, options in enumerate(choices):
            for option in {
                option for each in found for option in (options if each.options is None else (each.options[place],))
            }:
                self.options[place][option][source] += 1

    def row(self) -> dict[str, Any]:
        """Return the tally as a line of the output."""
        return asdict(self.entry) | {"articles": self.articles, "options": self.options}


class Counter:
    """Counts of all entries, updated text by text."""

    def __init__(self) -> None:
        rules = load_rules(Layers.of())
        self._entries = list(entries(rules.wording))
        self._recognizer = Recognizer(rules)
        self._simplifier = Simplifier(rules.wording.simplified)
        self._units = Units(rules, self._entries)
        self._cues: dict[str, Cues] = {}
        self.tallies: dict[str, Tally] = {}

    def add(self, text: Text) -> None:
        """Add the entries that count in a text."""
        article = self._in_language(text.article)
        found: dict[str, list[Fired]] = defaultdict(list)
        for each in (*counting(self._found(article)), *self._units.found(article)):
            found[each.entry.name].append(each)
        for name, fired in found.items():
            self.tallies.setdefault(name, Tally(fired[0].entry)).add(text.source, fired)

    def _found(self, article: Article) -> list[Fired]:
        language = self._recognizer.reads_as(article)
        if language not in self._cues:
            self._cues[language] = Cues(self._entries, language)
        text = self._simplifier.simplified(article.text) if language == "zh" else article.text
        return self._cues[language].found(text)

    def _in_language(self, article: Article) -> Article:
        known = article.language or language_of(article.text, self._recognizer.language_words)
        return replace(article, language=known)


def main() -> None:
    """Write the counts of each entry that counts anywhere."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("-o", "--out", type=Path, required=True, metavar="COUNTS.jsonl")
    given = parser.parse_args()
    counter = Counter()
    for text in all_texts():
        counter.add(text)
    lines = (json.dumps(tally.row(), ensure_ascii=False) for tally in counter.tallies.values())
    given.out.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
