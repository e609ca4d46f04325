"""What people did, asked for among the doings of others: only what agrees in all that is asked, in its order."""

from __future__ import annotations

from itertools import product

import pytest
import sqlalchemy as sa

from factories.candidate import NOW, stored_candidate, stored_row
from factories.combinations import EARLIER, LATER, SECOND, THREE, decided, rows
from offing.model.operation.activity import Activity, ActivityKind
from offing.model.operation.user import Key
from offing.model.pairs.pairing import Ref
from offing.model.reading.mention import MentionKind
from offing.model.review.decision import Decision, Judgement
from offing.model.review.mute import Mute
from offing.store import tables
from offing.store.accounts import activity, user
from offing.store.candidates import decision, history, mute, saved_filter, second_reading
from offing.store.database.engine import Database
from offing.store.pairs import pairing
from offing.store.stories import telling_bond
from offing.store.upkeep import figures

_SAME = {"kind": MentionKind.FIRM, "key": "bo", "alias": "bo", "context": "bo", "source": "bo"}


def test_a_mark_is_of_one_candidate(database: Database) -> None:
    """The same mark on others, and other marks on the same one, are other requests."""
    with database.write() as conn:
        numbers = [stored_candidate(conn) for _ in THREE]
        ids = {(n, mark): decided(conn, n, "ana", token=mark) for n, mark in product(numbers, THREE)}
        for (number, mark), made in ids.items():
            found = decision.by_token(conn, number, mark)
            assert found
            assert found.id == made
            assert decision.token_of(conn, made) == mark
        assert decision.by_token(conn, numbers[1], "be") is None
        assert decision.by_token(conn, numbers[1], None) is None
        assert decision.token_of(conn, max(ids.values()) + 1) == ""
        bare = decided(conn, numbers[0], "ana")
        assert decision.token_of(conn, bare) == ""


def test_what_was_taken_back_by_one_request(database: Database) -> None:
    """Only what that person took back, by that mark; the candidates in order, and none whose decision stands."""
    with database.write() as conn:
        numbers = [stored_candidate(conn) for _ in range(4)]
        rest = [stored_candidate(conn) for _ in range(2)]
        for number, mark in [*((each, "bo") for each in reversed(numbers)), (rest[0], "ana"), (rest[1], "cy")]:
            made = decided(conn, number, "bo", token=f"first-{mark}")
            decided(conn, number, "bo", Judgement.UNDO, undoes=made, token=mark)
        extra = stored_candidate(conn)
        for kind in Judgement:
            if kind is not Judgement.UNDO:
                decided(conn, extra, "bo", kind, token="bo" if kind is Judgement.ACCEPT else None)
        for by in ("ana", "cy"):
            other = stored_candidate(conn)
            decided(conn, other, by, Judgement.UNDO, undoes=decided(conn, other, by), token="bo")
        assert decision.undone_with(conn, "bo", "bo") == tuple(numbers)


def test_what_stands_of_one_mark(database: Database) -> None:
    """Oldest first, without what was taken back; of other marks nothing."""
    with database.write() as conn:
        numbers = [stored_candidate(conn) for _ in range(4)]
        made = {(n, mark): decided(conn, n, "bo", token=mark) for n, mark in product(reversed(numbers), THREE)}
        decided(conn, numbers[0], "bo", Judgement.UNDO, undoes=made[numbers[0], "bo"])
        stand = [each.id for each in decision.standing_with(conn, "bo")]
        assert stand == [made[number, "bo"] for number in reversed(numbers[1:])]


def test_the_last_of_a_person_before_another(database: Database) -> None:
    """That decision itself does not count, nor what others decided."""
    with database.write() as conn:
        number = stored_candidate(conn)
        made = [decided(conn, number, by) for by in ("bo", "ana", "bo", "cy", "bo", "ana")]
        last = [decision.last_standing_by(conn, "bo", before) for before in (None, made[4], made[2], made[1])]
        assert [each and each.id for each in last] == [made[4], made[2], made[0], made[0]]
        assert decision.last_standing_by(conn, "bo", made[0]) is None
        assert decision.last_standing_by(conn, "be") is None


