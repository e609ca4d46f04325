"""Accounts: who may log in, with passwords hashed by argon2id. Every change is written to the activity log.

Hashing never happens inside a transaction. Log-ins themselves: `services/accounts/sessions.py`.
"""

from __future__ import annotations

import re
import secrets
import threading
import unicodedata
from dataclasses import replace
from functools import cache

import sqlalchemy as sa
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy.exc import IntegrityError

from offing.errors import UnknownItem, UsageError
from offing.model.operation.activity import Activity, ActivityKind, Stamp
from offing.model.operation.user import User, UserRole
from offing.store.accounts import user as store
from offing.store.accounts.activity import note
from offing.store.database.engine import Database

SHORTEST_PASSWORD = 12
LONGEST_PASSWORD = 1024
_NAME = re.compile(r"\w[\w.@-]{0,63}")
_hasher = PasswordHasher()  # argon2id with the second recommended option of RFC 9106: 64 MiB, 3 passes
_hashing = threading.BoundedSemaphore(2)  # a flood of log-ins costs at most 128 MiB


def user_name(text: str) -> str:
    """Return a name as it is stored: one letter case and one Unicode form, so that no two look alike by accident.

    Raises:
        UsageError: it has other characters than letters, digits, `.`, `_`, `-` and `@`, or is too long.
    """
    name = unicodedata.normalize("NFKC", text).strip().casefold()
    if not _NAME.fullmatch(name):
        raise UsageError(f"{text!r} is not a user name: 1 to 64 letters, digits, '.', '_', '-' or '@'")
    return name


def check_password(password: str, name: str) -> str:
    """Return the password in the form in which it is hashed.

    Raises:
        UsageError: it is too short, too long, has control characters, is the name itself, or has fewer than five
            distinct characters (NIST SP 800-63B 3.1.1.2: length counts, rules about kinds of characters do not help).
    """
    folded = unicodedata.normalize("NFC", password)
    if not SHORTEST_PASSWORD <= len(folded) <= LONGEST_PASSWORD:
        raise UsageError(f"a password has {SHORTEST_PASSWORD} to {LONGEST_PASSWORD} characters; a few words will do")
    if any(unicodedata.category(character) == "Cc" for character in folded):
        raise UsageError("a password has no control characters")
    if folded.casefold() == name or len(set(folded)) < 5:  # noqa: PLR2004 -- the figure above
        raise UsageError("that password is too easy to guess; a few words will do")
    return folded


def add_user(database: Database, name: str, role: UserRole, password: str | None, stamp: Stamp) -> User:
    """Make an account.

    Args:
        database: where to store it.
        name: its name.
        role: what it may do.
        password: None if the account is opened only by a proxy, a link or a token.
        stamp: who makes it, and when.

    Raises:
        UsageError: the name or the password cannot be used, or the name is taken.
    """
    new = User(0, user_name(name), role, disabled=False, created_at=stamp.at)
    password_hash = "" if password is None else hashed(check_password(password, new.name))
    try:
        with database.write() as conn:
            number = store.insert_user(conn, new, password_hash)
            note_change(conn, stamp, f"{new.name} added as {role}")
    except IntegrityError:
        way = f"`offing users reset {new.name}` changes it"
        raise UsageError(f"there is an account {new.name!r} already; {way}") from None
    return replace(new, id=number)


def reset_password(database: Database, name: str, password: str, stamp: Stamp) -> int:
    """Set a new password, enable the account if it was disabled, and end its sessions; return how many it had.

    Its links and its token are withdrawn too: whoever knew the old password may have made them.

    Raises:
        UsageError: there is no such account, or the password cannot be used.
    """
    user = get_user(database, name)
    password_hash = hashed(check_password(password, user.name))
    with database.write() as conn:
        store.set_password(conn, user.id, password_hash)
        store.set_disabled(conn, user.id, disabled=False)
        note_change(conn, stamp, f"{user.name} reset")
        return store.delete_sessions_of(conn, user.id)


def disable_user(database: Database, name: str, stamp: Stamp) -> int:
    """Disable an account, end its sessions and withdraw its links and token; return how many sessions it had.

    Raises:
        UsageError: there is no such account.
    """
    user = get_user(database, name)
    with database.write() as conn:
        store.set_disabled(conn, user.id, disabled=True)
        note_change(conn, stamp, f"{user.name} disabled")
        return store.delete_sessions_of(conn, user.id)


def enable_user(database: Database, name: str, stamp: Stamp) -> None:
    """Enable a disabled account, with the password that it had.

    Raises:
        UsageError: there is no such account.
    """
    user = get_user(database, name)
    with database.write() as conn:
        store.set_disabled(conn, user.id, disabled=False)
        note_change(conn, stamp, f"{user.name} enabled")


def get_user(database: Database, name: str) -> User:
    """Return the account of a name.

    Raises:
        UnknownItem: there is none.
    """
    with database.read() as conn:
        found = store.find_user(conn, user_name(name))
    if found is None:
        raise UnknownItem(f"there is no account {name!r}; `offing users list` shows all")
    return found[0]


def note_change(conn: sa.Connection, stamp: Stamp, what: str) -> None:
    """Record in the activity log that an account was changed."""
    note(conn, Activity(stamp.at, ActivityKind.USER_CHANGED, stamp.by, what, address=stamp.address))


def hashed(password: str) -> str:
    """Return the hash to store for a password."""
    with _hashing:
        return _hasher.hash(password)


def matches(password_hash: str, password: str) -> bool:
    """Return whether a password matches a hash; takes as long for an account without a password."""
    with _hashing:
        try:
            return _hasher.verify(password_hash or nobodys_hash(), password)
        except (VerificationError, InvalidHashError, UnicodeEncodeError):
            return False


def is_outdated(password_hash: str) -> bool:
    """Return whether a hash was made with other parameters than today's."""
    return bool(password_hash) and _hasher.check_needs_rehash(password_hash)


@cache
def nobodys_hash() -> str:
    """Return the hash of a password that nobody knows."""
    return _hasher.hash(secrets.token_urlsafe(32))
