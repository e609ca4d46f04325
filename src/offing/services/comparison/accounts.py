"""Builds accounts of projects from rows: given fields are taken, missing ones are recognised in the row's text."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache
from itertools import islice

from offing.extract.parts.language import language_of
from offing.model.pairs.matching import Account, AccountSum, Agreement
from offing.model.reading.mention import DatePoint, Mention, MentionKind, Money, Quantity
from offing.model.sources.article import PARAGRAPH_BREAK, Article
from offing.model.values.vocabulary import AmountKind
from offing.rates.converter import Converter, NoRate
from offing.recognize import Recognizer
from offing.services.comparison.row_fields import RowFields

_TITLE = 3.0  # how much more a name counts in a title
_GIVEN = 10.0  # how much a given name counts, compared with one found in the text
_PLACE = 0.5  # how much a place counts for its country, compared with the country's own name
_NO_HOST = frozenset({"CHN", "HKG", "MAC"})
_EARLIEST, _LATEST, _UNKNOWN_YEAR = 1999, 2025, 2010  # years of exchange rates
_TEXT = 20_000  # characters that are recognised
_SUMS = 50  # kept of one account, since each is compared with each of another
_PLAINLY = 1.1  # weight of a wording that says what a sum is for: contract, loan; "purchase" and "funding" weigh less
_AGREEMENTS = {
    AmountKind.CONTRACT: Agreement.CONTRACT,
    AmountKind.LOAN: Agreement.LOAN,
    AmountKind.CREDIT: Agreement.LOAN,
}

Weights = dict[str, float]


class Drawer:
    """Builds accounts.

    Args:
        recognizer: finds what a text names.
        converter: makes sums comparable.
    """

    def __init__(self, recognizer: Recognizer, converter: Converter) -> None:
        self._recognizer = recognizer
        self._dollars = lru_cache(maxsize=65536)(lambda *sum_: _dollars(converter, *sum_))
        self._named = lru_cache(maxsize=65536)(self._keys)

    def draw(self, given: RowFields) -> Account:
        """Return the account of a row."""
        text = given.description[:_TEXT]
        paragraphs = tuple(text.split(PARAGRAPH_BREAK)) if text else ()
        article = Article(
            0, given.title, paragraphs, language_of(f"{given.title}\n{text}", self._recognizer.language_words)
        )
        mentions = self._recognizer.recognize(article)
        seen = _MentionWeights(mentions, len(given.title))
        years = {given.year: _GIVEN} if given.year else seen.years()
        return Account(
            key=given.key,
            title=given.title,
            text=given.description,
            countries=self._given(given.countries, MentionKind.COUNTRY) or seen.countries(),
            firms=self._given(given.firms, MentionKind.FIRM) or seen.of(MentionKind.FIRM),
            lenders=self._given(given.lenders, MentionKind.LENDER) or seen.of(MentionKind.LENDER),
            sums=self._sums(given, seen, years),
            days=seen.days("day"),
            months=frozenset((day.year, day.month) for day in seen.days("day", "month")),
            years=years,
            quantities=seen.quantities(),
            places=seen.places(),
            sectors={given.sector: _GIVEN} if given.sector else seen.of(MentionKind.SECTOR),
            statuses={given.status: _GIVEN} if given.status else seen.of(MentionKind.STATUS),
            flows=seen.of(MentionKind.FLOW),
            kinds=seen.of(MentionKind.RECORD_TYPE),
            agreement=seen.agreement(),
        )

    def _given(self, names: Iterable[str], kind: MentionKind) -> Weights:
        return {key: _GIVEN for name in names for key in self._named(name, kind)}

    def _keys(self, name: str, kind: MentionKind) -> tuple[str, ...]:
        """Return the lexicon's keys of a name; an unknown name is its own key."""
        if kind is MentionKind.COUNTRY and len(name) == 3 and name.isupper():  # noqa: PLR2004 -- ISO 3166-1 alpha-3
            return (name,)
        mentions = self._recognizer.recognize(Article(0, name, (), "en"))
        found = {mention.key for mention in mentions if mention.kind is kind and mention.key}
        return tuple(sorted(found)) or (name.strip().casefold(),)

    def _read(self, amounts: Iterable[str]) -> list[tuple[Decimal, str]]:
        """Return value and currency of amounts given in words."""
        found = (money for amount in amounts for money in sums_in(self._recognizer, amount))
        return [(money.value, money.currency) for money in found]

    def _sums(self, given: RowFields, seen: _MentionWeights, years: Mapping[int, float]) -> tuple[AccountSum, ...]:
        amounts = [(value, currency, True) for value, currency in (*given.amounts, *self._read(given.amounts_in_words))]
        amounts = amounts or seen.moneys()
        year = min(years, key=lambda each: (-years[each], each)) if years else _UNKNOWN_YEAR
        sums = (
            AccountSum(float(value), currency, self._dollars(value, currency, year), main)
            for value, currency, main in amounts
            if math.isfinite(float(value))
        )
        return tuple(islice(dict.fromkeys(sums), _SUMS))


