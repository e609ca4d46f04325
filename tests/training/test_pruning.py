"""Wordings are counted where recognition would lose a mention, and what counts nowhere leaves the lists."""

from __future__ import annotations

import tomllib

import pytest

from offing.model.reading.rules import Cue, Lexicon, RecognitionRules, Wording
from offing.recognize.text.folded_text import fold
from offing.recognize.text.patterns import Form, Matcher, leading_choices
from training.lists.choices import choices_of, used_options
from training.lists.entries import Entry, entries
from training.lists.firing import Cues, Units, counting
from training.lists.layout import Group, Item, rewritten
from training.lists.paradigms import merged
from training.lists.prune import pruned
from training.lists.rule import Counted, Rule, kept, with_options


def status(text: str, weight: float = 1.0, key: str = "signed") -> Entry:
    """An English wording of a status."""
    return Entry("status", "en", key, text, weight)


def counted_in(text: str, *of: Entry) -> list[str]:
    """Those of some wordings that count in a text."""
    return [fired.entry.text for fired in counting(Cues(of, "en").found(text))]


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("They signed it.", ["signed"]),
        ("They signed a deal.", ["signed"]),  # the longer one says no more
        ("They signed a visitors' book.", ["signed a visitors' book"]),  # holds the shorter one
        ("They opened a visitors' book.", []),
        ("They signed off the works.", ["signed off"]),  # says something else
        ("They signed it into law.", ["signed ... law"]),  # says it more strongly
    ],
)
def test_a_wording_counts_where_a_mention_would_be_lost_without_it(text: str, counts: list[str]) -> None:
    """One that stands in a longer one does not; a longer one that says the same as the shorter neither."""
    given = (
        status("signed"),
        status("signed a deal"),
        status("signed a visitors' book", weight=0.01),
        status("opened a visitors' book", weight=0.01),
        status("signed off", key="completed"),
        status("signed ... law", weight=1.5),
    )
    assert counted_in(text, *given) == counts


def test_a_unit_counts_that_gives_a_quantity_its_unit() -> None:
    """With the entry that found it."""
    from offing.config.files.layers import Layers
    from offing.config.rules import load_rules
    from offing.model.sources.article import Article

    rules = load_rules(Layers.of())
    found = Units(rules, entries(rules.wording)).found(Article(0, "", ("It bought 900 surveillance cameras.",), "en"))
    assert [(each.entry.key, each.entry.text) for each in found] == [("cameras", "camera*")]


@pytest.mark.parametrize(
    ("text", "written", "options"),
    [
        ("(went|goes) into (full|) service", "goes into service", ("goes", "")),
        ("(went|goes) into (full|) service", "went into full service", ("went", "full")),
        ("(delay*|late) ... (days|weeks)", "delays of many weeks", ("delay*", "weeks")),
        ("签署(协议|合同)", "签署合同", ("合同",)),
        ("inked", "inked", ()),
        ("(went|goes) by", "walks by", None),
    ],
)
def test_which_options_a_text_takes(text: str, written: str, options: tuple[str, ...] | None) -> None:
    """Of each choice one; none where the words are other ones."""
    assert used_options(text, written) == options


def test_what_counts_nowhere_goes() -> None:
    """Signs of measures stay."""
    entry = status("put pen to paper")
    assert kept(entry, None, Rule()) is None
    assert kept(entry, Counted({"t1": 1}), Rule()) == entry.text
    assert kept(Entry("units", "en", "racks", "rack"), None, Rule()) is None
    area = Entry("units", "en", "km2", "square kilometres")
    assert kept(area, None, Rule(measures=frozenset({"km2"}))) == area.text


def test_options_that_no_text_takes_go_where_a_wording_counts_seldom() -> None:
    """But for other forms of the same word and small words of the language."""
    entry = status("(the|a|scrapped|delays|delayed|late) (works|deal|)")
    options = [{"delayed": {"t1": 2}}, {"works": {"t1": 1}, "": {"t2": 1}}]
    assert kept(entry, Counted({"t1": 1, "t2": 1}, options), Rule()) == "(the|a|delays|delayed) (works|)"
    assert kept(entry, Counted({"t1": 9, "t2": 1}, options), Rule()) == entry.text


