"""Work that grows with a text: four times the text takes about four times as long, whatever it repeats."""

from __future__ import annotations

import gc
import re
import time
from collections import Counter
from collections.abc import Callable

import pytest

from offing.recognize.places.nearby import Nearby
from offing.recognize.quantities.loan_terms import TermReader
from offing.recognize.quantities.sums import SumReader
from offing.recognize.text.folded_text import fold
from recognize.samples import article, shipped_recognizer, shipped_wording
from suite import WHOLE, some

SHORT, LONG = (50_000, 200_000) if WHOLE else (25_000, 100_000)
MOST = 9  # times as long for four times the text; it would be sixteen if each were held against each
RUNS = 3


def judge_names(text: str) -> Callable[[], object]:
    """Judging the names of a text."""
    recognizer, page = shipped_recognizer(), article(text)
    return lambda: recognizer.judge(page)


def read_sums(text: str) -> Callable[[], object]:
    """Reading the sums of a text that names Kenya again and again."""
    reader, folded = SumReader(shipped_wording(), "en"), fold(text)
    numbers = reader.numbers(folded)
    places = [(found.start(), "KEN") for found in re.finditer("kenya", folded.text)]
    return lambda: reader.read(folded, numbers, Nearby(Counter(country for _, country in places), places))


def read_terms(text: str) -> Callable[[], object]:
    """Reading the terms of the loans of a text."""
    folded = fold(text)
    numbers = SumReader(shipped_wording(), "en").numbers(folded)
    reader = TermReader(shipped_wording().pattern_words, "en")
    return lambda: list(reader.read(folded.text, numbers))


def fastest(work: Callable[[], object]) -> float:
    """The shortest time of the processor that some work takes, without that of collecting what others left."""
    times = []
    gc.disable()
    try:
        for _ in range(RUNS):
            start = time.process_time()
            work()
            times.append(time.process_time() - start)
    finally:
        gc.enable()
    return min(times)


@pytest.mark.parametrize(
    ("task", "repeated"),
    some(
        [
            (read_sums, "Kenya paid 5 million shillings, "),
            (read_terms, "A loan over 20 years. "),
            (judge_names, "Exim Bank Kenya and India, "),
        ]
    ),
)
def test_work_grows_with_the_text_and_not_with_its_square(task: Callable[[str], Callable[[], object]], repeated: str):
    """Names, sums and terms are held against what is near them, not against all of the text."""
    short, long = (fastest(task(repeated * (length // len(repeated)))) for length in (SHORT, LONG))
    assert long < MOST * short
