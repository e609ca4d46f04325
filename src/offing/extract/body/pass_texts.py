"""The texts that the extraction passes and the page itself give for the article."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from offing.extract.markup.folded_letters import folded_letters

PART_OF_A_BLOCK = 25  # letters from which a block may be found inside another


@dataclass(frozen=True, slots=True)
class PassText:
    """The text that one pass takes for the article, folded: as a whole and by block."""

    whole: str = ""
    parts: frozenset[str] = field(default_factory=frozenset)

    @classmethod
    def of(cls, blocks: Iterable[str]) -> PassText:
        """The vote made of some blocks."""
        folded = [folded_letters(block) for block in blocks]
        return cls("".join(folded), frozenset(folded))

    def contains(self, folded: str) -> bool:
        """Whether the text contains a folded block."""
        return folded in self.parts or (len(folded) >= PART_OF_A_BLOCK and folded in self.whole)


@dataclass(frozen=True, slots=True)
class PassTexts:
    """The available evidence on which blocks are the article.

    `wide` is all that may be its text, `strict` what surely is; `stated` is the text in JSON-LD, `summary` the
    description in the page's head, folded.
    """

    wide: PassText
    strict: PassText
    stated: PassText = PassText()
    summary: str = ""
