"""Progress that is counted."""

from __future__ import annotations

import pytest

from offing.recognize.fold import fold
from offing.recognize.progress import counted


@pytest.mark.parametrize(
    ("text", "language", "times"),
    [
        ("18 of the 45 boreholes are sunk", "en", 1),
        ("60 000 out of a total order of 450 000", "en", 1),
        ("41 caméras sur 310", "fr", 1),
        ("12 de las 40 escuelas", "es", 1),
        ("8 das 82 pontes", "pt", 1),
        ("31 из 48 станций", "ru", 1),
        ("31 من أصل 48 محطة", "ar", 1),
        ("一共要装48个监测站，现在立起来31个", "zh", 1),
        ("提供47亿美元，现已放款约18亿", "zh", 0),
        ("2 of 2019", "en", 0),
        ("45 of the 18", "en", 0),
        ("18 of the 45", "xx", 0),
    ],
)
def test_a_part_of_a_number_is_progress(text: str, language: str, times: int):
    """A smaller number of a larger one tells that work goes on; neither a year nor a sum of money is a number of things."""
    assert len(list(counted(fold(text).text, language))) == times
