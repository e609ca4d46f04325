"""Corrections as people write them."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories.candidate import FACTS
from offing.model.projects.project import (
    Amount,
    EventDate,
    Firm,
    Lender,
    LoanTerm,
    ProjectFacts,
    ReportedEvent,
    SizedBy,
    StatedConcern,
)
from offing.model.values.codec import from_plain, to_plain
from offing.model.values.vocabulary import (
    AmountKind,
    Concern,
    EventKind,
    LoanTermKind,
    Mode,
    RecordType,
    Role,
    Sector,
    Status,
)
from offing.review import BadEdit, country_name, parse_edit, parse_edits, with_roles

HUAWEI = FACTS.firms[0]
INTEREST = LoanTerm(LoanTermKind.INTEREST, Decimal("2.50"), "percent", "interest 2.50%")
GRACE = LoanTerm(LoanTermKind.GRACE, Decimal(1), "years", "Grace 1 year")
REPORTED_INCIDENT = ReportedEvent(EventKind.INCIDENT, "offline")
THOUSANDS = "1 234 567.25 usd grant"
MASTS = SizedBy(Decimal(9), "3G masts", "9 3G masts")
FAILURE = StatedConcern(Concern.FAILURE, "")
GOOD = [
    ("title", " Data  centre ", "Data  centre"),
    ("countries", "KEN", ("KEN",)),
    ("countries", "ke, Tanzania; ", None),
    ("countries", "Kenya; Côte d’Ivoire;ken", ("KEN", "CIV")),
    ("countries", "KEN, UGA", ("KEN", "UGA")),
    ("countries", "Congo, The Democratic Republic of the", ("COD",)),
    ("countries", "Kosovo; turkey; Laos", ("XKX", "TUR", "LAO")),
    ("countries", "", ()),
    ("firms", "huawei:supplier; ZTE", (replace(HUAWEI, role=Role.SUPPLIER), Firm("ZTE", "ZTE", Role.CONTRACTOR))),
    ("firms", "Huawei", (HUAWEI,)),
    ("firms", "", ()),
    ("lenders", "china exim bank; ICBC", (FACTS.lenders[0], Lender("ICBC", "ICBC"))),
    ("amounts", "85000000 EUR", (FACTS.amounts[0],)),
    ("amounts", "85,000,000 eur loan", (Amount(Decimal(85_000_000), "EUR", AmountKind.LOAN, "EUR 85 million"),)),
    ("amounts", "3.5 million USD grant; 2bn CNY", None),
    ("sector", "Smart-City", Sector.SMART_CITY),
    ("sector", "", None),
    ("status", "under-construction", Status.UNDER_CONSTRUCTION),
    ("record_type", "framework-agreement", RecordType.FRAMEWORK_AGREEMENT),
    ("mode", "donation", Mode.DONATION),
    ("counterparts", "Ministry of ICT; ; Konza Technopolis", ("Ministry of ICT", "Konza Technopolis")),
    ("places", "Nairobi", ("Nairobi",)),
    ("event_date", "2026-03-12", EventDate("2026-03-12", "2026-03-12")),
    ("event_date", "2026-w11", EventDate("2026-W11", "2026-w11")),
    ("event_date", " 2026-03", EventDate("2026-03", "2026-03")),
    ("event_date", "2026", EventDate("2026", "2026")),
    ("event_date", "1999-12-31", EventDate("1999-12-31", "1999-12-31")),
    ("event_date", "2026-W53", EventDate("2026-W53", "2026-W53")),
    ("title", "x\u200by", "x\u200by"),
    ("firms", " ZTE : partner ;ZTE:partner", (Firm("ZTE", "ZTE", Role.PARTNER),)),
    ("firms", "A: B:supplier", (Firm("A: B", "A: B", Role.SUPPLIER),)),
    ("lenders", "ICBC; china exim bank; China Exim Bank", (Lender("ICBC", "ICBC"), FACTS.lenders[0])),
    ("amounts", THOUSANDS, (Amount(Decimal("1234567.25"), "USD", AmountKind.GRANT, THOUSANDS),)),
    ("amounts", "85000000 USD", (Amount(Decimal(85_000_000), "USD", AmountKind.UNSPECIFIED, "85000000 USD"),)),
    ("quantities", "1_200.5km", (SizedBy(Decimal("1200.5"), "km", "1_200.5km"),)),
    ("quantities", "3 k homes; 9 3G masts", (SizedBy(Decimal(3000), "homes", "3 k homes"), MASTS)),
    ("terms", "maturity 18 months", (LoanTerm(LoanTermKind.MATURITY, Decimal(18), "months", "maturity 18 months"),)),
    ("terms", "grace 1 month", (LoanTerm(LoanTermKind.GRACE, Decimal(1), "months", "grace 1 month"),)),
    ("terms", "Interest 2 %", (LoanTerm(LoanTermKind.INTEREST, Decimal(2), "percent", "Interest 2 %"),)),
    ("concerns", "Procurement : a: b ; failure", (StatedConcern(Concern.PROCUREMENT, "a: b"), FAILURE)),
    ("event_date", "", None),
    ("concerns", "procurement:no tender", (StatedConcern(Concern.PROCUREMENT, "no tender"),)),
    ("events", "incident:offline; audit", (REPORTED_INCIDENT, ReportedEvent(EventKind.AUDIT, ""))),
    ("terms", "interest 2.50%; Grace 1 year", (INTEREST, GRACE)),
    ("terms", "", ()),
    ("quantities", "1,200 cameras", (SizedBy(Decimal(1200), "cameras", "1,200 cameras"),)),
]  # fmt: skip


@pytest.mark.parametrize(("name", "text", "value"), [case for case in GOOD if case[2] is not None or not case[1]])
def test_every_field_can_be_corrected(name: str, text: str, value: object) -> None:
    """A value written as the help says becomes the value of the field; empty text empties it."""
    assert parse_edit(name, text, FACTS) == value


def test_every_field_has_a_way_to_be_written() -> None:
    """No field of a project is out of reach of a correction."""
    assert {name for name, _, _ in GOOD} == set(ProjectFacts.__slots__)


def test_sums_may_be_written_in_words() -> None:
    """Scale words and their abbreviations multiply."""
    sums = parse_edit("amounts", "3.5 million USD grant; 2bn CNY", FACTS)
    assert isinstance(sums, tuple)
    found = [(each.value, each.currency, each.kind) for each in sums]
    assert found == [(3_500_000, "USD", AmountKind.GRANT), (2_000_000_000, "CNY", AmountKind.UNSPECIFIED)]


@pytest.mark.parametrize(
    ("scale", "factor"),
    [("thousand", 10**3), ("k", 10**3), ("million", 10**6), ("M", 10**6), ("Billion", 10**9), ("bn", 10**9)],
)
def test_each_scale_has_its_size(scale: str, factor: int) -> None:
    """In sums as in sizes, in any case, with a space or without."""
    (amount,) = parse_edit("amounts", f"1.5 {scale} USD", FACTS)  # type: ignore[misc]
    (size,) = parse_edit("quantities", f"1.5{scale} cameras", FACTS)  # type: ignore[misc]
    assert amount.value == size.value == Decimal("1.5") * factor


def test_a_value_may_be_as_long_as_said() -> None:
    """2,000 characters are taken; the refusal of more names that number."""
    assert parse_edit("title", "x" * 2000, FACTS) == "x" * 2000


BAD = [
    ("event_date", "1899", "is not a date"),
    ("event_date", "2100", "is not a date"),
    ("event_date", "2026-W00", "is not a date"),
    ("event_date", "2026-03-1", "is not a date"),
    ("title", "a\tb", "control characters"),
    ("title", "a\ud800", "control characters"),
    ("firms", ":", "names no firm"),
    ("firms", "ZTE:", "none of contractor, supplier"),
    ("terms", "maturity 20 percent", "interest is stated in percent"),
    ("terms", "interest 20000 percent", "is not a term of a loan"),
    ("amounts", "85 EUR loan or so", "is not an amount"),
    ("amounts", "5,00 EUR", "is not an amount"),
    ("quantities", "0 cameras", "a number above 0"),
    ("quantities", "900", "is not a quantity"),
    ("quantities", "1,200", "is not a quantity"),
    ("quantities", "1.5.2 km", "is not a quantity"),
    ("events", "party", "is none of status, incident"),
    ("event_date", "March", "write 2026, 2026-03"),
    ("event_date", "2026-13", "is not a date"),
    ("event_date", "2026-02-30", "is not a date"),
    ("event_date", "2026-W60", "is not a date"),
    ("colour", "red", "no field 'colour'"),
    ("contries", "KEN", "did you mean countries"),
    ("title", "", "needs a title"),
    ("title", "a\nb", "line breaks"),
    ("title", "x" * 2001, "longer than 2000"),
    ("countries", "ke, Tanzania; ", "is not a country"),
    ("countries", "Atlantis", "'Atlantis' is not a country"),
    ("firms", "Huawei:builder", "none of contractor, supplier"),
    ("firms", ":contractor", "names no firm"),
    ("amounts", "85 apples", "is not an amount"),
    ("amounts", "-5 EUR", "is not an amount"),
    ("amounts", "NaN EUR", "is not an amount"),
    ("amounts", "5 QQQ", "QQQ is not a currency"),
    ("amounts", "0 EUR", "a number above 0"),
    ("amounts", "5 EUR lone", "did you mean loan"),
    ("sector", "smart city", "did you mean smart-city"),
    ("status", "signd", "did you mean signed"),
    ("concerns", "noise", "none of cyber-security"),
    ("quantities", "many cameras", "is not a quantity"),
    ("terms", "2 percent", "is not a term of a loan"),
    ("terms", "interest 2 years", "interest is stated in percent"),
    ("terms", "rate 2 percent", "is none of interest"),
]


@pytest.mark.parametrize(("name", "text", "message"), BAD)
def test_what_cannot_be_understood_is_said_plainly(name: str, text: str, message: str) -> None:
    """The error names the field or value, and what would do."""
    with pytest.raises(BadEdit, match=message):
        parse_edit(name, text, FACTS)


def test_concerns_keep_the_words_of_the_source() -> None:
    """A concern that stands already keeps its words when it is only named."""
    facts = ProjectFacts(concerns=(StatedConcern(Concern.INFLUENCE, "soft power"),))
    assert parse_edit("concerns", "influence", facts) == facts.concerns


def test_countries_have_names() -> None:
    """A code has an English name; an unknown one stands for itself."""
    assert (country_name("KEN"), country_name("ZZZ")) == ("Kenya", "ZZZ")


@given(name=st.sampled_from(sorted(ProjectFacts.__slots__)), text=st.text(max_size=60))
def test_any_text_is_a_value_or_a_clear_error(name: str, text: str) -> None:
    """Whatever is written, the outcome is a value that survives storing, or a BadEdit."""
    try:
        plain = parse_edits({name: text}, FACTS)
    except BadEdit as error:
        message = str(error)
        plain = {}
    else:
        message = name
    assert message.startswith(name)
    facts = from_plain({**to_plain(FACTS), **plain}, ProjectFacts)
    assert to_plain(facts)[name] == plain.get(name, to_plain(FACTS)[name])


@given(
    st.decimals(min_value=1, max_value=10**15, places=2),
    st.sampled_from(["EUR", "usd", "CNY"]),
    st.sampled_from(AmountKind),
)
def test_sums_keep_every_digit(value: Decimal, currency: str, kind: AmountKind) -> None:
    """A sum written with all its digits is read exactly."""
    (found,) = parse_edit("amounts", f"{value:f} {currency} {kind}", ProjectFacts())  # type: ignore[misc]
    assert (found.value, found.currency, found.kind) == (value, currency.upper(), kind)


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("Congo", "Congo - Kinshasa (COD) or Congo - Brazzaville (COG)"),
        ("KEN; korea", "South Korea (KOR) or North Korea (PRK)"),
        ("Virgin Islands", "British Virgin Islands (VGB) or U.S. Virgin Islands (VIR)"),
    ],
)
def test_a_country_that_two_may_be_is_asked_about(typed: str, asked: str) -> None:
    """It is not guessed, and the question names both."""
    with pytest.raises(BadEdit) as refused:
        parse_edit("countries", typed, FACTS)
    assert asked in str(refused.value)


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        ("Niger", ("NER",)),
        ("Guinea", ("GIN",)),
        ("Sudan; Dominica", ("SDN", "DMA")),
        ("COG", ("COG",)),
        ("Congo - Kinshasa; Congo - Brazzaville", ("COD", "COG")),
        ("Korea, Republic of", ("KOR",)),
        ("DRC; Republic of the Congo", ("COD", "COG")),
    ],
)
def test_a_country_that_has_the_name_is_meant(typed: str, codes: tuple[str, ...]) -> None:
    """Although others have it in theirs."""
    assert parse_edit("countries", typed, FACTS) == codes


def test_what_stands_keeps_its_words_and_what_is_new_has_those_typed() -> None:
    """Of sums, terms, worries, events and dates alike; another currency or kind is another one."""
    facts = replace(
        FACTS,
        amounts=(Amount(Decimal(5), "EUR", AmountKind.GRANT, "five euros", "about"),),
        concerns=(StatedConcern(Concern.FAILURE, "it broke"),),
        events=(ReportedEvent(EventKind.AUDIT, "an audit"),),
        terms=(INTEREST,),
        event_date=EventDate("2026-03", "in March"),
    )
    kept = {
        "amounts": ("5 eur", facts.amounts),
        "concerns": ("failure", facts.concerns),
        "events": ("audit", facts.events),
        "terms": ("interest 2.5 %", facts.terms),
        "event_date": (" 2026-03 ", facts.event_date),
    }
    assert {name: parse_edit(name, text, facts) for name, (text, _) in kept.items()} == {
        name: value for name, (_, value) in kept.items()
    }
    (loan,) = parse_edit("amounts", "5 EUR loan", facts)  # type: ignore[misc]
    assert (loan.kind, loan.as_written, loan.qualifier) == (AmountKind.LOAN, "five euros", "about")
    assert parse_edit("event_date", "2026-04", facts) == EventDate("2026-04", "2026-04")
    (again,) = parse_edit("concerns", "failure: anew", facts)  # type: ignore[misc]
    assert again.as_written == "anew"


ROLES = [
    ("ZTE", (Role.SUPPLIER,), "ZTE:supplier"),
    ("Huawei; ZTE", (Role.SUPPLIER, Role.PARTNER), "Huawei; ZTE:partner"),
    ("HUAWEI:owner; ZTE", (Role.SUPPLIER,), "HUAWEI:owner; ZTE"),
    ("A; B; C", (Role.SUPPLIER, Role.PARTNER), "A:supplier; B:partner; C"),
    ("A:operator; B", (Role.SUPPLIER,), "A:operator; B:supplier"),
    ("", (Role.SUPPLIER,), ""),
]


@pytest.mark.parametrize(("text", "held", "read"), ROLES)
def test_a_new_firm_takes_the_role_of_one_that_is_gone(text: str, held: tuple[Role, ...], read: str) -> None:
    """In their order, and only where none is written."""
    names = ("Huawei", "CHEC")
    firms = tuple(Firm(name, f"the {name}", role) for name, role in zip(names, held, strict=False))
    assert with_roles(text, replace(FACTS, firms=firms)) == read
    assert with_roles("the huawei; X", replace(FACTS, firms=firms[:1])) == "the huawei; X"
