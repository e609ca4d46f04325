"""The pages of quality and of models are what their data give, and say first what a stranger wants to know."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from training.report import card, quality
from training.steps import STEPS

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("page", "written"),
    [
        (quality.PAGE, quality.page),
        (quality.SETS, lambda: quality.sets_page(json.loads((ROOT / "tests/eval/figures.json").read_text("utf-8")))),
        (card.CARD, card.card),
    ],
    ids=["quality", "all sets", "model card"],
)
def test_a_page_is_what_its_data_give(page: Path, written: object) -> None:
    """`make quality` would write the same."""
    assert callable(written)
    assert page.read_text(encoding="utf-8") == written()


def test_the_first_figure_is_of_records_at_their_first_score() -> None:
    """The share of complete records stands before any other number, and its words say the median."""
    first = quality.PAGE.read_text(encoding="utf-8").split("\n\n")[1]
    assert re.match(r"\*\*About \w+ in ten records come out right in every field", first)
    assert (quality.in_ten(0.29), quality.in_four(0.255)) == ("About three in ten", "one in four")


def test_a_field_shows_its_first_scores_and_both_ways_of_reading() -> None:
    """Median with range, each of the newest sets, and the mean of the sets that nothing learned from."""
    figures = {
        name: {
            way: dict.fromkeys(quality.TITLES, share) for way, share in (("with the encoder", 0.5), ("without", 0.4))
        }
        for name in quality.UNSEEN
    }
    scored = [("", 0.2), ("z1", 0.6), ("", 0.3)]
    firsts = [{"texts": "", "newest": name, "scores": {"status": share}} for name, share in scored]
    found = {row["field"]: row for row in quality.by_field(firsts, figures)}
    assert found["status"]["first"] == ".30 (.20 to .60)"
    assert found["status"]["newest"] == [".60"]
    assert found["mode"]["first"] == "–"
    assert found["mode"]["with"] == pytest.approx(0.5)
    assert found["mode"]["without"] == pytest.approx(0.4)


def test_the_card_has_every_step_that_ships() -> None:
    """With who wrote the texts, and what is not known of it."""
    text = card.CARD.read_text(encoding="utf-8")
    shipped = {step.name for step in STEPS if not any(out.startswith("reader-run/") for out in step.outputs)}
    assert set(re.findall(r"^## (\w+):", text, re.MULTILINE)) == shipped
    assert "written and annotated by a language model" in text
