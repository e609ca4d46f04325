"""What a row gives."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest

from offing.errors import BadRecord
from offing.services.comparison.row_fields import id_of, row_fields

SUM = {"value": 2, "currency": "EUR"}
SHAPE = '{"value": number, "currency": code}'


def test_all_fields() -> None:
    """Names may be strings or objects, sums figures or words; other lists' sectors are left to the text."""
    given = row_fields(
        {
            "id": 7,
            "title": "A\ud800",
            "description": "b",
            "countries": ["KEN", " "],
            "firms": [{"name": "ZTE", "key": "zte"}],
            "lenders": "China Eximbank",
            "amounts": [{"value": 5, "currency": "usd"}, 7.5, "EUR 3m"],
            "sector": "energy",
            "status": "Pipeline",
            "year": "2012",
        },
        1,
    )
    assert (given.id, given.key, given.title, given.description) == (7, "7", "A\ufffd", "b")
    assert (given.countries, given.firms, given.lenders) == (("KEN",), ("ZTE",), ("China Eximbank",))
    assert given.amounts == ((Decimal(5), "USD"), (Decimal("7.5"), ""))
    assert given.amounts_in_words == ("EUR 3m",)
    assert (given.sector, given.status, given.year) == ("energy", "", 2012)


@pytest.mark.parametrize(("year", "expected"), [(None, None), ("", None), (2012.0, 2012), (2012, 2012)])
def test_years(year: object, expected: int | None) -> None:
    """A year may be missing, or written as a number with a point."""
    assert row_fields({"id": "a", "year": year}, 1).year == expected


def test_one_amount_alone() -> None:
    """A single figure needs no list."""
    assert row_fields({"id": "a", "amounts": 12}, 1).amounts == ((Decimal(12), ""),)


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ({}, 'no "id"'),
        ({"id": None}, 'no "id"'),
        ({"id": True}, 'no "id"'),
        ({"id": [1]}, 'no "id"'),
        ({"id": 1, "title": 5}, '"title" is not a string but int'),
        ({"id": 1, "description": []}, '"description" is not a string but list'),
    ],
)
def test_a_bad_row_is_reported(row: dict[str, Any], message: str) -> None:
    """The error names the field and what is wrong with it."""
    with pytest.raises(BadRecord, match="row 3") as error:
        row_fields(row, 3)
    assert message in str(error.value)


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ({"id": 1, "countries": 5}, '"countries" is no list but int'),
        ({"id": 1, "firms": [{"id": 3}]}, '"firms" holds {"id": 3}, which is no name'),
        *(
            ({"id": 1, "amounts": [bad, SUM]}, f'"amounts" holds {json.dumps(bad)}, not {SHAPE}')
            for bad in ({"value": "x"}, {"value": 1, "currency": 5}, None, [1])
        ),
        ({"id": 1, "status": 5}, '"status" is not a string but int'),
        ({"id": 1, "year": "soon"}, '"year" is no year: "soon"'),
        ({"id": 1, "year": 30}, '"year" is no year: 30'),
        ({"id": 1, "year": True}, '"year" is no year: true'),
    ],
)
def test_a_bad_field_is_left_out_and_told(row: dict[str, Any], message: str) -> None:
    """The row counts without it, and so do the other values of a list."""
    told: list[BadRecord] = []
    given = row_fields(row, 3, told.append)
    assert [str(each) for each in told] == [f"row 3: {message}; left out"]
    assert (given.countries, given.firms, given.year) == ((), (), None)
    assert given.amounts == ((Decimal(2), "EUR"),) * ("amounts" in row)


def test_the_id_of_anything() -> None:
    """What is no object has no id."""
    assert id_of([1]) is None
    assert id_of({"id": "ü"}) == "ü"
