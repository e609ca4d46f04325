"""Analyses articles: JSONL rows of articles in, candidates out, without a database (formats: docs/analyst.md).

Rows are read, analysed and written one by one, so that memory stays bounded whatever the input holds.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, BinaryIO

from offing.errors import BadRecord
from offing.model.reading.mention import Mention, MentionKind
from offing.model.reading.rules import ScoringRules
from offing.model.review.candidate import LEARNED_REASONS, Analysis, Proposal, Proposed, Reason
from offing.model.sources.article import PARAGRAPH_BREAK, Article
from offing.model.text.language_words import LanguageWords
from offing.propose import propose
from offing.recognize import Recognizer
from offing.services.analysis.candidate_rows import Row, candidate_row
from offing.services.rows.jsonl import numbered_lines, object_of

if TYPE_CHECKING:
    from offing.services.analysis.recalling import Recaller

_SURROGATE = re.compile(r"[\ud800-\udfff]")
_LANGUAGE = re.compile(r"^[a-z]{2}\b")
_NO_SIGNS = LanguageWords()
_NO_COUNTRY = frozenset({"CHN", "HKG", "MAC", "TWN"})
_NO_PARTY = Reason("no-chinese-party", 0.0, "Nothing in it can be a Chinese firm, lender or public body.")
_TOO_LITTLE = Reason("too-little", 0.0, "Nothing speaks against it, but too little for it.")
_SLIGHT = -0.22  # log-odds; a reason that weighs less decided nothing


@dataclass(frozen=True, slots=True)
class Analyst:
    """All that is needed to analyse one article; `recaller` is set if there are known projects."""

    recognizer: Recognizer
    scoring: ScoringRules
    recaller: Recaller | None = None

    def analysis(self, article: Article) -> Analysis:
        """Return the candidates in an article, or the reason why it has none."""
        found = self.study(article)
        if not found.proposals:
            return Analysis(article, rejection=_NO_PARTY)
        kept = tuple(each for each in found.proposals if each.score >= self.scoring.cut)
        if kept:
            return Analysis(article, kept)
        return Analysis(article, (), found.proposals, _rejection(found.proposals[0]), found.context)

    def study(self, article: Article) -> Proposed:
        """Return the proposals of recognition and proposal for an article."""
        mentions = self.mentions(article)
        return propose(article, mentions, self.scoring) if mentions else Proposed((), 0.0, screened_out=True)

    def mentions(self, article: Article) -> tuple[Mention, ...]:
        """Return the mentions of an article; none if screening finds that it cannot concern us.

        An article that fails the screen is still compared with the news of known projects.
        """
        named = self.recognizer.screen(article.text, article.language)
        if not (named or self.recaller):
            return ()
        found = self.recognizer.recognize(article)
        more = self.recaller.recalled(article, found) if self.recaller else ()
        return tuple(sorted((*found, *more), key=lambda each: each.start)) if named or more else ()

    def country_of(self, outlet: str, language: str) -> str | None:
        """Return the country in an outlet's name ("Dhaka Economic Observer"), a weak hint at what it reports."""
        mentions = self.recognizer.recognize(Article(0, outlet, (), language)) if outlet else ()
        named = {m.key for m in mentions if m.kind in (MentionKind.COUNTRY, MentionKind.PLACE) and m.key}
        return named.pop() if len(named) == 1 and not named & _NO_COUNTRY else None


def _rejection(proposal: Proposal) -> Reason:
    """Return the reason that weighs most against a proposal; a model's reason only if no rule gives one."""
    against = sorted(
        (r for r in proposal.reasons if r.weight <= _SLIGHT), key=lambda r: (r.name in LEARNED_REASONS, r.weight)
    )
    return against[0] if against else _TOO_LITTLE


def analyse(
    source: BinaryIO, analyst: Analyst, *, everything: bool, on_error: Callable[[BadRecord], None]
) -> Iterator[Row]:
    """Yield the rows of the output, in the order of the input.

    Args:
        source: JSONL, one article a row; unknown fields are ignored.
        analyst: recognizes and proposes.
        everything: include proposals below the cut.
        on_error: called with each row that cannot be used; the others are still analysed.
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
    """Return the output row for one article.

    Raises:
        BadRecord: the row is no article.
    """
    article = article_of(row, number, country_of, analyst.recognizer.language_words)
    original = _text(row, "title", number) + PARAGRAPH_BREAK + PARAGRAPH_BREAK.join(_paragraphs(row, number))
    found = analyst.analysis(article)
    kept = (*found.candidates, *(found.below_cut if everything else ()))
    return {"id": row["id"], "candidates": [candidate_row(proposal, original) for proposal in kept]}


def article_of(
    row: Row, number: int, country_of: Callable[[str, str], str | None], signs: LanguageWords = _NO_SIGNS
) -> Article:
    """Return the article of a row. Lone surrogates, which no library accepts, are replaced one by one, so offsets stay.

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


def _language_of(text: str, signs: LanguageWords) -> str:
    from offing.extract.parts.language import language_of  # imported here because it loads all of extraction

    return language_of(text, signs)


def _text(row: Row, name: str, number: int) -> str:
    value = row.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise BadRecord(f'"{name}" is not a string but {type(value).__name__}', number)
    return value


def _paragraphs(row: Row, number: int) -> Iterable[str]:
    """Return the paragraphs as given; a text is split at its empty lines, which joining restores."""
    paragraphs = row.get("paragraphs")
    if paragraphs is None:
        text = _text(row, "text", number)
        if not text and not row.get("title"):
            raise BadRecord('has neither "paragraphs" nor "text"', number)
        return text.split(PARAGRAPH_BREAK)
    if not isinstance(paragraphs, list) or not all(isinstance(paragraph, str) for paragraph in paragraphs):
        raise BadRecord('"paragraphs" is not a list of strings', number)
    return paragraphs


def _published(row: Row) -> datetime | None:
    """Return the date if it can be read; a date without a time or zone counts as UTC."""
    value = row.get("published")
    try:
        found = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
    return found.replace(tzinfo=UTC) if found and found.tzinfo is None else found
