"""Progress that is counted."""

from __future__ import annotations

import pytest

from offing.config.files.layers import Layers
from offing.config.rules import load_rules
from offing.model.reading.patterns import PatternRole, PatternWord
from offing.recognize.quantities.progress import ProgressReader
from offing.recognize.text.folded_text import fold

WORDS = load_rules(Layers.of(None)).wording.pattern_words


@pytest.mark.parametrize(
    ("text", "language", "times"),
    [
        ("18 of the 45 boreholes are sunk", "en", 1),
        ("It has delivered 60 000 out of a total order of 450 000", "en", 1),
        ("41 caméras posées sur 310", "fr", 1),
        ("12 de las 40 escuelas están terminadas", "es", 1),
        ("8 das 82 pontes foram construídas", "pt", 1),
        ("31 из 48 станций действует", "ru", 1),
        ("تم تركيب 31 من أصل 48 محطة", "ar", 1),
        ("一共要装48个监测站，现在立起来31个", "zh", 1),
        ("共48座桥，目前已完成31座", "zh", 1),
        ("提供47亿美元，现已放款约18亿", "zh", 0),
        ("历时10个月，目前已完成3个", "zh", 0),
        ("在12个国家运营，目前已有3名", "zh", 0),
        ("共有12个项目，目前已完成3个月", "zh", 0),
        ("共48座桥，目前已有31座", "zh", 0),
        ("2 of 2019 were built", "en", 0),
        ("45 of the 18 were built", "en", 0),
        ("3 of 12 schools in the county are private", "en", 0),
        ("5 out of 10", "en", 0),
        ("2 people of 10 were equipped", "en", 0),
        ("On 5 of 20 days it was completed", "en", 0),
        ("The bridge was built, 3 of 12 schools are private; the rest is finished", "en", 0),
        ("18 of the 45 were built", "xx", 0),
    ],
)
def test_a_part_of_a_number_is_progress(text: str, language: str, times: int):
    """A smaller number of a larger one tells that work goes on where its clause has a word for what is finished.

    Years, times, people, countries and sums of money are no number of works.
    """
    assert len(list(ProgressReader(WORDS, language).counted(fold(text).text))) == times


def test_a_further_language_counts_by_its_own_words():
    """What a site writes down for a language is enough; without it nothing is counted."""
    told = {"of_whole": "(?:delle|su)", "done": "costruit"}
    italian = tuple(PatternWord(PatternRole.PROGRESS, text, "it", part) for part, text in told.items())
    text = fold("18 delle 45 scuole sono costruite").text
    assert list(ProgressReader((*WORDS, *italian), "it").counted(text)) == [(0, 11)]
    assert not list(ProgressReader(WORDS, "it").counted(text))
