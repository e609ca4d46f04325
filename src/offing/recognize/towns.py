"""Smaller towns and regions, which count only in a text that names their country besides."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Protocol

from offing.model.manners import is_latin
from offing.model.mention import MentionKind
from offing.model.rules import REGION_MARK, Keep
from offing.recognize.draft import Draft
from offing.recognize.fold import fold_form
from offing.recognize.patterns import PROCLITICS
from offing.recognize.runs import Run
from offing.recognize.russian import stem
from offing.recognize.spans import Span, Spans

TOWN, REGION = "town", "region"
_LARGE = "city"  # one that needs nothing beside it
_WEIGHT, _WEIGHT_TOGETHER = 0.8, 0.6
_ENOUGH, _ONLY_NAMED = 1.5, 0.5  # what names together must reach; what one is worth that is not told as a place
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
_LINE = re.compile(r"(?:^|(?<= ))(?:(?P<towns>[^ -]+(?:-[^ -]+)+)(?= |$)|[^ ]*\d (?=[^ ]+$)(?P<numbered>[^ -]+))")
_PIECE = re.compile(r"[^-]+")
_NEVER = frozenset({"CHN", "HKG", "MAC", "TWN"})
_VOUCHING = (MentionKind.COUNTRY, MentionKind.PLACE)


class Gazetteer:
    """Names of towns by script.

    Args:
        names: the countries that have a place of a name, parted by blanks, by name in small letters.
        keep: keeps the folded names.
    """

    def __init__(self, names: Mapping[str, str], keep: Keep | None = None) -> None:
        self._written, self._keep = names, keep

    @cached_property
    def _names(self) -> dict[str, str]:
        found: dict[str, str] = self._keep("towns", self._folded) if self._keep else self._folded()
        return found

    def _folded(self) -> dict[str, str]:
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


class Locator(Protocol):
    """Tells from the words beside a span what it names."""

    def is_called_place(self, text: str, span: Span) -> bool:
        """Whether they call it a province, a town or the like."""

    def is_located(self, text: str, span: Span) -> bool:
        """Whether they tell that something is there."""

    def runs(self, text: str) -> Iterator[Run]:
        """The runs of capitalised words of a text."""


@dataclass(frozen=True, slots=True)
class Known:
    """A name of the gazetteer at a span, and the countries that have a place of it; `opens`: it starts a sentence."""

    span: Span
    name: str
    countries: tuple[str, ...]
    opens: bool = False


def find_towns(draft: Draft, gazetteer: Gazetteer, locator: Locator) -> None:
    """Add the towns and regions of the countries that the text names, or that several towns tell together.

    Args:
        draft: takes them.
        gazetteer: the names.
        locator: reads the words beside a name; one that only one country has, and that is called a place, needs no
            other.
    """
    vouched = Counter(m.key for m in draft.of(*_VOUCHING) if m.key and m.key not in _NEVER)
    if draft.article.country:
        vouched[draft.article.country] += 1
    _settle_homonyms(draft, gazetteer, vouched)
    taken = Spans((m.start, m.end) for m in draft.mentions if m.kind in _TAKEN)
    found = [
        Known(span, name, countries, opens)
        for span, name, opens in dict.fromkeys(_named(draft, locator))
        if (countries := gazetteer.countries(name)) and not taken.overlap(*span)
    ]
    inside = {town.name for town in found if not town.opens or locator.is_located(draft.text, town.span)}
    known = [town for town in found if town.name in inside]  # what only opens sentences may be any word
    together = told_together(draft, known, gazetteer, locator)
    for town in known:
        code = _country_of(town, vouched, together)
        if code is None and len(town.countries) == 1 and gazetteer.is_written(draft.text[slice(*town.span)]):
            code = town.countries[0] if locator.is_called_place(draft.text, town.span) else None
        if code:
            by = REGION if gazetteer.is_region(town.name, code) else TOWN
            weight = _WEIGHT if vouched[code] else _WEIGHT_TOGETHER
            name = draft.text[slice(*town.span)]
            draft.add(MentionKind.PLACE, *town.span, key=code, name=name, weight=weight, by=by)


def _settle_homonyms(draft: Draft, gazetteer: Gazetteer, vouched: Counter[str]) -> None:
    """Give a large town's name to the smaller one of a country that the text names, where it names not the large one's.

    In news of Angola that tells nothing else of Cuba, Santa Clara is the Angolan one.
    """
    for mention in list(draft.of(MentionKind.PLACE)):
        own = sum(m.key == mention.key and m.name == mention.name for m in draft.of(MentionKind.PLACE))
        if mention.by != _LARGE or vouched[mention.key or ""] > own:
            continue
        others = [
            code for code in gazetteer.countries(fold_form(mention.text)) if code != mention.key and vouched[code]
        ]
        meant = max(others, key=lambda code: vouched[code], default=None)
        if meant:
            draft.drop([mention])
            draft.mentions.append(replace(mention, key=meant, weight=_WEIGHT, by=TOWN))


def told_together(draft: Draft, known: Iterable[Known], gazetteer: Gazetteer, locator: Locator) -> dict[str, float]:
    """The countries that several names tell together, each with how surely.

    A name speaks for each country that has a place of it, the less the more these are, and fully only where the words
    beside it say that something is there: "in Rivera, Durazno and Fray Bentos".
    """
    shares: dict[str, float] = {}
    countries: dict[str, tuple[str, ...]] = {}
    for town in known:
        if gazetteer.is_written(draft.text[slice(*town.span)]) or not is_latin(draft.language):
            share = 1.0 if locator.is_located(draft.text, town.span) else _ONLY_NAMED
            shares[town.name] = max(shares.get(town.name, 0.0), share)
            countries[town.name] = town.countries
    total: dict[str, float] = {}
    for name, share in shares.items():
        for code in countries[name]:
            total[code] = total.get(code, 0.0) + share / len(countries[name])
    return {code: share for code, share in total.items() if share >= _ENOUGH and code not in _NEVER}


def _country_of(town: Known, vouched: Counter[str], together: Mapping[str, float]) -> str | None:
    found = [code for code in town.countries if vouched[code] or code in together]
    return max(found, key=lambda code: (vouched[code], together.get(code, 0.0)), default=None)


_TAKEN = frozenset(
    {*_VOUCHING, MentionKind.CHINA, MentionKind.FIRM, MentionKind.LENDER, MentionKind.MONEY, MentionKind.DATE}
)


def _named(draft: Draft, locator: Locator) -> Iterator[tuple[Span, str, bool]]:
    if draft.language == "zh":
        yield from ((*named, False) for named in _in_han(draft.text))
    elif draft.language == "ar":
        yield from ((*named, False) for named in _in_arabic(draft.text))
    else:
        for run in locator.runs(draft.text):
            yield from ((*named, run.opens) for named in _in_run(run))


def _in_run(run: Run) -> Iterator[tuple[Span, str]]:
    """A whole run, or what is left of it without a first word that only opens the sentence."""
    if not (run.opens and len(run.words) == 1 and not run.is_set_off):
        yield run.span, fold_form(run.text)
        yield from _joined(run)
        linked = list(_LINK.finditer(run.text))
        if linked:
            start = run.start + linked[-1].end()
            yield (start, run.end), fold_form(run.text[linked[-1].end() :])


def _joined(run: Run) -> Iterator[tuple[Span, str]]:
    """The towns of a line that a hyphen joins or that has a number: Route Bohicon-Dassa-Savè, RN1 Coyah."""
    for line in _LINE.finditer(run.text):
        for piece in _PIECE.finditer(run.text, line.start(line.lastgroup or 0), line.end()):
            if len(piece[0]) > _SHORTEST and piece[0][0].isupper():
                yield (run.start + piece.start(), run.start + piece.end()), fold_form(piece[0])


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
