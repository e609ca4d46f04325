"""Progress that is counted: "18 of the 45 boreholes", "41 caméras sur 310", "31 из 48"."""

from __future__ import annotations

import re
from collections.abc import Iterator

BY = "counted"
_NUMBER = r"(\d{1,3}(?:[ ,.]\d{3})+|\d{1,6})"
_WORDS = r"(?: [^\W\d_]{1,20}){0,3}"
_END = r"(?![\d%]|[.,]\d| ?%| ?per ?cent)"
_START = r"(?<![\d.,$€£-])"
# How each language says "of the": what stands between the part and the whole.
_OF = {
    "en": "(?:of|out of)(?: (?:the|a|an|its|their|planned|promised|total|order|of|some)){0,4}",
    "fr": "(?:sur|des|parmi)(?: (?:les|un|total|de|prevus?|prevues|quelque)){0,3}",
    "es": "de (?:los|las|un total de|sus)(?: (?:previstos|previstas))?",
    "pt": "(?:dos|das|de um total de|em)(?: (?:previstos|previstas))?",
    "ru": "из(?: (?:запланированных|общего|предусмотренных|обещанных)){0,2}",
    "ar": "من (?:اصل|بين|مجموع)",
}
_FORMS = {language: rf"{_START}{_NUMBER}{_WORDS} {of} {_NUMBER}{_END}" for language, of in _OF.items()}
_MEASURE = "[个座台支根口所处辆套条家栋间户眼村]"  # what is counted is a thing, no money
_FORMS["zh"] = (
    rf"(?:共|总共|一共|计划|要装|全部)?{_NUMBER}{_MEASURE}[^。\n]{{0,20}}?(?:已|现在?|目前)[^。\n]{{0,8}}?{_NUMBER}{_END}"
)
_PATTERNS = {language: re.compile(form) for language, form in _FORMS.items()}
_FEWEST, _FIRST_YEAR, _LAST_YEAR = 2, 1950, 2100


def counted(text: str, language: str) -> Iterator[tuple[int, int]]:
    """The spans of a folded text in which a part of a number of things is counted as done."""
    pattern = _PATTERNS.get(language)
    for match in pattern.finditer(text) if pattern else ():
        done, whole = (int(re.sub(r"\D", "", number)) for number in match.groups())
        if language == "zh":
            done, whole = whole, done  # the whole comes first
        if _FEWEST <= done < whole and not _FIRST_YEAR <= whole <= _LAST_YEAR:
            yield match.span()