def test_the_history_is_narrowed_by_each_of_its_questions(database: Database) -> None:
    """By person, kind, candidate and place; newest first, at most so many."""
    ask = history.HistoryFilter
    with database.write() as conn:
        numbers = [stored_candidate(conn) for _ in THREE]
        kinds = (Judgement.ACCEPT, Judgement.DEFER, Judgement.REJECT)
        made = {each: decided(conn, *each) for each in product(numbers, THREE, kinds)}

        def ids(asked: history.HistoryFilter, limit: int = 99) -> list[int]:
            return [each.id for each in history.history(conn, asked, limit)]

        newest = sorted(made.values(), reverse=True)
        assert ids(ask()) == newest
        assert ids(ask(), 2) == newest[:2]
        assert ids(ask(before=newest[3])) == newest[4:]
        for place, value, asked in (
            (0, numbers[1], ask(candidate_id=numbers[1])),
            (1, "bo", ask(by="bo")),
            (2, Judgement.DEFER, ask(judgement=Judgement.DEFER)),
        ):
            assert ids(asked) == sorted((number for each, number in made.items() if each[place] == value), reverse=True)
        last = {each.candidate_id: each.id for each in history.history(conn, ask(), 99) if each.last}
        assert last == {number: max(made[each] for each in made if each[0] == number) for number in numbers}
        assert history.people(conn) == THREE


def test_activity_is_narrowed_by_each_of_its_questions(database: Database) -> None:
    """Since a time and by a person, decisions too; of equal times the later written first; at most so many."""
    ask = activity.ActivityFilter
    with database.write() as conn:
        number = stored_candidate(conn)
        for at, by, action in product(
            (EARLIER, NOW, LATER), THREE, (ActivityKind.EXPORT, ActivityKind.LOG_IN, ActivityKind.LOG_OUT)
        ):
            activity.note(conn, Activity(at, action, by, f"{at:%S} {by} {action}", None, ""))
        for at, by in product((EARLIER, NOW, LATER), THREE):
            decided(conn, number, by, at=at, reason=f"{at:%S} {by}")
        undone = decided(conn, number, "bo", at=NOW, reason="wrong")
        decided(conn, number, "bo", Judgement.UNDO, at=NOW, reason="taken back", undoes=undone)

        def told(asked: activity.ActivityFilter) -> list[Activity]:
            return list(activity.list_activity(conn, asked))

        every = told(ask())
        assert len(every) == 27 + 9 + 2
        assert [each.at for each in every] == sorted((each.at for each in every), reverse=True)
        assert told(ask(since=NOW)) == [each for each in every if each.at >= NOW]
        assert told(ask(by="bo")) == [each for each in every if each.by == "bo"]
        for actions in (
            {ActivityKind.LOG_IN},
            {ActivityKind.DECISION},
            {ActivityKind.UNDO},
            {ActivityKind.LOG_IN, ActivityKind.UNDO},
        ):
            assert told(ask(actions=frozenset(actions))) == [each for each in every if each.action in actions]
        assert told(ask(limit=3)) == every[:3]
        noted = [each.about for each in every if each.at == NOW and each.action is ActivityKind.LOG_IN]
        assert noted == [f"{NOW:%S} {by} {ActivityKind.LOG_IN}" for by in reversed(THREE)]
        said = [
            each.about for each in every if each.at == NOW and each.action in {ActivityKind.DECISION, ActivityKind.UNDO}
        ]
        assert said == ["taken back", "reject: wrong", *(f"reject: {NOW:%S} {by}" for by in reversed(THREE))]


def test_the_log_holds_two_hundred_by_itself(database: Database) -> None:
    """The newest."""
    with database.write() as conn:
        rows = [{"at": NOW + SECOND * each, "action": ActivityKind.EXPORT, "by": "ana"} for each in range(201)]
        conn.execute(sa.insert(tables.activity), rows)
        found = activity.list_activity(conn, activity.ActivityFilter())
    assert [each.at for each in found] == [row["at"] for row in reversed(rows[1:])]


