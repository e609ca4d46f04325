"""Finds lines that an outlet sets into many of its articles: mottos, calls, house notes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from offing.extract.markup.folded_letters import folded_letters

LOOKED_AT = 40  # articles of an outlet, the latest
_LEAST = 3
_LEAST_SHARE = 0.1
_LONGEST = 200  # characters; longer ones may be the background of an ongoing story
_MOST_SHARE = 0.5  # a line of any length in half of all articles is the outlet's, not a story's


def repeated_lines(texts: Sequence[Sequence[str]]) -> frozenset[str]:
    """The folded paragraphs that recur in an outlet's articles.

    They stand in at least three articles and a tenth of them; a long paragraph in half. Once removed from new articles,
    a line drops out of the latest forty in time, recurs in three, and is removed again: a rule's `boilerplate` removes
    it for good.

    Args:
        texts: the paragraphs of each of the outlet's latest articles, no two with the same text.
    """
    lengths = {folded_letters(line): len(line) for text in texts for line in text}
    counts = Counter(line for text in texts for line in {folded_letters(line) for line in text})
    least = max(_LEAST, _LEAST_SHARE * len(texts))
    most = max(2 * _LEAST, _MOST_SHARE * len(texts))
    return frozenset(
        line
        for line, count in counts.items()
        if line and count >= least and (lengths[line] <= _LONGEST or count >= most)
    )
