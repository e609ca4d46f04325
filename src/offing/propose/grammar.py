"""Patterns made of the words of `wording/sentence-grammar/`: each compiled once for the words it is made of."""

from __future__ import annotations

import re
from functools import lru_cache

from offing.model.rules import ScoringRules

_NOTHING = "(?!)"  # what nothing matches


def words(rules: ScoringRules, part: str, language: str = "") -> str:
    """The words of a part of the grammar, as alternatives of a regular expression.

    Args:
        rules: the rules that have them.
        part: as it is called in the files.
        language: only those of this language; what nothing matches where it has none.

    Raises:
        KeyError: the grammar has no such part, which loading the files refuses.
    """
    return rules.grammar.get(f"{part}.{language}", _NOTHING) if language else rules.grammar[part]


@lru_cache(maxsize=512)
def pattern(template: str, *lists: str) -> re.Pattern[str]:
    """The pattern of a template in which each `%s` stands for a list of words, in turn."""
    return re.compile(template % lists)
