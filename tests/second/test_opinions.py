"""Only what stands in the article, and what our own readers read there too, is kept of an answer."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offing.model.projects.project import Amount, Firm, Lender, SizedBy, StatedConcern
from offing.model.reading.evidence import FieldName
from offing.model.reading.mention import MentionKind
from offing.model.review.second_reader import Broken, CheckedAnswer, ModelAnswer, Usage, Why
from offing.model.values.vocabulary import AmountKind, Concern, Mode, RecordType, Role, Sector, Status
from offing.second import read_answer
from propose.spans import Text, smart_burkina
from second.said import LENDS, SIGNED, project, said


def read(*projects: Any, text: Text | None = None) -> CheckedAnswer:
    """What an answer about the plain case comes to."""
    case = text or smart_burkina().size("900 cameras", "900", "cameras")
    found = read_answer(said(*projects), case.article, case.mentions)
    assert isinstance(found, CheckedAnswer)
    return found


def test_what_is_right_is_kept_with_exact_quotes() -> None:
    """Every field, by the names and numbers of our own readers."""
    found = read(project())
    (opinion,) = found.opinions
    facts = opinion.facts
    assert facts.countries == ("BFA",)
    assert facts.firms == (Firm("Huawei", "Huawei", Role.CONTRACTOR, "huawei"),)
    assert facts.lenders == (Lender("Export-Import Bank of China", "China Exim Bank", "china-exim"),)
    assert facts.amounts == (Amount(Decimal(85000000), "EUR", AmountKind.LOAN, "EUR 85 million"),)
    assert (facts.sector, facts.status, facts.mode) == (Sector.PUBLIC_SECURITY, Status.SIGNED, Mode.LOAN)
    assert facts.record_type is RecordType.PROJECT
    assert facts.quantities == (SizedBy(Decimal(900), "cameras", "900 cameras"),)
    assert facts.places == ("Ouagadougou",)
    text = smart_burkina().article.text
    assert len(opinion.evidence) == 10
    assert all(text[proof.start : proof.end] == proof.text for proof in opinion.evidence)
    assert (found.told, dict(found.dropped)) == (1, {})


FALSE: dict[str, tuple[dict[str, Any], FieldName, Why]] = {
    "a country that the quote does not name": (
        {"countries": [{"value": "UGA", "quote": "Burkina Faso and Huawei signed"}]},
        FieldName.COUNTRIES,
        Why.UNREAD,
    ),
    "not a country": ({"countries": [{"value": "XXZ", "quote": SIGNED}]}, FieldName.COUNTRIES, Why.VALUE),
    "China as host": ({"countries": [{"value": "CHN", "quote": LENDS}]}, FieldName.COUNTRIES, Why.VALUE),
    "a quote that was altered": (
        {"countries": [{"value": "BFA", "quote": "Burkina Faso and ZTE signed"}]},
        FieldName.COUNTRIES,
        Why.QUOTE,
    ),
    "a firm of another sentence": ({"firms": [{"name": "ZTE", "quote": SIGNED}]}, FieldName.FIRMS, Why.SPAN),
    "a firm that stands nowhere": (
        {"firms": [{"name": "Hikvision", "role": "supplier", "quote": "Hikvision supplies"}]},
        FieldName.FIRMS,
        Why.QUOTE,
    ),
    "a country as a firm": (
        {"firms": [{"name": "Burkina Faso", "quote": SIGNED}]},
        FieldName.FIRMS,
        Why.SPAN,
    ),
    "a role that there is not": (
        {"firms": [{"name": "Huawei", "role": "boss", "quote": SIGNED}]},
        FieldName.FIRMS,
        Why.VALUE,
    ),
    "part of a name": ({"lenders": [{"name": "hina Exim Bank", "quote": LENDS}]}, FieldName.LENDERS, Why.SPAN),
    "a sum ten times as large": (
        {"amounts": [{"value": 850000000, "currency": "EUR", "kind": "loan", "quote": LENDS}]},
        FieldName.AMOUNTS,
        Why.UNREAD,
    ),
    "another currency": (
        {"amounts": [{"value": 85000000, "currency": "USD", "kind": "loan", "quote": LENDS}]},
        FieldName.AMOUNTS,
        Why.UNREAD,
    ),
    "no currency": (
        {"amounts": [{"value": 85000000, "currency": "ZZZ", "kind": "loan", "quote": LENDS}]},
        FieldName.AMOUNTS,
        Why.VALUE,
    ),
    "a sum in words": (
        {"amounts": [{"value": "a lot", "currency": "EUR", "kind": "loan", "quote": LENDS}]},
        FieldName.AMOUNTS,
        Why.SHAPE,
    ),
    "a sum below nothing": (
        {"amounts": [{"value": -85000000, "currency": "EUR", "quote": LENDS}]},
        FieldName.AMOUNTS,
        Why.SHAPE,
    ),
    "a status that there is not": ({"status": {"value": "done deal", "quote": SIGNED}}, FieldName.STATUS, Why.VALUE),
    "a value without a quote": ({"status": {"value": "signed"}}, FieldName.STATUS, Why.SHAPE),
    "a bare word": ({"status": "signed"}, FieldName.STATUS, Why.SHAPE),
    "another size": (
        {"quantities": [{"value": 9000, "unit": "cameras", "quote": SIGNED}]},
        FieldName.QUANTITIES,
        Why.UNREAD,
    ),
    "a concern that there is not": (
        {"concerns": [{"value": "boredom", "quote": SIGNED}]},
        FieldName.CONCERNS,
        Why.VALUE,
    ),
    "a lender without a quote": ({"lenders": [{"name": "China Exim Bank"}]}, FieldName.LENDERS, Why.SHAPE),
    "a sum whose quote stands nowhere": (
        {"amounts": [{"value": 85000000, "currency": "EUR", "kind": "loan", "quote": "lends EUR 85 billion"}]},
        FieldName.AMOUNTS,
        Why.QUOTE,
    ),
    "a size whose quote stands nowhere": (
        {"quantities": [{"value": 900, "unit": "cameras", "quote": "900 million cameras"}]},
        FieldName.QUANTITIES,
        Why.QUOTE,
    ),
    "a size without a number": (
        {"quantities": [{"value": "many", "unit": "cameras", "quote": SIGNED}]},
        FieldName.QUANTITIES,
        Why.SHAPE,
    ),
    "a place that stands elsewhere": (
        {"places": [{"name": "Kampala", "quote": SIGNED}]},
        FieldName.PLACES,
        Why.SPAN,
    ),
}


@pytest.mark.parametrize("case", FALSE)
def test_what_is_false_is_dropped_and_counted(case: str) -> None:
    """One wrong value goes, with its field and why; the others stay."""
    changed, field, why = FALSE[case]
    found = read(project(**changed))
    assert dict(found.dropped) == {(field.value, why): 1}
    assert not getattr(found.opinions[0].facts, field.value)
    assert len(found.opinions[0].evidence) == 9 + (field is FieldName.CONCERNS)


def test_a_concern_is_its_kind_and_its_words() -> None:
    """As the article has them."""
    worry = {"concerns": [{"value": "cyber-security", "quote": "the minister said"}]}
    assert read(worry).opinions[0].facts.concerns == (StatedConcern(Concern.CYBER_SECURITY, "the minister said"),)


def test_the_name_of_the_lexicon_stands_for_a_part_of_it() -> None:
    """Whoever quotes more than the name means the firm in it; what recognition does not know keeps its own words."""
    text = Text("News", "Shanghai Dafeng Works and Huawei Technologies won the Ghana contract.")
    text.put(MentionKind.FIRM, "Huawei", "huawei", name="Huawei").put(MentionKind.COUNTRY, "Ghana", "GHA")
    quote = "Shanghai Dafeng Works and Huawei Technologies won"
    names = ("Huawei Technologies", "Shanghai Dafeng Works")
    found = read({"firms": [{"name": name, "role": "supplier", "quote": quote} for name in names]}, text=text)
    assert found.opinions[0].facts.firms == (
        Firm("Huawei", "Huawei Technologies", Role.SUPPLIER, "huawei"),
        Firm("Shanghai Dafeng Works", "Shanghai Dafeng Works", Role.SUPPLIER),
    )


def test_china_as_a_lender_is_its_state() -> None:
    """A loan of China is its state's, whoever pays it out."""
    text = Text("News", "China grants the money.").put(MentionKind.CHINA, "China")
    found = read({"lenders": [{"name": "China", "quote": "China grants the money"}]}, text=text)
    assert found.opinions[0].facts.lenders == (Lender("Government of China", "China"),)


