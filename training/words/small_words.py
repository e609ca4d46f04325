"""List words that also occur in lower case, and so are not names: `config/models/small_words.txt`.

    python -m training.words.small_words --records RECORDS.jsonl.gz [--write]

The texts are AidData's descriptions (ODC-By 1.0, credited in NOTICE) and our own annotated articles that are open to
training. A word is listed if it is in lower case in at least two texts and in a tenth of the texts that have it. The
list is fixed, so that the names of a project do not depend on the articles a site has fetched.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from offing.recognize.text.folded_text import fold_form
from training.metrics import note

ROOT = Path(__file__).parents[2]
TARGET = ROOT / "config/models/small_words.txt"
OURS = ("own_articles.jsonl", "dev_look.jsonl", "dev_look2.jsonl", "dev_look3.jsonl", "short_look.jsonl")
HALVED = "story_groups.jsonl"  # only half "a" is open to training
LEAST, SHARE, SHORTEST = 2, 0.1, 4
WORD = re.compile(r"[^\W\d_]+")


def main() -> None:
    """Count, and write the list if `--write` is given."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--records", type=Path, required=True)
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    small: Counter[str] = Counter()
    all_: Counter[str] = Counter()
    for text in (*descriptions(given.records), *articles()):
        words = set(WORD.findall(text))
        small.update({fold_form(word) for word in words if word.islower()})
        all_.update({fold_form(word) for word in words})
    kept = sorted(
        word
        for word, count in small.items()
        if count >= LEAST and count >= SHARE * all_[word] and len(word) >= SHORTEST and word == fold_form(word)
    )
    print(f"{len(all_)} words, {len(kept)} also in lower case")
    note(words=len(all_), kept=len(kept))
    if given.write:
        TARGET.write_text("\n".join(kept) + "\n", encoding="utf-8")


def descriptions(path: Path) -> Iterator[str]:
    """Yield AidData's description of each project."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from (json.loads(line)["description"] or "" for line in lines)


def articles() -> Iterator[str]:
    """Yield the texts of our own articles that are open to training."""
    for name in (*OURS, HALVED):
        for line in (ROOT / "tests/eval" / name).read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            if name != HALVED or row["half"] == "a":
                yield "\n".join(row["paragraphs"])


if __name__ == "__main__":
    main()
