"""Every error that offing raises on purpose.

::

    OffingError                 what a person can act on; the command line prints it as one line
    ├── UsageError              the call cannot be carried out as given            exit 2
    │   ├── UnknownItem         no row with this id, no pipeline of this name
    │   ├── TooSoon             a form was sent before anybody can have seen its page
    │   ├── RemarkMissing       a reason that says too little came without a remark
    │   └── NotTakenBack        a decision stays, since others rest on it
    ├── Blocked                 what was asked waits until people did their part       exit 1
    ├── ConfigError             a config file is wrong; names file, line and key   exit 2
    ├── DatabaseError           the database cannot be used as it is               exit 2
    │   ├── SchemaOutdated      older than the code: `offing db upgrade`
    │   ├── SchemaTooNew        newer than the code: install a newer offing
    │   └── BackupUnusable      a backup is damaged, no backup, or newer than the code
    ├── MachineTrouble          the database, the disk or the machine fails: no item is at fault    exit 4
    │   └── RunStopped          it lasted longer than a run waits; the work is returned
    ├── MissingExtra            a library that an extra brings is not installed: the item waits in quarantine
    ├── RunLocked               another run is at work, and the request is not carried out     exit 5
    ├── Conflict                somebody changed the item meanwhile                exit 2
    └── BadRecord               one row of an input file cannot be used

Expected failures of a source (a dead host, a page without text) are *values* of the stage that meets
them, never exceptions. Any other exception is a fault of ours: it stops that one item only. Machine trouble is
recognised in `trouble.py`, database trouble in `store/database/trouble.py`.
"""

from __future__ import annotations

from pathlib import Path


class OffingError(Exception):
    """An error with a message for a person: what, where, what to do."""

    exit_code = 2


class UsageError(OffingError):
    """The call cannot be carried out as given."""


class UnknownItem(UsageError):
    """Something was named that does not exist."""


class Blocked(OffingError):
    """What was asked waits for people: a release for corrections and sign-offs, a candidate for a second reader."""

    exit_code = 1


class TooSoon(UsageError):
    """A form was sent before anybody can have seen its page."""


class RemarkMissing(UsageError):
    """A rejection for a reason that says too little by itself came without a remark."""


class NotTakenBack(UsageError):
    """A decision stays in force, since somebody decided on its candidate since, or a published record rests on it.

    Args:
        message: who did what since.
        decision: the id of the decision; what the person did before it can still be undone.
    """

    def __init__(self, message: str, decision: int) -> None:
        self.decision = decision
        super().__init__(message)


class ConfigError(OffingError):
    """A config file is invalid.

    Args:
        message: what is wrong and what is allowed.
        path: the file.
        line: 1-based line, if known.
        key: dotted key or column, if known.
    """

    def __init__(self, message: str, path: Path | str, line: int | None = None, key: str | None = None) -> None:
        self.path, self.line, self.key = Path(path), line, key
        where = f"{path}:{line}" if line else f"{path}"
        super().__init__(f"{where}: {key}: {message}" if key else f"{where}: {message}")


class DatabaseError(OffingError):
    """The database cannot be used as it is."""


class SchemaOutdated(DatabaseError):
    """The database is older than the code."""


class SchemaTooNew(DatabaseError):
    """The database is newer than the code."""


class BackupUnusable(DatabaseError):
    """A backup cannot be restored: it is damaged, is none, or was made by a newer offing."""


class MachineTrouble(OffingError):
    """The database, the disk or the machine fails; no item is at fault, and a retry may succeed.

    Args:
        what: what is wrong, and where.
        advice: what to do about it.
        passes: whether it may pass by itself, as a lock does; a full disk does not.
    """

    exit_code = 4

    def __init__(self, what: str, advice: str, *, passes: bool) -> None:
        self.what, self.advice, self.passes = what, advice, passes
        super().__init__(f"{what}: {advice}")


class RunStopped(MachineTrouble):
    """Trouble of the machine lasted longer than a run waits; what the run had claimed is free for the next one."""


class MissingExtra(OffingError):
    """A library that an extra of the package brings is not installed.

    Args:
        what: what is not done without it, as a sentence.
        extra: the extra that brings it.
    """

    def __init__(self, what: str, extra: str) -> None:
        self.what, self.extra = what, extra
        super().__init__(what, extra)

    def __str__(self) -> str:
        """Return the sentence, with the command that installs it."""
        return f"{self.what}: pip install 'offing[{self.extra}]'"


class RunLocked(OffingError):
    """Another run is at work, so that this one cannot begin."""

    exit_code = 5


class Conflict(OffingError):
    """Somebody else changed the item since it was read."""


class BadRecord(OffingError):
    """One row of an input cannot be used.

    Args:
        message: what is wrong with it.
        number: its 1-based number in the input.
    """

    def __init__(self, message: str, number: int) -> None:
        self.message, self.number = message, number
        super().__init__(f"row {number}: {message}")
