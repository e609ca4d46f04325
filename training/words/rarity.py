"""Count the document frequency of words and names, for matching news: `config/models/rarity.tsv`.

    python -m training.words.rarity --records RECORDS.jsonl.gz [--write]

The texts are AidData's titles and descriptions (ODC-By 1.0, credited in NOTICE) and our own annotated articles that are
open to training. The table is fixed: counting a site's own articles would make results depend on order of arrival.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from offing.config.files.layers import Layers
from offing.config.lexicons.lexicon import load_lexicon
from offing.config.sites.import_shapes import load_shape
from offing.match.accounts.build import AccountInput, account_of
from offing.match.accounts.news_profile import rarity_words
from offing.model.pairs.matching import Account
from offing.model.projects.project import ProjectFacts
from offing.services.analysis.analyse import article_of
from offing.services.analysis.analyst import load_analyst
from offing.services.known_projects.row_mapping import Names, RowReader
from training.metrics import note

ROOT = Path(__file__).parents[2]
TARGET = ROOT / "config/models/rarity.tsv"
OURS = (
    *("eval/own_articles.jsonl", "eval/dev_look.jsonl", "eval/dev_look2.jsonl", "eval/dev_look3.jsonl"),
    *("eval/short_look.jsonl", "eval/story_groups.jsonl", "data/gold_open.jsonl"),
)
LEAST_OF_COUNTRY = 5
LEAST = 4  # a word in fewer texts is treated like an unseen one


def main() -> None:
    """Count, and write the table if `--write` is given."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--records", type=Path, required=True)
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    counts: Counter[str] = Counter()
    number = 0
    for account in (*base(given.records), *articles()):
        counts.update(set(rarity_words(account)))
        number += 1
    kept = sorted((word, count) for word, count in counts.items() if is_common(word, count, counts))
    print(f"{number} texts, {len(counts)} words, {len(kept)} kept")
    note(texts=number, words=len(counts), kept=len(kept))
    if given.write:
        lines = [f"{number}\n", *(f"{word}\t{count}\n" for word, count in kept)]
        TARGET.write_text("".join(lines), encoding="utf-8")


def is_common(word: str, count: int, counts: Counter[str]) -> bool:
    """Return whether a word is common enough for the table.

    A word counted per country must also occur in at least a tenth of the country's accounts.
    """
    country = word[:3]
    if word[3:4] == " " and country.isupper():
        return count >= LEAST_OF_COUNTRY and count >= counts[f"country {country}"] / 10
    return count >= LEAST and not word.startswith("country ")


def base(path: Path) -> Iterator[Account]:
    """Yield the accounts of AidData's records."""
    layers = Layers.of(None)
    reader = RowReader(load_shape(layers, "aiddata-records"), Names(load_lexicon(layers)))
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            known, _ = reader.read(json.loads(line), number)
            text = f"{known.facts.title}\n{known.description}"
            yield account_of(AccountInput(known.key, known.facts, text, None, known.year), lambda *_: None)


def articles() -> Iterator[Account]:
    """Yield the accounts of our own articles that are open to training."""
    analyst = load_analyst(None)
    country_of = lru_cache(1024)(analyst.country_of)
    for name in OURS:
        for line in (ROOT / "tests" / name).read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            if row.get("half", "a") == "a":
                article = article_of(row, 1, country_of)
                found = analyst.study(article).proposals
                facts = found[0].facts if found else ProjectFacts()
                day = article.published.date() if article.published else None
                yield account_of(AccountInput(str(row["id"]), facts, article.text, day), lambda *_: None)


if __name__ == "__main__":
    main()