def test_a_project_of_which_nothing_is_left_is_no_opinion_but_was_told() -> None:
    """An answer whose values were all dropped does not say that there is no project."""
    found = read({"status": {"value": "signed", "quote": "not in the text"}}, "a word")
    assert (found.opinions, found.told) == ((), 2)
    assert read().told == 0


@pytest.mark.parametrize(
    "content",
    ["", "no JSON", '{"projects": {}}', '{"projects": null}', "{}", "[]", '{"projects": [{"countries": [{"value": "BF'],
)
def test_an_answer_of_another_form_is_broken(content: str) -> None:
    """As a whole, so that it is asked for once more."""
    case = smart_burkina()
    assert isinstance(read_answer(ModelAnswer(content, Usage()), case.article, case.mentions), Broken)


def test_an_answer_that_was_broken_off_is_broken_even_where_it_can_be_read() -> None:
    """Half of the projects would look like all of them."""
    case = smart_burkina()
    assert isinstance(read_answer(said(project(), whole=False), case.article, case.mentions), Broken)


def test_fields_of_another_type_cost_only_themselves() -> None:
    """A list where one value belongs, a text where a list does, a number as a name."""
    odd = {"status": [1], "countries": "BFA", "firms": [7, None, {"name": 3, "quote": SIGNED}], "more": {"x": 1}}
    found = read(project(**odd))
    assert found.opinions[0].facts.sector is Sector.PUBLIC_SECURITY
    assert sum(found.dropped.values()) == 5
    assert {why for _, why in found.dropped} == {Why.SHAPE}


