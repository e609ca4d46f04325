"""Analyse: articles in, candidates out, without a database (formats: docs/analyst.md).

Rows are read, worked on and written one by one, so that memory stays bounded whatever the input holds.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, BinaryIO

from offing.errors import BadRecord
from offing.model.article import PARAGRAPH_BREAK, Article
from offing.model.candidate import Proposed
from offing.model.languages import LanguageSigns
from offing.model.mention import Mention, MentionKind
from offing.model.rules import ScoringRules
from offing.propose import propose
from offing.recognize import Recognizer
from offing.steps.candidate_rows import Row, candidate_row
from offing.steps.jsonl import numbered_lines, object_of

if TYPE_CHECKING:
    from offing.steps.recalling import Recaller

_SURROGATE = re.compile(r"[\ud800-\udfff]")
_LANGUAGE = re.compile(r"^[a-z]{2}\b")
_NO_SIGNS = LanguageSigns()
_NO_COUNTRY = frozenset({"CHN", "HKG", "MAC", "TWN"})


@dataclass(frozen=True, slots=True)
class Analyst:
    """All that analysing one article needs; a recaller where there are known projects."""

    recognizer: Recognizer
    scoring: ScoringRules
    recaller: Recaller | None = None

    def study(self, article: Article) -> Proposed:
        """What recognition and proposal make of an article."""
        mentions = self.mentions(article)
        return propose(article, mentions, self.scoring) if mentions else Proposed((), 0.0, screened_out=True)

    def mentions(self, article: Article) -> tuple[Mention, ...]:
        """What stands in an article; nothing where screening tells that it cannot concern us.

        What passes without a name is still compared with what the news of known projects means.
        """
        named = self.recognizer.screen(article.text, article.language)
        if not (named or self.recaller):
            return ()
        found = self.recognizer.recognize(article)
        more = self.recaller.recalled(article, found) if self.recaller else ()
        return tuple(sorted((*found, *more), key=lambda each: each.start)) if named or more else ()

    def country_of(self, outlet: str, language: str) -> str | None:
        """The country that an outlet's name tells ("Dhaka Economic Observer"), a weak hint at what it reports."""
        mentions = self.recognizer.recognize(Article(0, outlet, (), language)) if outlet else ()
        named = {m.key for m in mentions if m.kind in (MentionKind.COUNTRY, MentionKind.PLACE) and m.key}
        return named.pop() if len(named) == 1 and not named & _NO_COUNTRY else None


def analyse(
    source: BinaryIO, analyst: Analyst, *, everything: bool, on_error: Callable[[BadRecord], None]
) -> Iterator[Row]:
    """The rows of the output, in the order of the input.

    Args:
        source: JSONL, one article a row; unknown fields are ignored.
        analyst: recognizes and proposes.
        everything: also what falls below the cut.
        on_error: is told of each row that cannot be used; the rest goes on.
    """
    country_of = lru_cache(maxsize=1024)(analyst.country_of)
    for number, line in numbered_lines(source, on_error):
        try:
            yield analyse_row(object_of(line, number), number, analyst, country_of, everything=everything)
        except BadRecord as error:
            on_error(error)
        except Exception as error:  # noqa: BLE001 -- border: a fault of ours on one row must not cost the others
            on_error(BadRecord(f"a fault of offing itself ({type(error).__name__}: {error})", number))


def analyse_row(
    row: Row,
    number: int,
    analyst: Analyst,
    country_of: Callable[[str, str], str | None],
    *,
    everything: bool = False,
) -> Row:
    """The output for one article.

    Raises:
        BadRecord: the row is no article.
    """
    article = article_of(row, number, country_of, analyst.recognizer.signs)
    original = _text(row, "title", number) + PARAGRAPH_BREAK + PARAGRAPH_BREAK.join(_paragraphs(row, number))
    proposed = analyst.study(article)
    kept = [p for p in proposed.proposals if everything or p.score >= analyst.scoring.cut]
    return {"id": row["id"], "candidates": [candidate_row(proposal, original) for proposal in kept]}


def article_of(
    row: Row, number: int, country_of: Callable[[str, str], str | None], signs: LanguageSigns = _NO_SIGNS
) -> Article:
    """The article of a row. Lone surrogates, which no library takes, are replaced one by one: offsets stay.

    Raises:
        BadRecord: it has no id or text, or a field of the wrong type.
    """
    if row.get("id") is None:
        raise BadRecord('has no "id"', number)
    title = _SURROGATE.sub("�", _text(row, "title", number))
    paragraphs = tuple(_SURROGATE.sub("�", paragraph) for paragraph in _paragraphs(row, number))
    given = _LANGUAGE.match(_text(row, "lang", number).strip().lower())
    language = given[0] if given else _language_of("\n".join((title, *paragraphs)), signs)
    outlet = _SURROGATE.sub("�", _text(row, "outlet", number))
    return Article(
        id=number,
        title=title,
        paragraphs=paragraphs,
        language=language,
        url=_text(row, "url", number),
        outlet=outlet,
        domain=_text(row, "domain", number),
        published=_published(row),
        country=country_of(outlet, language),
    )


def _language_of(text: str, signs: LanguageSigns) -> str:
    from offing.extract.language import language_of  # which draws in all of extraction

    return language_of(text, signs)


def _text(row: Row, name: str, number: int) -> str:
    value = row.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise BadRecord(f'"{name}" is no string but {type(value).__name__}', number)
    return value


def _paragraphs(row: Row, number: int) -> Iterable[str]:
    """The paragraphs as given; a text is parted at its empty lines, which joining puts back."""
    paragraphs = row.get("paragraphs")
    if paragraphs is None:
        text = _text(row, "text", number)
        if not text and not row.get("title"):
            raise BadRecord('has neither "paragraphs" nor "text"', number)
        return text.split(PARAGRAPH_BREAK)
    if not isinstance(paragraphs, list) or not all(isinstance(paragraph, str) for paragraph in paragraphs):
        raise BadRecord('"paragraphs" is no list of strings', number)
    return paragraphs


def _published(row: Row) -> datetime | None:
    """The date where it can be read; a date alone or without zone counts as UTC."""
    value = row.get("published")
    try:
        found = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
    return found.replace(tzinfo=UTC) if found and found.tzinfo is None else found
