"""Substitute names, sums and sizes consistently throughout a text, and shift its spans.

Substitutions that would break the grammar are skipped: in Russian, firms are substituted only in quotation marks or
Latin letters, and lenders and places never; only places in the exact form of the lexicon are substituted; and countries
only in English and Chinese, where their names do not take articles.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from offing.model.reading.tags import Tag
from training.reader.names import LATIN, Names
from training.reader.texts import Span, Text, occurrences

FIRM, LENDER, PLACE, COUNTRY, NUMBER, CURRENCY = 0.75, 0.4, 0.6, 0.4, 0.7, 0.25  # probability of substitution
UNDATED = 0.4  # probability that a text loses its date
DAYS = 12 * 365  # range of the random dates of undated texts
_PLAIN_COUNTRIES = ("en", "zh")
_CURRENCY = re.compile(r"^(?:US\$|\$|€|£|RMB |Sh|KSh|N|K|R|Rs ?|GH¢|R\$|¥)(?=\d)")
_SYMBOLS = ("US$", "$", "€", "£", "RMB ", "Sh", "KSh", "N", "K", "Rs ", "GH¢", "R$", "¥")
_COMMON = frozenset(
    (
        *("china", "chinese", "company", "group", "corporation", "engineering", "construction", "technology", "first"),
        *("technologies", "international", "national", "limited", "holdings", "telecom", "power", "university"),
        *("institute", "academy", "systems", "bank", "second"),
    )
)
_FEWEST = 4
_NUMBERS = frozenset({Tag.AMOUNT, Tag.OTHER_AMOUNT, Tag.SIZE, Tag.OTHER_SIZE})


@dataclass(frozen=True, slots=True)
class Edit:
    """New words for a span of a text."""

    start: int
    end: int
    words: str


def swapped(text: Text, names: Names, rng: Random) -> Text:
    """Return a text with random names and numbers substituted, and the same annotation."""
    replacements: dict[str, str] = {}
    kept = [span for span in text.spans if span.kind != "partner"]  # academies and the like: firms cannot replace them
    named = {(span.tag, text.text[span.start : span.end]) for span in kept}
    for tag, words in sorted(pair for pair in named if not _is_short(pair, named)):
        for old, new in _replacements(tag, words, (text, names, rng)):
            replacements.setdefault(old, new)
    replacements |= _countries(text, names, rng)
    return edited(text, list(_edits(text, replacements)))


def dated(text: Text, rng: Random) -> Text:
    """Randomly remove a text's date, or add one, so that having a date does not give away the source."""
    if text.published:
        return replace(text, published="") if rng.random() < UNDATED else text
    day = date(2014, 1, 1) + timedelta(days=rng.randrange(DAYS))
    return replace(text, published=day.isoformat()) if rng.random() >= UNDATED else text


def _is_short(pair: tuple[Tag, str], named: set[tuple[Tag, str]]) -> bool:
    """Return whether a name is part of a longer one, and so is substituted with it."""
    tag, words = pair
    return tag not in _NUMBERS and any(tag is other and words != name and words in name for other, name in named)


def edited(text: Text, edits: list[Edit]) -> Text:
    """Return a text with edits applied and its spans shifted; edits are sorted and do not overlap."""
    parts, last = [], 0
    for edit in edits:
        parts += [text.text[last : edit.start], edit.words]
        last = edit.end
    spans = tuple(_moved(span, edits) for span in text.spans)
    return replace(text, text="".join([*parts, text.text[last:]]), spans=spans)


def _moved(span: Span, edits: list[Edit]) -> Span:
    """Return a span shifted by edits; if an edit overlaps an end of it, the span grows to cover the new words."""
    start, end = span.start, span.end
    for edit in edits:
        grown = len(edit.words) - (edit.end - edit.start)
        if edit.end <= span.start:
            start, end = start + grown, end + grown
        elif edit.start < span.end:
            start -= max(span.start - edit.start, 0)
            end += grown + max(edit.end - span.end, 0)
    return replace(span, start=start, end=end)


