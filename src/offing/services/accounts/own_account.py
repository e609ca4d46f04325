"""What people change of their own accounts: the password and the time zone."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from zoneinfo import ZoneInfo

from offing.errors import UsageError
from offing.model.operation.activity import Activity, ActivityKind, Stamp
from offing.model.operation.user import User
from offing.services.accounts.sessions import digest
from offing.services.accounts.users import LONGEST_PASSWORD, check_password, hashed, matches, note_change
from offing.store.accounts import user as store
from offing.store.accounts.activity import note
from offing.store.database.engine import Database


class PasswordRefused(StrEnum):
    """Why a password was not changed."""

    WRONG = "wrong"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class NewPassword:
    """The password that opens the account today, and the one that is to."""

    old: str
    new: str


def has_password(database: Database, user: User) -> bool:
    """Return whether a password opens the account; a proxy or links may be all that does."""
    with database.read() as conn:
        found = store.find_user(conn, user.name)
    return bool(found and found[1])


def change_password(
    database: Database, user: User, typed: NewPassword, stamp: Stamp, token: str
) -> int | PasswordRefused:
    """Change a person's own password and end all other sessions; links and the program's token are withdrawn as well.

    Args:
        database: where accounts are stored.
        user: the person.
        typed: the old password, and the new one by the rules of `check_password`.
        stamp: when, and from where.
        token: the value of the cookie of the session that goes on.

    Returns:
        How many sessions, links and tokens ended; or why nothing was changed. A wrong old password is noted like a
        failed log-in, so that guesses here count with those there.

    Raises:
        UsageError: the new password cannot be used.
    """
    new = check_password(typed.new, user.name)
    with database.read() as conn:
        found = store.find_user(conn, user.name)
    if found is None or not found[1]:
        return PasswordRefused.NONE
    if not matches(found[1], unicodedata.normalize("NFC", typed.old)[:LONGEST_PASSWORD]):
        with database.write() as conn:
            note(conn, Activity(stamp.at, ActivityKind.LOG_IN_FAILED, user.name, "old password", address=stamp.address))
        return PasswordRefused.WRONG
    password_hash = hashed(new)
    with database.write() as conn:
        store.set_password(conn, user.id, password_hash)
        note_change(conn, stamp, f"{user.name} changed the password")
        return store.delete_other_keys(conn, user.id, digest(token))


def choose_zone(database: Database, user: User, zone: str) -> None:
    """Store the time zone in which a person is shown times; "" for the site's.

    Raises:
        UsageError: there is no such zone.
    """
    try:
        named = ZoneInfo(zone).key if zone else ""
    except (KeyError, ValueError, OSError):  # unknown; a path; a folder
        raise UsageError(f"there is no time zone {zone[:60]!r}") from None
    with database.write() as conn:
        store.set_zone(conn, user.id, named)
