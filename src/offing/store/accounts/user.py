"""Reads and writes accounts and their sessions. Passwords and tokens arrive here only as hashes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from offing.model.operation.user import Key, LogIn, User, UserRole
from offing.store.database.upsert import insert, is_any
from offing.store.tables.user import session as sessions
from offing.store.tables.user import user as users


@dataclass(frozen=True, slots=True)
class Begun:
    """How a session begins: when, by what key, and with what CSRF token."""

    at: datetime
    csrf: str
    key: Key = Key.BROWSER


def insert_user(conn: sa.Connection, user: User, password_hash: str) -> int:
    """Store an account, ignoring `user.id`; return its id.

    Raises:
        sqlalchemy.exc.IntegrityError: the name is taken.
    """
    row = users.insert().values(
        name=user.name,
        role=user.role,
        password_hash=password_hash,
        disabled=user.disabled,
        created_at=user.created_at,
    )
    return int(conn.execute(row.returning(users.c.id)).scalar_one())


def find_user(conn: sa.Connection, name: str) -> tuple[User, str] | None:
    """The account of a name with the hash of its password."""
    row = conn.execute(sa.select(users).where(users.c.name == name)).first()
    return None if row is None else (_user(row), row.password_hash)


def list_users(conn: sa.Connection) -> tuple[User, ...]:
    """All accounts by name."""
    return tuple(_user(row) for row in conn.execute(sa.select(users).order_by(users.c.name)))


def has_users(conn: sa.Connection) -> bool:
    """Whether anybody could log in at all."""
    return is_any(conn, sa.select(users.c.id).where(~users.c.disabled))


def set_password(conn: sa.Connection, user_id: int, password_hash: str) -> None:
    """Replace the hash of a password."""
    conn.execute(users.update().where(users.c.id == user_id).values(password_hash=password_hash))


def set_zone(conn: sa.Connection, user_id: int, zone: str) -> None:
    """Set the time zone in which times are shown to a person; "" for the site's."""
    conn.execute(users.update().where(users.c.id == user_id).values(zone=zone))


def set_disabled(conn: sa.Connection, user_id: int, *, disabled: bool) -> None:
    """Disable an account, or enable it again."""
    conn.execute(users.update().where(users.c.id == user_id).values(disabled=disabled))


def goal_of(conn: sa.Connection, name: str) -> int | None:
    """The number of candidates that a person means to judge in a day; None if they set none."""
    return conn.execute(sa.select(users.c.goal).where(users.c.name == name)).scalar_one_or_none()


def set_goal(conn: sa.Connection, name: str, goal: int | None) -> None:
    """Set a person's goal of the day, or drop it."""
    conn.execute(users.update().where(users.c.name == name).values(goal=goal))


def insert_session(conn: sa.Connection, token_hash: str, user_id: int, new: Begun) -> None:
    """Store a session; an existing one with the same digest is kept."""
    row = {"token_hash": token_hash, "user_id": user_id, "key": new.key, "csrf": new.csrf}
    statement = insert(conn, sessions).values(**row, created_at=new.at, seen_at=new.at)
    conn.execute(statement.on_conflict_do_nothing())


def find_session(conn: sa.Connection, token_hash: str, key: Key = Key.BROWSER) -> LogIn | None:
    """The session of a token, whatever its age; one opened by another kind of key is not found."""
    query = (
        sa.select(users, sessions.c.csrf, sessions.c.created_at.label("began_at"), sessions.c.seen_at)
        .join_from(sessions, users)
        .where(sessions.c.token_hash == token_hash, sessions.c.key == key)
    )
    row = conn.execute(query).first()
    return None if row is None else LogIn(_user(row), row.csrf, row.began_at, row.seen_at, key)


def use_link(conn: sa.Connection, token_hash: str, made: tuple[datetime, datetime]) -> User | None:
    """Use up a link made between two times: of two people who try at once, one gets the account."""
    its = (sessions.c.token_hash == token_hash) & (sessions.c.key == Key.LINK)
    fresh = its & (sessions.c.created_at > made[0]) & (sessions.c.created_at <= made[1])
    used = conn.execute(sessions.delete().where(fresh).returning(sessions.c.user_id)).scalar()
    row = conn.execute(sa.select(users).where(users.c.id == used)).first() if used is not None else None
    return None if row is None else _user(row)


def tokens(conn: sa.Connection) -> dict[int, datetime]:
    """The accounts that have a program's token, with the time when it was last used (or made)."""
    held = sa.select(sessions.c.user_id, sessions.c.seen_at).where(sessions.c.key == Key.TOKEN)
    return {row.user_id: row.seen_at for row in conn.execute(held)}


def touch_session(conn: sa.Connection, token_hash: str, now: datetime) -> None:
    """Record that a session was used."""
    conn.execute(sessions.update().where(sessions.c.token_hash == token_hash).values(seen_at=now))


def delete_session(conn: sa.Connection, token_hash: str) -> None:
    """End one session; it is no error if the token has none."""
    conn.execute(sessions.delete().where(sessions.c.token_hash == token_hash))


def delete_sessions_of(conn: sa.Connection, user_id: int, key: Key | None = None) -> int:
    """End all sessions of an account, or those opened by one kind of key; return how many there were."""
    theirs = sessions.delete().where(sessions.c.user_id == user_id)
    return conn.execute(theirs if key is None else theirs.where(sessions.c.key == key)).rowcount


def delete_other_keys(conn: sa.Connection, user_id: int, token_hash: str) -> int:
    """End all sessions of an account but one, its links and its token too; return how many there were."""
    others = (sessions.c.user_id == user_id) & (sessions.c.token_hash != token_hash)
    return conn.execute(sessions.delete().where(others)).rowcount


def delete_stale_sessions(
    conn: sa.Connection, *, begun_before: datetime, seen_before: datetime, begun_after: datetime
) -> int:
    """Remove the sessions that expired by age, or were begun by a fast clock; return how many there were.

    Tokens of programs do not expire.
    """
    stale = sa.or_(
        sessions.c.created_at <= begun_before, sessions.c.seen_at <= seen_before, sessions.c.created_at > begun_after
    )
    return conn.execute(sessions.delete().where(stale, sessions.c.key != Key.TOKEN)).rowcount


def _user(row: sa.Row[tuple[object, ...]]) -> User:
    return User(row.id, row.name, UserRole(row.role), row.disabled, row.created_at, row.zone)
