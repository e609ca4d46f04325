"""Log-ins: sessions on the server of which only a digest is stored, by password, link, proxy or token.

Figures: docs/limits.md, Web. Every beginning and every failure is written to the activity log.
"""

from __future__ import annotations

import hashlib
import secrets
import unicodedata
from datetime import datetime, timedelta

from offing.errors import UsageError
from offing.model.activity import Activity, Deed, Stamp
from offing.model.clock import SKEW, ahead, believed
from offing.model.user import Key, LogIn, User
from offing.steps.users import LONGEST_PASSWORD, get_user, hashed, is_outdated, matches, note_change
from offing.store import user as store
from offing.store.activity import ActivityFilter, list_activity, note
from offing.store.engine import Database
from offing.store.user import Begun

IDLE = timedelta(hours=12)
LIFE = timedelta(days=7)
LINK_LIFE = timedelta(minutes=15)
FAILED_WITHIN, AT_HOME_WITHIN = timedelta(hours=1), timedelta(days=60)
MOST_RECALLED = 5_000
TOUCH_AFTER = timedelta(minutes=5)  # reading a page writes at most this often


def log_in(database: Database, name: str, password: str, now: datetime, address: str = "") -> str | None:
    """Begin a session; its token, or None where name and password do not belong together.

    Takes as long for a name that nobody has as for one that somebody has.
    """
    with database.read() as conn:
        found = store.find_user(conn, _folded(name))
    user, known = found or (None, "")
    typed = unicodedata.normalize("NFC", password)[:LONGEST_PASSWORD]  # the form in which every password is hashed
    right = matches(known, typed)
    if not right or user is None or user.disabled:
        with database.write() as conn:  # a name that nobody has is not kept: it may be a password, mistyped
            note(conn, Activity(now, Deed.LOG_IN_FAILED, user.name if user else "", "by password", address=address))
        return None
    if is_outdated(known):
        renewed = hashed(typed)
        with database.write() as conn:
            store.set_password(conn, user.id, renewed)
    return _begin(database, user, Stamp(now, user.name, address), "by password")


def log_ins_before(database: Database, now: datetime) -> tuple[tuple[Activity, ...], tuple[Activity, ...]]:
    """Log-ins by password or link that failed in the last hour, and those of the last weeks that did not; oldest first.

    At most some thousand of each: what slows down guessing forgets the oldest as well.
    """
    failed = ActivityFilter(now - FAILED_WITHIN, deeds=frozenset({Deed.LOG_IN_FAILED}), limit=MOST_RECALLED)
    entered = ActivityFilter(now - AT_HOME_WITHIN, deeds=frozenset({Deed.LOG_IN}), limit=MOST_RECALLED)
    with database.read() as conn:
        found = list_activity(conn, failed)[::-1], list_activity(conn, entered)[::-1]
    return tuple(each for each in found[0] if not ahead(each.at, now)), found[1]


def make_link(database: Database, name: str, stamp: Stamp) -> str:
    """A secret that begins one session within 15 minutes.

    Raises:
        UsageError: there is no such account, or it is shut.
    """
    return _make_key(database, name, Key.LINK, stamp)


def log_in_by_link(database: Database, secret: str, now: datetime, address: str = "") -> str | None:
    """Begin a session with a link; its token, or None where the link is used, too old or none."""
    with database.write() as conn:
        user = store.use_link(conn, digest(secret), (now - LINK_LIFE, now + SKEW))
        if user is None or user.disabled:
            note(conn, Activity(now, Deed.LOG_IN_FAILED, "", "by link", address=address))
            return None
    return _begin(database, user, Stamp(now, user.name, address), "by link")


