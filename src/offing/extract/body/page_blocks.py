"""Measures a page's blocks together: which are the core of the article, and which elements hold it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from itertools import takewhile

from offing.extract.body.pass_texts import PassTexts
from offing.extract.markup.blocks import Block, BlockParent, width
from offing.extract.markup.folded_letters import folded_letters
from offing.extract.page_readers import PageReaders

_ABOVE, _BELOW = 15, 20  # blocks around the core that may belong to the article
_FAILED, _SOUND = 0.3, 0.7  # shares of the densest prose
_TRUNK_SHARE = 0.8
_PROSE = 80  # the width from which a block is prose
_LEAST = 40
_LINKED = 0.3
_HEADLINE = 25  # the width from which a lone link may be the headline of another article
_WHOLLY = 0.9
_TITLES = frozenset({"h1", "h2", "h3"})
_SENTENCE_ENDS = tuple(".!?…。！？؟।۔ฯ")
_CLOSING = "\"'”»’)）」』]"


@dataclass(slots=True)
class MeasuredBlock:
    """A block with its own measurements."""

    block: Block
    folded: str
    width: int
    linked: float
    wide: bool
    strict: bool

    @classmethod
    def of(cls, block: Block, texts: PassTexts) -> MeasuredBlock:
        """Measure a block; `texts` give the votes on it."""
        folded = folded_letters(block.text)
        linked = min(1.0, block.linked / len(block.text))
        return cls(block, folded, width(block.text), linked, texts.wide.contains(folded), texts.strict.contains(folded))

    @property
    def place(self) -> BlockParent:
        """The block's place in the tree."""
        return self.block.place

    @property
    def is_prose(self) -> bool:
        """Whether it is a sentence or more, and no link."""
        return self.width >= _PROSE and self.linked < _LINKED and self.is_sentence

    @property
    def is_unlinked(self) -> bool:
        """Whether most of it is outside links."""
        return self.linked < _LINKED

    @property
    def is_headline(self) -> bool:
        """Whether it is nothing but a link to another page of the site, as long as a headline."""
        return self.width >= _HEADLINE and self.block.onward > _WHOLLY * len(self.block.text)

    @property
    def is_sentence(self) -> bool:
        """Whether it ends like a sentence."""
        return self.block.text.rstrip(_CLOSING).endswith(_SENTENCE_ENDS)

    @property
    def is_core(self) -> bool:
        """Whether both passes took it as text, and it looks like text."""
        return self.wide and self.strict and self.width >= _PROSE and self.linked < _LINKED

    @property
    def is_weak_core(self) -> bool:
        """Whether one pass took it as text; used where there is no better core."""
        return (self.wide or self.strict) and self.width >= _LEAST


@dataclass(slots=True)
class BlockTotals:
    """Totals over related blocks: how many, how wide, and how much of it is links, core, voted for."""

    blocks: int = 0
    width: int = 0
    linked: float = 0.0
    core: int = 0
    wide: int = 0
    headlines: int = 0

    def add(self, line: MeasuredBlock) -> None:
        """Add a block to the totals."""
        self.blocks += 1
        self.width += line.width
        self.linked += line.linked * line.width
        self.core += line.width if line.is_core else 0
        self.wide += line.width if line.wide else 0
        self.headlines += line.is_headline


