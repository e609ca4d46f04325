"""Known words of an article in English, and the field that each supports. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from offing.model.reading.evidence import FieldName
from offing.model.reading.mention import DatePoint, Mention, MentionKind, Money, Quantity
from offing.model.sources.article import Article
from offing.review.countries import country_name
from offing.review.form_values import plain
from offing.review.headline import qualified

_FIELDS = {
    MentionKind.FIRM: FieldName.FIRMS,
    MentionKind.LENDER: FieldName.LENDERS,
    MentionKind.COUNTRY: FieldName.COUNTRIES,
    MentionKind.MONEY: FieldName.AMOUNTS,
    MentionKind.QUANTITY: FieldName.QUANTITIES,
    MentionKind.COUNTERPART: FieldName.COUNTERPARTS,
    MentionKind.PLACE: FieldName.PLACES,
    MentionKind.DATE: FieldName.EVENT_DATE,
    MentionKind.CONCERN: FieldName.CONCERNS,
    MentionKind.STATUS: FieldName.STATUS,
    MentionKind.SECTOR: FieldName.SECTOR,
    MentionKind.MODE: FieldName.MODE,
    MentionKind.RECORD_TYPE: FieldName.RECORD_TYPE,
    MentionKind.ROLE: FieldName.FIRMS,
    MentionKind.FLOW: FieldName.AMOUNTS,
    MentionKind.CHINA: None,
}
_ORDER = {kind: place for place, kind in enumerate(_FIELDS)}  # precedence where words overlap
_NAMES = frozenset(
    {MentionKind.FIRM, MentionKind.LENDER, MentionKind.COUNTRY, MentionKind.PLACE, MentionKind.COUNTERPART}
)
_CUES = frozenset(
    {MentionKind.CONCERN, MentionKind.SECTOR, MentionKind.MODE, MentionKind.RECORD_TYPE, MentionKind.FLOW}
)  # what they indicate is not what they mean
_ALPHA_3 = 3
_PRECISE = {"day": "%-d %b %Y", "month": "%b %Y", "year": "%Y"}


@dataclass(frozen=True, slots=True)
class GlossedWord:
    """A known stretch of an article. `gloss` is empty where English needs none."""

    start: int
    end: int
    field: FieldName | None
    gloss: str


def known_words(article: Article, mentions: Iterable[Mention]) -> tuple[GlossedWord, ...]:
    """Return the known words of an article in order, without overlaps; names before sums, sums before cues."""
    usable = [m for m in mentions if m.kind in _FIELDS and article.text[m.start : m.end] == m.text and m.text.strip()]
    taken: list[GlossedWord] = []
    ends: set[int] = set()
    for mention in sorted(usable, key=lambda each: (_ORDER[each.kind], each.start - each.end, each.start)):
        span = set(range(mention.start, mention.end))
        if not span & ends:
            ends |= span
            taken.append(
                GlossedWord(mention.start, mention.end, _FIELDS[mention.kind], gloss(mention, article.language == "en"))
            )
    return tuple(sorted(taken, key=lambda word: word.start))


def gloss(mention: Mention, is_english: bool) -> str:
    """Return the meaning of a word: "Huawei, firm"; empty where an English reader needs none, or it is unknown."""
    meaning, kind = _meaning(mention), _kind(mention)
    same = meaning.casefold() == mention.text.casefold()
    is_plain = is_english and (same or mention.kind not in {*_NAMES, MentionKind.MONEY})
    if not meaning or mention.kind in _CUES or is_plain:
        return ""
    if same:  # the name is the same in English: only its kind helps
        return kind
    return f"{meaning}, {kind}" if mention.kind in _NAMES else meaning


def _meaning(mention: Mention) -> str:
    if mention.kind is MentionKind.COUNTRY and mention.key:
        return country_name(mention.key)
    if mention.kind is MentionKind.CHINA:
        return "China"
    match mention.value:
        case Money(value, currency, qualifier):
            return f"{qualified(qualifier)} {currency} {value:,f}".strip()
        case Quantity(value, unit):
            return f"{plain(value)} {unit}"
        case DatePoint(day, precision):
            return day.strftime(_PRECISE.get(precision, _PRECISE["day"]))
        case _:
            return mention.name if mention.kind in _NAMES else (mention.key or "").replace("-", " ")


def _kind(mention: Mention) -> str:
    if mention.kind is MentionKind.PLACE and mention.key and len(mention.key) == _ALPHA_3:
        return f"place in {country_name(mention.key)}"
    if mention.kind is MentionKind.COUNTERPART:
        return "body of the host side"
    return mention.kind.value.replace("-", " ")
