"""Which articles tell the same news: pairs of `story_groups.jsonl`, and copies that were cut."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from typing import Any

import pytest

from eval.conftest import TESTS, Row, read_rows
from offing.extract import text_hash
from offing.model.review.story import Telling
from offing.propose.story import DAYS, minhash_of, same_news
from offing.propose.story.minhash import near_copies
from offing.services.analysis.analyse import article_of
from offing.services.stories.affected_tellings import worths

pytestmark = pytest.mark.slow
FLOORS = {
    "a": (0.8, 0),
    "b": (0.8, 0),
    "c": (0.5, 0),
    "d": (0.4, 0),
}  # least recall of pairs, most pairs that are none
CUTS = (0.8, 0.6, 0.5, 0.4, 0.33)
LEAST_COPIES = 0.995


@pytest.fixture(scope="module")
def told(analyst: Any) -> dict[str, list[tuple[str, Telling]]]:
    """The candidates of articles of one project, by half, each with its project."""
    found: dict[str, list[tuple[str, Telling]]] = {half: [] for half in FLOORS}
    for number, row in enumerate(read_rows(TESTS / "eval/story_groups.jsonl")):
        if len(row["projects"]) == 1:
            best = _best(row, number, analyst)
            found[row["half"]] += [(row["projects"][0]["project_id"], best)] if best else []
    return found


def _best(row: Row, number: int, analyst: Any) -> Telling | None:
    """What an article's surest candidate tells."""
    article = article_of(row, number, analyst.country_of)
    proposals = [each for each in analyst.study(article).proposals if each.score >= analyst.scoring.cut]
    if not proposals or article.published is None:
        return None
    best, day = max(proposals, key=lambda proposal: proposal.score), article.published.date()
    return Telling(
        id=number,
        article_id=number,
        ordinal=0,
        url=row["id"],
        outlet=article.outlet,
        language=article.language,
        title=article.title,
        at=article.published,
        facts=best.facts,
        score=best.score,
        dollars=worths(best.facts, day),
        text_hash=text_hash(article.paragraphs),
        sketch=minhash_of(article.paragraphs),
    )


@pytest.mark.parametrize("half", list(FLOORS))
def test_the_same_news_is_found_and_no_other(told: dict[str, list[tuple[str, Telling]]], half: str) -> None:
    """One project within days, in whatever language, is found; other projects and other times never."""
    pairs = list(combinations(told[half], 2))
    right = {(one.id, other.id) for (p, one), (q, other) in pairs if p == q and abs(one.at - other.at) <= DAYS}
    found = {(one.id, other.id) for (_, one), (_, other) in pairs if same_news(one, other)}
    recall, most = FLOORS[half]
    print(f"half {half}: {len(found & right)} of {len(right)} pairs, {len(found - right)} wrong")  # noqa: T201 -- the figures that its caller wants to see
    assert len(found & right) / len(right) >= recall
    assert len(found - right) <= most


def test_neighbours_of_one_day_stay_apart(told: dict[str, list[tuple[str, Telling]]]) -> None:
    """Were all projects of half a told on one day, most neighbours in one country would still be kept apart."""
    moved = [(project, replace(each, at=told["a"][0][1].at)) for project, each in told["a"]]
    near = [
        (one, other)
        for (p, one), (q, other) in combinations(moved, 2)
        if p != q and set(one.facts.countries) & set(other.facts.countries)
    ]
    wrong = sum(1 for one, other in near if same_news(one, other))
    print(f"half a, all on one day: {wrong} of {len(near)} neighbours joined")  # noqa: T201 -- the figures that its caller wants to see
    assert wrong / len(near) <= 0.1


def test_shortened_copies_are_found() -> None:
    """Of texts of the test sets nearly all copies that were cut are found, and no two texts are taken for copies."""
    names = ("eval/own_articles", "eval/dev_look", "eval/dev_look2", "data/gold_open")
    rows = [row for name in names for row in read_rows(TESTS / f"{name}.jsonl")]
    texts = [" ".join(row.get("paragraphs") or [row.get("text", "")]) for row in rows]
    whole = [minhash_of([text]) for text in texts]
    assert not any(near_copies(one, other) for one, other in combinations(whole, 2))
    for cut in CUTS:
        pairs = [(one, minhash_of([text[: int(len(text) * cut)]])) for one, text in zip(whole, texts, strict=True)]
        told = [near_copies(*pair) for pair in pairs if all(pair)]
        print(f"cut to {cut}: {sum(told)} of {len(told)} copies found")  # noqa: T201 -- the figures that its caller wants to see
        assert sum(told) / len(told) >= LEAST_COPIES
