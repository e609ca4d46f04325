"""The stage: turns a stored page into an article, or into the reason why there is none. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from offing.extract.address import address_of
from offing.extract.body.body import body_of
from offing.extract.body.pdf import is_pdf, read_pdf
from offing.extract.body.trafilatura_passes import widest
from offing.extract.checks.best_variant import TextVariant, best_variant, may_win
from offing.extract.checks.completeness import PageEvidence, judge_completeness, page_evidence
from offing.extract.checks.refusal import Refusals
from offing.extract.markup.hidden import drop, reveal
from offing.extract.markup.page_tree import Page, read_page
from offing.extract.markup.presentational import normalise_markup
from offing.extract.markup.structured_metadata import StructuredMetadata, structured_metadata
from offing.extract.outlets.outlet_rule import METHOD, MISSED, Ruled, apply_rule, folded_boilerplate
from offing.extract.page_readers import PageReaders, page_readers
from offing.extract.parts.heading import Announced, heading_of
from offing.extract.parts.language import language_of
from offing.extract.parts.line_filter import Frame
from offing.extract.parts.published import DateSource, Setting, published_at
from offing.model.sources.article import ExtractedArticle, NoArticle
from offing.model.sources.outlet import OutletRule
from offing.model.sources.page import StoredPage
from offing.model.sources.page_words import ExtractionRules
from offing.model.text.text import LONGEST_TOKEN, clean_text, plain, shorten_tokens
from offing.urls import domain_of, host_of

LONGEST_TEXT = 200_000  # characters, docs/limits.md, Sizes
SHORTEST_TEXT = 80
SHORTEST_WIDE = 30  # Chinese, Japanese, Korean
_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_METHOD = "trafilatura"
_UNSURE = "+guessed-encoding"


@dataclass(frozen=True, slots=True)
class _Text:
    """Paragraphs within the length limit, and whether any were cut."""

    paragraphs: tuple[str, ...]
    cut: bool


@dataclass(frozen=True, slots=True)
class _Head:
    """An article's metadata: everything but its text."""

    url: str
    title: str
    outlet: str
    published: datetime | None
    source: DateSource
    author: str | None
    section: str
    language: str | None


def extract_article(
    page: StoredPage,
    now: datetime,
    rules: ExtractionRules,
    repeated: frozenset[str] = frozenset(),
) -> ExtractedArticle | NoArticle:
    """Extract the article from a page, HTML or PDF.

    Args:
        page: the stored page with what its entry and feed state.
        now: aware UTC; no date later than two days from it is believed.
        rules: the extraction rules.
        repeated: folded lines that recur on many pages of the outlet.

    Returns:
        The article, all its strings cleaned, or the reason why there is none.
    """
    readers = page_readers(rules.words)
    if is_pdf(page.body, page.content_type):
        return read_pdf(page, now, rules.language_words, readers)
    read = read_page(page.body, page.content_type)
    if isinstance(read, NoArticle):
        return read
    hidden = reveal(read.tree)
    rule = rules.outlets.of(host_of(page.final_url), domain_of(page.final_url), page.fetched_at.date())
    metadata = structured_metadata(read.tree)
    evidence = page_evidence(copy(read.tree), metadata, page.final_url)
    ruled = apply_rule(read.tree, rule, now)
    head = _Heads(page, now, readers).of(read, metadata, rule, ruled)
    drop(hidden)
    normalise_markup(read.tree)
    texts = _Texts(read, Frame(head.title, head.outlet, now, repeated | folded_boilerplate(rule)), readers)
    text, method = texts.best(ruled, evidence, metadata)
    judged = judge_completeness(text.paragraphs, evidence, readers.calls)
    whole = "\n".join((head.title, *judged.paragraphs))
    return _refusal(read, head.title, judged.paragraphs, readers.refusals) or ExtractedArticle(
        url=head.url,
        title=head.title,
        paragraphs=judged.paragraphs,
        language=language_of(whole, rules.language_words, head.language, page.language),
        published=head.published,
        published_source=str(head.source),
        author=head.author,
        outlet=head.outlet,
        method=method + (MISSED if ruled.missed else ""),
        cut=text.cut,
        completeness=judged.completeness,
        completeness_sign=judged.sign,
        section=head.section,
    )


