"""Reads sums of money: a number, its scale, and the currency before or after it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from offing.model.reading.mention import MentionKind, Money
from offing.model.reading.patterns import PatternRole, PatternWord
from offing.model.reading.rules import CurrencyForm, Wording
from offing.recognize.places.nearby import Nearby
from offing.recognize.quantities.numbers import NumberReader
from offing.recognize.text.draft import Draft
from offing.recognize.text.folded_text import Folded
from offing.recognize.text.lexemes import LexemeMatch, Lexemes
from offing.recognize.text.number import Number
from offing.recognize.text.pattern_grammar import PatternGrammar, values

_LONGEST_RANGE_SIGN = 8
Resolved = tuple[LexemeMatch[CurrencyForm], str]
_MILLION = 1_000_000
_COUNTRY_OF_ARTICLE = 2  # the weight of the outlet's country, in mentions
_ELLIPTIC_REACH = 250
_PRICED_REACH = 700  # characters within which "for 410 million" is a price without a currency
_SHORTEST_NAME_OF_SCALE = 2  # 12m may be metres
_ELLIPTIC_WEIGHT = 0.6
_LEAST_IN_WORDS = 1_000  # "one dollar" is a figure of speech
_SENTENCE_ENDS = (". ", "\n", "。", "؟", "? ", "! ")
_LEAST_BEHIND_LETTER = 100_000  # "L 412,960,300" is lempiras, "P 5" a page


@dataclass(frozen=True, slots=True)
class MoneySpan:
    """A sum at a span of the folded text."""

    start: int
    end: int
    value: Decimal
    currency: str
    qualifier: str = ""
    by: str = "currency"
    weight: float = 1.0


class SumReader:
    """Reads the sums of texts in one language."""

    def __init__(self, wording: Wording, language: str) -> None:
        own = [form for form in wording.currencies if form.language in (language, "*")]
        self._numbers = NumberReader(wording.number_words, wording.pattern_words, language)
        self._ranges = _Ranges(values(wording.pattern_words))
        self._links = _links(values(wording.pattern_words))
        self._currencies = Lexemes((form.text, form) for form in own)
        self._qualifiers = Lexemes(_words(wording, PatternRole.QUALIFIER, language))
        self._of_which = Lexemes(_words(wording, PatternRole.OF_WHICH, language))
        self._priced = Lexemes(_words(wording, PatternRole.PRICED, language))
        self._pauses = Lexemes(_words(wording, PatternRole.PAUSE, language))

    def numbers(self, folded: Folded) -> list[Number]:
        """All numbers of a text."""
        return self._numbers.read(folded)

    def read(self, folded: Folded, numbers: list[Number], countries: Nearby) -> list[MoneySpan]:
        """The sums among the numbers of a text.

        Args:
            folded: the text.
            numbers: its numbers, by start.
            countries: which countries the text names, and where; decides whose shillings they are.
        """
        last: MoneySpan | None = None
        sums: list[MoneySpan | None] = []
        for number in numbers:
            found = self._sum(folded, number, countries) or (self._elliptic(folded, number, last) if last else None)
            sums.append(found)
            last = found or last
        merged = list(self._ranges.merged(folded, numbers, sums))
        for place, money in enumerate(merged):
            start = money.start
            while start > 0 and folded.text[start - 1] == " ":
                start -= 1
            word = self._qualifiers.before(folded, start)  # about, up to, more than
            if word and not money.qualifier:
                merged[place] = replace(money, qualifier=word.values[0].value)
        return merged

    def _sum(self, folded: Folded, number: Number, countries: Nearby) -> MoneySpan | None:
        before = self._before(folded, number, countries)
        behind = self._behind(folded, number, countries)
        if behind:  # the second $ in $100m-$200m belongs to the number after it
            following = folded.text[behind[0].end : behind[0].end + 2]
            if following[:1].isdigit() or (before and following[:1] == " " and following[1:].isdigit()):
                behind = None
        currency = (behind or before or (None, ""))[1]
        large = number.value >= _LEAST_IN_WORDS
        if not currency or (number.in_words and not (behind and large)):
            return None
        start = before[0].start if before and (not behind or before[1] == currency) else number.start
        end = behind[0].end if behind else number.end
        return MoneySpan(start, max(end, number.end), number.value, currency)

    def _behind(self, folded: Folded, number: Number, countries: Nearby) -> Resolved | None:
        """The currency after a number, and its repetition (元人民币)."""
        found = self._after_link(folded, number.end, countries, self._links)
        if found is None and number.end > number.digits_end:  # "150 mdd" is millions and dollars in one word
            joined = self._resolved(self._currencies.after(folded, number.digits_end + 1), countries)
            found = joined if joined and joined[0].end == number.end and not _is_one_letter(joined[0], folded) else None
        if found is not None:
            more = self._after_link(folded, found[0].end, countries, links=("", " "))
            if more and more[1] == found[1]:
                found = more
        return found

    def _after_link(self, folded: Folded, place: int, countries: Nearby, links: Iterable[str]) -> Resolved | None:
        for link in links:
            if folded.text.startswith(link, place):
                form = self._currencies.after(folded, place + len(link))
                resolved = self._resolved(form, countries)
                if resolved and not _is_one_letter(resolved[0], folded):
                    return resolved
        return None

    def _before(self, folded: Folded, number: Number, countries: Nearby) -> Resolved | None:
        for gap in ("", " "):
            place = number.start - len(gap)
            if place > 0 and folded.text.startswith(gap, place):
                found = self._resolved(self._currencies.before(folded, place), countries)
                if found and not (gap and _is_one_letter(found[0], folded) and number.value < _LEAST_BEHIND_LETTER):
                    return found
        return None

    def _resolved(self, found: LexemeMatch[CurrencyForm] | None, countries: Nearby) -> Resolved | None:
        """The currency of the country named most often and nearest, else the form's default meaning."""
        if found is None:
            return None
        ranked = [(countries.weight(form.countries, found.start), form.currency) for form in found.values]
        count, currency = max(ranked, key=lambda pair: pair[0])
        if count == 0:
            currency = next((form.currency for form in found.values if not form.countries), "")
        return (found, currency) if currency else None

    def _elliptic(self, folded: Folded, number: Number, last: MoneySpan) -> MoneySpan | None:
        """A scaled number that takes the currency of the sum before it."""
        named = folded.text[number.digits_end : number.end].strip(" -")
        is_large = number.scale >= _MILLION and not number.in_words and len(named) >= _SHORTEST_NAME_OF_SCALE
        start = number.start
        if start and (about := self._qualifiers.before(folded, start - (folded.text[start - 1 : start] == " "))):
            start = about.start
        part = _is_before(self._of_which, folded, start)
        if not is_large or not (part or self._pauses_at(folded, number.end)):
            return None
        gap = folded.text[last.end : number.start]
        priced = part or _is_before(self._priced, folded, start)
        if len(gap) > (_PRICED_REACH if priced else _ELLIPTIC_REACH) or (
            not priced and any(sign in gap for sign in _SENTENCE_ENDS)
        ):
            return None
        return MoneySpan(number.start, number.end, number.value, last.currency, "", "elliptic", _ELLIPTIC_WEIGHT)

    def _pauses_at(self, folded: Folded, end: int) -> bool:
        """Whether no noun that it may count follows a number."""
        rest = folded.text[end : end + 1]
        if rest == "" or (not rest.isalnum() and rest not in " -%/'$€"):
            return True
        return rest == " " and (
            folded.text[end + 1 : end + 2] == "(" or self._pauses.after(folded, end + 1) is not None
        )


