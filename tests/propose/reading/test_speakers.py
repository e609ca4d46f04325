"""Who says what a quote states: an official or a company near a word for saying, a source, else the outlet."""

from __future__ import annotations

from dataclasses import replace

import pytest

from offing.model.reading.evidence import FieldName
from offing.model.sources.article import Article
from offing.model.values.vocabulary import SourceKind, Speaker
from offing.services.analysis.analyse import Analyst
from offing.services.analysis.analyst import load_analyst


def worded() -> Analyst:
    """What ships, without what texts mean."""
    analyst = load_analyst(None)
    return replace(analyst, scoring=replace(analyst.scoring, meaning=None, tuned=None))


def speakers_of(language: str, sentence: str, publisher: SourceKind | None = None) -> set[Speaker]:
    """Who speaks in the quotes of what is proposed from one sentence, by the wordings that ship."""
    article = Article(1, sentence, (sentence,), language, publisher=publisher)
    return {quote.speaker for each in worded().study(article).proposals for quote in each.evidence if quote.speaker}


@pytest.mark.parametrize(
    ("language", "sentence", "who"),
    [
        ("en", "The minister said Huawei will build a data centre in Ghana.", Speaker.HOST_OFFICIAL),
        ("en", "The minister cut the ribbon of the data centre that Huawei built in Ghana.", Speaker.MEDIA),
        ("en", "Huawei said in a statement it has finished the data centre in Ghana.", Speaker.COMPANY),
        ("en", "Huawei finished the data centre in Ghana, the company said.", Speaker.COMPANY),
        ("en", "Huawei finished the data centre in Ghana, where the vendor is busy.", Speaker.MEDIA),
        ("en", "Huawei finished the data centre in Ghana, the Chinese ambassador said.", Speaker.CHINESE_OFFICIAL),
        ("en", "Huawei finished the data centre in Ghana, Xinhua reports.", Speaker.STATE_MEDIA),
        ("en", "Huawei is to build a data centre in Ghana, people familiar with the talks told us.", Speaker.UNNAMED),
        (
            "en",
            'The minister: "We have signed with Huawei for a national data centre in Ghana."',
            Speaker.HOST_OFFICIAL,
        ),
        ("fr", "Huawei a construit un centre de données au Ghana, a déclaré le ministre.", Speaker.HOST_OFFICIAL),
        ("es", "Huawei construyó un centro de datos en Ghana, dijo el ministro.", Speaker.HOST_OFFICIAL),
        ("pt", "A Huawei construiu um centro de dados no Gana, disse o ministro.", Speaker.HOST_OFFICIAL),
        ("zh", "部长表示，华为在加纳建设数据中心。", Speaker.HOST_OFFICIAL),
        ("ru", "Министр заявил, что Huawei построила центр обработки данных в Гане.", Speaker.HOST_OFFICIAL),
        ("ar", "قال الوزير إن هواوي أنشأت مركز بيانات في غانا.", Speaker.HOST_OFFICIAL),
    ],
)
def test_a_sentence_names_who_says_so(language: str, sentence: str, who: Speaker) -> None:
    """Where a word for saying stands near an official or a company, or their words are quoted, they speak."""
    assert speakers_of(language, sentence) == {who}


@pytest.mark.parametrize(
    ("publisher", "who"),
    [
        (None, Speaker.MEDIA),
        (SourceKind.MEDIA, Speaker.MEDIA),
        (SourceKind.ACADEMIC, Speaker.MEDIA),
        (SourceKind.STATE_MEDIA, Speaker.STATE_MEDIA),
        (SourceKind.COMPANY, Speaker.COMPANY),
        (SourceKind.OFFICIAL_HOST, Speaker.HOST_OFFICIAL),
        (SourceKind.OFFICIAL_CHINA, Speaker.CHINESE_OFFICIAL),
        (SourceKind.NGO, Speaker.NGO),
    ],
)
def test_what_nobody_is_named_for_the_outlet_says(publisher: SourceKind | None, who: Speaker) -> None:
    """An outlet speaks as its publisher; one of a kind that nobody knows, and a university's, as the press."""
    assert speakers_of("en", "Huawei has built a data centre in Ghana.", publisher) == {who}


def test_a_semicolon_ends_what_somebody_says() -> None:
    """What the one half tells is not the ministry's that speaks in the other."""
    text = "Huawei built a data centre in Ghana for $5 million; the ministry said 40 engineers run it."
    (proposal,) = worded().study(Article(1, "A data centre", (text,), "en")).proposals
    speakers = {quote.field: quote.speaker for quote in proposal.evidence}
    assert speakers[FieldName.AMOUNTS] is Speaker.MEDIA
    assert speakers[FieldName.QUANTITIES] is Speaker.HOST_OFFICIAL