def test_a_choice_of_one_is_written_out() -> None:
    """And one of nothing left out; a blank that does not matter beside a choice would matter in a word."""
    assert with_options("(went|goes) into (full|) service", [("went",), ("",)]) == "went into service"
    assert with_options("征求 (意向|意见) 阶段 ... (签|签署)", [("意向",), ("签",)]) == "征求意向阶段 ... 签"
    assert with_options("(拟|将) 在 (纸面|纸上)", [("拟", "将"), ("纸面",)]) == "(拟|将) 在纸面"
    assert with_options("hors d' (usage|eau)", [("usage",)]) == "hors d'usage"


FILE = """\
# What is signed.

signed = [
  # The usual wordings.
  "puts pen to paper", { text = "pens it", weight = 1.2 }, { text = "signs the book", weight = 0.01 },
  # More.
  { text = "inks it", weight = 1.2 },
]

agreed = ["nods at it"]
"""
SHORTER = """\
# What is signed.

signed = [
  { text = "(pens|inks) it", weight = 1.2 },
  # What holds shorter wordings of it and tells none (weight below 0.05).
  { text = "signs the book", weight = 0.01 },
]

agreed = ["nods at it"]
"""


def test_a_file_keeps_all_but_the_entries_that_go() -> None:
    """What stands around the lists, and weights; a list of which nothing would be left stays."""
    counts = {status(text).name: Counted({"t1": 1}) for text in ("pens it", "inks it", "signs the book")}
    assert pruned(FILE, "status", "en", counts, Rule()) == SHORTER


def test_lists_of_other_tables_of_units_are_not_touched() -> None:
    """What stands around a number is no unit."""
    document = (
        'shares = ["of them"]\n\n[units]\nracks = ["rack", "racks"]\nnets = ["nets"]\n\n[rates]\nyear = ["a year"]\n'
    )
    counts = {Entry("units", "en", "racks", "racks").name: Counted({"records": 1})}
    assert pruned(document, "units", "en", counts, Rule()) == document.replace('"rack", ', "").replace(
        'nets = ["nets"]\n', ""
    )


PHRASES = (
    "may build",
    "can build",
    "can ... build",
    "will soon build",
    "at work",
    "at last",
    "on hold",
    "to build",
    "l'an",
)


def test_wordings_that_share_words_are_written_once_and_find_the_same() -> None:
    """The same places of a text."""
    items = [Item(text, 1.2) for text in PHRASES]
    shorter = merged(items)
    assert len(shorter) < len(items)
    assert [item.weight for item in shorter] == [1.2] * len(shorter)
    text = "They may build, can soon build, will soon build and, at work at last, are on hold to build l'an dernier."
    assert found_by(shorter, text) == found_by(items, text)


def found_by(items: list[Item], text: str) -> set[tuple[int, int]]:
    """The places of a text at which some wordings stand."""
    forms = [Form(form, None) for item in items for form, _ in leading_choices(item.text)]
    return {(hit.start, hit.end) for hit in Matcher(forms).find(fold(text).text)}


def test_what_is_written_reads_as_it_was() -> None:
    """Quotes and backslashes too."""
    document = 'signed = [\n  \'say "yes"\', "a\\\\b", # why\n  "c",\n]\n'
    changed = rewritten(document, lambda _table, _key, groups: [*groups, Group("# More.", [Item("d", 0.5)])])
    assert tomllib.loads(changed)["signed"] == ['say "yes"', "a\\b", "c", {"text": "d", "weight": 0.5}]


def test_a_long_wording_goes_on_in_the_next_line() -> None:
    """Behind a backslash, and reads as one."""
    text = f'({"|".join(f"word{number} and more" for number in range(20))}) a {"b" * 30} "c"'
    changed = rewritten("signed = []\n", lambda _table, _key, _groups: [Group("", [Item(text, 0.5)])])
    assert tomllib.loads(changed)["signed"] == [{"text": text, "weight": 0.5}]
    assert max(map(len, changed.splitlines())) <= 120
    assert rewritten(changed, lambda _table, _key, groups: [*groups, Group("", [Item("d")])]) == changed.replace(
        "\n]", '\n  "d",\n]'
    )


def test_a_cue_with_two_choices_has_two() -> None:
    """An empty option is one."""
    assert choices_of("(went|goes) into (full|) service") == (("went", "goes"), ("full", ""))
    rules = RecognitionRules(Lexicon((), (), (), (), (), ()), Wording((Cue("status", "signed", "en", "x"),), (), ()))
    assert list(entries(rules.wording)) == [status("x")]
