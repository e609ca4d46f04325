"""What an article offers for a field, what its known words mean, and where a quote says something else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from offing.model.projects.project import Amount, Firm, Lender, ProjectFacts, SizedBy
from offing.model.reading.evidence import Evidence, FieldName
from offing.model.reading.mention import DatePoint, DatePrecision, Mention, MentionKind, Money, Quantity
from offing.model.sources.article import Article
from offing.model.values.vocabulary import AmountKind, Role, Sector, Status
from offing.review import sentence_at, suggested_values
from offing.review.doubts import doubts
from offing.review.gloss import gloss, known_words

ARTICLE = Article(7, "埃塞俄比亚", ("埃塞俄比亚与华为签署合同，金额8500万美元。900台摄像头。", "Kenya waits."), "zh")


def mention(text: str, kind: MentionKind, key: str | None = None, **more: object) -> Mention:
    """A mention of the first place where a text stands in the article's second paragraph."""
    start = ARTICLE.text.index(text, len(ARTICLE.title))
    return Mention(kind, start, start + len(text), text, key, **more)  # type: ignore[arg-type]


HUAWEI = mention("华为", MentionKind.FIRM, "huawei", name="Huawei")
SUM = mention("8500万美元", MentionKind.MONEY, value=Money(Decimal(85_000_000), "USD"))
ETHIOPIA = mention("埃塞俄比亚", MentionKind.COUNTRY, "ETH", name="Ethiopia")
CAMERAS = mention("900台", MentionKind.QUANTITY, value=Quantity(Decimal(900), "cameras"))
DAY = date(2026, 3, 5)
SIGNED = mention("签署", MentionKind.STATUS, "signed")
KENYA = mention("Kenya", MentionKind.COUNTRY, "KEN", name="Kenya")
ALL = (HUAWEI, SUM, ETHIOPIA, CAMERAS, SIGNED, KENYA)


def test_values_are_offered_with_their_sentences() -> None:
    """Each value as it would be typed, with the place of the sentence that holds it."""
    found = suggested_values([ARTICLE], {7: ALL})
    assert [each.value for each in found[FieldName.COUNTRIES]] == ["ETH", "KEN"]
    assert found[FieldName.AMOUNTS][0].value == "85000000 USD"
    assert found[FieldName.QUANTITIES][0].value == "900 cameras"
    assert FieldName.TERMS not in found
    assert found[FieldName.STATUS][0].value == "signed"
    firm = found[FieldName.FIRMS][0]
    assert (firm.value, firm.text) == ("Huawei", "埃塞俄比亚与华为签署合同，金额8500万美元。")
    assert ARTICLE.text[firm.start : firm.end] == firm.text


def test_terms_of_loans_are_no_sizes() -> None:
    """They are offered for their own field, each with what it is."""
    term = replace(CAMERAS, key="maturity", value=Quantity(Decimal(20), "years"))
    found = suggested_values([ARTICLE], {7: (term,)})
    assert {field: [each.value for each in values] for field, values in found.items()} == {
        FieldName.TERMS: ["maturity 20 years"]
    }


def test_what_cannot_be_typed_or_has_moved_is_not_offered() -> None:
    """Names with semicolons, sums without a value, and mentions that the text no longer holds."""
    wrong = (
        replace(HUAWEI, name="A; B"),
        replace(SUM, value=None),
        replace(KENYA, text="Uganda"),
        replace(KENYA, text="Angola"),
        mention("waits", MentionKind.SIGNAL, "old"),
        mention("合同", MentionKind.DATE, value=DatePoint(date(2026, 3, 1), DatePrecision.WEEK)),
    )
    assert suggested_values([ARTICLE], {7: wrong}) == {}


def test_dates_are_offered_as_precise_as_told() -> None:
    """A month is a month."""
    texts = {DatePrecision.DAY: "2026-03-01", DatePrecision.MONTH: "2026-03", DatePrecision.YEAR: "2026"}
    for precision, text in texts.items():
        found = mention("合同", MentionKind.DATE, value=DatePoint(date(2026, 3, 1), precision))
        assert suggested_values([ARTICLE], {7: (found,)})[FieldName.EVENT_DATE][0].value == text


