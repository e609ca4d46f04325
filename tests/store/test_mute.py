"""Mutes in the database."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from offing.model.mention import MentionKind
from offing.model.mute import Mute
from offing.store.engine import Database
from offing.store.mute import add_mute, get_mute, held_rules, mutes, undo_mute

NOW = datetime(2026, 3, 1, tzinfo=UTC)
RULE = Mute(MentionKind.FIRM, "zte", "zte", "club", "ledger.test")


def test_a_mute_is_kept_and_taken_back_once(database: Database) -> None:
    """What holds is listed with its owner; what was taken back stays to be read, and cannot be taken back twice."""
    with database.write() as conn:
        number = add_mute(conn, RULE, "ana", NOW, "a football club")
        assert held_rules(conn) == (RULE,)
        stored = get_mute(conn, number)
        assert stored is not None
        assert (stored.by, stored.at, stored.reason) == ("ana", NOW, "a football club")
        assert undo_mute(conn, number, "bo", NOW + timedelta(days=1))
        assert not undo_mute(conn, number, "bo", NOW)
        assert held_rules(conn) == ()
        assert [each.undone_by for each in mutes(conn, undone=True)] == ["bo"]
        assert get_mute(conn, number + 1) is None
