"""Takes out of `config/wording` what counts in too few texts, and writes what is left shorter.

    python -m training.lists.prune counts.jsonl [--kind status]

`counts.jsonl` is what `training.lists.count` wrote. Files are changed where they lie; a unit of which nothing is left
goes.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from offing.config.files.layers import Layers
from offing.config.wordings.wording import load_wording
from offing.recognize.quantities.unit_kinds import UnitKinds
from training.data.sets import ROOT
from training.lists.entries import KINDS, UNITS, Entry
from training.lists.layout import Group, Item, rewritten
from training.lists.paradigms import merged
from training.lists.rule import Counted, Rule, left

WORDING = ROOT / "config/wording"
ALL = "all_languages"
HOLDING = "# What holds shorter wordings of it and tells none (weight below 0.05)."
Counts = Mapping[str, Counted]


def read_counts(path: Path) -> dict[str, Counted]:
    """Return what was counted, by the name of the entry."""
    rows = (json.loads(line) for line in path.read_text("utf-8").splitlines())
    return {_entry(row).name: Counted(row["articles"], row["options"]) for row in rows}


def _entry(row: Mapping[str, str]) -> Entry:
    return Entry(row["kind"], row["language"], row["key"], row["text"])


def pruned(document: str, kind: str, language: str, counts: Counts, rule: Rule) -> str:
    """Return a file of wordings without what the rule takes out; of each list what only holds shorter ones stands last.

    A list of which nothing would be left stays whole: each value has wordings in each language.
    """

    def change(table: str, key: str, groups: list[Group]) -> list[Group]:
        if table != (UNITS if kind == UNITS else ""):
            return groups
        items = [item for group in groups for item in group.items]
        staying = _staying(items, Entry(kind, language, key, ""), counts, rule)
        return _grouped(staying if staying or kind == UNITS else items, kind)

    return rewritten(document, change)


def _staying(items: Iterable[Item], of: Entry, counts: Counts, rule: Rule) -> list[Item]:
    entries = [replace(of, text=item.text, weight=item.weight) for item in items]
    texts = [(left(entry, counts.get(entry.name), rule), entry.weight) for entry in entries]
    return [Item(text, weight) for text, weight in texts if text]


def _grouped(items: Sequence[Item], kind: str) -> list[Group]:
    if kind == UNITS:
        return [Group("", list(items))]
    saying: list[Item] = []
    holding: list[Item] = []
    for item in items:
        (holding if Entry(kind, "", "", item.text, item.weight).holds else saying).append(item)
    return [Group("", merged(saying)), Group(HOLDING, merged(holding))]


def rewrite(path: Path, counts: Counts, rule: Rule) -> tuple[int, int]:
    """Prune a file where it lies, and say how many bytes it had and has."""
    document = path.read_text("utf-8")
    shorter = pruned(document, path.parent.name, "*" if path.stem == ALL else path.stem, counts, rule)
    path.write_text(shorter, encoding="utf-8")
    return len(document.encode()), len(shorter.encode())


def main() -> None:
    """Change the files, and say how long each kind was and is."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("counts", type=Path)
    parser.add_argument("--kind", choices=KINDS, action="append", help="only lists of this kind")
    asked = parser.parse_args()
    words = load_wording(Layers.of()).pattern_words
    counts, rule = read_counts(asked.counts), Rule(measures=UnitKinds(words).measures)
    for kind in asked.kind or KINDS:
        lengths = [rewrite(path, counts, rule) for path in sorted((WORDING / kind).glob("*.toml"))]
        print(f"{kind:12} {sum(before for before, _ in lengths):8} {sum(after for _, after in lengths):8}")


if __name__ == "__main__":
    main()
