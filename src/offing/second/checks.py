"""Check each value of an answer against the article: its quote must be there, and our recognition must agree."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import Any, TypeVar

from offing.model.projects.project import Amount, Firm, Lender, SizedBy, StatedConcern, plain_number
from offing.model.reading.evidence import Evidence, FieldName
from offing.model.reading.mention import Mention, MentionKind, Money, Quantity
from offing.model.review.second_reader import Why
from offing.model.sources.article import Article
from offing.model.values.iso import country_by_alpha3, currencies
from offing.model.values.sums import READ_TWICE, differ_by_at_most
from offing.model.values.vocabulary import AmountKind, Concern, Role
from offing.second.quote_search import NormalisedText, is_word, normalise_quotes, quote_spans
from offing.second.shapes import QuotedFirm, QuotedName, QuotedSize, QuotedSum, QuotedWord, shaped

CHINA = frozenset({"CHN", "HKG", "MAC"})  # none of them is abroad
STATE = "Government of China"
Span = tuple[int, int]
Checked = tuple[Any, Evidence] | Why
_Word = TypeVar("_Word", bound=StrEnum)


@dataclass(frozen=True)
class Text:
    """An article with its mentions."""

    article: Article
    mentions: Sequence[Mention]

    @cached_property
    def folded(self) -> NormalisedText:
        """The text, folded for the search of quotes."""
        return normalise_quotes(self.article.text)

    def quoted(self, quote: str) -> list[Span]:
        """The spans of a quote."""
        return list(quote_spans(self.folded, quote))

    def inside(self, span: Span, *kinds: MentionKind) -> Iterator[Mention]:
        """The mentions of some kinds inside a span."""
        return (m for m in self.mentions if m.kind in kinds and span[0] <= m.start and m.end <= span[1])

    def proof(self, field: FieldName, value: str, span: Span) -> Evidence:
        """A span as evidence."""
        return Evidence(field, value, self.article.id, *span, self.article.text[span[0] : span[1]])


def country(text: Text, answer: Any) -> Checked:
    """A host country: an ISO 3166 code that recognition finds in the quote, by a name or a place in it."""
    if (item := shaped(answer, QuotedWord)) is None:
        return Why.SHAPE
    code = item.value.strip().upper()
    if country_by_alpha3(code) is None or code in CHINA:
        return Why.VALUE
    if not (spans := text.quoted(item.quote)):
        return Why.QUOTE
    for span in spans:
        if any(m.key == code for m in text.inside(span, MentionKind.COUNTRY, MentionKind.PLACE)):
            return code, text.proof(FieldName.COUNTRIES, code, span)
    return Why.UNREAD


def firm(text: Text, answer: Any) -> Checked:
    """A firm: a span in its quote, resolved by the lexicon where recognition knows it."""
    if (item := shaped(answer, QuotedFirm)) is None:
        return Why.SHAPE
    role = word_of(item.role, Role) if item.role else Role.CONTRACTOR
    if role is None:
        return Why.VALUE
    found = _named(text, item)
    if isinstance(found, Why):
        return found
    quote, own = found
    if any((m.start, m.end) == own for m in text.inside(own, MentionKind.CHINA, MentionKind.COUNTRY)):
        return Why.SPAN  # a country is no firm
    known = _known(text, own, MentionKind.FIRM, MentionKind.LENDER)
    written = text.article.text[slice(*own)]
    name = known.name or written if known else written
    return Firm(name, written, role, known.key if known else None), text.proof(FieldName.FIRMS, name, quote)


def lender(text: Text, answer: Any) -> Checked:
    """A financier: a span in its quote; the Chinese state where only China is named."""
    if (item := shaped(answer, QuotedName)) is None:
        return Why.SHAPE
    found = _named(text, item)
    if isinstance(found, Why):
        return found
    quote, own = found
    written = text.article.text[slice(*own)]
    known = _known(text, own, MentionKind.LENDER, MentionKind.FIRM)
    name = known.name or written if known else written
    if known is None and any(text.inside(own, MentionKind.CHINA)):
        name = STATE
    return Lender(name, written, known.key if known else None), text.proof(FieldName.LENDERS, name, quote)


def amount(text: Text, answer: Any) -> Checked:
    """A sum: one that recognition finds in the quote, in the same currency and within one per cent."""
    if (item := shaped(answer, QuotedSum)) is None:
        return Why.SHAPE
    code = item.currency.strip().upper()
    kind = word_of(item.kind, AmountKind) if item.kind else AmountKind.UNSPECIFIED
    if code not in currencies() or kind is None:
        return Why.VALUE
    if not (spans := text.quoted(item.quote)):
        return Why.QUOTE
    for span in spans:
        for m in text.inside(span, MentionKind.MONEY):
            if isinstance(m.value, Money) and m.value.currency == code and close(m.value.value, item.value):
                read = Amount(m.value.value, code, kind, m.text, m.value.qualifier)
                return read, text.proof(FieldName.AMOUNTS, f"{plain_number(read.value)} {code}", span)
    return Why.UNREAD


def size(text: Text, answer: Any) -> Checked:
    """A quantity: one that recognition finds in the quote, with the unit from there."""
    if (item := shaped(answer, QuotedSize)) is None:
        return Why.SHAPE
    if not (spans := text.quoted(item.quote)):
        return Why.QUOTE
    for span in spans:
        for m in text.inside(span, MentionKind.QUANTITY):
            if isinstance(m.value, Quantity) and m.key is None and close(m.value.value, item.value):
                read = SizedBy(m.value.value, m.value.unit, m.text)
                return read, text.proof(FieldName.QUANTITIES, read.written, span)
    return Why.UNREAD


def name(text: Text, field: FieldName, answer: Any) -> Checked:
    """An organisation or place as written: a span in its quote."""
    if (item := shaped(answer, QuotedName)) is None:
        return Why.SHAPE
    found = _named(text, item)
    if isinstance(found, Why):
        return found
    quote, own = found
    written = " ".join(text.article.text[slice(*own)].split())
    return written, text.proof(field, written, quote)


def concern(text: Text, answer: Any) -> Checked:
    """A concern that the article states, by its kind."""
    found = word(text, FieldName.CONCERNS, Concern, answer)
    if isinstance(found, Why):
        return found
    kind, proof = found
    return StatedConcern(kind, proof.text), proof


def word(text: Text, field: FieldName, words: type[StrEnum], answer: Any) -> Checked:
    """A word of a closed list."""
    if (item := shaped(answer, QuotedWord)) is None:
        return Why.SHAPE
    if (value := word_of(item.value, words)) is None:
        return Why.VALUE
    spans = text.quoted(item.quote)
    return (value, text.proof(field, value, spans[0])) if spans else Why.QUOTE


def word_of(written: str, words: type[_Word]) -> _Word | None:
    """The word of a closed list; None where the list lacks it."""
    try:
        return words(written.strip().lower().replace("_", "-").replace(" ", "-"))
    except ValueError:
        return None


def close(one: Decimal, other: Decimal) -> bool:
    """Whether two readings of one figure are equal up to rounding."""
    return differ_by_at_most(READ_TWICE, one, other)


def _named(text: Text, item: QuotedName) -> tuple[Span, Span] | Why:
    """The spans of a quote and of the name inside it."""
    if not (spans := text.quoted(item.quote)):
        return Why.QUOTE
    for span in spans:
        for own in quote_spans(text.folded, item.name, span):
            if is_word(text.article.text, *own):
                return span, own
    return Why.SPAN


def _known(text: Text, own: Span, *kinds: MentionKind) -> Mention | None:
    """Recognition's mention for a name: the longest one inside it, or one around it; earlier kinds take precedence."""
    touching = [m for m in text.mentions if m.kind in kinds and m.start < own[1] and own[0] < m.end]
    fitting = [m for m in touching if own[0] <= m.start and m.end <= own[1]]
    fitting = fitting or [m for m in touching if m.start <= own[0] and own[1] <= m.end]
    return max(fitting, key=lambda m: (-kinds.index(m.kind), m.end - m.start), default=None)
