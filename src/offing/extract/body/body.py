"""Extracts an article's paragraphs: two trafilatura passes, the page's own metadata, and a vote among all blocks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from lxml import html

from offing.extract.body.block_classifier import article_blocks
from offing.extract.body.page_blocks import MeasuredBlock, PageBlocks
from offing.extract.body.pass_texts import PassText, PassTexts
from offing.extract.body.trafilatura_passes import wide_and_strict
from offing.extract.markup.blocks import blocks_of
from offing.extract.markup.folded_letters import folded_letters
from offing.extract.markup.structured_metadata import StructuredMetadata
from offing.extract.page_readers import PageReaders
from offing.urls import domain_of

MOST_BLOCKS = 5000  # pages with more are endless lists; each block is searched for in every vote
_AROUND = 3  # ancestors of a text whose names may mark it as readers' comments


@dataclass(frozen=True, slots=True)
class Body:
    """The text extracted from a page, as raw strings in reading order.

    `chosen` are the blocks that the vote kept, `wide` is all that may be text. Comments are left out; data tables give
    one line per row. `page` is None if nothing was extracted or the page has too many blocks.
    """

    chosen: tuple[str, ...]
    wide: tuple[str, ...]
    page: PageBlocks | None = None

    def agreed(self) -> tuple[str, ...]:
        """The chosen blocks, plus left-out ones that the wide pass took and that stand in the densest prose."""
        taken = frozenset(self.chosen)
        lines = self.page.lines if self.page else ()
        return tuple(
            line.block.text
            for line in lines
            if line.block.text in taken or (line.wide and self._is_dense(line) and line.is_unlinked)
        )

    def densest(self, title: str) -> tuple[str, ...]:
        """The blocks directly in the element with most prose, if they follow the headline and are no user comments."""
        lines = self.page.lines if self.page else []
        places = [at for at, line in enumerate(lines) if self._is_dense(line) and line.is_unlinked]
        if not places or not any(line.folded == folded_letters(title) for line in lines[: places[0]]):
            return ()
        around = islice(lines[places[0]].place.line(), _AROUND)
        if self.page is not None and any("comment" in self.page.readers.hints.of(place.names) for place in around):
            return ()
        return tuple(lines[at].block.text for at in places)

    def _is_dense(self, line: MeasuredBlock) -> bool:
        return self.page is not None and self.page.is_dense(line.place)


def body_of(tree: html.HtmlElement, url: str, metadata: StructuredMetadata, readers: PageReaders) -> Body:
    """Extract the main text of a page.

    Args:
        tree: the page, normalised by `normalise_markup`.
        url: where it was fetched from.
        metadata: its structured metadata.
        readers: the readers of page parts, built from the page words.
    """
    blocks = blocks_of(tree, domain_of(url))
    wide, strict = wide_and_strict(tree, url, blocks)
    if len(blocks) > MOST_BLOCKS:
        return Body(wide, wide)
    page = PageBlocks(blocks, pass_texts(wide, strict, metadata), readers)
    return Body(article_blocks(page), wide, page)


def pass_texts(wide: Sequence[str], strict: Sequence[str], metadata: StructuredMetadata) -> PassTexts:
    """The votes on a page's blocks: the wide and the strict extraction, and the page's own metadata."""
    return PassTexts(
        wide=PassText.of(wide),
        strict=PassText.of(strict),
        stated=PassText.of(metadata.paragraphs("articleBody")),
        summary=folded_letters(metadata.first_meta("og:description", "description", "twitter:description")),
    )
