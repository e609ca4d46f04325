"""Log-ins by password, link, proxy or token; the server keeps sessions and stores only a digest of each token.

Figures: docs/limits.md, Web. Every new session and every failed log-in is written to the activity log.
"""

from __future__ import annotations

import hashlib
import secrets
import unicodedata
from datetime import datetime, timedelta

from offing.errors import UsageError
from offing.model.operation.activity import Activity, ActivityKind, Stamp
from offing.model.operation.user import Key, LogIn, User
from offing.model.sources.clock import SKEW, ahead, believed
from offing.services.accounts.users import LONGEST_PASSWORD, get_user, hashed, is_outdated, matches, note_change
from offing.store.accounts import user as store
from offing.store.accounts.activity import ActivityFilter, list_activity, note
from offing.store.accounts.user import Begun
from offing.store.database.engine import Database

IDLE = timedelta(hours=12)
LIFE = timedelta(days=7)
LINK_LIFE = timedelta(minutes=15)
FAILED_WITHIN, AT_HOME_WITHIN = timedelta(hours=1), timedelta(days=60)
MOST_RECALLED = 5_000
TOUCH_AFTER = timedelta(minutes=5)  # reading a page writes at most this often


def log_in(database: Database, name: str, password: str, now: datetime, address: str = "") -> str | None:
    """Begin a session and return its token; None if name and password do not match.

    Takes equally long for unknown and known names.
    """
    with database.read() as conn:
        found = store.find_user(conn, _folded(name))
    user, known = found or (None, "")
    typed = unicodedata.normalize("NFC", password)[:LONGEST_PASSWORD]  # the form in which every password is hashed
    right = matches(known, typed)
    if not right or user is None or user.disabled:
        with database.write() as conn:  # an unknown name is not stored: it may be a mistyped password
            note(
                conn,
                Activity(now, ActivityKind.LOG_IN_FAILED, user.name if user else "", "by password", address=address),
            )
        return None
    if is_outdated(known):
        renewed = hashed(typed)
        with database.write() as conn:
            store.set_password(conn, user.id, renewed)
    return _begin(database, user, Stamp(now, user.name, address), "by password")


def log_ins_before(database: Database, now: datetime) -> tuple[tuple[Activity, ...], tuple[Activity, ...]]:
    """Return the failed log-ins of the last hour and the successful ones of the last weeks, both oldest first.

    Covers log-ins by password or link, at most some thousand of each: the throttling of guesses forgets the oldest as
    well.
    """
    failed = ActivityFilter(now - FAILED_WITHIN, actions=frozenset({ActivityKind.LOG_IN_FAILED}), limit=MOST_RECALLED)
    entered = ActivityFilter(now - AT_HOME_WITHIN, actions=frozenset({ActivityKind.LOG_IN}), limit=MOST_RECALLED)
    with database.read() as conn:
        found = list_activity(conn, failed)[::-1], list_activity(conn, entered)[::-1]
    return tuple(each for each in found[0] if not ahead(each.at, now)), found[1]


def make_link(database: Database, name: str, stamp: Stamp) -> str:
    """Return a secret that begins one session within 15 minutes.

    Raises:
        UsageError: there is no such account, or it is disabled.
    """
    return _make_key(database, name, Key.LINK, stamp)


def log_in_by_link(database: Database, secret: str, now: datetime, address: str = "") -> str | None:
    """Begin a session by a log-in link and return its token; None if the link is used, expired or unknown."""
    with database.write() as conn:
        user = store.use_link(conn, digest(secret), (now - LINK_LIFE, now + SKEW))
        if user is None or user.disabled:
            note(conn, Activity(now, ActivityKind.LOG_IN_FAILED, "", "by link", address=address))
            return None
    return _begin(database, user, Stamp(now, user.name, address), "by link")


def log_in_by_proxy(database: Database, name: str, now: datetime, address: str = "") -> LogIn | None:
    """Return the session of a person named by a trusted proxy, or a new one; None without an enabled account."""
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
        note(conn, Activity(now, ActivityKind.LOG_IN, found[0].name, "by proxy", address=address))
        return store.find_session(conn, f"proxy:{found[0].id}", Key.PROXY)


def make_token(database: Database, name: str, stamp: Stamp) -> str:
    """Return a token with which a program reads on behalf of an account; any earlier token becomes invalid.

    Raises:
        UsageError: there is no such account, or it is disabled.
    """
    return _make_key(database, name, Key.TOKEN, stamp)


def withdraw_token(database: Database, name: str, stamp: Stamp) -> bool:
    """Withdraw an account's token; return whether it had one.

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
    """Return the log-in of a token, unless it is unknown, too old or idle for too long, or its account is disabled.

    Args:
        database: where sessions are stored.
        token: the value of the browser's cookie or the program's header.
        now: aware UTC.
        key: what the token must be: a session's token is not accepted as a program's, nor the other way round.
    """
    with database.read() as conn:
        found = store.find_session(conn, digest(token), key)
    if found is None or not _is_alive(found, now):
        return None
    _touch(database, digest(token), found, now)
    return found


def log_out(database: Database, token: str, stamp: Stamp) -> None:
    """End a session; an unknown one is no error."""
    with database.write() as conn:
        ended = store.find_session(conn, digest(token))
        store.delete_session(conn, digest(token))
        if ended:
            note(conn, Activity(stamp.at, ActivityKind.LOG_OUT, ended.user.name, address=stamp.address))


def digest(token: str) -> str:
    """Return the digest stored for a token, so that a stolen database opens nothing. 256 random bits need no salt."""
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
        note(conn, Activity(stamp.at, ActivityKind.LOG_IN, user.name, how, address=stamp.address))
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
