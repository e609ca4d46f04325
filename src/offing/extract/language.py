"""The language of a text, by its script and its function words. No model: short, fast, and it can be read.

Meant for texts of an article's length. Where the words decide nothing, what the page says of itself stands.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from offing.extract.stop_words import STOP_WORDS

_SAMPLE = 6000  # characters; more changes nothing
_LEAST_HITS = 2
_LEAST_SHARE = 0.06  # of the words; a text in a language we do not know has fewer by chance
_WIDELY_WRITTEN = frozenset({"en", "es", "fr", "pt", "ru", "ar"})  # of languages with as many words these are likelier
_LEAD = 1.15  # over the runner-up, where the page itself names the runner-up
_KANA_SHARE = 0.08

_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_SCRIPTS = {
    "latin": r"a-zA-Z\u00c0-\u024f\u1e00-\u1eff",
    "cyrillic": r"\u0400-\u052f",
    "arabic": r"\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff",
    "han": r"\u3400-\u9fff\uf900-\ufaff",
    "kana": r"\u3040-\u30ff",
    "ko": r"\uac00-\ud7af\u1100-\u11ff",
    "el": r"\u0370-\u03ff",
    "he": r"\u0590-\u05ff",
    "th": r"\u0e00-\u0e7f",
    "lo": r"\u0e80-\u0eff",
    "km": r"\u1780-\u17ff",
    "my": r"\u1000-\u109f",
    "ka": r"\u10a0-\u10ff",
    "hy": r"\u0530-\u058f",
    "am": r"\u1200-\u137f",
    "hi": r"\u0900-\u097f",
    "bn": r"\u0980-\u09ff",
    "ta": r"\u0b80-\u0bff",
    "te": r"\u0c00-\u0c7f",
    "si": r"\u0d80-\u0dff",
}
_LETTERS = {name: re.compile(f"[{ranges}]") for name, ranges in _SCRIPTS.items()}
_WIDE_SCRIPTS = ("han", "kana", "ko")
# Languages that script or function words do not tell apart; the page's own word does.
_FAMILIES = {
    "hi": ("ne", "mr"),
    "bn": ("as",),
    "he": ("yi",),
    "am": ("ti",),
    "sr": ("hr", "bs"),
    "da": ("no", "nb", "nn"),
    "cs": ("sk",),
    "ru": ("tt", "ba"),
    "fa": ("ku",),
    "tr": ("tk",),
}
_CODE = re.compile(r"[a-zA-Z]{2}(?![a-zA-Z])")


def language_of(text: str, *hints: str | None) -> str:
    """The ISO 639-1 code of a text's language, or "" where neither text nor hints tell.

    Args:
        text: title and text of an article.
        hints: what page, feed or catalogue say, most trusted first, in any form that begins with the code.
    """
    hinted = tuple(code for code in map(code_of, hints) if code)
    script = _script(text[:_SAMPLE])
    if script in ("han", "kana"):
        return "ja" if script == "kana" else "zh"
    if script in STOP_WORDS:
        return _by_words(text[:_SAMPLE], script, hinted)
    return _of_family(script, hinted) if script else next(iter(hinted), "")


def code_of(name: str | None) -> str:
    """The two letters with which a language tag begins (pt-BR, zh_CN, EN), or "" where it begins otherwise."""
    match = _CODE.match((name or "").strip())
    return match[0].lower() if match else ""


def _script(text: str) -> str:
    """The script of most of the text, counting a character of a wide script as three letters."""
    counts = Counter({name: len(letters.findall(text)) for name, letters in _LETTERS.items()})
    for name in _WIDE_SCRIPTS:
        counts[name] *= 3
    if counts["kana"] > _KANA_SHARE * counts["han"] and counts["kana"] + counts["han"] > counts["latin"]:
        return "kana"
    name, most = counts.most_common(1)[0]
    return name if most else ""


def _by_words(text: str, script: str, hinted: tuple[str, ...]) -> str:
    words = [word.lower() for word in _WORD.findall(text)]
    hits = Counter(dict(_hits(words, script)))
    best, most = max(hits.items(), key=lambda found: (found[1], found[0] in _WIDELY_WRITTEN))
    if most < _LEAST_HITS or most < _LEAST_SHARE * len(words):
        return next(iter(hinted), "")
    close = next((code for code in hinted if hits[code] * _LEAD >= most), None)
    return close or _of_family(best, hinted)


def _of_family(found: str, hinted: tuple[str, ...]) -> str:
    return next((code for code in hinted if code in _FAMILIES.get(found, ())), found)


def _hits(words: list[str], script: str) -> Iterator[tuple[str, int]]:
    """How many words of the text are function words of each language; parts of elided words count (l'État)."""
    parts = [part for word in words for part in word.split("'")]
    for language, known in STOP_WORDS[script].items():
        yield language, sum(1 for part in parts if part in known)
