"""Identifies a text's language by script and function words: short, fast, readable, without a model.

Meant for texts of an article's length. If the words are inconclusive, the page's own statement is used.
"""

from __future__ import annotations

import re
from collections import Counter

from offing.model.text.language_words import LanguageWords
from offing.model.text.scripts import ARABIC, CYRILLIC, HAN, KANA, LATIN, RANGES

_SAMPLE = 6000  # characters; more changes nothing
_LEAST_HITS = 2
_LEAST_SHARE = 0.06  # of the words; texts in unknown languages have fewer by chance
_LEAD = 1.15  # over the runner-up, where the page itself names the runner-up
_KANA_SHARE = 0.08
_SHARED = frozenset({LATIN, CYRILLIC, ARABIC})  # scripts of many languages: without words they identify none

_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_LATIN_LETTERS = re.compile("[a-zA-Z]+")
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]+")
_RUNS = {name: re.compile(f"[{ranges}]+") for name, ranges in RANGES.items()}
_WIDE_SCRIPTS = (HAN, KANA, "ko")
_CODE = re.compile(r"[a-zA-Z]{2}(?![a-zA-Z])")


def language_of(text: str, language_words: LanguageWords, *hints: str | None) -> str:
    """The ISO 639-1 code of a text's language, or "" if neither text nor hints identify it.

    Args:
        text: title and text of an article.
        language_words: the scripts and function words that distinguish languages.
        hints: the language by page, feed or catalogue, most trusted first, in any form that begins with the code.
    """
    hinted = tuple(code for code in map(code_of, hints) if code)
    script = _script(text[:_SAMPLE])
    if script in (HAN, KANA):
        return "ja" if script == KANA else "zh"
    if script in language_words.words:
        return _by_words(text[:_SAMPLE], script, language_words, hinted)
    own = script if script not in _SHARED else ""
    return _of_family(own, language_words, hinted) if own else next(iter(hinted), "")


def code_of(name: str | None) -> str:
    """The two-letter code at the start of a language tag (pt-BR, zh_CN, EN), or "" if there is none."""
    match = _CODE.match((name or "").strip())
    return match[0].lower() if match else ""


def _script(text: str) -> str:
    """The script of most of the text, counting a character of a wide script as three letters."""
    beyond = "".join(_BEYOND_ASCII.findall(text))  # few characters, in most texts
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


def _by_words(text: str, script: str, language_words: LanguageWords, hinted: tuple[str, ...]) -> str:
    """The language of a script by its function words, else the first hint."""
    words = [word.lower() for word in _WORD.findall(text)]
    parts = Counter("'".join(words).split("'"))  # parts of elided words count: l'État
    different = frozenset(parts)
    known = language_words.words[script]
    hits = Counter({code: sum(parts[part] for part in small & different) for code, small in known.items()})
    best, most = max(hits.items(), key=lambda found: (found[1], found[0] in language_words.widely_written))
    if most < _LEAST_HITS or most < _LEAST_SHARE * len(words):
        return next(iter(hinted), "")
    close = next((code for code in hinted if hits[code] * _LEAD >= most), None)
    return close or _of_family(best, language_words, hinted)


def _of_family(found: str, language_words: LanguageWords, hinted: tuple[str, ...]) -> str:
    return next((code for code in hinted if code in language_words.families.get(found, ())), found)
