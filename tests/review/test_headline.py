"""The line of a record says what the record holds, and nothing else."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories.candidate import FACTS
from offing.model.projects.project import Amount, Firm, Lender, ProjectFacts, SizedBy
from offing.model.reading.evidence import FieldName
from offing.model.values.vocabulary import AmountKind, Mode, RecordType, Role, Sector, Status
from offing.review import headline, headline_parts, short_country

EMPTY = ProjectFacts()
names = st.text(st.characters(categories=["L", "Nd"]), min_size=3, max_size=12)
firms = st.builds(Firm, names, names, st.sampled_from(Role))
lenders = st.builds(Lender, names, names)
sums = st.builds(
    Amount,
    st.decimals(1, 10**13, places=2),
    st.sampled_from(["USD", "EUR", "XOF"]),
    st.sampled_from(AmountKind),
    names,
    st.sampled_from(["", "about", "up to"]),
)
sizes = st.builds(SizedBy, st.decimals(1, 10**6, places=1), st.sampled_from(["km", "cameras"]), names)
records = st.builds(
    ProjectFacts,
    countries=st.lists(st.sampled_from(["KEN", "COD", "XKX"]), max_size=3, unique=True).map(tuple),
    firms=st.lists(firms, max_size=3).map(tuple),
    lenders=st.lists(lenders, max_size=3).map(tuple),
    amounts=st.lists(sums, max_size=3).map(tuple),
    quantities=st.lists(sizes, max_size=3).map(tuple),
    sector=st.none() | st.sampled_from(Sector),
    status=st.none() | st.sampled_from(Status),
    mode=st.none() | st.sampled_from(Mode),
    record_type=st.none() | st.sampled_from(RecordType),
)


def test_a_full_record_on_one_line() -> None:
    """Who, where, what, how much of whom, how far."""
    facts = replace(
        FACTS,
        countries=("BFA",),
        sector=Sector.SMART_CITY,
        quantities=(SizedBy(Decimal(900), "cameras", "900 caméras"),),
        amounts=(Amount(Decimal(85_000_000), "EUR", AmountKind.LOAN, "85 millions"),),
    )
    assert headline(facts) == "Huawei → Burkina Faso: smart city, 900 cameras; EUR 85 m loan, China Exim Bank; signed"


def told(value: Decimal | int, kind: AmountKind, qualifier: str = "") -> ProjectFacts:
    """A record of which a sum is known."""
    return ProjectFacts(amounts=(Amount(Decimal(value), "USD", kind, "", qualifier),))


@pytest.mark.parametrize(
    ("facts", "line"),
    [
        (EMPTY, ""),
        (ProjectFacts(title="Anything"), ""),
        (ProjectFacts(countries=("COD",)), "DR Congo"),
        (ProjectFacts(status=Status.UNDER_CONSTRUCTION), "under construction"),
        (ProjectFacts(lenders=FACTS.lenders, mode=Mode.LOAN), "China Exim Bank: loan"),
        (ProjectFacts(record_type=RecordType.FRAMEWORK_AGREEMENT, sector=Sector.ENERGY), "framework agreement, energy"),
        (ProjectFacts(mode=Mode.UNSPECIFIED, countries=("KEN",)), "Kenya"),
        (told(57_123_456, AmountKind.UNSPECIFIED), "USD 57.12 m"),
        (told(2_500_000_000, AmountKind.GRANT, "up to"), "up to USD 2.5 bn grant"),
        (told(Decimal("149000.50"), AmountKind.LOAN), "USD 149,000.5 loan"),
        (ProjectFacts(countries=("KEN", "UGA", "TZA", "RWA")), "Kenya, Uganda and 2 more"),
        (ProjectFacts(countries=("KEN", "UGA", "TZA")), "Kenya, Uganda and 1 more"),
        (ProjectFacts(countries=("KEN", "UGA")), "Kenya, Uganda"),
        (told(1_000_000, AmountKind.LOAN), "USD 1 m loan"),
        (told(999_999, AmountKind.LOAN), "USD 999,999 loan"),
        (told(1_000_000_000, AmountKind.LOAN), "USD 1 bn loan"),
        (told(999_999_999, AmountKind.TOTAL_COST), "USD 1,000 m total cost"),
        (told(1_500, AmountKind.UNSPECIFIED, "about"), "about USD 1,500"),
        (told(8_000_000_000, AmountKind.UNSPECIFIED, "more-than"), "over USD 8 bn"),
        (told(1_500, AmountKind.LOAN, "up-to"), "up to USD 1,500 loan"),
        (ProjectFacts(record_type=RecordType.PROJECT, mode=Mode.TRAINING), "training"),
        (ProjectFacts(lenders=FACTS.lenders, firms=FACTS.firms), "Huawei: China Exim Bank"),
        (ProjectFacts(lenders=(Lender("A", "x"), Lender("A", "y"), Lender(" ", ""))), "A"),
        (ProjectFacts(firms=FACTS.firms, countries=("XKX",)), "Huawei → Kosovo"),
        (ProjectFacts(quantities=(SizedBy(Decimal("1200.50"), "km", ""),)), "1,200.5 km"),
    ],
)  # fmt: skip
def test_what_is_missing_is_not_filled_in(facts: ProjectFacts, line: str) -> None:
    """Without a party no party is named, without a status none is told; only what the article hedges is hedged."""
    assert headline(facts) == line


SECTORS = {
    Sector.E_GOVERNMENT: "e-government",
    Sector.DATA_CENTRE_CLOUD: "data centre, cloud",
    Sector.SMART_CITY: "smart city",
    Sector.PUBLIC_SECURITY: "public security, surveillance",
    Sector.TELECOM: "telecommunications",
    Sector.REMOTE_SENSING: "remote sensing, space",
    Sector.DIGITAL_FINANCE: "digital finance, customs, tax",
    Sector.INDUSTRY_MINING: "industry, mining",
    Sector.OTHER: "another sector",
}
COUNTRIES = {
    "COD": "DR Congo",
    "COG": "Congo",
    "MMR": "Myanmar",
    "PSE": "Palestine",
    "BIH": "Bosnia",
    "HKG": "Hong Kong",
}


def test_sectors_and_countries_have_short_names() -> None:
    """Those that are long as a rule; all others are told by their words."""
    assert {sector: headline(ProjectFacts(sector=sector)) for sector in SECTORS} == SECTORS
    assert {code: short_country(code) for code in COUNTRIES} == COUNTRIES
    assert all(headline(ProjectFacts(sector=each)) == each.replace("-", " ") for each in Sector if each not in SECTORS)


@given(records)
def test_every_part_comes_from_a_field_that_is_filled(facts: ProjectFacts) -> None:
    """A part names the field that it tells, the field holds something, and without it the part is gone."""
    for part in headline_parts(facts):
        if part.field is None:
            assert part.text.strip(" →:;,") == ""
            continue
        assert getattr(facts, part.field.value)
        without = replace(facts, **{part.field.value: getattr(EMPTY, part.field.value)})
        assert part.field not in {each.field for each in headline_parts(without)}


@given(records)
def test_names_and_words_are_those_of_the_record(facts: ProjectFacts) -> None:
    """The text of each part is built from the values of its field alone."""
    told = {part.field: part.text for part in headline_parts(facts) if part.field}
    if FieldName.COUNTRIES in told:
        assert told[FieldName.COUNTRIES].startswith(short_country(facts.countries[0]))
    if FieldName.FIRMS in told:
        assert told[FieldName.FIRMS].startswith(facts.firms[0].name)
    if FieldName.STATUS in told:
        assert told[FieldName.STATUS] == str(facts.status).replace("-", " ")
    if FieldName.AMOUNTS in told:
        assert facts.amounts[0].currency in told[FieldName.AMOUNTS]
    assert "".join(part.text for part in headline_parts(facts)) == headline(facts)


@given(st.decimals(1, 10**14, places=2), st.sampled_from(["USD", "KES"]))
def test_a_sum_is_never_told_as_another(value: Decimal, currency: str) -> None:
    """Read back, the line is the sum itself to half a hundredth of its scale, and hedges nothing by itself."""
    line = headline(ProjectFacts(amounts=(Amount(value, currency, AmountKind.UNSPECIFIED, ""),)))
    said, number, *scale = line.split()
    factor = {"bn": Decimal(10**9), "m": Decimal(10**6)}[scale[0]] if scale else Decimal(1)
    shown = Decimal(number.replace(",", "")) * factor
    assert said == currency
    assert abs(shown - value) <= (factor / 200 if scale else 0)
