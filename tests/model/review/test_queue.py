"""Filters of the queue, as they stand in addresses."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from offing.errors import UsageError
from offing.model.review.candidate import CandidateKind
from offing.model.review.queue import Facet, QueueFilter, QueuePosition, QueueView
from offing.model.values.vocabulary import Sector, Status

_PLACES = st.builds(QueuePosition, st.floats(0, 1), st.integers(1, 2**63 - 1))
_NAMES = st.lists(st.sampled_from(["huawei", "中国银行", "a & b, c=d", "%00+#", "é"]), unique=True)


def _tuples(values: Any) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(st.sampled_from(values), unique=True).map(lambda found: tuple(sorted(found, key=str)))


_FILTERS = st.builds(
    QueueFilter,
    view=st.sampled_from(QueueView),
    kind=_tuples(list(CandidateKind)),
    country=_tuples(["KEN", "UGA"]),
    sector=_tuples(list(Sector)),
    language=_tuples(["fr", "zh"]),
    firm=_NAMES.map(lambda names: tuple(sorted(names))),
    status=_tuples(list(Status)),
    mine=st.booleans(),
    deferred=st.booleans(),
    text=st.sampled_from(["", '"smart city" -x', "华为", "a+b&c"]),
    after=st.none() | _PLACES,
    size=st.integers(1, 200),
)


@given(_FILTERS)
@example(QueueFilter(country=("KEN",)))
def test_a_filter_comes_back_from_its_address(wanted: QueueFilter) -> None:
    """Written as a query string or as plain values and read again it is the same, today's queue narrowed, too."""
    assert QueueFilter.parse(wanted.to_query()) == wanted
    assert QueueFilter.from_dict(wanted.to_dict()) == wanted


def test_equal_filters_have_equal_addresses() -> None:
    """Order, doubles, case and empty fields of a form make no difference."""
    one = QueueFilter.parse("?country=uga&country=KEN&sector=&firm=Huawei&q=+loan+")
    other = QueueFilter.parse("firm=huawei&country=KEN&country=UGA&country=KEN&q=loan")
    assert one == other
    assert one.to_query() == other.to_query() == "view=waiting&country=KEN&country=UGA&firm=huawei&q=loan"


def test_a_filter_looks_at_all_that_waits_unless_it_says_otherwise() -> None:
    """Without a view, today's queue is shown; who narrows wants to find, so looks further."""
    assert QueueFilter.parse("").view is QueueView.TODAY
    assert QueueFilter.parse("mine=yes").view is QueueView.WAITING
    assert QueueFilter.parse("country=KEN&view=today").view is QueueView.TODAY
    assert QueueFilter.parse("mine=0&deferred=off") == QueueFilter()


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("colour=red", "not filtered by 'colour': there are view, kind, country"),
        ("country=Kenya", "country='KENYA' cannot be used: give a country's three letters"),
        ("language=french", "a language's two letters"),
        ("sector=sport", "give one of e-government"),
        ("kind=old", "give one of new, update, audit"),
        ("status=open", "give one of proposed"),
        ("view=best", "give one of today, my-day, waiting"),
        ("mine=perhaps", "give 1 or leave it out"),
        ("size=0", "a number from 1 to 200"),
        ("size=٣", "a number from 1 to 200"),
        ("size=1&size=2", "size can have one value only"),
        ("after=here", "not a place in the queue"),
        ("after=0.5_99999999999999999999", "not a place in the queue"),
        ("after=0.5_9223372036854775808", "not a place in the queue"),
        ("after=0.5_1&after=0.5_2", "after can have one value only"),
        ("after=0.5_1&before=0.7_2", "not both"),
        ("&".join(f"firm=f{number}" for number in range(51)), "firm is too long"),
        ("&".join(f"firm={number}" for number in range(500)), "too many values"),
        ("q=" + "x" * 301, "q is too long"),
    ],
)
def test_what_cannot_be_used_is_said(query: str, said: str) -> None:
    """An unknown name or bad value is an error that says what is allowed; nothing is dropped silently."""
    with pytest.raises(UsageError, match=said):
        QueueFilter.parse(query)


def test_a_filter_may_be_as_long_as_said() -> None:
    """200 lines of a page, 50 values of one name, 300 characters; one more of each is refused."""
    firms = "&".join(f"firm=f{number:02}" for number in range(50))
    found = QueueFilter.parse(f"size=200&q={'x' * 300}&{firms}")
    assert (found.size, len(found.text), len(found.firm)) == (200, 300, 50)
    with pytest.raises(UsageError, match="from 1 to 200"):
        QueueFilter.parse("size=201")
    assert QueueFilter().size == 50
    values = (
        "kind=new",
        "country=KEN",
        "sector=energy",
        "language=fr",
        "source=a",
        "firm=a",
        "lender=a",
        "status=signed",
        "doubt=quote",
    )
    most = "&".join("&".join([value] * 50) for value in values)
    assert QueueFilter.parse(most).country == ("KEN",)
    with pytest.raises(UsageError, match="too many values"):
        QueueFilter.parse(f"{most}&mine=1")


LONG = "x" * 100