@dataclass(frozen=True, slots=True)
class _Heads:
    """Reads a page's metadata."""

    page: StoredPage
    now: datetime
    readers: PageReaders

    def of(self, read: Page, metadata: StructuredMetadata, rule: OutletRule | None, ruled: Ruled) -> _Head:
        """The metadata from the page's markup and from its outlet's rule."""
        page, tree, readers = self.page, read.tree, self.readers
        host = host_of(page.final_url)
        heading = heading_of(tree, metadata, Announced(plain(page.title), page.outlet, host), readers.no_titles)
        title, outlet = ruled.title or heading.title, heading.outlet or host
        when, source = ruled.published, DateSource.RULE
        if when is None:
            setting = Setting(page.final_url, page.published, self.now, rule.timezone if rule else None)
            when, source = published_at(tree, metadata, setting, readers.dates)
        return _Head(
            url=address_of(tree, page.final_url),
            title=title,
            outlet=outlet,
            published=when,
            source=source,
            author=ruled.author or readers.bylines.author_of(tree, metadata, outlet),
            section=ruled.section or readers.sections.section_of(tree, metadata, title, outlet),
            language=tree.get("lang") or metadata.first_meta("og:locale", "content-language", "language"),
        )


class _Texts:
    """The candidate texts of one page, each extracted at most once and only on demand."""

    def __init__(self, read: Page, frame: Frame, readers: PageReaders) -> None:
        self._read, self._frame, self._readers = read, frame, readers

    def best(self, ruled: Ruled, evidence: PageEvidence, metadata: StructuredMetadata) -> tuple[_Text, str]:
        """The article's text and the method: the outlet's rule, the block vote, or a better way."""
        unsure = "" if self._read.sure else _UNSURE
        if ruled.bodies and (blocks := ruled.blocks()):
            return self._finished(blocks), METHOD + unsure
        body = body_of(self._read.tree, evidence.url, metadata, self._readers)
        ways: dict[TextVariant, Callable[[], Sequence[str]]] = {
            TextVariant.CHOSEN: lambda: body.chosen,
            TextVariant.AGREED: body.agreed,
            TextVariant.WIDE: lambda: body.wide,
            TextVariant.DENSEST: lambda: body.densest(self._frame.title),
            TextVariant.STATED: lambda: evidence.stated,
            TextVariant.UNTOUCHED: lambda: (
                () if ruled.applied else self._untouched(evidence, found(TextVariant.CHOSEN))
            ),
        }
        raw = cache(lambda way: tuple(ways[way]()))
        found = cache(lambda way: self._finished(raw(way)))
        way = best_variant(lambda way: found(way).paragraphs, evidence.word_count, lambda way: sum(map(len, raw(way))))
        return found(way), _METHOD + way + unsure

    def _untouched(self, evidence: PageEvidence, chosen: _Text) -> tuple[str, ...]:
        """The widest extraction from the page as its reader sees it, before `normalise_markup`."""
        if not may_win([run.text for run in evidence.runs], chosen.paragraphs, evidence.word_count):
            return ()
        tree = self._read.fresh()
        drop(reveal(tree))
        return widest(tree, evidence.url)

    def _finished(self, blocks: Iterable[str]) -> _Text:
        """The article's paragraphs: cleaned, without furniture, up to the limit."""
        whole = [clean_text(block) for block in blocks]
        short = [block if len(block) < LONGEST_TOKEN else clean_text(shorten_tokens(block)) for block in whole]
        lines = self._readers.filter.article_lines(short, self._frame)
        paragraphs, left = [], LONGEST_TEXT
        for line in lines:
            if left > 0:
                paragraphs.append(line if len(line) <= left else clean_text(line[:left]))
                left -= len(line)
        return _Text(tuple(paragraphs), left < 0 or whole != short)


def _refusal(page: Page, title: str, paragraphs: tuple[str, ...], refusals: Refusals) -> NoArticle | None:
    """Why the extracted text is no article, or None."""
    text = " ".join(paragraphs)
    if len(text) < (SHORTEST_WIDE if _WIDE.search(text) else SHORTEST_TEXT):
        return refusals.why_no_text(page.text)
    return refusals.why_notice(title, text)
