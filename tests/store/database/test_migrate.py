"""The schema: up from empty on both databases, the same as the code declares, and refused where it does not fit."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from offing.errors import DatabaseError, SchemaOutdated, SchemaTooNew
from offing.store.candidates.search import keep_words
from offing.store.database import migrate
from offing.store.database.engine import Database, open_database
from offing.store.database.migrate import check_schema, current_revision, head_revision, upgrade
from offing.store.feeds.feed import list_feeds
from offing.store.tables import feed, metadata
from offing.urls import feed_key


def test_upgrade_from_empty_leads_to_the_declared_tables(database: Database) -> None:
    """Migrations and the tables of the code agree in every column, key and index."""
    assert current_revision(database) == head_revision()
    with database.engine.connect() as conn:
        context = MigrationContext.configure(conn, opts={"compare_type": True, "include_name": _is_declared})
        assert compare_metadata(context, metadata) == []


def test_names_of_files_tell_the_revisions_as_alembic_does() -> None:
    """Each in its order, so that no command need read all migrations to know the last."""
    scripts = ScriptDirectory.from_config(migrate._config()).walk_revisions("base", "heads")
    assert [script.revision for script in scripts] == [*reversed(migrate.revisions())]


def _is_declared(name: str | None, kind: str, _: object) -> bool:
    """Whether SQLAlchemy declares it: tables of words to be searched are of each database's own kind."""
    return kind != "table" or not str(name).startswith("candidate_search")


def test_columns_of_words_take_the_words_of_the_code(database: Database) -> None:
    """What an enum of the model holds can be stored, and nothing else: a check of the database knows its values."""
    inspector, unchecked = sa.inspect(database.engine), set()
    for table in metadata.tables.values():
        there = [_values(check["sqltext"]) for check in inspector.get_check_constraints(table.name)]
        for column in table.columns:
            wanted = [
                _values(str(check.sqltext)) for check in column.constraints if isinstance(check, sa.CheckConstraint)
            ]
            unchecked |= {f"{table.name}.{column.name}" for values in wanted if values not in there}
    # SQLite adds no check to a table that stands.
    assert unchecked == ({"session.key"} if database.is_sqlite else set())


def _values(condition: str) -> set[str]:
    return set(re.findall(r"'([^']*)'", condition))


def test_upgrade_twice_changes_nothing(database: Database) -> None:
    """A second upgrade is harmless."""
    upgrade(database)
    check_schema(database)


def test_empty_database_is_refused_with_advice(database_url: str) -> None:
    """A database without tables names the command that makes them."""
    opened = open_database(database_url)
    with pytest.raises(SchemaOutdated, match="offing init"):
        check_schema(opened)
    opened.close()


def test_newer_database_is_refused(database: Database) -> None:
    """A database made by a install a newer one is not touched."""
    with database.write() as conn:
        conn.execute(sa.text("UPDATE alembic_version SET version_num = '29990101_0001'"))
    with pytest.raises(SchemaTooNew, match="install a newer one"):
        check_schema(database)
    with pytest.raises(SchemaTooNew):
        upgrade(database)


def test_unknown_databases_are_refused() -> None:
    """Only SQLite and PostgreSQL are supported; an unreadable URL is no traceback."""
    with pytest.raises(DatabaseError, match="not supported"):
        open_database("mysql://localhost/x")
    with pytest.raises(DatabaseError, match="not a database URL"):
        open_database("nonsense")


def test_unreachable_database_is_a_clear_error(tmp_path: Path) -> None:
    """A folder that is not there is named as the fault of the database, not as a traceback."""
    opened = open_database(f"sqlite:///{tmp_path / 'none' / 'offing.db'}")
    with pytest.raises(DatabaseError, match="cannot be opened"):
        current_revision(opened)
    opened.close()


def test_every_column_has_a_comment_and_every_constraint_a_name() -> None:
    """The schema explains itself."""
    for table in metadata.tables.values():
        assert table.comment, table.name
        assert [column.name for column in table.columns if not column.comment] == []
        assert all(constraint.name for constraint in table.constraints)


def test_feeds_keep_their_identity_over_the_upgrade(database_url: str) -> None:
    """Rows of the first schema get the narrower key of today's code, be they one feed twice or no address."""
    urls = ("https://A.test/rss?utm_source=x#top", "http://b.test:80", "http://B.test/", "not an address")
    opened = open_database(database_url)
    with opened.engine.connect() as conn:
        config = migrate._config()
        config.attributes["connection"] = conn
        command.upgrade(config, "20261125_0001")
        for number, url in enumerate(urls):
            conn.execute(
                sa.text(
                    "INSERT INTO feed (url, url_key, title, groups, kind, unverified, state, added_at) "
                    "VALUES (:url, :key, '', '[]', 'media', :no, 'new', '2026-01-01')"
                ),
                {"url": url, "key": f"old {number}", "no": False},
            )
        conn.commit()
    upgrade(opened)
    with opened.read() as conn:
        keys = conn.execute(sa.select(feed.c.url_key).order_by(feed.c.id)).scalars().all()
        assert {(status.spec.publisher, status.spec.kind) for status in list_feeds(conn)} == {("media", "feed")}
    assert keys == [feed_key(urls[0]), feed_key(urls[1]), "old 2", "old 3"]
    opened.close()


def test_words_get_their_pairs_by_the_upgrade(database_url: str) -> None:
    """Words that PostgreSQL kept with their places are found as phrases after the upgrade."""
    opened = open_database(database_url)
    if opened.is_sqlite:
        pytest.skip("SQLite knows where words stand")
    before = "'the':1,4 'ministry':2 'of':3 'interior':5 'smart':7 'city':8 '国华':10 '华':11 '华为':12 '为':13,14"
    with opened.engine.connect() as conn:
        config = migrate._config()
        config.attributes["connection"] = conn
        command.upgrade(config, "20261125_0005")
        conn.execute(sa.text("ALTER TABLE candidate_search DROP CONSTRAINT fk_candidate_search_candidate_id_candidate"))
        conn.execute(sa.text("INSERT INTO candidate_search VALUES (1, CAST(:before AS tsvector))"), {"before": before})
        conn.commit()
    upgrade(opened)
    with opened.write() as conn:
        keep_words(conn, {2: ("The Ministry of the Interior", "smart city", "国华 华为 为")})
        one, other = conn.execute(sa.text("SELECT words FROM candidate_search ORDER BY candidate_id")).scalars()
    assert one == other
    assert "' of the':3" in one
    opened.close()
