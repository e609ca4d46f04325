"""What ways of extraction and the page itself take for the text of the article."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from offing.extract.fold import fold

PART_OF_A_BLOCK = 25  # letters from which a block may be found inside another


@dataclass(frozen=True, slots=True)
class Vote:
    """The text that one way of extraction takes for the article, folded: as a whole and by block."""

    whole: str = ""
    parts: frozenset[str] = field(default_factory=frozenset)

    @classmethod
    def of(cls, blocks: Iterable[str]) -> Vote:
        """The vote of some blocks."""
        folded = [fold(block) for block in blocks]
        return cls("".join(folded), frozenset(folded))

    def holds(self, folded: str) -> bool:
        """Whether a block, folded, is in the text."""
        return folded in self.parts or (len(folded) >= PART_OF_A_BLOCK and folded in self.whole)


@dataclass(frozen=True, slots=True)
class Votes:
    """What is known of a page's article beside its blocks.

    `wide` is all that may be its text, `strict` what surely is; `stated` the text in JSON-LD, `summary` the
    description in the page's head, folded.
    """

    wide: Vote
    strict: Vote
    stated: Vote = Vote()
    summary: str = ""
