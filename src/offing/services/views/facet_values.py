"""All values of a facet, found by what is typed: any name or alias that is known, in any script, without accents."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from babel import Locale, UnknownLocaleError

from offing.model.review.queue import Facet, FacetCount
from offing.model.text.folding import fold_text
from offing.model.values.iso import country_by_alpha3
from offing.review import names_of
from offing.services.views.actors import Register

_LANGUAGES = ("fr", "es", "pt", "zh_Hans", "zh_Hant", "ru", "ar")


def found_values(values: Iterable[FacetCount], facet: Facet, typed: str, known: Register) -> tuple[FacetCount, ...]:
    """Return the values of which one name has all typed words, in their order; all values if nothing is typed.

    A word matches where a word of the name begins, in a script that does not separate words anywhere.
    """
    wanted = _folded(typed).split()
    return tuple(each for each in values if not wanted or _matches(wanted, _names(each, facet, known)))


def _matches(wanted: list[str], names: Iterable[str]) -> bool:
    called = (f" {_folded(name)}" for name in names)
    return any(all(f" {word}" in name or (not word.isascii() and word in name) for word in wanted) for name in called)


def _names(value: FacetCount, facet: Facet, known: Register) -> Iterable[str]:
    yield from (value.label, value.value)
    if facet is Facet.COUNTRY:
        yield from (*names_of(value.value), *_country_abroad(value.value))
    elif facet in {Facet.FIRM, Facet.LENDER}:
        entity = known.entities.get(value.value)
        yield from known.aliases.get(value.value, ())
        yield from filter(None, (entity.name, entity.name_zh) if entity else ())
    elif facet is Facet.LANGUAGE:
        yield _own_name(value.value)


@cache
def _country_abroad(code: str) -> tuple[str, ...]:
    """Return the names of a country in the languages that are read here, by CLDR."""
    country = country_by_alpha3(code)
    locales = (Locale.parse(language).territories for language in _LANGUAGES) if country else ()
    return tuple(str(names[country.alpha2]) for names in locales if country and country.alpha2 in names)


def _own_name(code: str) -> str:
    """Return what a language calls itself; "" for a code of which nothing is known."""
    try:
        return str(Locale.parse(code).languages.get(code, ""))
    except (ValueError, UnknownLocaleError):
        return ""


def _folded(text: str) -> str:
    """Return a text without case, accents and signs, its words separated by single blanks."""
    return " ".join("".join(each if each.isalnum() else " " for each in fold_text(text)).split())