def log_in_by_proxy(database: Database, name: str, now: datetime, address: str = "") -> LogIn | None:
    """The session of a person whom a trusted proxy names, begun where none stands; None without an open account."""
    with database.read() as conn:
        found = store.find_user(conn, _folded(name))
        standing = store.find_session(conn, f"proxy:{found[0].id}", Key.PROXY) if found else None
    if found is None or found[0].disabled:
        return None
    if standing and _is_alive(standing, now):
        _touch(database, f"proxy:{found[0].id}", standing, now)
        return standing
    begun = Begun(now, secrets.token_urlsafe(32), Key.PROXY)
    with database.write() as conn:
        if standing:
            store.delete_sessions_of(conn, found[0].id, Key.PROXY)
        store.insert_session(conn, f"proxy:{found[0].id}", found[0].id, begun)
        note(conn, Activity(now, Deed.LOG_IN, found[0].name, "by proxy", address=address))
        return store.find_session(conn, f"proxy:{found[0].id}", Key.PROXY)


def make_token(database: Database, name: str, stamp: Stamp) -> str:
    """A token with which a program reads in the name of an account; an earlier one is worth nothing any more.

    Raises:
        UsageError: there is no such account, or it is shut.
    """
    return _make_key(database, name, Key.TOKEN, stamp)


def withdraw_token(database: Database, name: str, stamp: Stamp) -> bool:
    """Take an account's token back; whether it had one.

    Raises:
        UsageError: there is no such account.
    """
    user = get_user(database, name)
    with database.write() as conn:
        held = store.delete_sessions_of(conn, user.id, Key.TOKEN) > 0
        if held:
            note_change(conn, stamp, f"token of {user.name} withdrawn")
    return held


def session_of(database: Database, token: str, now: datetime, key: Key = Key.BROWSER) -> LogIn | None:
    """The log-in of a token, unless it is unknown, has ended by age or idleness, or its account is shut.

    Args:
        database: where sessions stand.
        token: what the browser's cookie or the program's header holds.
        now: aware UTC.
        key: what it is to be: a session's token opens nothing as a program's, nor the other way round.
    """
    with database.read() as conn:
        found = store.find_session(conn, digest(token), key)
    if found is None or not _is_alive(found, now):
        return None
    _touch(database, digest(token), found, now)
    return found


def log_out(database: Database, token: str, stamp: Stamp) -> None:
    """End a session; one that is unknown is no error."""
    with database.write() as conn:
        ended = store.find_session(conn, digest(token))
        store.delete_session(conn, digest(token))
        if ended:
            note(conn, Activity(stamp.at, Deed.LOG_OUT, ended.user.name, address=stamp.address))


def digest(token: str) -> str:
    """What is stored of a token: who steals the database cannot use it. 256 random bits need no salt."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def _folded(name: str) -> str:
    return unicodedata.normalize("NFKC", name).strip().casefold().replace("\0", " ")


def _begin(database: Database, user: User, stamp: Stamp, how: str) -> str:
    token = secrets.token_urlsafe(32)
    with database.write() as conn:
        store.delete_stale_sessions(
            conn, begun_before=stamp.at - LIFE, seen_before=stamp.at - IDLE, begun_after=stamp.at + SKEW
        )
        store.insert_session(conn, digest(token), user.id, Begun(stamp.at, secrets.token_urlsafe(32)))
        note(conn, Activity(stamp.at, Deed.LOG_IN, user.name, how, address=stamp.address))
    return token


def _make_key(database: Database, name: str, key: Key, stamp: Stamp) -> str:
    user, secret = get_user(database, name), secrets.token_urlsafe(32)
    if user.disabled:
        raise UsageError(f"the account {user.name!r} is shut; `offing users enable {user.name}` opens it")
    with database.write() as conn:
        store.delete_sessions_of(conn, user.id, key)
        store.insert_session(conn, digest(secret), user.id, Begun(stamp.at, "", key))
        note_change(conn, stamp, f"{key} for {user.name} made")
    return secret


def _is_alive(found: LogIn, now: datetime) -> bool:
    if found.user.disabled or found.key is Key.TOKEN:
        return not found.user.disabled
    begun, seen = believed(found.created_at, now), believed(found.seen_at, now)  # None: a clock ran ahead
    return begun is not None and seen is not None and now - begun < LIFE and now - seen < IDLE


def _touch(database: Database, token_hash: str, found: LogIn, now: datetime) -> None:
    if now - found.seen_at >= TOUCH_AFTER or ahead(found.seen_at, now):
        with database.write() as conn:
            store.touch_session(conn, token_hash, now)