@given(st.text("ab .!。\n؟", min_size=1, max_size=30), st.data())
@example("a. b", None)
def test_a_sentence_holds_its_span(text: str, data: st.DataObject | None) -> None:
    """Whatever the text, the sentence covers the span and stays in the text."""
    start = data.draw(st.integers(0, len(text) - 1)) if data else 0
    end = data.draw(st.integers(start + 1, len(text))) if data else 1
    left, right = sentence_at(text, start, end)
    assert 0 <= left <= start < end <= right <= len(text)


@pytest.mark.parametrize(
    ("text", "word", "sentence"),
    [
        ("One. Two is here! Three?", "is", "Two is here!"),
        ("One. Two is here", "is", "Two is here"),
        ("Title\n\nIt is first. Then more.", "is", "It is first."),
        ("He said “it is so.” Then left.", "is", "He said “it is so.”"),
        ("USD 3.5 m is lent. More.", "is", "USD 3.5 m is lent."),
        ("甲方签署。乙方也签署！”丙方没有。", "乙方", "乙方也签署！”"),
        ("is", "is", "is"),
        ("。乙方", "乙方", "乙方"),
        ("! It is", "is", "It is"),
    ],
)
def test_a_sentence_ends_where_readers_end_it(text: str, word: str, sentence: str) -> None:
    """At its mark with the closing quotes, at a paragraph's end, not at the point of a number; without blanks."""
    start = text.index(word)
    left, right = sentence_at(text, start, start + len(word))
    assert text[left:right] == sentence


def test_what_is_reported_most_often_is_offered_first() -> None:
    """Eight values at most, by how often they are told; nobody is offered a sum or a size of nothing."""
    sums = [replace(SUM, value=Money(Decimal(number), "USD")) for number in range(1, 11)]
    nothing = tuple(
        replace(told, value=kind(Decimal(value), "x"))
        for told, kind in ((SUM, Money), (CAMERAS, Quantity))
        for value in (0, -5)
    )
    found = suggested_values([ARTICLE], {7: (*sums, sums[9], sums[9], sums[8], *nothing)})
    assert set(found) == {FieldName.AMOUNTS}
    (one,) = suggested_values([ARTICLE], {7: (replace(CAMERAS, value=Quantity(Decimal(1), "dam")),)})[
        FieldName.QUANTITIES
    ]
    assert one.value == "1 dam"
    assert [each.value for each in found[FieldName.AMOUNTS]] == [f"{n} USD" for n in (10, 9, 1, 2, 3, 4, 5, 6)]


@pytest.mark.parametrize(
    ("known", "is_english", "said"),
    [
        (HUAWEI, False, "Huawei, firm"),
        (replace(HUAWEI, text="Huawei"), False, "firm"),
        (replace(HUAWEI, text="Huawei"), True, ""),
        (replace(HUAWEI, text="The Shenzhen firm"), True, "Huawei, firm"),
        (SUM, False, "USD 85,000,000"),
        (ETHIOPIA, False, "Ethiopia, country"),
        (SIGNED, False, "signed"),
        (SIGNED, True, ""),
        (CAMERAS, False, "900 cameras"),
        (replace(KENYA, kind=MentionKind.CHINA, text="中国", key="CHN"), False, "China"),
        (replace(KENYA, kind=MentionKind.PLACE, text="内罗毕", name="Nairobi"), False, "Nairobi, place in Kenya"),
        (replace(KENYA, kind=MentionKind.COUNTERPART, text="部", name="MoT"), False, "MoT, body of the host side"),
        (replace(SIGNED, kind=MentionKind.FLOW, key="loan"), False, ""),
        (replace(SUM, kind=MentionKind.DATE, value=DatePoint(DAY, DatePrecision.DAY)), False, "5 Mar 2026"),
    ],
)  # fmt: skip
def test_words_in_english(known: Mention, is_english: bool, said: str) -> None:
    """A name with its kind, a sum in figures, a cue with what it speaks for; nothing where English needs nothing."""
    assert gloss(known, is_english) == said


