"""An article turns to another project where a paragraph has parties, bodies and works of its own."""

from __future__ import annotations

from time import perf_counter

import pytest

from offing.model.article import Article
from offing.propose.borders import border_signs, head_of, runs_of
from offing.propose.items import paragraphs_of
from offing.propose.reading import Scope, read
from offing.steps.analyst import load_analyst
from propose.spans import NOON

TITLE = "From Chipata to Kitwe: what the committee saw"
TOUR = (
    "Members of the works committee came back on Friday from a week in the provinces, and their chairman was brief.",
    "In Chipata, the Ministry of Health has paid Neusoft 4 million dollars for a records system in 12 hospitals.",
    "Further north, Sinohydro completed a plant of 120 MW at Kitwe for the Nkana Water Utility, for $30 million.",
    "The committee reports in June.",
)
ONE = (
    "Zambia's Ministry of Health has signed a contract with Neusoft for a records system in 12 hospitals.",
    "Neusoft will install the system in Chipata within a year, and the ministry pays 4 million dollars.",
    "The firm employs 20,000 people and also sells scanners.",
)


def whole_of(title: str, paragraphs: tuple[str, ...]) -> Scope:
    """An article as it is read."""
    analyst = load_analyst(None)
    article = Article(1, title, paragraphs, "en", published=NOON)
    return read(article, analyst.recognizer.recognize(article), analyst.scoring)


def test_a_tour_comes_apart_without_a_list() -> None:
    """Neither numbers nor labels part it: each paragraph has its own firm, body, place and works."""
    runs = runs_of(whole_of(TITLE, TOUR))
    assert [set(run.firms) for run in runs] == [{"neusoft"}, {"sinohydro"}]


@pytest.mark.parametrize("paragraphs", [ONE, ONE[:1], TOUR[:2], ("A storm came.", "It went.")])
def test_one_project_stays_whole(paragraphs: tuple[str, ...]) -> None:
    """A second paragraph about it, about its firm or about nothing turns to no other."""
    assert runs_of(whole_of("Hospitals get records", paragraphs)) == []


def test_signs_tell_what_differs() -> None:
    """What the two have of their own, what they share, and where the second stands."""
    whole = whole_of(TITLE, TOUR)
    first, second, third, _ = paragraphs_of(whole)
    signs = border_signs(head_of(whole), [[first, second]], third, is_last=False)
    told = {name for name, is_told in signs.items() if is_told}
    assert told == {
        *("lead", "told-before", "other-firms", "other-bodies", "other-works", "works", "sum", "size"),
        *("title-place", "list-opening"),
    }


def test_time_grows_with_the_text_not_faster() -> None:
    """Eight times the paragraphs take some eight times as long, not sixty-four."""

    def seconds(count: int) -> float:
        lines = tuple(f"At Kitwe, Neusoft installs records system number {n} in 12 wards." for n in range(count))
        whole = whole_of("Records for Kitwe", lines)
        start = perf_counter()
        assert runs_of(whole) == []
        return perf_counter() - start

    assert seconds(400) < 25 * seconds(50) + 0.5
