"""Each value of an answer held against the article: its quote must stand there, and our own readers must read it so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import Any, TypeVar

from offing.model.article import Article
from offing.model.evidence import Evidence, FieldName
from offing.model.iso import country_by_alpha3, currencies
from offing.model.mention import Mention, MentionKind, Money, Quantity
from offing.model.project import Amount, Firm, Lender, SizedBy, StatedConcern, plain_number
from offing.model.second import Why
from offing.model.vocabulary import AmountKind, Concern, Role
from offing.second.places import Folded, fold, is_word, places
from offing.second.shapes import SaidFirm, SaidName, SaidSize, SaidSum, SaidWord, shaped

HOME = frozenset({"CHN", "HKG", "MAC"})  # none of them is abroad
CLOSE = Decimal("0.01")  # two readings of one sum differ by a rounding
STATE = "Government of China"
Span = tuple[int, int]
Checked = tuple[Any, Evidence] | Why
_Word = TypeVar("_Word", bound=StrEnum)


@dataclass(frozen=True)
class Text:
    """An article with what recognition found in it."""

    article: Article
    mentions: Sequence[Mention]

    @cached_property
    def folded(self) -> Folded:
        """The text as quotes are looked for in it."""
        return fold(self.article.text)

    def quoted(self, quote: str) -> list[Span]:
        """Where a quote stands."""
        return list(places(self.folded, quote))

    def inside(self, span: Span, *kinds: MentionKind) -> Iterator[Mention]:
        """The mentions of some kinds that lie in a span."""
        return (m for m in self.mentions if m.kind in kinds and span[0] <= m.start and m.end <= span[1])

    def proof(self, field: FieldName, value: str, span: Span) -> Evidence:
        """A span as evidence."""
        return Evidence(field, value, self.article.id, *span, self.article.text[span[0] : span[1]])


def country(text: Text, said: Any) -> Checked:
    """A host country: a code of ISO 3166 that recognition reads in the quote, by a name or a place in it."""
    if (item := shaped(said, SaidWord)) is None:
        return Why.SHAPE
    code = item.value.strip().upper()
    if country_by_alpha3(code) is None or code in HOME:
        return Why.VALUE
    if not (spans := text.quoted(item.quote)):
        return Why.QUOTE
    for span in spans:
        if any(m.key == code for m in text.inside(span, MentionKind.COUNTRY, MentionKind.PLACE)):
            return code, text.proof(FieldName.COUNTRIES, code, span)
    return Why.UNREAD


def firm(text: Text, said: Any) -> Checked:
    """A firm: a span in its quote; known by the lexicon where recognition knows it."""
    if (item := shaped(said, SaidFirm)) is None:
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


def lender(text: Text, said: Any) -> Checked:
    """A financier: a span in its quote; the Chinese state where only China is named."""
    if (item := shaped(said, SaidName)) is None:
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


def amount(text: Text, said: Any) -> Checked:
    """A sum: one that recognition reads in the quote, in the same currency and within one per cent."""
    if (item := shaped(said, SaidSum)) is None:
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


def size(text: Text, said: Any) -> Checked:
    """A quantity: one that recognition reads in the quote; the unit is as it reads it."""
    if (item := shaped(said, SaidSize)) is None:
        return Why.SHAPE
    if not (spans := text.quoted(item.quote)):
        return Why.QUOTE
    for span in spans:
        for m in text.inside(span, MentionKind.QUANTITY):
            if isinstance(m.value, Quantity) and m.key is None and close(m.value.value, item.value):
                read = SizedBy(m.value.value, m.value.unit, m.text)
                return read, text.proof(FieldName.QUANTITIES, read.written, span)
    return Why.UNREAD


def name(text: Text, field: FieldName, said: Any) -> Checked:
    """An organisation or place as written: a span in its quote."""
    if (item := shaped(said, SaidName)) is None:
        return Why.SHAPE
    found = _named(text, item)
    if isinstance(found, Why):
        return found
    quote, own = found
    written = " ".join(text.article.text[slice(*own)].split())
    return written, text.proof(field, written, quote)


def concern(text: Text, said: Any) -> Checked:
    """A worry that the article states, by its kind."""
    found = word(text, FieldName.CONCERNS, Concern, said)
    if isinstance(found, Why):
        return found
    kind, proof = found
    return StatedConcern(kind, proof.text), proof


def word(text: Text, field: FieldName, words: type[StrEnum], said: Any) -> Checked:
    """A word of a closed list."""
    if (item := shaped(said, SaidWord)) is None:
        return Why.SHAPE
    if (value := word_of(item.value, words)) is None:
        return Why.VALUE
    spans = text.quoted(item.quote)
    return (value, text.proof(field, value, spans[0])) if spans else Why.QUOTE


def word_of(written: str, words: type[_Word]) -> _Word | None:
    """The word of a closed list; None where the list has no such word."""
    try:
        return words(written.strip().lower().replace("_", "-").replace(" ", "-"))
    except ValueError:
        return None


def close(one: Decimal, other: Decimal) -> bool:
    """Whether two numbers are one, but for rounding."""
    return abs(one - other) <= CLOSE * max(abs(one), abs(other))


def _named(text: Text, item: SaidName) -> tuple[Span, Span] | Why:
    """The quote, and the name inside it."""
    if not (spans := text.quoted(item.quote)):
        return Why.QUOTE
    for span in spans:
        for own in places(text.folded, item.name, span):
            if is_word(text.article.text, *own):
                return span, own
    return Why.SPAN


def _known(text: Text, own: Span, *kinds: MentionKind) -> Mention | None:
    """What recognition knows by a name: the longest mention in it, or the one that holds it; the first kind first."""
    touching = [m for m in text.mentions if m.kind in kinds and m.start < own[1] and own[0] < m.end]
    fitting = [m for m in touching if own[0] <= m.start and m.end <= own[1]]
    fitting = fitting or [m for m in touching if m.start <= own[0] and own[1] <= m.end]
    return max(fitting, key=lambda m: (-kinds.index(m.kind), m.end - m.start), default=None)