def sums_in(recognizer: Recognizer, text: str) -> list[Money]:
    """Return the sums that a text states in words."""
    mentions = recognizer.recognize(Article(0, text, (), language_of(text, recognizer.language_words)))
    return [mention.value for mention in mentions if isinstance(mention.value, Money)]


class _MentionWeights:
    """What the mentions of a text name; those in the title count more."""

    def __init__(self, mentions: Iterable[Mention], title: int) -> None:
        self._mentions = tuple(mentions)
        self._title = title

    def _weight(self, mention: Mention) -> float:
        return mention.weight * (_TITLE if mention.start < self._title else 1.0)

    def of(self, kind: MentionKind) -> Weights:
        """Return the weights of the keys of a kind; a name that no list has is its own key."""
        found: Weights = defaultdict(float)
        for mention in self._mentions:
            if mention.kind is kind and (key := mention.key or mention.name.casefold()):
                found[key] += self._weight(mention)
        return dict(found)

    def countries(self) -> Weights:
        found: Weights = defaultdict(float, self.of(MentionKind.COUNTRY))
        for mention in self._mentions:
            if mention.kind is MentionKind.PLACE and mention.key:
                found[mention.key] += _PLACE * self._weight(mention)
        return {country: weight for country, weight in found.items() if country not in _NO_HOST}

    def places(self) -> frozenset[str]:
        return frozenset((m.name or m.text).casefold() for m in self._mentions if m.kind is MentionKind.PLACE)

    def moneys(self) -> list[tuple[Decimal, str, bool]]:
        """Return value and currency of each sum, and whether it occurs in the title."""
        return [
            (mention.value.value, mention.value.currency, mention.start < self._title)
            for mention in self._mentions
            if isinstance(mention.value, Money)
        ]

    def agreement(self) -> Agreement | None:
        """Return the agreement that the title names: contract or loan; None if both or neither."""
        titled = {m.key for m in self._mentions if m.kind is MentionKind.FLOW and self._is_plain_in_title(m)}
        found = {agreement for kind, agreement in _AGREEMENTS.items() if kind in titled}
        return found.pop() if len(found) == 1 else None

    def _is_plain_in_title(self, mention: Mention) -> bool:
        return mention.start < self._title and mention.weight >= _PLAINLY

    def quantities(self) -> frozenset[tuple[float, str]]:
        return frozenset((float(m.value.value), m.value.unit) for m in self._mentions if isinstance(m.value, Quantity))

    def days(self, *precisions: str) -> frozenset[date]:
        return frozenset(point.day for _, point in self._dates() if point.precision in precisions)

    def years(self) -> dict[int, float]:
        found: dict[int, float] = defaultdict(float)
        for mention, point in self._dates():
            found[point.day.year] += self._weight(mention)
        return dict(found)

    def _dates(self) -> list[tuple[Mention, DatePoint]]:
        return [(mention, mention.value) for mention in self._mentions if isinstance(mention.value, DatePoint)]


def _dollars(converter: Converter, value: Decimal, currency: str, year: int) -> float | None:
    """Return a sum in dollars at the rate of mid-year, None if no rate is known."""
    day = date(max(_EARLIEST, min(year, _LATEST)), 7, 1)
    try:
        return float(converter.convert(value, currency, "USD", day).value) if currency else None
    except (NoRate, OverflowError):
        return None
