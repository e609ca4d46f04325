"""Finds smaller towns and regions, which count only in a text that also names their country."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from offing.model.reading.mention import MentionKind
from offing.model.reading.rules import REGION_MARK, Keep
from offing.model.text.language_traits import is_latin
from offing.recognize.places.town_names import Locator, TownNames
from offing.recognize.text.draft import Draft
from offing.recognize.text.folded_text import fold_form
from offing.recognize.text.russian import stem
from offing.recognize.text.spans import Span, Spans

TOWN, REGION = "town", "region"
_LARGE = "city"  # the kind of town that needs no evidence beside it
_WEIGHT, _WEIGHT_TOGETHER = 0.8, 0.6
_ENOUGH, _ONLY_NAMED = 1.5, 0.5  # the sum that names must reach together; the share of a name that nothing is placed in
_LONGEST_ENDING = 3
_SHORTEST = 3
_NEVER = frozenset({"CHN", "HKG", "MAC", "TWN"})
_GEOGRAPHY = (MentionKind.COUNTRY, MentionKind.PLACE)


class Gazetteer:
    """A gazetteer of town names.

    Args:
        names: the countries with a place of that name, separated by blanks, by name in lower case.
        keep: caches the folded names.
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
        """Whether the gazetteer has a name in exactly this spelling, accents included."""
        return name.casefold() in self._written

    def countries(self, name: str) -> tuple[str, ...]:
        """The countries with a place of a folded name, in the nominative or another case."""
        codes = self._names.get(name)
        if codes is None and name and "\u0400" <= name[0] <= "\u04ff" and " " not in name:
            bases = (name[: len(name) - cut] for cut in range(_LONGEST_ENDING + 1))
            codes = next((self._stems[base] for base in bases if len(base) >= _SHORTEST and base in self._stems), None)
        return tuple(code.removeprefix(REGION_MARK) for code in codes.split()) if codes else ()

    def is_region(self, name: str, code: str) -> bool:
        """Whether a folded name is only that of a region of a country."""
        return REGION_MARK + code in self._names.get(name, "").split()


@dataclass(frozen=True, slots=True)
class TownMatch:
    """A gazetteer name at a span, and the countries with a place of it; `opens`: it starts a sentence."""

    span: Span
    name: str
    countries: tuple[str, ...]
    opens: bool = False


def find_towns(draft: Draft, gazetteer: Gazetteer, names: TownNames, locator: Locator) -> None:
    """Add towns and regions of the countries that the text names, or that several towns together imply.

    Args:
        draft: takes them.
        gazetteer: the names.
        names: reads candidate names in the text.
        locator: classifies a name by the words beside it; a name in only one country, called a place, needs no
            further evidence.
    """
    named = Counter(m.key for m in draft.of(*_GEOGRAPHY) if m.key and m.key not in _NEVER)
    if draft.article.country:
        named[draft.article.country] += 1
    _settle_homonyms(draft, gazetteer, named)
    taken = Spans((m.start, m.end) for m in draft.mentions if m.kind in _TAKEN)
    found = [
        TownMatch(span, name, countries, opens)
        for span, name, opens in dict.fromkeys(names.read(draft, locator))
        if (countries := gazetteer.countries(name)) and not taken.overlap(*span)
    ]
    inside = {town.name for town in found if not town.opens or locator.is_located(draft.text, town.span)}
    known = [town for town in found if town.name in inside]  # a name that only opens sentences may be any word
    together = implied_countries(draft, known, gazetteer, locator)
    for town in known:
        codes = [code for code in town.countries if named[code] or code in together]
        code = max(codes, key=lambda code: (named[code], together.get(code, 0.0)), default=None)
        if code is None and len(town.countries) == 1 and gazetteer.is_written(draft.text[slice(*town.span)]):
            code = town.countries[0] if locator.is_called_place(draft.text, town.span) else None
        if code:
            by = REGION if gazetteer.is_region(town.name, code) else TOWN
            weight = _WEIGHT if named[code] else _WEIGHT_TOGETHER
            name = draft.text[slice(*town.span)]
            draft.add(MentionKind.PLACE, *town.span, key=code, name=name, weight=weight, by=by)


def _settle_homonyms(draft: Draft, gazetteer: Gazetteer, named: Counter[str]) -> None:
    """Reassign a large town's name to its namesake in a country that the text names, if the large one's is not named.

    In news of Angola that mentions nothing else of Cuba, Santa Clara is the Angolan one.
    """
    for mention in list(draft.of(MentionKind.PLACE)):
        own = sum(m.key == mention.key and m.name == mention.name for m in draft.of(MentionKind.PLACE))
        if mention.by != _LARGE or named[mention.key or ""] > own:
            continue
        others = [code for code in gazetteer.countries(fold_form(mention.text)) if code != mention.key and named[code]]
        namesake = max(others, key=lambda code: named[code], default=None)
        if namesake:
            draft.drop([mention])
            draft.mentions.append(replace(mention, key=namesake, weight=_WEIGHT, by=TOWN))


def implied_countries(
    draft: Draft, known: Iterable[TownMatch], gazetteer: Gazetteer, locator: Locator
) -> dict[str, float]:
    """The countries that several names together imply, each with its score.

    Each name's share is divided among the countries with a place of it. The share is full only if the words beside the
    name place something there: "in Rivera, Durazno and Fray Bentos".
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


_TAKEN = frozenset(
    {*_GEOGRAPHY, MentionKind.CHINA, MentionKind.FIRM, MentionKind.LENDER, MentionKind.MONEY, MentionKind.DATE}
)
