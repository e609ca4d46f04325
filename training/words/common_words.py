"""List words too common to show that two accounts describe one project: `config/models/common_words.txt`.

    python -m training.words.common_words [--write]

The list holds the names and adjectives of countries; the words of lenders' names, currencies and numbers; the words
used for language detection; short wordings of status, flow and record type; and words in at least one text in twelve by
`config/models/rarity.tsv`. Document frequencies are relative to the number of texts in the same script, estimated from
the most common word of that script. Country names are listed a second time, after their country code. Run it after
`training/words/rarity.py`.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from pathlib import Path

from offing.config.files.layers import Layers
from offing.config.lexicons.lexicon import load_lexicon
from offing.config.weights.matching import load_counts
from offing.config.wordings.wording import load_wording
from offing.match.text.distinctive import common_words
from offing.match.text.name_weights import name_words
from offing.model.reading.mention import MentionKind
from offing.model.reading.rules import Cue, Lexicon
from offing.model.text.sounds import script_of
from training.metrics import note

TARGET = Path(__file__).parents[2] / "config/models/common_words.txt"
SHARE = 1 / 12  # document frequency from which a word is common
KINDS = frozenset({MentionKind.STATUS, MentionKind.FLOW, MentionKind.RECORD_TYPE})
# Words in the longest cue whose single words count as common. In English, document frequencies cover most of them.
LONGEST = {"en": 1}
LONGEST_ELSEWHERE = 3
_CHOICE = re.compile(r"\(([^()]*\|[^()]*)\)")
_CHOICE_SYNTAX = re.compile(r"[(|)]")


def main() -> None:
    """List the words, and write the file if `--write` is given."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    lines = listed(Layers.of(None))
    print(f"{len(lines)} lines")
    note(kept=len(lines))
    if given.write:
        TARGET.write_text("\n".join(lines) + "\n", encoding="utf-8")


def listed(layers: Layers) -> list[str]:
    """Return the lines of the file."""
    lexicon = load_lexicon(layers)
    words = {*common_words(texts(layers, lexicon)), *common_words(frequent(layers))}
    return sorted(words) + sorted({f"{code} {name}" for code, name in names(lexicon)})


def texts(layers: Layers, lexicon: Lexicon) -> Iterator[str]:
    """Yield the names of countries, lenders, currencies and numbers, and wordings that apply to any project."""
    wording = load_wording(layers)
    lenders = {lender.id for lender in lexicon.lenders}
    yield from (form.text for form in lexicon.countries if form.kind != "stem")
    yield from (name for lender in lexicon.lenders for name in (lender.name, lender.name_zh))
    yield from (alias.text for alias in lexicon.aliases if alias.entity in lenders)
    yield from (_CHOICE_SYNTAX.sub(" ", cue.text) for cue in wording.cues if is_of_the_trade(cue))
    yield from (form.text for forms in (wording.currencies, wording.number_words) for form in forms)
    yield from (word for table in wording.language_words.words.values() for words in table.values() for word in words)


def is_of_the_trade(cue: Cue) -> bool:
    """Return whether the words of a cue are used of projects of all kinds."""
    longest = LONGEST.get(cue.language, LONGEST_ELSEWHERE)
    return cue.kind in KINDS and len(_CHOICE.sub(_longest_option, cue.text).split()) <= longest


def _longest_option(choice: re.Match[str]) -> str:
    return max(choice[1].split("|"), key=lambda option: len(option.split()))


def frequent(layers: Layers) -> Iterator[str]:
    """Yield the words that occur in at least one in twelve texts of their script."""
    table = load_counts(layers)
    counts = {word: count for word, count in table.counts.items() if " " not in word and not word.startswith("~")}
    most: dict[str, int] = {}
    for word, count in counts.items():
        most[script_of(word)] = max(count, most.get(script_of(word), 0))
    most["latin"] = table.number
    yield from (word for word, count in counts.items() if 1 + count >= SHARE * (1 + most[script_of(word)]))


def names(lexicon: Lexicon) -> Iterator[tuple[str, str]]:
    """Yield pairs of a country code and a word of a name of that country, normalised for comparison."""
    for form in lexicon.countries:
        if form.kind == "name":
            yield from ((form.country, word) for word in name_words([form.text]))


if __name__ == "__main__":
    main()