def _replacements(tag: Tag, words: str, given: tuple[Text, Names, Random]) -> Iterator[tuple[str, str]]:
    """Yield pairs of old and new words: the words of a tag, and any short form of them."""
    text, names, rng = given
    if tag in (Tag.FIRM, Tag.OTHER_FIRM) and rng.random() < FIRM and _is_undeclined(text, words):
        yield from _firm(text, words, names.firm(text.language, rng))
    if tag is Tag.LENDER and text.language != "ru" and rng.random() < LENDER:
        pool = [name for name in names.lenders[text.language] if _is_like(name, words)]
        yield from ((words, rng.choice(pool)) for _ in pool[:1])
    if tag is Tag.PLACE and words in names.places[text.language] and text.language != "ru" and rng.random() < PLACE:
        yield words, rng.choice(names.places[text.language])
    if tag in _NUMBERS and rng.random() < NUMBER:
        yield words, _number(words, rng, is_sum=tag in (Tag.AMOUNT, Tag.OTHER_AMOUNT))


def _is_undeclined(text: Text, words: str) -> bool:
    """Return whether a firm's name is nowhere declined: not Russian, in Latin letters, or in quotation marks."""
    if text.language != "ru":
        return True
    places = list(occurrences(text.text, words, text.language))
    return words.isascii() or all(text.text[start - 1 : start] == "«" for start, _ in places)


def _firm(text: Text, words: str, other: tuple[str, str]) -> Iterator[tuple[str, str]]:
    """Yield the substitution of a firm's name, and of the one word used elsewhere as its short name."""
    name, brand = other
    yield words, name
    brands = [word for word in words.split() if len(word) >= _FEWEST and word.lower() not in _COMMON]
    rest = text.text.replace(words, "")
    bodies = {word for span in text.spans if span.tag is Tag.BODY for word in text.text[span.start : span.end].split()}
    short_names = [word for word in brands if word in rest and not any(word in each for each in bodies)]
    if brand and len(short_names) == 1 and len(brands) > 1:
        yield short_names[0], brand


def _is_like(name: str, words: str) -> bool:
    """Return whether two lenders take the same article: same first two letters, and both or neither abbreviations."""
    return name.isupper() == words.isupper() and name[:2].lower() == words[:2].lower()


def _number(words: str, rng: Random, *, is_sum: bool) -> str:
    """Return a random number in the same format, with as many digits and trailing zeros; a sum may change currency."""
    if is_sum and rng.random() < CURRENCY:
        words = _CURRENCY.sub(lambda _: rng.choice(_SYMBOLS), words)
    return re.sub(r"\d+", lambda found: _digits(found[0], rng), words)


def _digits(digits: str, rng: Random) -> str:
    body = digits.rstrip("0")
    other = "".join(str(rng.randint(1, 9)) if place == 0 else str(rng.randint(0, 9)) for place in range(len(body)))
    return other + digits[len(body) :]


def _countries(text: Text, names: Names, rng: Random) -> dict[str, str]:
    """Return a mapping from the forms of one country in the text to forms of another country, kind by kind."""
    forms = names.countries.get(text.language, {}) if text.language in _PLAIN_COUNTRIES else {}
    there = sorted(c for c, kinds in forms.items() if c != "CHN" and any(f in text.text for f in kinds.get("name", ())))
    if not there or rng.random() >= COUNTRY:
        return {}
    old, new = rng.choice(there), rng.choice(sorted(forms.keys() - {"CHN"}))
    return {
        form: rng.choice(forms[new][kind])
        for kind, found in forms[old].items()
        if forms[new].get(kind)
        for form in found
    }


def _edits(text: Text, replacements: Mapping[str, str]) -> Iterator[Edit]:
    """Yield the edits from left to right; of overlapping ones, the longest."""
    taken: list[tuple[int, int]] = []
    found = []
    for old in sorted(replacements, key=lambda words: (-len(words), words)):
        for start, end in occurrences(text.text, old, text.language):
            if all(end <= left or right <= start for left, right in taken) and _is_whole_word(text, start, end):
                taken.append((start, end))
                found.append(Edit(start, end, replacements[old]))
    yield from sorted(found, key=lambda edit: edit.start)


def _is_whole_word(text: Text, start: int, end: int) -> bool:
    """Return whether a span is not part of a longer word; always true in scripts without spaces."""
    if text.language not in (*LATIN, "ru"):
        return True
    before, after = text.text[start - 1 : start], text.text[end : end + 1]
    return not before.isalnum() and not after.isalnum()
