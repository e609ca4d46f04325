"""From an article and its mentions to proposals."""

from __future__ import annotations

import math
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offing.model.reading.evidence import FieldName
from offing.model.reading.mention import KnownName, Mention, MentionKind, Money, NameReliability, Quantity
from offing.model.review.candidate import Reason
from offing.model.values.vocabulary import (
    AmountKind,
    EventKind,
    LoanTermKind,
    Mode,
    RecordType,
    Role,
    Sector,
    Speaker,
    Status,
)
from offing.propose import propose
from offing.propose.reading.quotes import LIMIT
from offing.propose.score.reasons import score
from propose.spans import COUNTRY, FIRM, LENDER, Text, shipped_rules, smart_burkina


def test_a_plain_article_makes_one_proved_proposal() -> None:
    """Parties, country, money, sector and status are the project's own, not those of the background."""
    text = smart_burkina()
    found = propose(text.article, text.mentions, shipped_rules())
    assert not found.screened_out
    (proposal,) = found.proposals
    facts = proposal.facts
    assert facts.countries == ("BFA",)
    assert [(firm.id, firm.role) for firm in facts.firms] == [("huawei", Role.CONTRACTOR)]
    assert [lender.id for lender in facts.lenders] == ["china-exim"]
    assert [(a.value, a.currency, a.kind) for a in facts.amounts] == [(Decimal(85000000), "EUR", AmountKind.LOAN)]
    assert (facts.sector, facts.status) == (Sector.PUBLIC_SECURITY, Status.SIGNED)
    assert (facts.record_type, facts.mode) == (RecordType.PROJECT, Mode.LOAN)
    assert [(q.value, q.unit) for q in facts.quantities] == [(900, "cameras")]
    assert set(facts.places) == {"Ouagadougou", "Bobo-Dioulasso"}
    expected = (
        "Huawei → Burkina Faso: public security, surveillance; EUR 85 m loan, Export-Import Bank of China; signed"
    )
    assert facts.title == expected
    assert proposal.score == found.score > shipped_rules().cut


def test_every_filled_field_has_an_exact_short_quote() -> None:
    """Quotes are cut from the text at their offsets, hold their value's mention and stay under the limit."""
    text = smart_burkina()
    (proposal,) = propose(text.article, text.mentions, shipped_rules()).proposals
    fields = {evidence.field for evidence in proposal.evidence}
    untold = {FieldName.TERMS, FieldName.COUNTERPARTS, FieldName.CONCERNS, FieldName.EVENT_DATE, FieldName.EVENTS}
    assert fields == set(FieldName) - untold
    for evidence in proposal.evidence:
        assert text.article.text[evidence.start : evidence.end] == evidence.text
        assert 0 < len(evidence.text) <= LIMIT
        assert evidence.article_id == text.article.id
    amount = next(e for e in proposal.evidence if e.field is FieldName.AMOUNTS)
    assert (amount.value, amount.text) == ("85000000 EUR", "China Exim Bank lends EUR 85 million.")


def test_terms_of_the_loan_are_proved() -> None:
    """Each term has the sentences that tell it, once for each wording; another figure of one kind is no proof of it."""
    text = smart_burkina("It bears 2 percent, said the bank.", "The two percent are fixed.", "Later 3 percent are due.")
    for words, value in (("2 percent", 2), ("two percent", 2), ("3 percent", 3)):
        text.put(
            MentionKind.QUANTITY, words, LoanTermKind.INTEREST, value=Quantity(Decimal(value), "percent"), by="terms"
        )
    (proposal,) = propose(text.article, text.mentions, shipped_rules()).proposals
    assert [term.written for term in proposal.facts.terms] == ["interest 2 percent"]
    quotes = [(e.value, e.text) for e in proposal.evidence if e.field is FieldName.TERMS]
    assert quotes == [
        ("interest 2 percent", "It bears 2 percent, said the bank."),
        ("interest 2 percent", "The two percent are fixed."),
    ]


