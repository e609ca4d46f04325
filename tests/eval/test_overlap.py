"""Wordings of the rules that only the articles they were written from hold, and what texts share by the word."""

from __future__ import annotations

from math import sqrt

import pytest

from eval.conftest import TESTS, is_open_half, read_rows
from eval.overlap import Corpus, articles, grams, long_wordings, shared, wordings_in

ONLY_SCORED = ("dev_score4", "dev_score5", "dev_score6", "dev_score7")


def test_grams_ignore_case_and_punctuation() -> None:
    """Two texts share what they say in the same six words, however it is punctuated."""
    one = Corpus("one", ("The ministry said on Monday: work has begun.",))
    two = Corpus("two", ("“The Ministry said, on Monday, work” stopped",))
    assert shared(two, one) == pytest.approx(1 / 2)
    assert shared(one, Corpus("other", ("nothing of it at all in these words",))) == 0


def test_chinese_is_compared_by_characters() -> None:
    """Chinese text has no spaces: twelve characters are one gram."""
    assert len(grams("肯尼亚政府与华为签署国家数据中心")) == 16 - 12 + 1


def test_wordings_match_whole_words_and_stems() -> None:
    """A wording stands for whole words, `*` for any end of one."""
    corpus = Corpus("one", ("They have signed the agreement for a port.",))
    assert wordings_in(
        corpus, {"sign* the agree* for a", "signed the agreement for an", "igned the agreement for a"}
    ) == {"sign* the agree* for a"}


def test_long_wordings_are_no_rarer_in_texts_nobody_read() -> None:
    """The half of the gold set that was read holds no more long wordings than sets that were only scored.

    Counted per word; two standard deviations of a Poisson count are allowed.
    """
    wordings = long_wordings()
    read = Corpus("read", _texts_of_read_half())
    sets = [articles(name, TESTS / f"eval/{name}.jsonl") for name in ONLY_SCORED]
    scored = Corpus("only scored", tuple(text for corpus in sets for text in corpus.texts))
    expected = sum(len(wordings_in(corpus, wordings)) for corpus in sets) / scored.words * read.words
    assert len(wordings) > 1000
    assert len(wordings_in(read, wordings)) <= expected + 2 * sqrt(expected), sorted(wordings_in(read, wordings))


def _texts_of_read_half() -> tuple[str, ...]:
    rows = [row for row in read_rows(TESTS / "data/gold_open.jsonl") if is_open_half(row)]
    return tuple("\n\n".join([row["title"], *row["paragraphs"]]) for row in rows)
