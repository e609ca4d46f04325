"""Accounts and log-ins: argon2id for passwords, server-side sessions of which only a digest is stored.

Figures: security-plan 5.8. Hashing never happens inside a transaction.
"""

from __future__ import annotations

import hashlib
import re
import secrets
import threading
import unicodedata
from datetime import datetime, timedelta
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy.exc import IntegrityError

from offing.errors import UnknownItem, UsageError
from offing.model.user import LogIn, User, UserRole
from offing.store import user as store
from offing.store.engine import Database

IDLE = timedelta(hours=12)
LIFE = timedelta(days=7)
TOUCH_AFTER = timedelta(minutes=5)  # reading a page writes at most this often
SHORTEST_PASSWORD = 12
LONGEST_PASSWORD = 1024
_NAME = re.compile(r"\w[\w.@-]{0,63}")
_hasher = PasswordHasher()  # argon2id with the second recommended option of RFC 9106: 64 MiB, 3 passes
_hashing = threading.BoundedSemaphore(2)  # a flood of log-ins costs at most 128 MiB


def user_name(text: str) -> str:
    """A name as it is stored: letters of one case and one Unicode form, so that no two look alike by accident.

    Raises:
        UsageError: it has other characters than letters, digits, `.`, `_`, `-` and `@`, or is too long.
    """
    name = unicodedata.normalize("NFKC", text).strip().casefold()
    if not _NAME.fullmatch(name):
        raise UsageError(f"{text!r} is no user name: 1 to 64 letters, digits, '.', '_', '-' or '@'")
    return name


def check_password(password: str, name: str) -> str:
    """The password in the form in which it is hashed.

    Raises:
        UsageError: too short, too long, with control characters, the name itself, or fewer than five characters
            over and over (NIST SP 800-63B 3.1.1.2: length counts, rules about kinds of characters do not help).
    """
    folded = unicodedata.normalize("NFC", password)
    if not SHORTEST_PASSWORD <= len(folded) <= LONGEST_PASSWORD:
        raise UsageError(f"a password has {SHORTEST_PASSWORD} to {LONGEST_PASSWORD} characters; a few words will do")
    if any(unicodedata.category(character) == "Cc" for character in folded):
        raise UsageError("a password has no control characters")
    if folded.casefold() == name or len(set(folded)) < 5:  # noqa: PLR2004 -- the figure above
        raise UsageError("that password is too easy to guess; a few words will do")
    return folded


def add_user(database: Database, name: str, role: UserRole, password: str, now: datetime) -> User:
    """Make an account.

    Raises:
        UsageError: the name or the password cannot be used, or the name is taken.
    """
    found = user_name(name)
    password_hash = _hash(check_password(password, found))
    try:
        with database.write() as conn:
            made = store.insert_user(conn, User(0, found, role, disabled=False, created_at=now), password_hash)
    except IntegrityError:
        raise UsageError(f"there is an account {found!r} already; `offing users reset {found}` changes it") from None
    return User(made, found, role, disabled=False, created_at=now)


def reset_password(database: Database, name: str, password: str) -> int:
    """Give an account a new password, open it if it was shut, and end its sessions; how many it had.

    Raises:
        UsageError: there is no such account, or the password cannot be used.
    """
    user = get_user(database, name)
    password_hash = _hash(check_password(password, user.name))
    with database.write() as conn:
        store.set_password(conn, user.id, password_hash)
        store.set_disabled(conn, user.id, disabled=False)
        return store.delete_sessions_of(conn, user.id)


def disable_user(database: Database, name: str) -> int:
    """Shut an account and end its sessions; how many it had.

    Raises:
        UsageError: there is no such account.
    """
    user = get_user(database, name)
    with database.write() as conn:
        store.set_disabled(conn, user.id, disabled=True)
        return store.delete_sessions_of(conn, user.id)


def get_user(database: Database, name: str) -> User:
    """The account of a name.

    Raises:
        UnknownItem: there is none.
    """
    with database.read() as conn:
        found = store.find_user(conn, user_name(name))
    if found is None:
        raise UnknownItem(f"there is no account {name!r}; `offing users list` names them")
    return found[0]


def log_in(database: Database, name: str, password: str, now: datetime) -> str | None:
    """Begin a session; its token, or None where name and password do not belong together.

    Takes as long for a name that nobody has as for one that somebody has.
    """
    with database.read() as conn:
        found = store.find_user(conn, unicodedata.normalize("NFKC", name).strip().casefold().replace("\0", " "))
    known = found[1] if found else _nobodys_hash()
    right = _matches(known, unicodedata.normalize("NFC", password[:LONGEST_PASSWORD]))
    if not right or found is None or found[0].disabled:
        return None
    token = secrets.token_urlsafe(32)
    renewed = _hash(password) if _hasher.check_needs_rehash(known) else None
    with database.write() as conn:
        store.delete_stale_sessions(conn, begun_before=now - LIFE, seen_before=now - IDLE)
        store.insert_session(conn, digest(token), found[0].id, secrets.token_urlsafe(32), now)
        if renewed:
            store.set_password(conn, found[0].id, renewed)
    return token


def session_of(database: Database, token: str, now: datetime) -> LogIn | None:
    """The session of a token, unless it is unknown, too old, idle for too long or its account is shut."""
    with database.read() as conn:
        found = store.find_session(conn, digest(token))
    if found is None or found.user.disabled or now - found.created_at >= LIFE or now - found.seen_at >= IDLE:
        return None
    if now - found.seen_at >= TOUCH_AFTER:
        with database.write() as conn:
            store.touch_session(conn, digest(token), now)
    return found


def log_out(database: Database, token: str) -> None:
    """End a session."""
    with database.write() as conn:
        store.delete_session(conn, digest(token))


def digest(token: str) -> str:
    """What is stored of a token: who steals the database cannot use it. 256 random bits need no salt."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


@cache
def _nobodys_hash() -> str:
    return _hash(secrets.token_urlsafe(32))


def _hash(password: str) -> str:
    with _hashing:
        return _hasher.hash(password)


def _matches(password_hash: str, password: str) -> bool:
    with _hashing:
        try:
            return _hasher.verify(password_hash, password)
        except (VerificationError, InvalidHashError, UnicodeEncodeError):
            return False