class PageBlocks:
    """The blocks of a page, their core, the trunk that holds it, and the branches of the trunk.

    The trunk is the innermost element with most of the core; a branch is a unit within it, such as a paragraph
    or a box of links; kin are blocks with the same markup.
    """

    def __init__(self, blocks: Sequence[Block], texts: PassTexts, readers: PageReaders) -> None:
        self.texts, self.readers = texts, readers
        self.lines = [MeasuredBlock.of(block, texts) for block in blocks]
        self.dense = _dense(self.lines)
        _believe_wide_where_strict_fails([line for line in self.lines if self.is_dense(line.place)], self.lines)
        if self.dense is not None and self.dense.names:
            _join_chunks(self.lines, self.dense)
        core = [at for at, line in enumerate(self.lines) if line.is_core]
        self.core = core or [at for at, line in enumerate(self.lines) if line.is_weak_core]
        self.trunk = _trunk([self.lines[at] for at in self.core])
        self._trunk_line = frozenset() if self.trunk is None else frozenset(self.trunk.line())
        self._pieces: dict[BlockParent, BlockParent | None] = {}
        self._branches = _totals((self._branch(line.place), line) for line in self.lines)
        self._boxes = _totals((box, line) for line in self.lines for box in self._boxes_of(line.place))
        self._equivalents = _totals((_equivalents(line.place), line) for line in self.lines)
        self.times = Counter(line.folded for line in self.lines)
        self.marks: list[int] = []  # for each block the number of end marks between the first core block and it
        count = 0
        for at, line in enumerate(self.lines):
            self.marks.append(count)
            count += bool(self.core) and at > self.core[0] and readers.lines.is_end_mark(line.block.text)

    @property
    def is_empty(self) -> bool:
        """Whether no extraction pass found a text among the blocks."""
        return not self.core

    @property
    def reach(self) -> range:
        """The positions of the blocks that may belong to the article."""
        voted = [at for at, line in enumerate(self.lines) if line.wide or line.strict]
        start, stop = min(self.core[0] - _ABOVE, voted[0]), max(self.core[-1] + _BELOW, voted[-1]) + 1
        return range(max(0, start), min(stop, len(self.lines)))

    def below_trunk(self, place: BlockParent) -> list[BlockParent]:
        """The place and its ancestors up to the first that also holds the trunk, innermost first."""
        return list(takewhile(lambda each: each not in self._trunk_line, place.line()))

    def is_dense(self, place: BlockParent) -> bool:
        """Whether a block is directly in the element with most prose."""
        return place is self.dense or place.parent is self.dense

    def branch(self, line: MeasuredBlock) -> BlockTotals:
        """Totals over the branch that a block is part of."""
        return self._branches[self._branch(line.place)]

    def box(self, line: MeasuredBlock) -> BlockTotals:
        """Totals over the smallest element that holds more than this block, short of one that also holds the trunk."""
        return self._boxes[self._box(line.place)]

    def is_below_headline(self, at: int) -> bool:
        """Whether another article's headline stands above a block in its box, with at most a short line between."""
        boxes = self._boxes_of(self.lines[at].place)
        above = self.lines[max(0, at - 2) : at]
        near = above if above and above[-1].width < _LEAST else above[-1:]
        return any(line.is_headline and not boxes.isdisjoint(self._boxes_of(line.place)) for line in near)

    def similar(self, line: MeasuredBlock) -> BlockTotals:
        """Totals over all blocks of the page with the same markup as this one."""
        return self._equivalents[_equivalents(line.place)]

    def _boxes_of(self, place: BlockParent) -> set[BlockParent]:
        """A block's element, and its parent unless that is part of the article's frame."""
        return {place, self._box(place)}

    def _box(self, place: BlockParent) -> BlockParent:
        around = place.parent
        return place if around is None or around is self.dense or around in self._trunk_line else around

    def _branch(self, place: BlockParent) -> BlockParent | None:
        """The branch of the trunk that contains a place."""
        if place in self._trunk_line:
            return self.trunk
        if place not in self._pieces:
            around = place.parent
            self._pieces[place] = place if around is None or around in self._trunk_line else self._branch(around)
        return self._pieces[place]


def _totals(owned: Iterable[tuple[Hashable, MeasuredBlock]]) -> dict[Hashable, BlockTotals]:
    found: dict[Hashable, BlockTotals] = {}
    for owner, line in owned:
        found.setdefault(owner, BlockTotals()).add(line)
    return found


def _equivalents(place: BlockParent) -> Hashable:
    """The markup of a block: its element and parent, by tag and names."""
    around = place.parent or place
    return place.tag, place.names, around.tag, around.names


def _trunk(core: Sequence[MeasuredBlock]) -> BlockParent | None:
    """The innermost element with most of the core."""
    weight: Counter[BlockParent] = Counter()
    for line in core:
        for place in line.place.line():
            weight[place] += line.width
    heavy = (place for place, sum_of in weight.items() if sum_of >= _TRUNK_SHARE * sum(line.width for line in core))
    return max(heavy, key=lambda place: sum(1 for _ in place.line()), default=None)


def _dense(lines: Iterable[MeasuredBlock]) -> BlockParent | None:
    """The element with most prose directly in it, as paragraphs or as its own text."""
    prose: Counter[BlockParent] = Counter()
    for line in lines:
        if line.is_prose:
            if line.place.tag == "p" and line.place.parent:  # the parent first: it wins even with only one paragraph
                prose[line.place.parent] += line.width
            prose[line.place] += line.width
    return max(prose, key=prose.__getitem__, default=None)


def _believe_wide_where_strict_fails(dense: Iterable[MeasuredBlock], lines: Iterable[MeasuredBlock]) -> None:
    """Use the wide pass's votes where the strict pass took a part for the whole, lacking most of the prose."""
    prose = [line for line in dense if line.is_prose]
    total = sum(line.width for line in prose)
    strict = sum(line.width for line in prose if line.strict)
    wide = sum(line.width for line in prose if line.wide)
    if strict < _FAILED * total and wide > _SOUND * total:
        for line in lines:
            line.strict = line.wide


def _join_chunks(lines: Iterable[MeasuredBlock], dense: BlockParent) -> None:
    """Join parts of one article that advertising separates: elements named alike, no heading between them."""
    groups: list[list[MeasuredBlock]] = [[]]
    for line in lines:
        around = line.place.parent
        if around is not None and around.tag == dense.tag and around.names == dense.names:
            groups[-1].append(line)
        elif line.place.tag in _TITLES:
            groups.append([])
    for line in max(groups, key=lambda group: sum(line.width for line in group if line.wide)):
        line.wide = line.wide or line.is_prose
        line.strict = line.strict or line.is_prose