def test_a_reading_is_of_a_person_and_a_candidate(database: Database) -> None:
    """The last one of them, also where others read after it."""
    with database.write() as conn:
        numbers = [stored_candidate(conn) for _ in THREE]
        names = ("candidate_id", "by", "judgement")
        kinds = (Judgement.REJECT, Judgement.ACCEPT)
        rows(conn, tables.second_reading, names, numbers, THREE, kinds, undone_at=NOW)
        stored_row(
            conn, tables.second_reading, candidate_id=numbers[1], by="bo", judgement="duplicate", reason="the last"
        )
        rows(conn, tables.second_reading, names, numbers, THREE, kinds, undone_at=NOW)
        for number, by in product(numbers, THREE):
            found = second_reading.last_of(conn, number, by)
            assert found
            assert (found[0].candidate_id, found[0].by, found[0].judgement) == (number, by, Judgement.ACCEPT)
            assert not found[1]
        last = second_reading.last_standing_by(conn, "bo")
        assert last
        assert last.reason == "the last"
        assert second_reading.last_standing_by(conn, "ana") is None
        assert second_reading.last_standing_by(conn, "cy") is None


def test_readings_of_a_time_on(database: Database) -> None:
    """Oldest first, that moment with them, without what was taken back."""
    with database.write() as conn:
        for at in (LATER, NOW, EARLIER):
            stored_row(conn, tables.second_reading, candidate_id=stored_candidate(conn), judgement="reject", at=at)
        stored_row(
            conn, tables.second_reading, candidate_id=stored_candidate(conn), judgement="reject", at=NOW, undone_at=NOW
        )
        assert [each.at for each in second_reading.list_readings(conn)] == [LATER, NOW, EARLIER]
        assert [each.at for each in second_reading.list_readings(conn, NOW)] == [LATER, NOW]


def test_what_is_to_be_read_once_more(database: Database) -> None:
    """What others decided for good, that stands and that nobody read again; what was decided first comes first."""
    with database.write() as conn:
        numbers = [stored_candidate(conn) for _ in range(8)]
        own, later, put_off, undone, read, taken_back, first, second = numbers
        decided(conn, second, "cy", Judgement.DUPLICATE, at=EARLIER)
        decided(conn, first, "bo", Judgement.ACCEPT, at=NOW)
        decided(conn, own, "bo")
        decided(conn, own, "ana", Judgement.DEFER)
        decided(conn, put_off, "bo", Judgement.DEFER)
        decided(conn, undone, "bo", Judgement.UNDO, undoes=decided(conn, undone, "bo"))
        for number, gone in ((read, None), (taken_back, NOW)):
            decided(conn, number, "az")
            stored_row(conn, tables.second_reading, candidate_id=number, by="cy", judgement="reject", undone_at=gone)
        decided(conn, second, "bo", Judgement.REJECT, at=LATER)
        decided(conn, later, "bo", at=LATER)
        assert second_reading.read_once(conn, "ana", EARLIER) == (second, first, taken_back, later)
        assert second_reading.read_once(conn, "ana", NOW) == (first, taken_back, second, later)
        assert second_reading.read_once(conn, "ana", LATER) == (second, later)
        assert second_reading.read_once(conn, "ana", EARLIER, first) == (first,)
        assert second_reading.read_once(conn, "ana", EARLIER, taken_back) == (taken_back,)
        assert second_reading.read_once(conn, "ana", EARLIER, own) == ()


@pytest.mark.parametrize("name", [*_SAME, "by", "undone_at"])
def test_a_mute_is_the_same_in_all_its_parts(database: Database, name: str) -> None:
    """And by the same person, as long as it holds; the first of equal ones."""
    others = (MentionKind.LENDER,) if name == "kind" else (NOW,) if name == "undone_at" else ("ana", "cy", "")
    rule = Mute(**_SAME)  # type: ignore[arg-type]
    with database.write() as conn:
        for other in others:
            stored_row(conn, tables.mute, **{**_SAME, "by": "bo", name: other})
        assert mute.laid_by(conn, rule, "bo") is None
        first = stored_row(conn, tables.mute, **_SAME, by="bo")
        stored_row(conn, tables.mute, **_SAME, by="bo")
        assert mute.laid_by(conn, rule, "bo") == first


