"""A user: a person who may log in, their permissions, and an active log-in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class UserRole(StrEnum):
    """A person's role.

    viewer      reads
    analyst     judges candidates
    curator     also looks after sources, lists and wordings, and corrects records
    dataset     also corrects records and publishes
    ops         looks after runs and machines
    """

    ANALYST = "analyst"
    CURATOR = "curator"
    DATASET = "dataset"
    OPS = "ops"
    VIEWER = "viewer"


class Permission(StrEnum):
    """What a role may do. Each route of the web app declares which permission it needs.

    read        see queue, candidates, projects, sources, decisions and figures
    decide      judge candidates and undo that, hold one, read a second time, add an article, mute a name
    export      take data out as a sheet
    curate      change what others set up: rules, sources, lists
    amend       correct, merge, split and withdraw records, choose among contradicting accounts
    publish     make releases
    operate     see figures of the machine, runs, quarantine
    audit       see the activity of people and how far they agree
    machine     read feed, health and JSON API; the only one that a token gives
    """

    READ = "read"
    DECIDE = "decide"
    EXPORT = "export"
    CURATE = "curate"
    AMEND = "amend"
    PUBLISH = "publish"
    OPERATE = "operate"
    AUDIT = "audit"
    MACHINE = "machine"


_READS = frozenset({Permission.READ, Permission.MACHINE})
_JUDGES = _READS | {Permission.DECIDE, Permission.EXPORT}

MAY: dict[UserRole, frozenset[Permission]] = {
    UserRole.VIEWER: _READS,
    UserRole.ANALYST: _JUDGES,
    UserRole.CURATOR: _JUDGES | {Permission.CURATE, Permission.AMEND, Permission.AUDIT},
    UserRole.DATASET: _JUDGES | {Permission.AMEND, Permission.PUBLISH},
    UserRole.OPS: _READS | {Permission.OPERATE, Permission.AUDIT},
}
"""What each role may do: the one table of it."""


@dataclass(frozen=True, slots=True)
class User:
    """An account, without its password. `zone` is the time zone that the person chose, "" for the site's."""

    id: int
    name: str
    role: UserRole
    disabled: bool
    created_at: datetime
    zone: str = ""


class Key(StrEnum):
    """What opened a log-in: a browser session, a proxy that names the person, a program's token.

    A link opens one session once and is not a log-in itself.
    """

    BROWSER = "browser"
    PROXY = "proxy"
    TOKEN = "token"  # noqa: S105 -- the word, not a secret
    LINK = "link"


@dataclass(frozen=True, slots=True)
class LogIn:
    """A session: its user, its CSRF token, when it began and was last used."""

    user: User
    csrf: str
    created_at: datetime
    seen_at: datetime
    key: Key = Key.BROWSER

    def may(self, permission: Permission) -> bool:
        """Return whether this log-in grants a permission; a token grants only reading by a program."""
        if self.key is Key.TOKEN and permission is not Permission.MACHINE:
            return False
        return permission in MAY[self.user.role]
