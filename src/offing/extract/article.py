"""The stage: from a stored page to an article, or to the reason why there is none. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from offing.extract.address import address_of
from offing.extract.body import body_of
from offing.extract.completeness import Seen, judge_completeness, look_at
from offing.extract.document import Page, read_page
from offing.extract.drawing import widest
from offing.extract.heading import Announced, heading_of
from offing.extract.hidden import drop, reveal
from offing.extract.language import language_of
from offing.extract.layout import straighten
from offing.extract.lines import Frame
from offing.extract.outlet import METHOD, MISSED, Ruled, apply_rule, folded_boilerplate
from offing.extract.pdf import is_pdf, read_pdf
from offing.extract.published import DateSource, Setting, published_at
from offing.extract.refusal import Refusals
from offing.extract.rescue import Way, better_way, may_win
from offing.extract.structured import Structured, statements
from offing.extract.toolbox import Toolbox, toolbox_of
from offing.model.article import ExtractedArticle, NoArticle
from offing.model.outlet import OutletRule
from offing.model.page import StoredPage
from offing.model.page_words import ExtractionRules
from offing.model.text import LONGEST_TOKEN, clean_text, plain, shorten_tokens
from offing.urls import domain_of, host_of

LONGEST_TEXT = 200_000  # characters, docs/limits.md, Sizes
SHORTEST_TEXT = 80
SHORTEST_WIDE = 30  # Chinese, Japanese, Korean
_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_METHOD = "trafilatura"
_UNSURE = "+guessed-encoding"


@dataclass(frozen=True, slots=True)
class _Text:
    """Paragraphs within the limit, and whether some were cut."""

    paragraphs: tuple[str, ...]
    cut: bool


@dataclass(frozen=True, slots=True)
class _Head:
    """What stands above the text: everything but the text itself."""

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
    """The article on a page, be it markup or a PDF document.

    Args:
        page: the stored page with what its entry and feed said of it.
        now: aware UTC; no date later than two days from it is believed.
        rules: by which pages are read.
        repeated: folded lines that stand on many pages of the outlet.

    Returns:
        The article, all its strings cleaned, or the reason why there is none.
    """
    tools = toolbox_of(rules.words)
    if is_pdf(page.body, page.content_type):
        return read_pdf(page, now, rules.signs, tools)
    read = read_page(page.body, page.content_type)
    if isinstance(read, NoArticle):
        return read
    hidden = reveal(read.tree)
    rule = rules.outlets.of(host_of(page.final_url), domain_of(page.final_url), page.fetched_at.date())
    said = statements(read.tree)
    seen = look_at(copy(read.tree), said, page.final_url)
    ruled = apply_rule(read.tree, rule, now)
    head = _Heads(page, now, tools).of(read, said, rule, ruled)
    drop(hidden)
    straighten(read.tree)
    texts = _Texts(read, Frame(head.title, head.outlet, now, repeated | folded_boilerplate(rule)), tools)
    text, method = texts.best(ruled, seen, said)
    judged = judge_completeness(text.paragraphs, seen, tools.calls)
    return _refusal(read, head.title, judged.paragraphs, tools.refusals) or ExtractedArticle(
        url=head.url,
        title=head.title,
        paragraphs=judged.paragraphs,
        language=language_of("\n".join((head.title, *judged.paragraphs)), rules.signs, head.language, page.language),
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
    """Reads what stands above the text of a page."""

    page: StoredPage
    now: datetime
    tools: Toolbox

    def of(self, read: Page, said: Structured, rule: OutletRule | None, ruled: Ruled) -> _Head:
        """What its markup says, and what the rule of its outlet found."""
        page, tree, tools = self.page, read.tree, self.tools
        host = host_of(page.final_url)
        heading = heading_of(tree, said, Announced(plain(page.title), page.outlet, host), tools.no_titles)
        title, outlet = ruled.title or heading.title, heading.outlet or host
        when, source = self._published(read, said, rule, ruled)
        return _Head(
            url=address_of(tree, page.final_url),
            title=title,
            outlet=outlet,
            published=when,
            source=source,
            author=ruled.author or tools.bylines.author_of(tree, said, outlet),
            section=ruled.section or tools.sections.section_of(tree, said, title, outlet),
            language=tree.get("lang") or said.first_meta("og:locale", "content-language", "language"),
        )

    def _published(
        self, read: Page, said: Structured, rule: OutletRule | None, ruled: Ruled
    ) -> tuple[datetime | None, DateSource]:
        if ruled.published:
            return ruled.published, DateSource.RULE
        setting = Setting(self.page.final_url, self.page.published, self.now, rule.timezone if rule else None)
        return published_at(read.tree, said, setting, self.tools.dates)


class _Texts:
    """The ways to the text of one page, each gone at most once, and only where it is asked for."""

    def __init__(self, read: Page, frame: Frame, tools: Toolbox) -> None:
        self._read, self._frame, self._tools = read, frame, tools

    def best(self, ruled: Ruled, seen: Seen, said: Structured) -> tuple[_Text, str]:
        """The article's text and how it was found: by the outlet's rule, by the choice, or by a better way."""
        unsure = "" if self._read.sure else _UNSURE
        if ruled.bodies and (blocks := ruled.blocks()):
            return self._finished(blocks), METHOD + unsure
        body = body_of(self._read.tree, seen.url, said, self._tools)
        ways: dict[Way, Callable[[], Sequence[str]]] = {
            Way.CHOSEN: lambda: body.chosen,
            Way.AGREED: body.agreed,
            Way.WIDE: lambda: body.wide,
            Way.DENSEST: lambda: body.densest(self._frame.title),
            Way.STATED: lambda: seen.stated,
            Way.UNTOUCHED: lambda: () if ruled.applied else self._untouched(seen, found(Way.CHOSEN)),
        }
        raw = cache(lambda way: tuple(ways[way]()))
        found = cache(lambda way: self._finished(raw(way)))
        way = better_way(lambda way: found(way).paragraphs, seen.promised, lambda way: sum(map(len, raw(way))))
        return found(way), _METHOD + way + unsure

    def _untouched(self, seen: Seen, chosen: _Text) -> tuple[str, ...]:
        """What the widest way finds on the page as its reader sees it, with nothing straightened."""
        if not may_win([run.text for run in seen.runs], chosen.paragraphs, seen.promised):
            return ()
        tree = self._read.fresh()
        drop(reveal(tree))
        return widest(tree, seen.url)

    def _finished(self, blocks: Iterable[str]) -> _Text:
        """The article's paragraphs: cleaned, without furniture, up to the limit."""
        whole = [clean_text(block) for block in blocks]
        short = [block if len(block) < LONGEST_TOKEN else clean_text(shorten_tokens(block)) for block in whole]
        lines = self._tools.filter.article_lines(short, self._frame)
        kept, left = [], LONGEST_TEXT
        for line in lines:
            if left > 0:
                kept.append(line if len(line) <= left else clean_text(line[:left]))
                left -= len(line)
        return _Text(tuple(kept), left < 0 or whole != short)


def _refusal(page: Page, title: str, paragraphs: tuple[str, ...], refusals: Refusals) -> NoArticle | None:
    """Why what was found is no article, or None."""
    text = " ".join(paragraphs)
    if len(text) < (SHORTEST_WIDE if _WIDE.search(text) else SHORTEST_TEXT):
        return refusals.why_no_text(page.text)
    return refusals.why_notice(title, text)
