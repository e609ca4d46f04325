"""An article turns to another project where a paragraph or sentence has parties, bodies and works of its own."""

from __future__ import annotations

import math
from dataclasses import replace
from time import perf_counter

import pytest

from offing.model.sources.article import Article
from offing.propose.encoder.encoded import EncodedArticle
from offing.propose.reading.scope import Scope, scope_of
from offing.propose.split.boundaries import SENTENCES, runs_of, units_of
from offing.propose.split.boundary_features import paragraph_features, reference_of, sentence_features
from offing.propose.split.items import paragraphs_of
from offing.services.analysis.analyst import load_analyst
from propose.encodings import Told, encoded_as
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
    return scope_of(article, analyst.recognizer.recognize(article), analyst.scoring)


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
    signs = sentence_features(reference_of(whole, None), [[*second]], third, is_last=False)
    told = {name for name, is_told in signs.items() if is_told}
    assert told == {
        *("other-firms", "other-bodies", "other-works", "works", "size", "list-opening", "title-place", "not-encoded"),
        *("whole", "new-place", "brief"),
    }


def test_signs_tell_what_differs() -> None:
    """What the two have of their own, what they share, and where the second stands."""
    whole = whole_of(TITLE, TOUR)
    first, second, third, _ = paragraphs_of(whole)
    signs = paragraph_features(reference_of(whole, None), [[*first, *second]], third, is_last=False)
    told = {name for name, is_told in signs.items() if is_told}
    assert told == {
        *("lead", "told-before", "other-firms", "other-bodies", "other-works", "works", "sum", "size"),
        *("title-place", "list-opening", "not-encoded"),
    }


def encoded(whole: Scope, count: float = 0.5, **turns: float) -> EncodedArticle:
    """An article in which the encoder finds several projects that surely, and sentences that turn to another one."""
    text = {"count": {"0": (1 - count) / 2, "1": (1 - count) / 2}}
    return encoded_as(whole.article, Told(text=text, turns=turns))


@pytest.mark.parametrize(("share", "odds"), [(0.75, math.log(3)), (0.02, -math.log(49)), (0.999, 4.0), (0.001, -4.0)])
def test_the_encoder_tells_how_surely_there_are_several(share: float, odds: float) -> None:
    """In log-odds, four at most, alike for each paragraph and sentence."""
    whole = whole_of(TITLE, TOUR)
    head = reference_of(whole, encoded(whole, share))
    first, second, *_ = paragraphs_of(whole)
    for features_of in (paragraph_features, sentence_features):
        signs = features_of(head, [first], second, is_last=False)
        assert (signs["several"], signs["not-encoded"]) == (pytest.approx(odds, abs=0.01), 0.0)


def test_the_encoder_tells_how_surely_a_sentence_turns() -> None:
    """That with which the paragraph or clause begins, and no other; a clause has what its sentence has."""
    whole = whole_of(TITLE, TOUR)
    head = reference_of(whole, encoded(whole, **{"Further north": 0.9}))
    paragraphs = paragraphs_of(whole)
    turns = [paragraph_features(head, [paragraphs[0]], lines, is_last=False)["turn"] for lines in paragraphs]
    assert turns == pytest.approx([-4.0, -4.0, math.log(9), -4.0], abs=0.01)
    line = paragraphs[2][0]
    start = line.sentence.start + len("Further north,")
    clause = replace(line, sentence=replace(line.sentence, start=start))
    assert sentence_features(head, [paragraphs[0]], [clause], is_last=False)["turn"] == pytest.approx(turns[2])


@pytest.mark.parametrize("pieces", [None, 0])
def test_without_an_encoder_nobody_can_tell(pieces: int | None) -> None:
    """Neither how many there are nor where one turns; nor of an article of which nothing was read."""
    whole = whole_of(TITLE, TOUR)
    article = None if pieces is None else encoded_as(whole.article, Told(pieces=pieces))
    first, second, *_ = paragraphs_of(whole)
    signs = paragraph_features(reference_of(whole, article), [first], second, is_last=False)
    assert signs["several"] == 0.0
    assert signs["not-encoded"] == (article is None)
    assert article is not None or signs["turn"] == 0.0


def test_what_the_encoder_finds_moves_the_borders() -> None:
    """An article that it surely finds to be of one project stays whole, one of several comes apart."""
    rules = load_analyst(None).scoring
    sure = {"several": 9.0, "turn": 20.0}
    heard = {f"{table}.{sign}": weight for table in ("border", "border_within") for sign, weight in sure.items()}
    whole = whole_of(TITLE, TOUR)
    whole = replace(whole, rules=replace(rules, levels={**rules.levels, **heard}))
    turned = encoded(whole, 0.97, **{"Further north": 0.97})
    assert [set(run.firms) for run in runs_of(whole, turned)] == [{"neusoft"}, {"sinohydro"}]
    assert runs_of(whole, encoded(whole, 0.01)) == []


def test_time_grows_with_the_text_not_faster() -> None:
    """Eight times the paragraphs take some eight times as long, not sixty-four."""

    def seconds(count: int) -> float:
        lines = tuple(f"At Kitwe, Neusoft installs records system number {n} in 12 wards." for n in range(count))
        whole = whole_of("Records for Kitwe", lines)
        start = perf_counter()
        assert runs_of(whole) == []
        return perf_counter() - start

    assert seconds(400) < 25 * seconds(50) + 0.5
