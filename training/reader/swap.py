"""Swaps names, sums and sizes in texts for others, everywhere in a text alike, and moves the spans along.

What would break the grammar stays: in Russian a firm is swapped only between quotation marks or from Latin letters,
and only towns that stand as the lexicon lists them;
in languages whose names of countries take articles, countries stay.
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

FIRM, LENDER, PLACE, COUNTRY, NUMBER, CURRENCY = 0.75, 0.4, 0.6, 0.4, 0.7, 0.25  # how often each is swapped
UNDATED = 0.4  # how often a text is read without its date
DAYS = 12 * 365  # in which those that have none may have been written
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
    """Other words for a stretch of a text."""

    start: int
    end: int
    words: str


def swapped(text: Text, names: Names, chance: Random) -> Text:
    """Return a text with other names and numbers, by chance, and the same annotation."""
    others: dict[str, str] = {}
    kept = [span for span in text.spans if span.kind != "partner"]  # academies and the like: no firm does what they do
    named = {(span.tag, text.text[span.start : span.end]) for span in kept}
    for tag, words in sorted(pair for pair in named if not _is_short(pair, named)):
        for old, new in _others(tag, words, (text, names, chance)):
            others.setdefault(old, new)
    others |= _countries(text, names, chance)
    return edited(text, list(_edits(text, others)))


def dated(text: Text, chance: Random) -> Text:
    """Return a text that some of the time has lost its date, or has got one: which sources have dates says nothing."""
    if text.published:
        return replace(text, published="") if chance.random() < UNDATED else text
    day = date(2014, 1, 1) + timedelta(days=chance.randrange(DAYS))
    return replace(text, published=day.isoformat()) if chance.random() >= UNDATED else text


def _is_short(pair: tuple[Tag, str], named: set[tuple[Tag, str]]) -> bool:
    """Return whether a name is part of a longer one, with which it is swapped."""
    tag, words = pair
    return tag not in _NUMBERS and any(tag is other and words != name and words in name for other, name in named)


def edited(text: Text, edits: list[Edit]) -> Text:
    """Return a text with other words, given from left to right and apart, and its spans where these now stand."""
    parts, last = [], 0
    for edit in edits:
        parts += [text.text[last : edit.start], edit.words]
        last = edit.end
    spans = tuple(_moved(span, edits) for span in text.spans)
    return replace(text, text="".join([*parts, text.text[last:]]), spans=spans)


def _moved(span: Span, edits: list[Edit]) -> Span:
    """Return a span behind edits; one whose ends an edit covers takes the whole of the new words."""
    start, end = span.start, span.end
    for edit in edits:
        grown = len(edit.words) - (edit.end - edit.start)
        if edit.end <= span.start:
            start, end = start + grown, end + grown
        elif edit.start < span.end:
            start -= max(span.start - edit.start, 0)
            end += grown + max(edit.end - span.end, 0)
    return replace(span, start=start, end=end)


def _others(tag: Tag, words: str, given: tuple[Text, Names, Random]) -> Iterator[tuple[str, str]]:
    """Yield what some words of a tag, and what stands for them, are swapped for."""
    text, names, chance = given
    if tag in (Tag.FIRM, Tag.OTHER_FIRM) and chance.random() < FIRM and _may_be_swapped(text, words):
        yield from _firm(text, words, names.firm(text.language, chance))
    if tag is Tag.LENDER and text.language != "ru" and chance.random() < LENDER:
        pool = [name for name in names.lenders[text.language] if _is_like(name, words)]
        yield from ((words, chance.choice(pool)) for _ in pool[:1])
    if tag is Tag.PLACE and words in names.places[text.language] and text.language != "ru" and chance.random() < PLACE:
        yield words, chance.choice(names.places[text.language])
    if tag in _NUMBERS and chance.random() < NUMBER:
        yield words, _number(words, chance, is_sum=tag in (Tag.AMOUNT, Tag.OTHER_AMOUNT))


def _may_be_swapped(text: Text, words: str) -> bool:
    """Return whether a firm's name is not declined where it stands."""
    if text.language != "ru":
        return True
    places = list(occurrences(text.text, words, text.language))
    return words.isascii() or all(text.text[start - 1 : start] == "«" for start, _ in places)


def _firm(text: Text, words: str, other: tuple[str, str]) -> Iterator[tuple[str, str]]:
    """Yield a firm's name, and the one word of it that stands for it elsewhere."""
    name, brand = other
    yield words, name
    brands = [word for word in words.split() if len(word) >= _FEWEST and word.lower() not in _COMMON]
    rest = text.text.replace(words, "")
    bodies = {word for span in text.spans if span.tag is Tag.BODY for word in text.text[span.start : span.end].split()}
    standing = [word for word in brands if word in rest and not any(word in each for each in bodies)]
    if brand and len(standing) == 1 and len(brands) > 1:
        yield standing[0], brand


def _is_like(name: str, words: str) -> bool:
    """Return whether two lenders take the same article: both begin alike, or both are abbreviations."""
    return name.isupper() == words.isupper() and name[:2].lower() == words[:2].lower()


def _number(words: str, chance: Random, *, is_sum: bool) -> str:
    """Another number in the same form: as many digits, and noughts where they end in noughts."""
    if is_sum and chance.random() < CURRENCY:
        words = _CURRENCY.sub(lambda _: chance.choice(_SYMBOLS), words)
    return re.sub(r"\d+", lambda found: _digits(found[0], chance), words)


def _digits(digits: str, chance: Random) -> str:
    body = digits.rstrip("0")
    other = "".join(
        str(chance.randint(1, 9)) if place == 0 else str(chance.randint(0, 9)) for place in range(len(body))
    )
    return other + digits[len(body) :]


def _countries(text: Text, names: Names, chance: Random) -> dict[str, str]:
    """Return the forms of one country in the text, each with a form of another country of the same kind."""
    forms = names.countries.get(text.language, {}) if text.language in _PLAIN_COUNTRIES else {}
    there = sorted(c for c, kinds in forms.items() if c != "CHN" and any(f in text.text for f in kinds.get("name", ())))
    if not there or chance.random() >= COUNTRY:
        return {}
    old, new = chance.choice(there), chance.choice(sorted(forms.keys() - {"CHN"}))
    return {
        form: chance.choice(forms[new][kind])
        for kind, found in forms[old].items()
        if forms[new].get(kind)
        for form in found
    }


def _edits(text: Text, others: Mapping[str, str]) -> Iterator[Edit]:
    """Yield where in a text what is to be swapped stands, the longest first where two overlap."""
    taken: list[tuple[int, int]] = []
    found = []
    for old in sorted(others, key=lambda words: (-len(words), words)):
        for start, end in occurrences(text.text, old, text.language):
            if all(end <= left or right <= start for left, right in taken) and _fits(text, start, end):
                taken.append((start, end))
                found.append(Edit(start, end, others[old]))
    yield from sorted(found, key=lambda edit: edit.start)


def _fits(text: Text, start: int, end: int) -> bool:
    """Return whether a stretch is no part of a word (in scripts with spaces)."""
    if text.language not in (*LATIN, "ru"):
        return True
    before, behind = text.text[start - 1 : start], text.text[end : end + 1]
    return not before.isalnum() and not behind.isalnum()
