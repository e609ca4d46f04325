"""Metadata, constraint naming, and the column types that both databases share."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# SQLite numbers rows automatically only in an INTEGER primary key.
Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Json = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


class Moment(sa.types.TypeDecorator[datetime]):
    """An aware UTC time. SQLite stores no zone, so it is removed there and restored on reading."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        """To the database; refuses a time without zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a time without zone cannot be stored: {value!r}")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        """From the database, always UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if dialect.name == "sqlite" else value.astimezone(UTC)


def id_column() -> sa.Column[int]:
    """Return the primary key that every noun has."""
    return sa.Column("id", Id, primary_key=True, autoincrement=True, comment="number given by the database")


def moment(name: str, comment: str, *, nullable: bool = False) -> sa.Column[datetime]:
    """Return a column that holds a time."""
    return sa.Column(name, Moment(), nullable=nullable, comment=comment)


def text(name: str, comment: str, *, nullable: bool = False) -> sa.Column[str]:
    """Return a column that holds text; empty rather than null by default."""
    default: Any = None if nullable else ""
    return sa.Column(name, sa.Text(), nullable=nullable, server_default=default, comment=comment)


def words(
    name: str, values: Iterable[str], comment: str, *, default: str | None = None, nullable: bool = False
) -> sa.Column[str]:
    """Return a column that holds one of some values, mostly those of an enum of the model; checked by the database."""
    allowed = ", ".join(f"'{value}'" for value in values)
    check = sa.CheckConstraint(f"{name} IN ({allowed})", name=name)
    return sa.Column(name, sa.String(40), check, nullable=nullable, server_default=default, comment=comment)


def reference(name: str, target: str, comment: str, *, nullable: bool = False) -> sa.Column[int]:
    """Return a column that points to the id of another table."""
    return sa.Column(name, Id, sa.ForeignKey(f"{target}.id"), nullable=nullable, comment=comment)