def test_a_huge_answer_is_cut_to_what_an_article_can_tell() -> None:
    """Twenty projects, forty values of a field; the rest is not looked at."""
    firms = [{"name": "Huawei", "role": "contractor", "quote": SIGNED}] * 500
    found = read(*[project(firms=firms)] * 200)
    assert (len(found.opinions), found.told) == (20, 200)


def test_large_numbers_stay_exact() -> None:
    """Sums are no floating-point numbers on their way."""
    text = Text("News", "It costs 123456789012345.67 francs.").money(
        "123456789012345.67 francs", "123456789012345.67", "XOF"
    )
    item = '{"value": 123456789012345.67, "currency": "XOF", "kind": "loan", "quote": "It costs 123456789012345.67"}'
    content = json.dumps({"projects": []})[:-2] + '{"amounts": [' + item.replace('345.67"}', '345.67 francs"}') + "]}]}"
    found = read_answer(ModelAnswer(content, Usage()), text.article, text.mentions)
    assert isinstance(found, CheckedAnswer)
    assert found.opinions[0].facts.amounts[0].value == Decimal("123456789012345.67")


FIELDS = list(project())
KEYS = st.sampled_from(["value", "quote", "name", "role", "currency", "kind", "unit"])
WORDS = st.sampled_from(["BFA", "Huawei", "signed", SIGNED, LENDS, ""])
ODD = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)


@given(st.lists(st.dictionaries(st.sampled_from(FIELDS), ODD, max_size=4) | ODD, max_size=3))
def test_whatever_it_says_nothing_raises_and_every_quote_stands(projects: list[Any]) -> None:
    """Any JSON at all comes to opinions whose quotes are the text's own, or to nothing."""
    case = smart_burkina().size("900 cameras", "900", "cameras")
    content = json.dumps({"projects": projects})
    found = read_answer(ModelAnswer(content, Usage()), case.article, case.mentions)
    if isinstance(found, Broken):
        return
    for opinion in found.opinions:
        assert opinion.evidence
        assert all(case.article.text[each.start : each.end] == each.text != "" for each in opinion.evidence)
