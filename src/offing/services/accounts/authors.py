"""Who may judge candidates, change records and publish: the web app's table of permissions, on every way in."""

from __future__ import annotations

import sqlalchemy as sa

from offing.errors import UsageError
from offing.model.operation.user import MAY, Permission, UserRole
from offing.store.accounts.user import find_user, has_users
from offing.store.database.engine import Database

_WHAT = {
    Permission.DECIDE: ("candidates are judged", "judge candidates", UserRole.ANALYST),
    Permission.CURATE: ("sources are looked after", "look after sources", UserRole.CURATOR),
    Permission.AMEND: ("records are promoted and changed", "change records", UserRole.DATASET),
    Permission.PUBLISH: ("releases are made", "publish", UserRole.DATASET),
}


def check_account(database: Database, by: str, permission: Permission) -> None:
    """Check an author like `check_author`, before a command begins.

    Raises:
        UsageError: the site has accounts, and this one is unknown, shut, or lacks the permission.
    """
    with database.read() as conn:
        check_author(conn, by, permission)


def check_author(conn: sa.Connection, by: str, permission: Permission) -> None:
    """Check that somebody may judge candidates, change records, or make, yank and sign off releases.

    A site without accounts belongs to whoever runs its commands.

    Args:
        conn: the database.
        by: the name of an account, as it will stand beside the change.
        permission: `decide`, `curate`, `amend` or `publish`.

    Raises:
        UsageError: the site has accounts, and this one is unknown, shut, or lacks the permission.
    """
    if not has_users(conn):
        return
    found = find_user(conn, by)
    user = found[0] if found else None
    roles = _roles(permission)
    done, verb, role = _WHAT[permission]
    if user is None or user.disabled:
        raise UsageError(
            f"{by or 'nobody'} has no open account here, and {done} by people with the role {roles}: "
            f"name one, or `offing users add NAME --role {role}`"
        )
    if permission not in MAY[user.role]:
        raise UsageError(f"{user.name} has the role {user.role}, which may not {verb}: the role {roles} may")


def _roles(permission: Permission) -> str:
    """Return the roles that have a permission, in words."""
    return " or ".join(sorted(role for role, granted in MAY.items() if permission in granted))