def test_the_speaker_stands_with_the_quote() -> None:
    """A sentence in which a minister speaks is an official's; one without a speaker is the outlet's own."""
    text = smart_burkina()
    (proposal,) = propose(text.article, text.mentions, shipped_rules()).proposals
    speakers = {e.field: e.speaker for e in proposal.evidence}
    assert speakers[FieldName.STATUS] is Speaker.HOST_OFFICIAL
    assert speakers[FieldName.AMOUNTS] is Speaker.MEDIA


def test_what_other_works_say_proves_nothing_where_the_projects_own_words_do() -> None:
    """A sentence on other works is no quote beside one of the project; a project of asides is proved by its status."""
    text = smart_burkina("A contract for 900 cameras in Uganda is separate.", "The contract of Kampala is similar.")
    text.cue("signal", "separate", "marks-separate").cue("record-type", "contract", "project", weight=3.0, nth=2)
    (proposal,) = propose(text.article, text.mentions, shipped_rules()).proposals
    quotes = [e.text for e in proposal.evidence if e.field in (FieldName.RECORD_TYPE, FieldName.QUANTITIES)]
    assert quotes
    assert all("Burkina" in quote for quote in quotes)


def test_reasons_add_up_to_the_score() -> None:
    """The score is the logistic of bias and reasons; each reason is a sentence that names its words."""
    text = smart_burkina()
    (proposal,) = propose(text.article, text.mentions, shipped_rules()).proposals
    by_name = {reason.name: reason for reason in proposal.reasons}
    assert by_name["party-in-title"].text == "The title names a Chinese firm or lender: Huawei, China Exim Bank."
    assert {"target-in-title", "core-sentence", "status-told", "amount", "lender"} <= set(by_name)
    heavier = replace(shipped_rules(), bias=shipped_rules().bias + 1)
    assert propose(text.article, text.mentions, heavier).score > proposal.score


def test_without_a_chinese_party_nothing_is_proposed() -> None:
    """An article in which nothing Chinese stands is screened out."""
    text = Text("Bridge opens in Ghana", "It cost $5 million.").put(COUNTRY, "Ghana", "GHA")
    found = propose(text.article, text.mentions, shipped_rules())
    assert found.screened_out
    assert found.proposals == ()
    assert found.score == 0.0


def test_a_chinese_town_may_stand_for_a_party() -> None:
    """A company that is only told to be from a Chinese town is no reason to leave the article unread."""
    text = Text("Registrar buys software", "A Guangzhou company won.").put(MentionKind.PLACE, "Guangzhou", "CHN")
    assert not propose(text.article, text.mentions, shipped_rules()).screened_out


def test_chinese_money_without_a_name_is_a_party() -> None:
    """Chinese money is enough to look closer, though no list has a name for its giver."""
    text = Text("Chinese-funded bridge opens in Ghana", "The bridge opened.").put(COUNTRY, "Ghana", "GHA")
    text.cue("signal", "Chinese-funded", "chinese-finance").cue("status", "opens", "completed").cue(
        "sector", "bridge", "transport"
    )
    found = propose(text.article, text.mentions, shipped_rules())
    assert found.proposals[0].facts.firms == ()
    assert found.proposals[0].facts.title == "China → Ghana: transport; completed"
    assert found.score > shipped_rules().cut


def test_china_hong_kong_macao_and_taiwan_are_never_targets() -> None:
    """A project there stays without a target and below the cut."""
    text = Text("Huawei builds data centre in Hong Kong", "Taiwan, Macau and Guizhou too.")
    text.put(FIRM, "Huawei", "huawei").put(COUNTRY, "Hong Kong", "HKG").put(COUNTRY, "Taiwan", "TWN")
    text.put(COUNTRY, "Macau", "MAC").put(MentionKind.PLACE, "Guizhou", "CHN")
    text.cue("sector", "data centre", "data-centre-cloud").cue("status", "builds", "under-construction")
    found = propose(text.article, text.mentions, shipped_rules())
    assert found.proposals[0].facts.countries == ()
    assert found.score < shipped_rules().cut
    names = {reason.name for reason in found.proposals[0].reasons}
    assert {"no-target", "set-in-china"} <= names