def test_mutes_come_newest_first(database: Database) -> None:
    """Those that hold, or all."""
    with database.write() as conn:
        ids = [stored_row(conn, tables.mute, kind="firm", key="x", undone_at=at) for at in (None, NOW, None)]
        assert [each.id for each in mute.mutes(conn)] == [ids[2], ids[0]]
        assert [each.id for each in mute.mutes(conn, undone=True)] == ids[::-1]
        assert len(mute.held_rules(conn)) == 2


def test_what_was_decided_together_on_tellings(database: Database) -> None:
    """By one person at one moment, as long as it stands; the last of a person is theirs."""
    with database.write() as conn:
        made = {
            (by, at, more): stored_row(
                conn, tables.pair_decision, one=one, other="telling:9", bond="same", by=by, at=at
            )
            for by, at, (more, one) in product(
                THREE, (EARLIER, NOW, LATER), enumerate(("telling:1", "telling:2", "candidate:1"))
            )
        }
        own = tuple(made["bo", NOW, more] for more in range(2))
        assert telling_bond.made_together(conn, own[0]) == own
        assert telling_bond.last_split_or_merge(conn, "bo") == made["bo", LATER, 1]
        assert telling_bond.last_split_or_merge(conn, "ana") == made["ana", LATER, 1]
        undo = {"one": "telling:2", "other": "telling:9", "bond": "same", "by": "bo", "at": LATER}
        stored_row(conn, tables.pair_decision, **undo, undoes=made["bo", LATER, 1])
        assert telling_bond.last_split_or_merge(conn, "bo") == made["bo", LATER, 0]
        assert telling_bond.last_split_or_merge(conn, "be") is None
        asked = pairing.decisions_on(conn, [Ref.parse("telling:1"), Ref.parse("candidate:1")])
        assert [each.id for each in asked] == sorted(made[by, at, more] for by, at, more in made if more != 1)
        assert pairing.pair_decisions(conn, [own[1], own[0], 999]) == tuple(
            each for each in pairing.decisions_on(conn, [Ref.parse("telling:9")]) if each.id in own
        )


def test_sessions_by_token_and_key(database: Database) -> None:
    """Each is found by its own digest and by what opened it alone; programs by account."""
    with database.write() as conn:
        users = [stored_row(conn, tables.user, name=name, role="analyst", disabled=name == "ana") for name in THREE]
        for owner, key in product(users, Key):
            stored_row(conn, tables.session, token_hash=f"{owner}-{key}", user_id=owner, key=key, csrf=f"{owner}")
        for owner, key, asked in product(users, Key, Key):
            found = user.find_session(conn, f"{owner}-{key}", asked)
            assert (found is not None) == (key is asked)
            assert found is None or (found.user.id, found.key) == (owner, key)
        assert user.tokens(conn) == dict.fromkeys(users, NOW)
        assert [each.name for each in user.list_users(conn)] == list(THREE)
        assert user.find_user(conn, "be") is None
        assert user.has_users(conn)
        for owner in users:
            user.set_disabled(conn, owner, disabled=True)
        assert not user.has_users(conn)


def test_filters_are_their_owners(database: Database) -> None:
    """By name."""
    with database.write() as conn:
        for name, owner in product(reversed(THREE), THREE):
            saved_filter.save_filter(conn, owner, name, "", NOW)
        assert [(each.owner, each.name) for each in saved_filter.saved_filters(conn, "bo")] == [
            ("bo", name) for name in THREE
        ]
        assert not saved_filter.drop_filter(conn, "bo", "be")


def test_decisions_that_stand_are_reported_oldest_first(database: Database) -> None:
    """Since a moment, that moment with it; undoing and undone ones left out; of equal times the first written."""
    with database.write() as conn:
        number = stored_candidate(conn)
        for at, by in ((LATER, "ana"), (NOW, "bo"), (NOW, "cy"), (EARLIER, "di")):
            decided(conn, number, by, at=at)
        decided(conn, number, "eve", Judgement.UNDO, at=LATER, undoes=decided(conn, number, "eve", at=LATER))
        assert [each.by for each in figures.judged(conn, NOW)] == ["bo", "cy", "ana"]
        assert [each.by for each in decision.decisions_between(conn, NOW, LATER)] == ["bo", "cy"]
        assert isinstance(decision.decisions_of(conn, [number])[number][0], Decision)
