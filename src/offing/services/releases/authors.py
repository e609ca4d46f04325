"""Who may publish, by the same table of permissions as the web app."""

from __future__ import annotations

import sqlalchemy as sa

from offing.errors import UsageError
from offing.model.operation.user import MAY, Permission
from offing.store.accounts.user import find_user, has_users


def check_author(conn: sa.Connection, by: str) -> None:
    """Check that somebody may make, yank and sign off releases.

    A site without accounts belongs to whoever runs its commands.

    Raises:
        UsageError: the site has accounts, and this one is unknown, shut, or lacks the permission.
    """
    if not has_users(conn):
        return
    found = find_user(conn, by.strip().casefold())
    user = found[0] if found else None
    if user is None or user.disabled:
        raise UsageError(
            f"{by or 'nobody'} has no open account here, and releases are made by people with the role dataset: "
            f"name one with --by, or `offing users add NAME --role dataset`"
        )
    if Permission.PUBLISH not in MAY[user.role]:
        raise UsageError(f"{user.name} has the role {user.role}, which may not publish: the role dataset may")