GLOSSED = [
    (replace(SUM, value=Money(Decimal(5), "USD", "about")), False, "about USD 5"),
    (replace(SUM, kind=MentionKind.DATE, value=DatePoint(date(2026, 3, 5), DatePrecision.MONTH)), False, "Mar 2026"),
    (replace(SUM, kind=MentionKind.DATE, value=DatePoint(date(2026, 3, 5), DatePrecision.YEAR)), False, "2026"),
    (replace(SUM, kind=MentionKind.DATE, value=DatePoint(date(2026, 3, 5), DatePrecision.WEEK)), False, "5 Mar 2026"),
    (SUM, True, "USD 85,000,000"),
    (CAMERAS, True, ""),
    (replace(HUAWEI, text="Angola Co"), False, "Huawei, firm"),
    (replace(HUAWEI, key="zte", name="ZTE"), False, "ZTE, firm"),
    (replace(KENYA, kind=MentionKind.PLACE, text="N", name="Nairobi", key="dk"), False, "Nairobi, place"),
    (replace(ETHIOPIA, key=None), False, "Ethiopia, country"),
    (replace(HUAWEI, kind=MentionKind.LENDER, name="Exim"), True, "Exim, lender"),
    (replace(HUAWEI, name="", key="huawei"), False, ""),
    (replace(KENYA, kind=MentionKind.PLACE, text="N", name="Nairobi", key="nairobi"), False, "Nairobi, place"),
    (replace(KENYA, kind=MentionKind.PLACE, text="N", name="Nairobi", key=None), False, "Nairobi, place"),
    (replace(SIGNED, key="under-construction"), False, "under construction"),
    (replace(SIGNED, kind=MentionKind.ROLE, key="supplier"), False, "supplier"),
    *((replace(SIGNED, kind=kind), False, "") for kind in (MentionKind.CONCERN, MentionKind.SECTOR, MentionKind.MODE)),
    (replace(SIGNED, kind=MentionKind.RECORD_TYPE), False, ""),
]


@pytest.mark.parametrize(("known", "is_english", "said"), GLOSSED)
def test_each_kind_of_word_is_reported_in_its_way(known: Mention, is_english: bool, said: str) -> None:
    """Dates as precise as told; what a cue is a sign of says nothing of what it means."""
    assert gloss(known, is_english) == said


def test_of_words_of_one_kind_the_longer_counts_then_the_earlier() -> None:
    """A sum goes before a cue, a firm before a lender, and one that touches another overlaps nothing."""
    text = "China Exim Bank lent 5 million"

    def at(words: str, kind: MentionKind) -> Mention:
        start = text.index(words)
        return Mention(kind, start, start + len(words), words, "x", words)

    def shown(*mentions: Mention) -> list[str]:
        article = Article(7, "", (text,), "en")
        return [
            article.text[w.start : w.end]
            for w in known_words(article, [replace(m, start=m.start + 2, end=m.end + 2) for m in mentions])
        ]

    long, short = at("China Exim Bank", MentionKind.LENDER), at("Exim Bank", MentionKind.LENDER)
    assert shown(short, long) == shown(long, short) == ["China Exim Bank"]
    assert shown(at("China Exim", MentionKind.LENDER), at("Exim Bank ", MentionKind.LENDER)) == ["China Exim"]
    assert shown(at("China Exim", MentionKind.LENDER), at("Exim Bank lent", MentionKind.LENDER)) == ["Exim Bank lent"]
    assert shown(at("Exim Bank", MentionKind.FIRM), long) == ["Exim Bank"]
    assert shown(at("lent 5", MentionKind.FLOW), at("5 million", MentionKind.MONEY)) == ["5 million"]
    assert shown(at("China ", MentionKind.FIRM), at("Exim Bank", MentionKind.FIRM)) == ["China ", "Exim Bank"]
    assert shown(at(" ", MentionKind.FIRM)) == []


def test_known_words_do_not_overlap() -> None:
    """Of two over each other the name counts; what has moved and what signals only is left out."""
    inside = mention("与华为签署", MentionKind.SECTOR, "energy")
    gone = mention("waits", MentionKind.FIRM)
    moved = (replace(gone, text="zebra"), replace(gone, text="A"), mention("waits", MentionKind.SIGNAL))
    words = known_words(ARTICLE, (*ALL, inside, *moved))
    for language, said in (("en", ""), ("ar", "firm"), ("fr", "firm")):
        article = Article(7, "", ("Huawei",), language)
        assert [word.gloss for word in known_words(article, (replace(HUAWEI, start=2, end=8, text="Huawei"),))] == [
            said
        ]
    assert [ARTICLE.text[word.start : word.end] for word in words] == [
        "埃塞俄比亚", "华为", "签署", "8500万美元", "900台", "Kenya",
    ]  # fmt: skip
    assert [word.field for word in words][:2] == [FieldName.COUNTRIES, FieldName.FIRMS]


