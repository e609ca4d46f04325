"""Whether a sum is stated as a part of another: a tranche of a loan, the cost of one phase."""

from __future__ import annotations

import re
from collections.abc import Iterable

from offing.model.reading.mention import Mention, MentionKind
from offing.propose.reading.grammar import pattern, words
from offing.propose.reading.scope import Line, Scope

_BEFORE, _BEHIND = "sum-part-before", "sum-part-behind"
# The gap between a wording and its sum: nothing, or "about". With "the" the sum is the whole: "of the $200m loan".
_TO_SUM = r"[\s,(«\"“–—:-]{0,3}(?:[^\W\d_]{4,}\s(?:(?:%s)\s)?)?"
_TO_WORDING = re.compile(r"[\s,-]{0,2}")


def is_part(scope: Scope, places: Iterable[tuple[Line, Mention]]) -> bool:
    """Whether a sum is stated as a part of another anywhere.

    Args:
        scope: the project's part of the article, with the rules.
        places: the occurrences of the sum.
    """
    return any(_is_part(scope, line, mention) for line, mention in places)


def _is_part(scope: Scope, line: Line, sum_: Mention) -> bool:
    cues, text = line.of(MentionKind.SIGNAL), scope.article.text
    to_sum = pattern(_TO_SUM, words(scope.rules, "part_of"))
    before = any(c.key == _BEFORE and _near(to_sum, text, c.end, sum_.start) for c in cues)
    return before or any(c.key == _BEHIND and _near(_TO_WORDING, text, sum_.end, c.start) for c in cues)


def _near(gap: re.Pattern[str], text: str, start: int, end: int) -> bool:
    return start <= end and gap.fullmatch(text, start, end) is not None
