"""Distinguishes database trouble from faulty statements, by SQLite's result codes and PostgreSQL's SQLSTATE.

SQLite: https://www.sqlite.org/rescode.html. PostgreSQL: appendix A of its manual, "PostgreSQL Error Codes".
"""

from __future__ import annotations

import sys

import sqlalchemy as sa

from offing.errors import MachineTrouble
from offing.trouble import NUMBERS, Trouble, machine_trouble, trouble_with

_PRIMARY = 0xFF  # of an extended SQLite result code
_LONGEST = 200  # characters of a driver's own message
_SQLITE = {
    3: Trouble.CANNOT_OPEN,  # PERM
    5: Trouble.BUSY,
    6: Trouble.BUSY,  # LOCKED
    7: Trouble.MEMORY,  # NOMEM
    8: Trouble.READ_ONLY,
    9: Trouble.BUSY,  # INTERRUPT
    10: Trouble.FAILING,  # IOERR
    11: Trouble.DAMAGED,  # CORRUPT
    13: Trouble.FULL,
    14: Trouble.CANNOT_OPEN,
    15: Trouble.BUSY,  # PROTOCOL
    22: Trouble.FULL,  # NOLFS: the file is larger than its disk allows
    26: Trouble.DAMAGED,  # NOTADB
}
_STATES = {  # the longest matching prefix of an SQLSTATE counts
    "08": Trouble.AWAY,
    "25006": Trouble.READ_ONLY,  # a standby, or set so
    "25P03": Trouble.AWAY,  # idle_in_transaction_session_timeout
    "28": Trouble.AWAY,  # access denied
    "3D000": Trouble.AWAY,  # no database of that name
    "40001": Trouble.BUSY,  # serialization_failure
    "40P01": Trouble.BUSY,  # deadlock_detected
    "53": Trouble.AWAY,  # too many connections
    "53100": Trouble.FULL,
    "53200": Trouble.MEMORY,
    "55006": Trouble.BUSY,  # object_in_use
    "55P03": Trouble.BUSY,  # lock_not_available
    "57": Trouble.AWAY,  # ended by an administrator, crashed, starting
    "57014": Trouble.BUSY,  # query_canceled
    "58": Trouble.FAILING,
    "XX001": Trouble.DAMAGED,
    "XX002": Trouble.DAMAGED,
}
_SQLITE_WORDS = (
    "database is locked",
    "database table is locked",
    "database or disk is full",
    "disk I/O error",
    "attempt to write a readonly database",
    "unable to open database file",
    "locking protocol",
    "interrupted",
    "out of memory",
)
_POSTGRES_NAMES = (
    "AdminShutdown",
    "CrashShutdown",
    "CannotConnectNow",
    "DeadlockDetected",
    "DiskFull",
    "IdleInTransactionSessionTimeout",
    "IoError",
    "LockNotAvailable",
    "OutOfMemory",
    "QueryCanceled",
    "SerializationFailure",
    "TooManyConnections",
)
# Prefixes of the reasons with which earlier versions blamed items for such trouble, as patterns of LIKE.
BLAMED_BEFORE = (
    *(
        f"OperationalError: {driver}{words}%"
        for driver in ("", "(sqlite3.OperationalError) ", "(pysqlite3.dbapi2.OperationalError) ")
        for words in _SQLITE_WORDS
    ),
    "OperationalError: (psycopg.OperationalError) %",
    *(f"OperationalError: (psycopg.errors.{name}) %" for name in _POSTGRES_NAMES),
    "InternalError: (psycopg.errors.ReadOnlySqlTransaction) %",
    *(f"OSError: [Errno {number}] %" for number in sorted(NUMBERS)),
    "MemoryError: %",
    "BrokenProcessPool: %",
    "RuntimeError: Unexpected error within the Pool%",
    "RuntimeError: can't start new thread%",
)


def database_trouble(error: Exception, place: str) -> MachineTrouble | None:
    """Return the trouble of the database or the machine behind an exception.

    None for a fault of a statement or of ours.

    Args:
        error: whatever a transaction raised.
        place: the database in words.
    """
    driven = getattr(error, "orig", None) or error
    kind = _of_sqlite(driven) or _of_postgres(driven)
    if kind is None and _session_lost(error):
        kind = Trouble.AWAY
    return trouble_with(place, kind, _words(driven)) if kind else machine_trouble(error)


def place_of(url: sa.URL) -> str:
    """Return a database in words, without its password."""
    if url.get_backend_name() == "sqlite":
        return f"the database {url.database}"
    return f"the database {url.database} at {url.host or 'this machine'}{f':{url.port}' if url.port else ''}"


def _of_sqlite(error: BaseException) -> Trouble | None:
    code = getattr(error, "sqlite_errorcode", None)
    return _SQLITE.get(code & _PRIMARY) if isinstance(code, int) else None


def _of_postgres(error: BaseException) -> Trouble | None:
    psycopg = sys.modules.get("psycopg")  # its exceptions can only come from where it was loaded
    if psycopg is None or not isinstance(error, psycopg.Error):
        return None
    if error.sqlstate is None:  # the session itself: it could not be opened, or broke
        return Trouble.AWAY if isinstance(error, psycopg.OperationalError) else None
    fitting = [start for start in _STATES if error.sqlstate.startswith(start)]
    return _STATES[max(fitting, key=len)] if fitting else None


def _session_lost(error: Exception) -> bool:
    """Return whether a session ended during a statement, or none was available because others hold all of them."""
    return isinstance(error, sa.exc.TimeoutError) or bool(getattr(error, "connection_invalidated", False))


def _words(error: BaseException) -> str:
    return next(iter(str(error).strip().splitlines()), "")[:_LONGEST]
