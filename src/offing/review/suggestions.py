"""Suggestions for a field from an article: the values that recognition found, each with its sentence. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from offing.model.reading.evidence import FieldName
from offing.model.reading.mention import DatePoint, Mention, MentionKind, Money, Quantity
from offing.model.sources.article import Article
from offing.review.form_values import plain

MOST = 8  # values suggested for a field
_PRECISIONS = {"day": "%Y-%m-%d", "month": "%Y-%m", "year": "%Y"}
_FIELDS = {
    MentionKind.COUNTRY: FieldName.COUNTRIES,
    MentionKind.FIRM: FieldName.FIRMS,
    MentionKind.LENDER: FieldName.LENDERS,
    MentionKind.MONEY: FieldName.AMOUNTS,
    MentionKind.SECTOR: FieldName.SECTOR,
    MentionKind.STATUS: FieldName.STATUS,
    MentionKind.MODE: FieldName.MODE,
    MentionKind.RECORD_TYPE: FieldName.RECORD_TYPE,
    MentionKind.CONCERN: FieldName.CONCERNS,
    MentionKind.QUANTITY: FieldName.QUANTITIES,
    MentionKind.COUNTERPART: FieldName.COUNTERPARTS,
    MentionKind.PLACE: FieldName.PLACES,
    MentionKind.DATE: FieldName.EVENT_DATE,
}
_BY_KEY = {
    *(MentionKind.COUNTRY, MentionKind.SECTOR, MentionKind.STATUS),
    *(MentionKind.MODE, MentionKind.RECORD_TYPE, MentionKind.CONCERN),
}
_END = re.compile(r"[。！？]+[”」』）]*|[.!?؟…]+[\"'”’»)\]]*(?=\s|$)|\n")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A value in an article, as it would be typed; `start` and `end` are those of its sentence."""

    value: str
    article_id: int
    start: int
    end: int
    text: str


def suggested_values(
    articles: Iterable[Article], mentions: Mapping[int, Iterable[Mention]]
) -> dict[FieldName, tuple[Suggestion, ...]]:
    """Return the suggested values by field, most frequent first."""
    counted: dict[FieldName, Counter[str]] = {}
    first: dict[tuple[FieldName, str], Suggestion] = {}
    for article in articles:
        for mention in mentions.get(article.id, ()):
            for field, value in _values(article, mention):
                counted.setdefault(field, Counter()).update((value,))
                start, end = sentence_at(article.text, mention.start, mention.end)
                first.setdefault((field, value), Suggestion(value, article.id, start, end, article.text[start:end]))
    return {
        field: tuple(first[field, value] for value, _ in counts.most_common(MOST)) for field, counts in counted.items()
    }


def sentence_at(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the span of the sentence around a span, within its paragraph, without surrounding blanks."""
    left = max((each.end() for each in _END.finditer(text[:start])), default=0)
    ending = _END.search(text, end)
    right = len(text) if ending is None else ending.start() if ending[0].isspace() else ending.end()
    while left < start and text[left].isspace():
        left += 1
    while right > end and text[right - 1].isspace():
        right -= 1
    return left, right


def _values(article: Article, mention: Mention) -> Iterator[tuple[FieldName, str]]:
    is_term = mention.kind is MentionKind.QUANTITY and mention.key is not None
    field = FieldName.TERMS if is_term else _FIELDS.get(mention.kind)
    if field is None or article.text[mention.start : mention.end] != mention.text:  # withheld, or extracted again
        return
    value = _value(mention)
    if value and ";" not in value:
        yield field, value


def _value(mention: Mention) -> str:
    if mention.kind in _BY_KEY:
        return mention.key or ""
    match mention.value:
        case Money(value, currency):
            return f"{plain(value)} {currency}" if value > 0 else ""
        case Quantity(value, unit):
            size = f"{plain(value)} {unit}" if value > Decimal(0) else ""
            return f"{mention.key} {size}" if size and mention.key else size
        case DatePoint(day, precision):
            return day.strftime(_PRECISIONS[precision]) if precision in _PRECISIONS else ""
        case _:
            return "" if mention.kind in {MentionKind.MONEY, MentionKind.QUANTITY} else mention.name or mention.text
