"""Lines that an outlet sets into many of its articles: mottos, calls, notes of the house."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from offing.extract.fold import fold

LOOKED_AT = 40  # articles of an outlet, the latest
_LEAST = 3
_LEAST_SHARE = 0.1
_LONGEST = 200  # characters; longer ones may be the background of a story that goes on
_MOST_SHARE = 0.5  # a line of any length that stands in half of all articles is the house's, not a story's


def repeated_lines(texts: Sequence[Sequence[str]]) -> frozenset[str]:
    """The folded paragraphs that stand in several articles of an outlet.

    In three of them and in a tenth; a long paragraph in half. What is taken out of new articles leaves these forty
    in time, stands in three again, and goes again: a rule's `boilerplate` keeps it out for good.

    Args:
        texts: the paragraphs of each of the outlet's latest articles, no two with the same text.
    """
    lengths = {fold(line): len(line) for text in texts for line in text}
    counts = Counter(line for text in texts for line in {fold(line) for line in text})
    least = max(_LEAST, _LEAST_SHARE * len(texts))
    most = max(2 * _LEAST, _MOST_SHARE * len(texts))
    return frozenset(
        line
        for line, count in counts.items()
        if line and count >= least and (lengths[line] <= _LONGEST or count >= most)
    )
