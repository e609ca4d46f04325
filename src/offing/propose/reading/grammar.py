"""Regular expressions built from the words of `wording/sentence-grammar/`, each compiled once."""

from __future__ import annotations

import re
from functools import lru_cache

from offing.model.reading.mention import Mention
from offing.model.reading.rules import ScoringRules

_NOTHING = "(?!)"  # matches nothing


def words(rules: ScoringRules, part: str, language: str = "") -> str:
    """The words of a part of the grammar, as alternatives of a regular expression.

    Args:
        rules: the rules that hold them.
        part: the name of the part in the files.
        language: only the words of this language; a pattern that matches nothing where there are none.

    Raises:
        KeyError: the grammar has no such part; loading the files rules this out.
    """
    return rules.grammar.get(f"{part}.{language}", _NOTHING) if language else rules.grammar[part]


@lru_cache(maxsize=512)
def pattern(template: str, *lists: str) -> re.Pattern[str]:
    """Compile a template in which each `%s` stands for one of the word lists, in order."""
    return re.compile(template % lists)


def are_joined(text: str, one: Mention, other: Mention, joint: re.Pattern[str]) -> bool:
    """Whether two mentions, in either order, have only what `joint` matches between them: "Spain and Poland"."""
    left, right = (one, other) if one.start < other.start else (other, one)
    return left.end <= right.start and joint.fullmatch(text[left.end : right.start]) is not None
