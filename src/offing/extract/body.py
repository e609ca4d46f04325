"""The paragraphs of the article on a page: two ways of trafilatura, the page's own words, and a choice among all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from lxml import html

from offing.extract.blocks import blocks_of
from offing.extract.choice import choose
from offing.extract.drawing import both_ways
from offing.extract.fold import fold
from offing.extract.structured import Structured
from offing.extract.survey import Line, Survey
from offing.extract.toolbox import Toolbox
from offing.extract.votes import Vote, Votes
from offing.urls import domain_of

MOST_BLOCKS = 5000  # pages with more are lists without end; each block is looked for in every vote
_AROUND = 3  # elements around a text whose names may say that readers wrote it


@dataclass(frozen=True, slots=True)
class Body:
    """What was found on a page, as raw strings in reading order: the blocks chosen, all that may be text, the survey.

    Comments are left out; tables of data give one line for each row. `survey` is None where nothing was drawn, or
    where a page has too many blocks.
    """

    chosen: tuple[str, ...]
    wide: tuple[str, ...]
    survey: Survey | None = None

    def agreed(self) -> tuple[str, ...]:
        """The blocks that were chosen, and those left out though they were drawn and stand in the densest prose."""
        taken = frozenset(self.chosen)
        lines = self.survey.lines if self.survey else ()
        return tuple(
            line.block.text
            for line in lines
            if line.block.text in taken or (line.wide and self._is_dense(line) and line.is_unlinked)
        )

    def densest(self, title: str) -> tuple[str, ...]:
        """The blocks directly among the most prose, where they follow the headline and are no readers' comments."""
        lines = self.survey.lines if self.survey else []
        places = [at for at, line in enumerate(lines) if self._is_dense(line) and line.is_unlinked]
        if not places or not any(line.folded == fold(title) for line in lines[: places[0]]):
            return ()
        around = islice(lines[places[0]].place.line(), _AROUND)
        if self.survey is not None and any("comment" in self.survey.tools.hints.of(place.names) for place in around):
            return ()
        return tuple(lines[at].block.text for at in places)

    def _is_dense(self, line: Line) -> bool:
        return self.survey is not None and self.survey.is_dense(line.place)


def body_of(tree: html.HtmlElement, url: str, said: Structured, tools: Toolbox) -> Body:
    """The main text of a page.

    Args:
        tree: the page, made plain by `straighten`.
        url: where it was fetched from.
        said: what it says of itself for machines.
        tools: made of the words by which pages are read.
    """
    blocks = blocks_of(tree, domain_of(url))
    wide, strict = both_ways(tree, url, blocks)
    if len(blocks) > MOST_BLOCKS:
        return Body(wide, wide)
    survey = Survey(blocks, votes_on(wide, strict, said), tools)
    return Body(choose(survey), wide, survey)


def votes_on(wide: Sequence[str], strict: Sequence[str], said: Structured) -> Votes:
    """What speaks for the blocks of a page: what was drawn of it, widely and strictly, and what it says of itself."""
    return Votes(
        wide=Vote.of(wide),
        strict=Vote.of(strict),
        stated=Vote.of(said.paragraphs("articleBody")),
        summary=fold(said.first_meta("og:description", "description", "twitter:description")),
    )
