"""Remove wordings that count in too few texts from `config/wording`, and merge the rest into choices.

    python -m training.lists.prune counts.jsonl [--kind status]

`counts.jsonl` is the output of `training.lists.count`. Files are changed in place; a unit without wordings is removed.
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
from training.lists.rule import Counted, Rule, kept

WORDING = ROOT / "config/wording"
ALL = "all_languages"
BLOCKING = "# What holds shorter wordings of it and tells none (weight below 0.05)."
Counts = Mapping[str, Counted]


def read_counts(path: Path) -> dict[str, Counted]:
    """Return the counts by the name of the entry."""
    rows = (json.loads(line) for line in path.read_text("utf-8").splitlines())
    return {_entry(row).name: Counted(row["articles"], row["options"]) for row in rows}


def _entry(row: Mapping[str, str]) -> Entry:
    return Entry(row["kind"], row["language"], row["key"], row["text"])


def pruned(document: str, kind: str, language: str, counts: Counts, rule: Rule) -> str:
    """Return a file of wordings pruned by the rule, with blocking wordings (weight below 0.05) at the end of each list.

    A list that would become empty is kept whole: each value needs wordings in each language.
    """

    def change(table: str, key: str, groups: list[Group]) -> list[Group]:
        if table != (UNITS if kind == UNITS else ""):
            return groups
        items = [item for group in groups for item in group.items]
        kept_items = _kept_items(items, Entry(kind, language, key, ""), counts, rule)
        return _grouped(kept_items if kept_items or kind == UNITS else items, kind)

    return rewritten(document, change)


def _kept_items(items: Iterable[Item], of: Entry, counts: Counts, rule: Rule) -> list[Item]:
    entries = [replace(of, text=item.text, weight=item.weight) for item in items]
    texts = [(kept(entry, counts.get(entry.name), rule), entry.weight) for entry in entries]
    return [Item(text, weight) for text, weight in texts if text]


def _grouped(items: Sequence[Item], kind: str) -> list[Group]:
    if kind == UNITS:
        return [Group("", list(items))]
    voting: list[Item] = []
    blocking: list[Item] = []
    for item in items:
        (blocking if Entry(kind, "", "", item.text, item.weight).is_blocking else voting).append(item)
    return [Group("", merged(voting)), Group(BLOCKING, merged(blocking))]


def rewrite(path: Path, counts: Counts, rule: Rule) -> tuple[int, int]:
    """Prune a file in place, and return its size in bytes before and after."""
    document = path.read_text("utf-8")
    shorter = pruned(document, path.parent.name, "*" if path.stem == ALL else path.stem, counts, rule)
    path.write_text(shorter, encoding="utf-8")
    return len(document.encode()), len(shorter.encode())


def main() -> None:
    """Change the files, and print the size of each kind before and after, in bytes."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("counts", type=Path)
    parser.add_argument("--kind", choices=KINDS, action="append", help="only lists of this kind")
    given = parser.parse_args()
    words = load_wording(Layers.of()).pattern_words
    counts, rule = read_counts(given.counts), Rule(measures=UnitKinds(words).measures)
    for kind in given.kind or KINDS:
        lengths = [rewrite(path, counts, rule) for path in sorted((WORDING / kind).glob("*.toml"))]
        print(f"{kind:12} {sum(before for before, _ in lengths):8} {sum(after for _, after in lengths):8}")


if __name__ == "__main__":
    main()
