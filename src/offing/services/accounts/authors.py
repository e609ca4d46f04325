"""Who may change and publish records, by the same table of permissions as the web app, whichever way they come in."""

from __future__ import annotations

import sqlalchemy as sa

from offing.errors import UsageError
from offing.model.operation.user import MAY, Permission
from offing.store.accounts.user import find_user, has_users

_WHAT = {
    Permission.AMEND: ("records are promoted and changed", "change records"),
    Permission.PUBLISH: ("releases are made", "publish"),
}


def check_author(conn: sa.Connection, by: str, permission: Permission) -> None:
    """Check that somebody may change records, or may make, yank and sign off releases.

    A site without accounts belongs to whoever runs its commands.

    Args:
        conn: the database.
        by: the name of an account, as it will stand beside the change.
        permission: `amend` or `publish`.

    Raises:
        UsageError: the site has accounts, and this one is unknown, shut, or lacks the permission.
    """
    if not has_users(conn):
        return
    found = find_user(conn, by)
    user = found[0] if found else None
    roles = _roles(permission)
    done, verb = _WHAT[permission]
    if user is None or user.disabled:
        raise UsageError(
            f"{by or 'nobody'} has no open account here, and {done} by people with the role {roles}: "
            f"name one, or `offing users add NAME --role dataset`"
        )
    if permission not in MAY[user.role]:
        raise UsageError(f"{user.name} has the role {user.role}, which may not {verb}: the role {roles} may")


def _roles(permission: Permission) -> str:
    """Return the roles that have a permission, in words."""
    return " or ".join(sorted(role for role, granted in MAY.items() if permission in granted))