def test_signals_speak_against_a_text() -> None:
    """The same facts in a text about football score far lower, and the analyst is told why."""
    text = smart_burkina()
    before = propose(text.article, text.mentions, shipped_rules()).score
    text.cue("signal", "Huawei to build", "sport").cue("signal", "network covers", "sport")
    after = propose(text.article, text.mentions, shipped_rules())
    assert after.score < before
    assert any(r.text == "It is about sport: Huawei to build, network covers." for r in after.proposals[0].reasons)


def test_an_unlisted_firm_keeps_its_written_name() -> None:
    """A firm that no list has is named as the article writes it and counts a little less."""
    text = Text("Lanjing signs meter deal in Zambia", "Lanjing signed.")
    text.put(FIRM, "Lanjing", None, name="Hangzhou Lanjing").put(COUNTRY, "Zambia", "ZMB")
    text.cue("status", "signs", "signed")
    (proposal,) = propose(text.article, text.mentions, shipped_rules()).proposals
    assert [(firm.id, firm.name, firm.as_written) for firm in proposal.facts.firms] == [
        (None, "Hangzhou Lanjing", "Lanjing")
    ]
    assert "party-unlisted" in {reason.name for reason in proposal.reasons}


def test_a_long_sentence_is_quoted_around_its_mention() -> None:
    """A quote from a sentence of a thousand characters is a window from word to word."""
    filler = "and so on and so forth " * 25
    text = Text("Deal in Ghana", f"{filler}Huawei won it {filler}.").put(FIRM, "Huawei", "huawei")
    text.put(COUNTRY, "Ghana", "GHA")
    (proposal,) = propose(text.article, text.mentions, shipped_rules()).proposals
    quote = next(e for e in proposal.evidence if e.field is FieldName.FIRMS)
    assert "Huawei" in quote.text
    assert len(quote.text) <= LIMIT
    before, after = text.article.text[quote.start - 1], text.article.text[quote.end]
    assert (before, after) == (" ", " ")


KINDS = st.sampled_from(list(MentionKind))
VALUES = {
    MentionKind.MONEY: Money(Decimal(5), "USD"),
    MentionKind.QUANTITY: Quantity(Decimal(3), "km"),
    MentionKind.PROJECT: KnownName(("GHA",), "energy", NameReliability.OWN),
}
KEYS = {
    MentionKind.SECTOR: list(Sector),
    MentionKind.STATUS: list(Status),
    MentionKind.ROLE: list(Role),
    MentionKind.FLOW: list(AmountKind),
    MentionKind.MODE: list(Mode),
    MentionKind.RECORD_TYPE: list(RecordType),
    MentionKind.CONCERN: ["debt-finance"],
    MentionKind.EVENT: [kind for kind in EventKind if kind not in (EventKind.STATUS, EventKind.CHANGE)],
    MentionKind.QUANTITY: [None, *LoanTermKind],
    MentionKind.COUNTRY: ["GHA", "CHN", "KEN"],
    MentionKind.PLACE: ["GHA", "CHN"],
    MentionKind.SIGNAL: ["sport", "marks-elsewhere", "chinese-finance", "roundup", "second-project", "nobody-knows"],
}