@pytest.mark.parametrize(
    ("query", "repeated"),
    [(f"after={LONG}", 60), (f"{LONG}=1", 40), (f"q=a&q={LONG}", 60)],
)
def test_a_message_repeats_some_of_what_was_written(query: str, repeated: int) -> None:
    """So much of it that it is known again, and no more."""
    with pytest.raises(UsageError) as refused:
        QueueFilter.parse(query)
    assert max(map(len, re.findall("x+", str(refused.value)))) == repeated


SHAPES = [
    ("country=ke", None),
    ("country=KENY", None),
    ("country=k3n", None),
    ("language=f", None),
    ("language=fr", "fr"),
    ("language=FRA", "fra"),
    ("language=fren", None),
    ("size=1", 1),
    ("size=001", 1),
    ("size=0001", None),
    ("size=-1", None),
    ("mine=1", True),
    ("mine=TRUE", True),
    ("mine=on", True),
    ("mine=no", False),
    ("mine=false", False),
    ("after=1_1", QueuePosition(1.0, 1)),
    ("after=0.5_01", None),
    ("after=0.5_0", None),
    ("after=2_1", QueuePosition(2.0, 1)),
    ("after=1772609400.0_1", QueuePosition(1772609400.0, 1)),
    ("after=02_1", None),
    ("sort=amount", "amount"),
    ("sort=size", None),
    ("doubt=quote", ("quote",)),
    ("doubt=some", None),
    ("from=2026-03-04", date(2026, 3, 4)),
    ("from=4 March", None),
    ("usd_from=2.5m", 2_500_000),
    ("usd_to=$1,000,000", 1_000_000),
    ("usd_to=1bn", 10**9),
    ("usd_to=much", None),
    ("after=5e-324_9", QueuePosition(5e-324, 9)),
    ("after=0.5_9223372036854775807", QueuePosition(0.5, 2**63 - 1)),
]


_FIELDS = {"from": "first_day", "to": "last_day", "usd_from": "usd_least", "usd_to": "usd_most", "sort": "order"}


@pytest.mark.parametrize("query", ["from=2026-03-05&to=2026-03-04", "usd_from=2m&usd_to=1m"])
def test_bounds_are_in_order(query: str) -> None:
    """A filter that can find nothing is refused rather than shown as an empty queue."""
    with pytest.raises(UsageError, match="swap them"):
        QueueFilter.parse(query)


@pytest.mark.parametrize(("query", "value"), SHAPES)
def test_a_value_has_its_shape(query: str, value: object) -> None:
    """What has another one is refused."""
    if value is None:
        with pytest.raises(UsageError):
            QueueFilter.parse(query)
        return
    name = query.partition("=")[0]
    found = getattr(QueueFilter.parse(query), _FIELDS.get(name, name))
    assert found == ((value,) if query.startswith(("country", "language")) else value)


@pytest.mark.parametrize(
    "name",
    [
        "kind=new",
        "country=KEN",
        "sector=energy",
        "language=fr",
        "source=a",
        "firm=a",
        "lender=a",
        "status=signed",
        "mine=1",
        "deferred=1",
        "q=a",
    ],
)
def test_whatever_asks_for_less_narrows(name: str) -> None:
    """A page, its size and its view do not; what narrows looks at all that waits."""
    found = QueueFilter.parse(name)
    assert (found.narrowed, found.view) == (True, QueueView.WAITING)
    plain = QueueFilter.parse("after=0.5_1&size=7")
    assert (plain.narrowed, plain.view) == (False, QueueView.TODAY)
    assert not QueueFilter.parse("view=all").narrowed


def test_plain_values_are_read_as_a_form_sends_them() -> None:
    """Single values or lists, true or text, nothing for what is empty."""
    found = QueueFilter.from_dict({"kind": "new", "country": ["ken", "", None], "mine": True, "deferred": False})
    assert found == QueueFilter.parse("view=waiting&kind=new&country=KEN&mine=yes")


@given(st.text(max_size=80))
@example("q=%00%ed%a0%80")
@example("after=0.5_1%0a")
def test_any_address_is_read_or_refused_in_a_sentence(query: str) -> None:
    """Whatever stands in an address, it is a filter without control characters, or a clear error."""
    try:
        found = QueueFilter.parse(query)
    except UsageError:
        return
    assert found.text.isprintable()
    assert QueueFilter.from_dict({**found.to_dict(), "view": str(found.view)}) == found


@given(st.floats(0, 1), st.integers(1, 2**63 - 1))
@example(5e-324, 1)
def test_a_place_comes_back_as_it_was(score: float, number: int) -> None:
    """No digit of a score is lost on the way through an address."""
    place = QueuePosition(score, number)
    assert QueuePosition.parse(str(place)) == place


def test_values_are_reported_by_facet() -> None:
    """The facets of a filter are those that have values, and can be let go of one by one."""
    wanted = QueueFilter.parse("country=KEN&sector=energy&kind=new")
    assert wanted.facets == {Facet.COUNTRY: ("KEN",), Facet.SECTOR: ("energy",)}
    assert wanted.without(Facet.COUNTRY).facets == {Facet.SECTOR: ("energy",)}
