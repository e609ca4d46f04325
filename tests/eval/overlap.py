"""How much the annotated sets share by the word: 6-grams, and long wordings of the rules.

`PYTHONPATH=tests python tests/eval/overlap.py` prints the table of README.md. A set that shares turns of phrase
with what was learned from says less about strangers' texts than its name promises.
"""

from __future__ import annotations

import json
import re
import sys
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
OWN = ROOT / "tests/eval"
GRAM = 6  # words; the usual length for copied phrasing. Of Chinese, which has no spaces, twice as many characters.
LONG = 5  # words of a wording, or Chinese characters twice as many, from which on it is a phrase of its own
TOKEN = re.compile(r"[\u3400-\u9fff]|[^\W_]+")
MARK = re.compile(r"\[\[[^|\]]*\|([^\]]*)\]\]")
STEM = re.compile(r"[^\W_]+(?=\*)")
HAN = re.compile(r"[\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class Corpus:
    """Texts under one name."""

    name: str
    texts: tuple[str, ...]

    @property
    def words(self) -> int:
        """Words, or Chinese characters."""
        return sum(len(TOKEN.findall(text)) for text in self.texts)


def grams(text: str) -> set[tuple[str, ...]]:
    """The 6-grams of a text, without regard to case and punctuation; twelve characters where it is Chinese."""
    tokens = TOKEN.findall(text.casefold())
    length = GRAM * 2 if len(HAN.findall(text)) * 2 > len(tokens) else GRAM
    return {tuple(tokens[start : start + length]) for start in range(len(tokens) - length + 1)}


@cache
def grams_of(corpus: Corpus) -> frozenset[tuple[str, ...]]:
    """All 6-grams of a corpus."""
    return frozenset(gram for text in corpus.texts for gram in grams(text))


def shared(corpus: Corpus, *others: Corpus) -> float:
    """The share of a corpus's distinct 6-grams that stand in another one, too."""
    own = grams_of(corpus)
    theirs: set[tuple[str, ...]] = set().union(*(grams_of(other) for other in others))
    return len(own & theirs) / len(own)


def articles(name: str, file: Path) -> Corpus:
    """The articles or marked passages of a JSONL file."""
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]
    return Corpus(name, tuple(_text(row) for row in rows))


def folder(name: str, path: Path) -> Corpus:
    """All articles of a folder."""
    return Corpus(name, tuple(text for file in sorted(path.glob("*.jsonl")) for text in articles("", file).texts))


def _text(row: dict[str, object]) -> str:
    if "t" in row:
        return MARK.sub(r"\1", f"{row['h']}\n\n{row['t']}")
    paragraphs = row.get("paragraphs") or [row.get("text", "")]
    return "\n\n".join([str(row.get("title", "")), *map(str, paragraphs)])  # type: ignore[call-overload]


def long_wordings() -> frozenset[str]:
    """All wordings of `config/wording` of five or more words, or ten or more Chinese characters."""
    files = sorted((ROOT / "config/wording").rglob("*.toml"))
    found = (wording for file in files for wording in _strings(tomllib.loads(file.read_text(encoding="utf-8"))))
    return frozenset(wording for wording in found if _is_long(wording))


def _is_long(wording: str) -> bool:
    return len(TOKEN.findall(wording)) >= (LONG * 2 if HAN.search(wording) else LONG)


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _strings(inner)


def wordings_in(corpus: Corpus, wordings: Iterable[str]) -> frozenset[str]:
    """Those of some wordings that a corpus holds; `*` stands for any end of a word, as in the rules."""
    lines = _lines(corpus)
    vocabulary = frozenset(lines.split())
    return frozenset(wording for wording in wordings if _stands_in(wording.casefold(), lines, vocabulary))


@cache
def _lines(corpus: Corpus) -> str:
    """All words of a corpus, one space before and after each."""
    return "\n".join(f" {' '.join(TOKEN.findall(text.casefold()))} " for text in corpus.texts)


def _stands_in(wording: str, lines: str, vocabulary: frozenset[str]) -> bool:
    stems = {found.group() for found in STEM.finditer(wording)}
    if not all(word in vocabulary for word in TOKEN.findall(wording) if word not in stems):
        return False
    parts = (re.escape(word) + (r"\S*" if word in stems else "") for word in TOKEN.findall(wording))
    return re.search(f" {' '.join(parts)} ", lines) is not None


def main() -> None:
    """Print, for each set, what it shares with the training texts and with all own texts, and its long wordings."""
    sets = [articles(file.stem, file) for file in (ROOT / "tests/data/gold_open.jsonl", *sorted(OWN.glob("*.jsonl")))]
    training = [folder(name, ROOT / "training/data" / name) for name in ("articles", "passages", "groups")]
    wordings = long_wordings()
    lines = ["| set | words | 6-grams shared with training | with all own texts | long wordings per 10,000 words |"]
    lines.append("|---|---|---|---|---|")
    for corpus in sets:
        others = [other for other in (*sets, *training) if other is not corpus]
        rate = 10_000 * len(wordings_in(corpus, wordings)) / corpus.words
        cells = f"{shared(corpus, *training):.2%} | {shared(corpus, *others):.2%} | {rate:.1f}"
        lines.append(f"| {corpus.name} | {corpus.words:,} | {cells} |")
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
