"""What a list of wordings is worth is measured by leaving it out, and it alone."""

from __future__ import annotations

from offing.model.reading.rules import Cue, Lexicon, RecognitionRules, Wording
from training.words import lists

CUES = (
    Cue("status", "signed", "en", "signed"),
    Cue("status", "signed", "en", "inked"),
    Cue("status", "signed", "pt", "assinou"),
    Cue("signal", "sport", "*", "goal"),
)
RULES = RecognitionRules(Lexicon((), (), (), (), (), ()), Wording(CUES, (), ()), keep=lambda _name, make: make())


def test_each_kind_and_language_is_a_list() -> None:
    """With how many cues it has."""
    assert list(lists.lists_of(RULES.wording)) == [("signal", "*", 1), ("status", "en", 2), ("status", "pt", 1)]


def test_one_list_is_left_out_and_nothing_kept() -> None:
    """The others stay as they are; patterns that were kept with it do not count."""
    rules = lists.without(RULES, "status", "en")
    assert rules.wording.cues == CUES[2:]
    assert rules.keep is None
    assert RULES.wording.cues == CUES


def test_a_line_says_what_a_list_adds() -> None:
    """Fields that it does not move are left out."""
    assert lists.line("status/pt", 3, 2, {"status": 0.02, "mode": 0.0}).split() == [
        "status/pt",
        "3",
        "2",
        "status",
        "+0.020",
    ]
    assert lists.line("flow/pt", 1, 0, {"status": 0.0}).endswith("no change")