FACTS = ProjectFacts(
    countries=("ETH",),
    firms=(Firm("Huawei", "华为", Role.CONTRACTOR, "huawei"),),
    amounts=(Amount(Decimal(85_000_000), "USD", AmountKind.LOAN, ""),),
    quantities=(SizedBy(Decimal(900), "cameras", ""),),
    status=Status.SIGNED,
    lenders=(Lender("Huawei", "华为", "huawei"),),
)
TENFOLD = replace(FACTS.amounts[0], value=Decimal(850_000_000))
FIELDS = ("COUNTRIES", "FIRMS", "AMOUNTS", "QUANTITIES", "STATUS")
WHOLE = tuple(Evidence(FieldName[name], "x", 7, 0, 40, ARTICLE.text[:40]) for name in FIELDS)


def test_a_value_that_its_quote_holds_is_not_doubted() -> None:
    """Country, firm, sum, size and status stand in the quote; of a value without any quote nothing is said."""
    assert doubts(FACTS, WHOLE, {7: ALL}) == ()


@pytest.mark.parametrize(
    ("planted", "value", "instead"),
    [
        (replace(FACTS, countries=("KEN",)), "Kenya", ("Ethiopia",)),
        (replace(FACTS, amounts=(TENFOLD,)), "850000000 USD", ("USD 85,000,000",)),
        (replace(FACTS, firms=(Firm("ZTE", "ZTE", Role.CONTRACTOR, "zte"),)), "ZTE", ("Huawei",)),
        (replace(FACTS, quantities=(SizedBy(Decimal(9000), "cameras", ""),)), "9000 cameras", ("900 cameras",)),
        (replace(FACTS, status=Status.COMPLETED), "completed", ("signed",)),
    ],
)  # fmt: skip
def test_a_value_that_its_quote_does_not_hold(planted: ProjectFacts, value: str, instead: tuple[str, ...]) -> None:
    """The value is named, and what the quote holds instead."""
    (doubt,) = doubts(planted, WHOLE, {7: ALL})
    assert (doubt.value, doubt.instead) == (value, instead)


@pytest.mark.parametrize(
    ("planted", "typed"),
    [
        (replace(FACTS, countries=("KEN",)), ("KEN", "ETH")),
        (replace(FACTS, amounts=(TENFOLD,)), ("850000000 USD loan", "85000000 USD loan")),
        (replace(FACTS, firms=(Firm("ZTE", "ZTE", Role.SUPPLIER, "zte"),)), ("ZTE:supplier", "Huawei:supplier")),
        (replace(FACTS, quantities=(SizedBy(Decimal(9000), "cameras", ""),)), ("9000 cameras", "900 cameras")),
        (replace(FACTS, status=Status.COMPLETED), ("completed", "signed")),
    ],
)  # fmt: skip
def test_what_would_stand_in_its_place(planted: ProjectFacts, typed: tuple[str, str]) -> None:
    """As a form has it, in the same role or of the same kind; the quote is its proof."""
    (doubt,) = doubts(planted, WHOLE, {7: ALL})
    assert (doubt.part, *doubt.typed) == typed
    assert doubt.proof in WHOLE


@pytest.mark.parametrize("name", ["Huawei Digital Power", "Hua Wei", "华为数字能源"])
def test_one_of_a_family_says_the_other(name: str) -> None:
    """A longer name, a part of a name in Chinese, a subsidiary by what is known of owners, in either direction."""
    facts = ProjectFacts(firms=(Firm(name, name, Role.CONTRACTOR, "child"),))
    family = {"child": "mother", "mother": "huawei"} if name == "Hua Wei" else {}
    assert doubts(facts, WHOLE, {7: ALL}, family) == ()
    if family:
        assert doubts(facts, WHOLE, {7: ALL})
        assert doubts(facts, WHOLE, {7: ALL}, {"huawei": "child"}) == ()


KENYA_AT = (KENYA.start, KENYA.end)
INSIDE = [
    ((KENYA_AT[0], KENYA_AT[1]), ("Kenya",)),
    ((KENYA_AT[1] - 1, KENYA_AT[1] + 3), ("Kenya",)),
    ((KENYA_AT[0] - 3, KENYA_AT[0] + 1), ("Kenya",)),
    ((KENYA_AT[1], KENYA_AT[1] + 5), ()),
    ((KENYA_AT[0] - 5, KENYA_AT[0]), ()),
    ((KENYA_AT[1] + 2, KENYA_AT[1] + 5), ()),
    ((0, 5), ()),
]


