"""An article turns to another project where a paragraph or sentence has parties, bodies and works of its own."""

from __future__ import annotations

import math
from time import perf_counter

import numpy as np
import pytest

from offing.model.article import Article
from offing.model.meaning import Meaning, Reading
from offing.propose import encoder
from offing.propose.border_signs import SEVERAL, head_of, paragraph_signs, sentence_signs
from offing.propose.borders import SENTENCES, runs_of, units_of
from offing.propose.items import paragraphs_of
from offing.propose.meaning import NO, YES, title_odds
from offing.propose.reading import Scope, read
from offing.steps.analyst import load_analyst
from propose.spans import NOON

needs_encoder = pytest.mark.skipif(not encoder.is_there(), reason="no encoder: its weights are for Linux on x86-64")
DIMENSIONS = 384
USUAL = -1.5  # log-odds; one article in twelve tells of several projects
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


def test_a_digest_in_one_paragraph_comes_apart() -> None:
    """At the clause with which each of its projects begins; what follows goes on about the last one."""
    paragraph = (
        "In Chipata, the Ministry of Health has paid Neusoft 4 million dollars for a records system in 12 hospitals; "
        "further north, Sinohydro completed a plant of 120 MW at Kitwe for the Nkana Water Utility, for $30 million. "
        "The plant runs day and night."
    )
    first, second = runs_of(whole_of("Round the provinces: records and turbines", (paragraph,)))
    assert (set(first.firms), set(second.firms)) == ({"neusoft"}, {"sinohydro"})
    assert (len(first.lines), len(second.lines)) == (1, 2)


def test_only_paragraphs_with_several_parties_are_looked_into() -> None:
    """Each clause of such a paragraph is a unit; a paragraph with one party at most is one, weighed as a whole."""
    whole = whole_of("", (" ".join(TOUR), *TOUR))
    inside, *paragraphs = [unit for unit in units_of(whole) if not unit.is_within]
    assert inside.weighed == tuple(paragraphs_of(whole)[0])
    assert [unit.lines for unit in paragraphs] == [tuple(lines) for lines in paragraphs_of(whole)[1:]]
    within = [unit for unit in units_of(whole) if unit.is_within]
    assert {unit.table for unit in within} == {SENTENCES}
    assert [unit.is_last for unit in within] == [False, False, True]


def test_signs_inside_a_paragraph_tell_what_differs() -> None:
    """As between paragraphs, and what makes a sentence a project of its own."""
    whole = whole_of(TITLE, (" ".join(TOUR),))
    _, second, third, _ = [unit.lines for unit in units_of(whole)]
    signs = sentence_signs(head_of(whole, None), [[*second]], third, is_last=False)
    told = {name for name, is_told in signs.items() if is_told}
    assert told == {
        *("other-firms", "other-bodies", "other-works", "works", "size", "list-opening", "title-place", "unheard"),
        *("whole", "new-place", "brief"),
    }


def test_signs_tell_what_differs() -> None:
    """What the two have of their own, what they share, and where the second stands."""
    whole = whole_of(TITLE, TOUR)
    first, second, third, _ = paragraphs_of(whole)
    signs = paragraph_signs(head_of(whole, None), [[*first, *second]], third, is_last=False)
    told = {name for name, is_told in signs.items() if is_told}
    assert told == {
        *("lead", "told-before", "other-firms", "other-bodies", "other-works", "works", "sum", "size"),
        *("title-place", "list-opening", "unheard"),
    }


@needs_encoder
def test_a_title_tells_how_surely_there_are_several() -> None:
    """In log-odds, four at most; nothing where no model reads it, or there is no title."""
    whole = whole_of(TITLE, TOUR)
    for bias, sure in ((math.log(3), math.log(3)), (-9.0, -4.0)):
        surely = Reading((NO, YES), np.zeros((2, DIMENSIONS), np.float32), np.array([0.0, bias], np.float32))
        meaning = Meaning({SEVERAL: surely}, {"": np.zeros(DIMENSIONS, np.float32)})
        first, second, *_ = paragraphs_of(whole)
        signs = paragraph_signs(head_of(whole, meaning), [first], second, is_last=False)
        assert (signs["several"], signs["unheard"]) == (pytest.approx(sure), 0.0)
        assert head_of(whole_of("", TOUR), meaning).several is None
    assert head_of(whole, Meaning({}, {"": np.zeros(DIMENSIONS, np.float32)})).several is None


@needs_encoder
@pytest.mark.parametrize(
    ("title", "several"),
    [
        ("Digest: lights in Lusaka, scanners in Kitwe", True),
        ("Tournée du ministre : où en sont les chantiers", True),
        ("一周项目动态", True),
        ("Zambia signs for a records system with Neusoft", False),
        ("Le pont de Foum Gleita livré", False),
    ],
)
def test_titles_of_digests_mean_several_projects(title: str, several: bool) -> None:
    """The model that ships tells a digest or a tour from the news of one project, by its title alone."""
    analyst = load_analyst(None)
    article = Article(1, title, TOUR, "en", published=NOON)
    odds = title_odds(article, SEVERAL, analyst.scoring.meaning)
    assert odds is not None
    assert (odds > USUAL) == several


def test_time_grows_with_the_text_not_faster() -> None:
    """Eight times the paragraphs take some eight times as long, not sixty-four."""

    def seconds(count: int) -> float:
        lines = tuple(f"At Kitwe, Neusoft installs records system number {n} in 12 wards." for n in range(count))
        whole = whole_of("Records for Kitwe", lines)
        start = perf_counter()
        assert runs_of(whole) == []
        return perf_counter() - start

    assert seconds(400) < 25 * seconds(50) + 0.5