@st.composite
def readings(draw: st.DrawFn) -> Text:
    """An arbitrary text with arbitrary mentions on it."""
    text = Text(draw(st.text(max_size=40)), *draw(st.lists(st.text(max_size=200), max_size=5)))
    size = len(text.article.text)
    for _ in range(draw(st.integers(0, 14))):
        start = draw(st.integers(0, max(0, size - 1)))
        end = min(size, start + draw(st.integers(1, 25)))
        kind = draw(KINDS)
        key = draw(st.sampled_from(KEYS.get(kind, [None, "huawei"])))
        value = VALUES.get(kind)
        if end > start:
            text.mentions.append(Mention(kind, start, end, text.article.text[start:end], key, value=value))
    return text


@given(readings())
def test_whatever_stands_in_a_text_quotes_are_exact_and_complete(text: Text) -> None:
    """No set of mentions makes a quote that is not in the text, or a value without one."""
    for proposal in propose(text.article, text.mentions, shipped_rules()).proposals:
        assert 0 <= proposal.score <= 1
        fields = {evidence.field for evidence in proposal.evidence}
        facts = proposal.facts
        for field in FieldName:
            assert bool(getattr(facts, field.value)) == (field in fields)
        for evidence in proposal.evidence:
            assert text.article.text[evidence.start : evidence.end] == evidence.text
            assert len(evidence.text) <= LIMIT


def test_lenders_need_not_be_listed_twice() -> None:
    """Two writings of one bank are one lender, proved by both."""
    text = Text("Bank of China lends to Ghana", "BoC lends $5 million.").put(COUNTRY, "Ghana", "GHA")
    text.put(LENDER, "Bank of China", "boc", name="Bank of China").put(LENDER, "BoC", "boc", name="Bank of China")
    text.cue("flow", "lends", "loan")
    (proposal,) = propose(text.article, text.mentions, shipped_rules()).proposals
    assert [lender.name for lender in proposal.facts.lenders] == ["Bank of China"]
    quotes = [e.text for e in proposal.evidence if e.field is FieldName.LENDERS]
    assert quotes == ["Bank of China lends to Ghana", "BoC lends $5 million."]


def test_long_words_and_mentions_are_quoted_too() -> None:
    """A sentence without blanks is cut at the limit; a mention longer than a quote is quoted itself."""
    chain = "x" * 400
    text = Text("Deal in Ghana", f"{chain}Huawei{chain}", "y" * 350).put(FIRM, "Huawei", "huawei")
    text.put(COUNTRY, "Ghana", "GHA").put(FIRM, "y" * 350, None)
    (proposal,) = propose(text.article, text.mentions, shipped_rules()).proposals
    quotes = {len(e.text) for e in proposal.evidence if e.field is FieldName.FIRMS}
    assert quotes == {LIMIT, 350}


def test_titles_name_what_is_known() -> None:
    """Small sums, many firms and unknown kinds still make a readable line."""
    text = Text("A, B and C give Ghana $900", "A, B and C agreed.").put(COUNTRY, "Ghana", "GHA")
    for letter in "ABC":
        text.put(FIRM, f"{letter}", letter.lower(), nth=0)
    text.money("$900", "900", "USD")
    (proposal,) = propose(text.article, text.mentions, shipped_rules()).proposals
    assert proposal.facts.title == "A, B and 1 more → Ghana: project; USD 900"


def test_the_bias_is_part_of_every_score() -> None:
    """Without any reason the score is the logistic of the bias; by what ships, an article starts far below the cut."""
    assert score((), -3.5) == pytest.approx(1 / (1 + math.exp(3.5)), abs=1e-4)
    assert score((Reason("amount", 1.5, ""), Reason("lender", 2.0, "")), -3.5) == 0.5
    rules = shipped_rules()
    assert score((), rules.bias) < rules.cut / 2
    text = smart_burkina()
    found = propose(text.article, text.mentions, rules)
    (proposal,) = found.proposals
    assert proposal.score == score(proposal.reasons, rules.bias)
    assert proposal.score == pytest.approx(
        1 / (1 + math.exp(-rules.bias - sum(reason.weight for reason in proposal.reasons))), abs=1e-4
    )
