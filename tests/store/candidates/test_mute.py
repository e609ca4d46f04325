"""Mutes in the database."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import sqlalchemy as sa

from factories.candidate import stored_article
from offing.model.reading.mention import Mention, MentionKind
from offing.model.review.mute import Mute
from offing.store.articles.article import save_mentions
from offing.store.candidates.mute import add_mute, get_mute, held_rules, is_named, is_outlet, mutes, undo_mute
from offing.store.database.engine import Database
from offing.store.tables import article

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


def test_a_name_is_known_where_an_article_has_it(database: Database) -> None:
    """By its id, or where no list has it by the name itself in small letters; of that kind, and of nothing else."""
    found = (
        Mention(MentionKind.FIRM, 0, 5, "Kenya", "zte", name="ZTE"),
        Mention(MentionKind.FIRM, 0, 5, "Kenya", None, name="Öl Bau"),
    )
    with database.write() as conn:
        number = stored_article(conn)
        conn.execute(sa.update(article).where(article.c.id == number).values(domain="ledger.test"))
        save_mentions(conn, number, found)
        asked = [(MentionKind.FIRM, key) for key in ("zte", "öl bau", "huawei", "ZTE")] + [(MentionKind.LENDER, "zte")]
        assert [is_named(conn, kind, key) for kind, key in asked] == [True, True, False, False, False]
        assert [is_outlet(conn, domain) for domain in ("ledger.test", "a.test", "z.test")] == [True, False, False]
