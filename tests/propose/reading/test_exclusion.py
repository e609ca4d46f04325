"""Firms that are beaten, denied, replaced or only listed are no parties."""

from __future__ import annotations

import pytest

from offing.propose import propose
from propose.spans import COUNTRY, FIRM, Text, shipped_rules


def firms(sentence: str, cue: str, key: str) -> list[str]:
    """The firms of an article on a dam in Kenya that Foo builds, with a sentence on Foo, Bar and Baz."""
    text = Text("Dam in Kenya", "Foo builds the dam in Kenya.", sentence).put(COUNTRY, "Kenya", "KEN")
    text.put(FIRM, "Foo", "foo").cue("sector", "Dam", "water").cue("signal", cue, key)
    for name in ("Bar", "Baz"):
        if name in sentence:
            text.put(FIRM, name, name.lower())
    return [firm.name for firm in propose(text.article, text.mentions, shipped_rules()).proposals[0].facts.firms]


@pytest.mark.parametrize(
    ("sentence", "cue", "key"),
    [
        ("In Kenya Foo beat Bar and Baz.", "beat", "marks-beaten"),
        ("In Kenya Bar, which also bid, came late.", "also bid", "marks-lost-out"),
        ("Bar and Baz lost out in Kenya.", "lost out", "marks-lost-out"),
        ("Kenya denied that Bar had been asked.", "denied that", "marks-denied"),
        ("Bar of Kenya is on an entity list.", "entity list", "marks-blacklist"),
    ],
)
def test_who_is_taken_out(sentence: str, cue: str, key: str) -> None:
    """Only the firms on the wording's side go."""
    assert firms(sentence, cue, key) == ["Foo"]


@pytest.mark.parametrize(
    ("sentence", "cue", "key"),
    [
        ("In Kenya Bar beat others.", "beat", "marks-beaten"),
        ("In Kenya they beat others; Bar supplies.", "beat", "marks-beaten"),
        ("They beat others with whom Foo works, Bar says, in Kenya.", "beat", "marks-beaten"),
    ],
)
def test_who_stays(sentence: str, cue: str, key: str) -> None:
    """A winner, and a firm of another clause, stay."""
    assert "Bar" in firms(sentence, cue, key)


def test_a_title_names_who_is_at_work() -> None:
    """In a title a wording of beating takes nobody out, a denial does."""
    for cue, key, kept in (("beats", "marks-beaten", True), ("denies", "marks-denied", False)):
        text = Text(f"Kenya {cue} Bar", "The dam stands in Kenya.").put(COUNTRY, "Kenya", "KEN")
        text.put(FIRM, "Bar", "bar").cue("signal", cue, key).cue("sector", "dam", "water")
        found = propose(text.article, text.mentions, shipped_rules()).proposals[0].facts.firms
        assert bool(found) is kept
