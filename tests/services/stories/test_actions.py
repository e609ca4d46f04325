"""What people do with stories: previewed, done, taken back; ids lead on and come back."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from factories.telling import DESK, RULES, Piece, arrive_all, number_of, put_state, snapshot, stories, telling_of
from offing.errors import UnknownItem, UsageError
from offing.model.review.candidate import CandidateState
from offing.model.review.decision import Judgement, Verdict
from offing.services.monitoring.invariants import broken
from offing.services.review.decisions import decide, show
from offing.services.stories.actions import (
    Effect,
    StoryChange,
    list_stories,
    merge_stories,
    show_story,
    split_story,
    undo_story,
)
from offing.store.database.engine import Database
from propose.tellings import FACTS, TEXTS

OTHER = replace(FACTS, countries=("KEN",), title="Cameras in Nairobi")
Briefly = set[tuple[str, ...]]


def change(minutes: int = 0, *, preview: bool = False, by: str = "ana") -> StoryChange:
    """What Ana does, some minutes after the stories were told."""
    return StoryChange(by, DESK.stamp.at + timedelta(minutes=minutes), RULES, "looked at both", preview=preview)


def names(effect: Effect) -> tuple[Briefly, Briefly]:
    """The headlines in each story before and after."""
    before, after = (
        {tuple(sorted(each.title for source in story.sources for each in source)) for story in side}
        for side in (effect.before, effect.after)
    )
    return before, after


def test_a_split_is_previewed_done_and_taken_back(database: Database) -> None:
    """A preview says what would be and changes nothing; doing it opens a candidate; undo brings the old story back."""
    arrive_all(database, Piece("one", FACTS, text=TEXTS[0]), Piece("two", FACTS, 1), Piece("three", FACTS, 2))
    number, out = number_of(database, "one"), (telling_of(database, "two"), telling_of(database, "three"))
    untouched = snapshot(database)
    preview = split_story(database, number, out, change(preview=True))
    assert snapshot(database) == untouched
    done = split_story(database, number, out, change())
    assert names(preview) == names(done) == ({("one", "three", "two")}, {("one",), ("three", "two")})
    other = number_of(database, "two")
    assert number_of(database, "one") == number != other == number_of(database, "three")
    arrive_all(database, Piece("four", FACTS, 3))
    assert number_of(database, "four") in {number, other}
    undo_story(database, None, change(1))
    assert {number_of(database, name) for name in ("one", "two", "three", "four")} == {number}
    assert show(database, other).candidate.id == number
    assert show_story(database, other).was == (other,)
    assert split_story(database, number, out, change(2)).decision > done.decision
    assert number_of(database, "two") == other


def test_a_merge_joins_what_the_machine_keeps_apart(database: Database) -> None:
    """Stories of two countries become one, in facts and sources; undone, both are what they were."""
    arrive_all(database, Piece("one", FACTS), Piece("two", OTHER, 40), Piece("three", OTHER, 41))
    with database.read() as conn:
        apart = stories(conn)
    one, two = number_of(database, "one"), number_of(database, "two")
    done = merge_stories(database, (one, two), change())
    assert names(done) == ({("one",), ("three", "two")}, {("one", "three", "two")})
    found = show_story(database, two)
    assert (found.candidate.id, found.candidate.facts.countries, found.was) == (one, ("BFA", "KEN"), (two,))
    assert {each.bond.value for each in found.decisions} == {"same"}
    arrive_all(database, Piece("four", OTHER, 42))
    assert number_of(database, "four") == one
    undo_story(database, done.decision, change(1, by="bo"))
    arrive_all(database)
    with database.read() as conn:
        now = stories(conn)
    assert now.keys() - {frozenset({("two", 0), ("three", 0), ("four", 0)})} == {frozenset({("one", 0)})}
    assert now[frozenset({("one", 0)})] == apart[frozenset({("one", 0)})]
    assert number_of(database, "two") == two


def test_a_merge_outdoes_a_split_and_the_reverse(database: Database) -> None:
    """The later word counts, and each can be taken back by itself."""
    arrive_all(database, Piece("one", FACTS), Piece("two", FACTS, 1))
    number = number_of(database, "one")
    split_story(database, number, (telling_of(database, "two"),), change())
    other = number_of(database, "two")
    merge_stories(database, (number, other), change(1))
    assert number_of(database, "two") == number
    undo_story(database, None, change(2))
    assert number_of(database, "two") == other
    undo_story(database, None, change(3))
    assert number_of(database, "two") == number
    with pytest.raises(UsageError, match="ana has no merge or split of stories to undo"):
        undo_story(database, None, change(4))


def test_a_person_may_add_to_a_decided_story(database: Database) -> None:
    """An open candidate becomes a further source of a decided one, whose facts stay; two decided ones are refused."""
    arrive_all(database, Piece("one", FACTS), Piece("two", OTHER))
    one, two = number_of(database, "one"), number_of(database, "two")
    put_state(database, two, CandidateState.ACCEPTED)
    merge_stories(database, (one, two), change())
    kept = show(database, one).candidate
    assert (kept.id, kept.facts, kept.outlets) == (two, OTHER, 2)
    arrive_all(database, Piece("three", FACTS, 60))
    three = number_of(database, "three")
    put_state(database, three, CandidateState.REJECTED)
    with pytest.raises(UsageError, match=f"candidates {two} and {three} are both decided"):
        merge_stories(database, (two, three), change(1))


def test_what_was_added_to_a_decided_story_goes_out_again(database: Database) -> None:
    """Undo lets go of what was not in the story when it was decided; the decided one stays as it was."""
    arrive_all(database, Piece("one", FACTS), Piece("copy", FACTS, 1), Piece("two", OTHER), Piece("more", OTHER, 2))
    one, two = number_of(database, "one"), number_of(database, "two")
    decide(database, Verdict(two, Judgement.ACCEPT, "ana"), change(-1).at)
    merge_stories(database, (two, one), change())
    assert number_of(database, "copy") == two
    done = undo_story(database, None, change(1))
    assert names(done) == ({("copy", "more", "one", "two")}, {("copy", "one"), ("more", "two")})
    assert (number_of(database, "one"), number_of(database, "copy"), number_of(database, "more")) == (one, one, two)
    assert show(database, one).candidate.state is CandidateState.OPEN
    arrive_all(database, Piece("three", FACTS, 3))
    assert number_of(database, "three") == one
    assert broken(database, RULES) == ()


def test_what_a_person_decided_on_as_one_is_not_parted_by_undo(database: Database) -> None:
    """A story that was decided after the merge stays whole, two that were decided after a split stay two."""
    arrive_all(database, Piece("one", FACTS), Piece("two", OTHER))
    one, two = number_of(database, "one"), number_of(database, "two")
    merge_stories(database, (one, two), change())
    decide(database, Verdict(one, Judgement.ACCEPT, "ana"), change(1).at)
    with pytest.raises(UsageError, match=f"candidate {one} was decided after its stories were merged"):
        undo_story(database, None, change(2))
    split_story(database, one, (telling_of(database, "two"),), change(3))
    decide(database, Verdict(number_of(database, "two"), Judgement.REJECT, "ana", "old"), change(4).at)
    with pytest.raises(UsageError, match="are both decided"):
        undo_story(database, None, change(5))


def test_a_decided_story_can_be_split(database: Database) -> None:
    """What goes out becomes an open candidate; the decided one keeps its number."""
    arrive_all(database, Piece("one", FACTS), Piece("two", FACTS, 1))
    number = number_of(database, "one")
    put_state(database, number, CandidateState.ACCEPTED)
    split_story(database, number, (telling_of(database, "one"),), change())
    assert number_of(database, "two") == number
    assert show(database, number_of(database, "one")).candidate.state is CandidateState.OPEN
    undo_story(database, None, change(1))
    assert number_of(database, "one") == number_of(database, "two") == number


def test_what_cannot_be_done_is_refused_with_a_sentence(sqlite_database: Database) -> None:
    """Unknown numbers, strangers, all of a story: nothing is written."""
    arrive_all(sqlite_database, Piece("one", FACTS), Piece("two", FACTS, 1), Piece("far", OTHER, 50))
    number, strange = number_of(sqlite_database, "one"), telling_of(sqlite_database, "far")
    both = (telling_of(sqlite_database, "one"), telling_of(sqlite_database, "two"))
    before = snapshot(sqlite_database)
    for fault, words in (
        (
            lambda: split_story(sqlite_database, number, (strange,), change()),
            "is none of the tellings of this story: 1, 2",
        ),
        (lambda: split_story(sqlite_database, number, (), change()), "no number is none"),
        (lambda: split_story(sqlite_database, number, both, change()), "leave at least one"),
        (lambda: merge_stories(sqlite_database, (number, number), change()), "one story already"),
        (lambda: undo_story(sqlite_database, 99, change()), "decision 99 is none"),
    ):
        with pytest.raises(UsageError, match=words):
            fault()
    for unknown in (lambda: show_story(sqlite_database, 99), lambda: merge_stories(sqlite_database, (99, 1), change())):
        with pytest.raises(UnknownItem, match="no candidate 99"):
            unknown()
    assert snapshot(sqlite_database) == before


def test_stories_are_listed_newest_first(sqlite_database: Database) -> None:
    """Those that several articles tell; on request also those of one."""
    arrive_all(sqlite_database, Piece("one", FACTS), Piece("two", FACTS, 1), Piece("far", OTHER, 50))
    many, lone = number_of(sqlite_database, "one"), number_of(sqlite_database, "far")
    assert [each.id for each in list_stories(sqlite_database, 10)] == [many]
    assert [each.id for each in list_stories(sqlite_database, 10, every=True)] == [lone, many]
