"""A sum that is a part of another is told as one, in every language."""

from __future__ import annotations

from functools import cache

import pytest

from offing.config.files.layers import Layers
from offing.config.weights.scoring import shipped_scoring
from offing.model.projects.project import IN_PART
from offing.model.reading.mention import MentionKind
from offing.model.sources.article import Article
from offing.propose import propose
from offing.propose.fields.amounts import is_part
from offing.propose.reading.scope import Line, Scope
from offing.recognize import Recognizer
from offing.services.analysis.analyst import recognizer_of
from propose.spans import shipped_rules

PARTS = [
    ("en", "Exim Bank paid a first tranche of $60 million for the data centre.", ["$60 million"]),
    ("en", "The $60 million first tranche of the $200 million loan was paid.", ["$60 million"]),
    ("en", "Exim Bank lends $200 million, of which about $60 million is for fibre.", ["$60 million"]),
    ("en", "The bank approved $60 million for phase one.", ["$60 million"]),
    ("en", "The second phase will cost $45 million.", ["$45 million"]),
    ("fr", "Exim Bank a débloqué une première tranche de 60 millions de dollars.", ["60 millions de dollars"]),
    (
        "fr",
        "Le prêt atteint 200 millions de dollars, dont 60 millions de dollars pour la fibre.",
        ["60 millions de dollars"],
    ),
    ("es", "El Eximbank desembolsó un primer tramo de 60 millones de dólares.", ["60 millones de dólares"]),
    (
        "es",
        "Son 200 millones de dólares, de los cuales 60 millones de dólares irán a la red.",
        ["60 millones de dólares"],
    ),
    ("pt", "O Exim Bank libertou uma primeira tranche de 60 milhões de dólares.", ["60 milhões de dólares"]),
    ("pt", "São 200 milhões de dólares, dos quais 60 milhões de dólares já chegaram.", ["60 milhões de dólares"]),
    ("zh", "中国进出口银行发放首批贷款6000万美元。", ["6000万美元"]),
    ("zh", "贷款总额2亿美元，其中6000万美元用于一期工程。", ["6000万美元"]),
    ("ru", "Эксимбанк выделил первый транш в 60 млн долларов.", ["60 млн долларов"]),
    ("ru", "Кредит на 200 млн долларов, из которых 60 млн долларов пойдут на сеть.", ["60 млн долларов"]),
    ("ar", "أفرج بنك التصدير عن الدفعة الأولى البالغة 60 مليون دولار.", ["60 مليون دولار"]),
    ("ar", "قرض بقيمة 200 مليون دولار، منها 60 مليون دولار للشبكة.", ["60 مليون دولار"]),
]
WHOLES = [
    ("en", "The second tranche of the $200 million loan is due."),
    ("en", "The loan of $200 million comes in three tranches."),
    ("en", "Exim Bank lends $200 million for a network in two phases."),
    ("fr", "La deuxième tranche du prêt de 200 millions de dollars est attendue."),
    ("es", "El segundo tramo del préstamo de 200 millones de dólares llegará en mayo."),
    ("pt", "A segunda tranche do empréstimo de 200 milhões de dólares chega em maio."),
    ("zh", "2亿美元贷款分三批发放。"),
    ("ru", "Второй транш кредита на 200 млн долларов придёт в мае."),
    ("ar", "الدفعة الثانية من القرض البالغ 200 مليون دولار."),
]


@cache
def recognizer() -> Recognizer:
    """What ships."""
    return recognizer_of(Layers.of(None))


def parts(language: str, sentence: str) -> list[str]:
    """The sums of a sentence that are told as parts."""
    article = Article(1, "", (sentence,), language)
    mentions = tuple(recognizer().recognize(article))
    line = Line(None, mentions, frozenset())
    sums = [mention for mention in mentions if mention.kind is MentionKind.MONEY]
    assert sums
    return [mention.text for mention in sums if is_part(Scope(article, (line,), shipped_scoring()), [(line, mention)])]


@pytest.mark.parametrize(("language", "sentence", "found"), PARTS)
def test_a_tranche_is_a_part(language: str, sentence: str, found: list[str]) -> None:
    """Of a loan, of a contract by phases; the whole beside it is none."""
    assert parts(language, sentence) == found


@pytest.mark.parametrize(("language", "sentence"), WHOLES)
def test_the_whole_of_which_a_tranche_is_reported_is_no_part(language: str, sentence: str) -> None:
    """Neither is a loan that comes in tranches."""
    assert parts(language, sentence) == []


def test_a_candidate_says_that_its_sum_is_a_part() -> None:
    """It stands as its qualifier, so that whoever reads it sees why it differs."""
    article = Article(
        1,
        "China Exim Bank pays first tranche of $60 million for Kenya's data centre",
        ("Huawei builds the data centre at Konza in Kenya. The $200 million loan was signed in May.",),
        "en",
    )
    (best, *_) = propose(article, tuple(recognizer().recognize(article)), shipped_rules()).proposals
    told = {int(each.value): each.qualifier for each in best.facts.amounts}
    assert told == {60_000_000: IN_PART, 200_000_000: ""}