@pytest.mark.parametrize(("span", "instead"), INSIDE)
def test_only_words_of_the_quote_count(span: tuple[int, int], instead: tuple[str, ...]) -> None:
    """As far as they reach into it, not where they only touch it."""
    quote = Evidence(FieldName.COUNTRIES, "x", 7, *span, "")
    (doubt,) = doubts(ProjectFacts(countries=("ETH",)), (quote,), {7: (KENYA,)})
    assert (doubt.value, doubt.instead) == ("Ethiopia", instead)


@pytest.mark.parametrize(
    ("said", "told", "typed"),
    [
        (replace(HUAWEI, name="A; B"), "A; B", ""),
        (replace(HUAWEI, name="A: B"), "A: B", ""),
        (replace(HUAWEI, name=""), "huawei", "华为:operator"),
        (replace(HUAWEI, name="Big-Firm"), "Big-Firm", "Big-Firm:operator"),
        (replace(HUAWEI, name="", key=None), "华为", "华为:operator"),
    ],
)
def test_what_cannot_be_typed_is_reported_all_the_same(said: Mention, told: str, typed: str) -> None:
    """A name with the marks of a form in it has no way into the form."""
    facts = ProjectFacts(firms=(Firm("ZTE", "ZTE", Role.OPERATOR, "zte"),))
    (doubt,) = doubts(facts, WHOLE, {7: (said,)})
    assert (doubt.instead, doubt.typed) == ((told,), (typed,))


def test_without_anything_recognised_nothing_is_doubted() -> None:
    """Nor is a value that two quotes are given for, one of which says it; owners go round in no circle."""
    assert doubts(replace(FACTS, countries=("KEN",)), WHOLE, {}) == ()
    assert doubts(replace(FACTS, countries=("KEN",)), WHOLE, {7: ()}) == ()
    early = Evidence(FieldName.COUNTRIES, "x", 7, 0, 12, "")
    late = replace(early, start=KENYA.start, end=KENYA.end)
    (doubt,) = doubts(ProjectFacts(countries=("UGA",)), (early, late), {7: ALL})
    assert (doubt.proof, doubt.instead) == (early, ("Ethiopia", "Kenya"))
    assert doubts(ProjectFacts(countries=("KEN",)), (early, late), {7: ALL}) == ()
    ring = {"child": "mother", "mother": "child"}
    facts = ProjectFacts(firms=(Firm("Hua Wei", "", Role.CONTRACTOR, "child"),))
    assert doubts(facts, WHOLE, {7: ALL}, ring)


@pytest.mark.parametrize(
    ("name", "is_doubted"), [("Hua", True), ("Huaweis", True), ("华", False), ("Big Huawei Ltd", False)]
)
def test_a_name_within_a_name_is_one_of_whole_words(name: str, is_doubted: bool) -> None:
    """Chinese is written together, so any part of it counts."""
    facts = ProjectFacts(firms=(Firm(name, name, Role.CONTRACTOR, "x"),))
    assert bool(doubts(facts, WHOLE, {7: ALL})) is is_doubted


def test_a_place_speaks_for_its_country() -> None:
    """A quote that names a town of the country holds it; else its town's country is told instead."""
    town = mention("合同", MentionKind.PLACE, "ETH", name="Addis Ababa")
    assert doubts(FACTS, WHOLE[:1], {7: (town,)}) == ()
    (doubt,) = doubts(replace(FACTS, countries=("KEN",)), WHOLE[:1], {7: (town,)})
    assert doubt.instead == ("Ethiopia",)


def test_chinese_money_is_the_states_where_no_bank_is_named() -> None:
    """A "Chinese loan" says that the state lends; a quote without any word of the kind says so."""
    chinese = mention("合同", MentionKind.CHINA, "CHN")
    lends = replace(
        FACTS, lenders=(Lender("Government of China", "合同", "government-of-china"),), sector=Sector.ENERGY
    )
    quote = Evidence(FieldName.LENDERS, "x", 7, 0, 40, "")
    assert doubts(lends, (quote,), {7: (chinese,)}) == ()
    (doubt,) = doubts(lends, (replace(quote, field=FieldName.SECTOR),), {7: (chinese,)})
    assert (doubt.value, doubt.instead) == ("energy", ())
