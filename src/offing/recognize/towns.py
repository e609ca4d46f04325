"""Smaller towns and regions, which count only in a text that names their country besides."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property

from offing.model.mention import MentionKind
from offing.model.rules import REGION_MARK
from offing.recognize.draft import Draft
from offing.recognize.fold import fold_form
from offing.recognize.patterns import PROCLITICS
from offing.recognize.runs import Run, runs
from offing.recognize.russian import stem
from offing.recognize.spans import Span, Spans

TOWN, REGION = "town", "region"
_WEIGHT = 0.8
_LONGEST_HAN, _SHORTEST_HAN = 7, 2
_LONGEST_ENDING = 3
_SHORTEST = 3
_HAN = re.compile("[\u4e00-\u9fff]+")
# Two characters alone are a town only where the words around say so.
_HAN_BEFORE = re.compile("[在于从至到往赴、和与—–-]$")
_HAN_BEHIND = re.compile(
    "(?:市|省|州|港|镇|县|区|机场|口岸|大学|等地|、|—|–|至|到|[和与][\u4e00-\u9fff]{2,6}(?:市|省|等|之间|的|，))"
)
_ARABIC = re.compile("[\u0621-\u064a\u064b-\u0652]+(?: [\u0621-\u064a\u064b-\u0652]+){0,2}")
_ARABIC_BEFORE = re.compile(
    "(?:في|من|إلى|بين|مدينة|ولاية|محافظة|منطقة|ميناء|مطار|قرب|شمال|جنوب|شرق|غرب|قضاء|مقاطعة|بلدة|حتى|نحو) $"
)
_LINK = re.compile(r" (?:de|do|da|dos|das|del|du|des|of)(?: la| los| las| el)? ")
_NEVER = frozenset({"CHN", "HKG", "MAC", "TWN"})
_VOUCHING = (MentionKind.COUNTRY, MentionKind.PLACE)


class Gazetteer:
    """Names of towns by script.

    Args:
        names: the countries that have a place of a name, parted by blanks, by name in small letters.
    """

    def __init__(self, names: Mapping[str, str]) -> None:
        self._written = names

    @cached_property
    def _names(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for name, codes in self._written.items():
            folded = fold_form(name)
            found[folded] = " ".join(dict.fromkeys((*found.get(folded, "").split(), *codes.split())))
        return found

    @cached_property
    def _stems(self) -> dict[str, str]:
        found = (
            (stem(name), codes)
            for name, codes in self._names.items()
            if " " not in name and "\u0400" <= name[0] <= "\u04ff"
        )
        return {base: codes for base, codes in found if base}

    def is_written(self, name: str) -> bool:
        """Whether a name is written like this, with its accents."""
        return name.casefold() in self._written

    def countries(self, name: str) -> tuple[str, ...]:
        """The countries that have a place of a folded name, in the nominative or another case."""
        codes = self._names.get(name)
        if codes is None and name and "\u0400" <= name[0] <= "\u04ff" and " " not in name:
            bases = (name[: len(name) - cut] for cut in range(_LONGEST_ENDING + 1))
            codes = next((self._stems[base] for base in bases if len(base) >= _SHORTEST and base in self._stems), None)
        return tuple(code.removeprefix(REGION_MARK) for code in codes.split()) if codes else ()

    def is_region(self, name: str, code: str) -> bool:
        """Whether a folded name is only that of a region of a country."""
        return REGION_MARK + code in self._names.get(name, "").split()


def find_towns(draft: Draft, gazetteer: Gazetteer, is_called_place: Callable[[str, Span], bool]) -> None:
    """Add the towns and regions of the countries that the text names.

    Args:
        draft: takes them.
        gazetteer: the names.
        is_called_place: whether the words beside a span call it a province, a town or the like; then a name that only
            one country has needs no other.
    """
    vouched = Counter(m.key for m in draft.of(*_VOUCHING) if m.key and m.key not in _NEVER)
    if draft.article.country:
        vouched[draft.article.country] += 1
    taken = Spans((m.start, m.end) for m in draft.mentions if m.kind in _TAKEN)
    for (start, end), name in dict.fromkeys(_named(draft)):
        everywhere = gazetteer.countries(name)
        countries = [code for code in everywhere if vouched[code]]
        alone = len(everywhere) == 1 and gazetteer.is_written(draft.text[start:end])
        if alone and not countries and is_called_place(draft.text, (start, end)):
            countries = list(everywhere)
        if countries and not taken.overlap(start, end):
            code = max(countries, key=lambda code: vouched[code])
            by = REGION if gazetteer.is_region(name, code) else TOWN
            draft.add(MentionKind.PLACE, start, end, key=code, name=draft.text[start:end], weight=_WEIGHT, by=by)


_TAKEN = frozenset(
    {*_VOUCHING, MentionKind.CHINA, MentionKind.FIRM, MentionKind.LENDER, MentionKind.MONEY, MentionKind.DATE}
)


def _named(draft: Draft) -> Iterator[tuple[Span, str]]:
    if draft.language == "zh":
        yield from _in_han(draft.text)
    elif draft.language == "ar":
        yield from _in_arabic(draft.text)
    else:
        for run in runs(draft.text):
            yield from _in_run(run)


def _in_run(run: Run) -> Iterator[tuple[Span, str]]:
    """A whole run, or what is left of it without a first word that only opens the sentence."""
    if not (run.opens and len(run.words) == 1 and not run.is_set_off):
        yield run.span, fold_form(run.text)
        linked = list(_LINK.finditer(run.text))
        if linked:
            start = run.start + linked[-1].end()
            yield (start, run.end), fold_form(run.text[linked[-1].end() :])


def _in_han(text: str) -> Iterator[tuple[Span, str]]:
    for piece in _HAN.finditer(text):
        start = piece.start()
        while start < piece.end():
            yield from (
                ((start, end), text[start:end])
                for end in range(min(start + _LONGEST_HAN, piece.end()), start + 1, -1)
                if end - start > _SHORTEST_HAN or _set_off_in_han(text, start, end)
            )
            start += 1


def _set_off_in_han(text: str, start: int, end: int) -> bool:
    return bool(_HAN_BEFORE.search(text, max(0, start - 1), start) and _HAN_BEHIND.match(text, end))


def _in_arabic(text: str) -> Iterator[tuple[Span, str]]:
    for words in re.finditer("[\u0621-\u064a\u064b-\u0652]+", text):
        start = words.start()
        before = _ARABIC_BEFORE.search(text, max(0, start - 10), start)
        prefix = next((p for p in ("ب", "و", "وب", "ل") if text.startswith(p, start)), "")
        for first, sure in ((start, before is not None), (start + len(prefix), bool(prefix))):
            found = _ARABIC.match(text, first)
            if found and (sure or before):
                pieces = found[0].split(" ")
                for count in range(len(pieces), 0, -1):
                    name = " ".join(pieces[:count])
                    if len(name) > _SHORTEST and name not in PROCLITICS:
                        yield (first, first + len(name)), fold_form(name)