def find_sums(draft: Draft, reader: SumReader) -> None:
    """Read the numbers of the text, and add its sums of money."""
    draft.numbers = reader.numbers(draft.folded)
    named = draft.of(MentionKind.COUNTRY, MentionKind.PLACE, MentionKind.CHINA)
    places = [(draft.folded.place(mention.start), mention.key or "") for mention in named]
    counts = Counter(country for _, country in places)
    if draft.article.country:
        counts[draft.article.country] += _COUNTRY_OF_ARTICLE
    for found in reader.read(draft.folded, draft.numbers, Nearby(counts, places)):
        value = found.value.to_integral_value() if found.value == found.value.to_integral_value() else found.value
        money = Money(value, found.currency, found.qualifier)
        start, end = draft.folded.span(found.start, found.end)
        draft.add(MentionKind.MONEY, start, end, value=money, by=found.by, weight=found.weight)
        draft.spent.append((found.start, found.end))


def _words(wording: Wording, role: PatternRole, language: str) -> Iterator[tuple[str, PatternWord]]:
    return (
        (word.text, word) for word in wording.pattern_words if word.role is role and word.language in (language, "*")
    )


def _is_before(words: Lexemes[PatternWord], folded: Folded, place: int) -> bool:
    blank = folded.text[place - 1 : place] == " "
    return place > blank and words.before(folded, place - blank) is not None


def _is_one_letter(found: LexemeMatch[CurrencyForm], folded: Folded) -> bool:
    return found.end - found.start == 1 and folded.text[found.start].isalpha() and folded.text[found.start].isascii()


def _links(grammar: PatternGrammar) -> tuple[str, ...]:
    """The text that may stand between a number and its currency."""
    attached = (f" {word}" for word in grammar.words("currency_links_attached"))
    return ("", " ", "-", *attached, *(f" {word} " for word in grammar.words("currency_links")))


class _Ranges:
    """Recognises the two ends of a range."""

    def __init__(self, grammar: PatternGrammar) -> None:
        words = (f" {word} " for word in grammar.words("range_words"))
        self._signs = frozenset({"-", " - ", *words, *grammar.words("range_signs")})
        joins = (f" {word} " for word in grammar.words("joins"))
        self._joins = frozenset({*joins, *(f" {word}" for word in grammar.words("joins_attached"))})
        self._between = tuple(f"{word} " for word in grammar.words("between"))

    def merged(self, folded: Folded, numbers: list[Number], sums: list[MoneySpan | None]) -> Iterator[MoneySpan]:
        """The sums; a range ("10-15 million dollars") gives two, each with the words of both."""
        pending: Number | None = None
        held: MoneySpan | None = None
        for number, found in zip(numbers, sums, strict=True):
            low = self._low_end(folded, (pending, held), number, found) if pending and found else None
            if before := low or held:
                yield before
            pending, held = number, replace(found, start=low.start, qualifier="to") if low and found else found
        if held:
            yield held

    def _low_end(
        self, folded: Folded, low: tuple[Number, MoneySpan | None], high: Number, found: MoneySpan
    ) -> MoneySpan | None:
        """The lower end, which has no currency after it, if two adjacent numbers are a range."""
        number, own = low
        value = number.value if number.is_scaled else number.value * high.scale
        own_currency = own.currency if own and own.by != "elliptic" else found.currency
        if (own and own.end != number.end) or own_currency != found.currency or not 0 < value < high.value:
            return None
        if own and number.is_scaled and found.start < high.start:  # "$10 million to $15 million" are two sums
            return None
        if high.start - number.end > _LONGEST_RANGE_SIGN:
            return None
        start, gap = own.start if own else number.start, folded.text[number.end : high.start]
        between = gap in self._joins and folded.text.endswith(self._between, 0, start)
        if not (gap in self._signs or between) or found.start < number.end:
            return None
        return replace(found, start=start, value=value, qualifier="from")
