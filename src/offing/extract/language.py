"""The language of a text, by its script and its function words. No model: short, fast, and it can be read.

Meant for texts of an article's length. Where the words decide nothing, what the page says of itself stands.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping

from offing.model.languages import LanguageSigns
from offing.model.scripts import ARABIC, CYRILLIC, HAN, KANA, LATIN, RANGES

_SAMPLE = 6000  # characters; more changes nothing
_LEAST_HITS = 2
_LEAST_SHARE = 0.06  # of the words; a text in a language we do not know has fewer by chance
_LEAD = 1.15  # over the runner-up, where the page itself names the runner-up
_KANA_SHARE = 0.08
_SHARED = frozenset({LATIN, CYRILLIC, ARABIC})  # scripts of many languages: without words they tell none

_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_LATIN_LETTERS = re.compile("[a-zA-Z]+")
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]+")
_RUNS = {name: re.compile(f"[{ranges}]+") for name, ranges in RANGES.items()}
_WIDE_SCRIPTS = (HAN, KANA, "ko")
_CODE = re.compile(r"[a-zA-Z]{2}(?![a-zA-Z])")


def language_of(text: str, signs: LanguageSigns, *hints: str | None) -> str:
    """The ISO 639-1 code of a text's language, or "" where neither text nor hints tell.

    Args:
        text: title and text of an article.
        signs: by what languages are told apart.
        hints: what page, feed or catalogue say, most trusted first, in any form that begins with the code.
    """
    hinted = tuple(code for code in map(code_of, hints) if code)
    script = _script(text[:_SAMPLE])
    if script in (HAN, KANA):
        return "ja" if script == KANA else "zh"
    if script in signs.words:
        return _by_words(text[:_SAMPLE], script, signs, hinted)
    own = script if script not in _SHARED else ""
    return _of_family(own, signs, hinted) if own else next(iter(hinted), "")


def code_of(name: str | None) -> str:
    """The two letters with which a language tag begins (pt-BR, zh_CN, EN), or "" where it begins otherwise."""
    match = _CODE.match((name or "").strip())
    return match[0].lower() if match else ""


def _script(text: str) -> str:
    """The script of most of the text, counting a character of a wide script as three letters."""
    beyond = "".join(_BEYOND_ASCII.findall(text))  # little, in most texts
    counts = Counter({name: _length(runs, beyond) for name, runs in _RUNS.items()})
    counts[LATIN] += _length(_LATIN_LETTERS, text)
    for name in _WIDE_SCRIPTS:
        counts[name] *= 3
    if counts[KANA] > _KANA_SHARE * counts[HAN] and counts[KANA] + counts[HAN] > counts[LATIN]:
        return KANA
    name, most = counts.most_common(1)[0]
    return name if most else ""


def _length(runs: re.Pattern[str], text: str) -> int:
    return sum(map(len, runs.findall(text)))


def _by_words(text: str, script: str, signs: LanguageSigns, hinted: tuple[str, ...]) -> str:
    words = [word.lower() for word in _WORD.findall(text)]
    hits = Counter(dict(_hits(words, signs.words[script])))
    best, most = max(hits.items(), key=lambda found: (found[1], found[0] in signs.widely_written))
    if most < _LEAST_HITS or most < _LEAST_SHARE * len(words):
        return next(iter(hinted), "")
    close = next((code for code in hinted if hits[code] * _LEAD >= most), None)
    return close or _of_family(best, signs, hinted)


def _of_family(found: str, signs: LanguageSigns, hinted: tuple[str, ...]) -> str:
    return next((code for code in hinted if code in signs.families.get(found, ())), found)


def _hits(words: list[str], known: Mapping[str, frozenset[str]]) -> Iterator[tuple[str, int]]:
    """How many words of the text are function words of each language; parts of elided words count (l'État)."""
    parts = Counter("'".join(words).split("'"))
    different = frozenset(parts)
    for language, small in known.items():
        yield language, sum(parts[part] for part in small & different)
