"""`offing users`: who may log in to the web app, with which credentials, and what they did there."""

from __future__ import annotations

import sys
from datetime import UTC, datetime

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from offing.cli.running.activity import activity
from offing.cli.running.agreement import agreement
from offing.cli.site import Site, pass_site, print_json
from offing.errors import UsageError
from offing.model.operation.activity import Stamp
from offing.model.operation.user import User, UserRole

from_stdin = click.option("--password-stdin", is_flag=True, help="Read the password from the first line of stdin.")


@click.group()
def users() -> None:
    """Manage who may log in to the web app, and see what they did there.

    \b
    Example:  offing users add ana --role analyst
    """  # noqa: D301 -- click reads the backspace itself


users.add_command(activity)
users.add_command(agreement)


@users.command()
@click.argument("name")
@click.option(
    "--role", type=click.Choice([str(role) for role in UserRole]), required=True, help="What the account may do."
)
@from_stdin
@click.option("--no-password", is_flag=True, help="No password: log in by proxy, link or token only.")
@pass_site
def add(site: Site, name: str, role: str, *, password_stdin: bool, no_password: bool) -> None:
    """Create an account. Asks for its password twice."""
    from offing.services.accounts.users import add_user

    database = site.database()
    password = None if no_password else _password(password_stdin)
    made = add_user(database, name, UserRole(role), password, _stamp(site))
    click.echo(f"created account {made.name} with role {made.role}; `offing web` starts the web app")


@users.command("list")
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
@pass_site
def list_(site: Site, *, as_json: bool) -> None:
    """List the accounts."""
    from offing.store.accounts.user import list_users, tokens

    with site.database().read() as conn:
        found, held = list_users(conn), tokens(conn)
    if as_json:
        print_json([_plain(user, held.get(user.id)) for user in found])
    elif found:
        Console(soft_wrap=True).print(_table(found, held))
    else:
        click.echo("no accounts yet; create one with `offing users add NAME --role analyst`")


@users.command()
@click.argument("name")
@pass_site
def disable(site: Site, name: str) -> None:
    """Close an account and end its sessions. Its name stays on past decisions."""
    from offing.services.accounts.users import disable_user

    ended = disable_user(site.database(), name, _stamp(site))
    click.echo(f"{name} can no longer log in; sessions, links and tokens revoked: {ended}")


@users.command()
@click.argument("name")
@pass_site
def enable(site: Site, name: str) -> None:
    """Reopen a closed account, with its old password."""
    from offing.services.accounts.users import enable_user

    enable_user(site.database(), name, _stamp(site))
    click.echo(f"{name} can log in again")


@users.command()
@click.argument("name")
@from_stdin
@pass_site
def reset(site: Site, name: str, *, password_stdin: bool) -> None:
    """Set a new password, end the account's sessions, and reopen it if it was closed.

    Its log-in links and API token are revoked, too.
    """
    from offing.services.accounts.users import get_user, reset_password

    database = site.database()
    get_user(database, name)
    ended = reset_password(database, name, _password(password_stdin), _stamp(site))
    click.echo(f"{name} has a new password; sessions, links and tokens revoked: {ended}")


@users.command()
@click.argument("name")
@click.option("--at", default="http://127.0.0.1:8765", show_default=True, help="Address of the web app.")
@pass_site
def link(site: Site, name: str, at: str) -> None:
    """Create a link that logs somebody in once, within 15 minutes.

    \b
    Example:  offing users link ana --at https://queue.example.org
    """  # noqa: D301 -- click reads the backspace itself
    from offing.services.accounts.sessions import make_link

    click.echo(f"{at.rstrip('/')}/login/link?key={make_link(site.database(), name, _stamp(site))}")


@users.command()
@click.argument("name")
@click.option("--withdraw", is_flag=True, help="Revoke the token instead.")
@pass_site
def token(site: Site, name: str, *, withdraw: bool) -> None:
    """Create an API token for a program that reads on behalf of an account. It replaces any earlier token.

    The token is shown only once. It can read the Atom feed, the health page and the JSON API, and change nothing.

    \b
    Example:  offing users token feedreader
    """  # noqa: D301 -- click reads the backspace itself
    from offing.services.accounts.sessions import make_token, withdraw_token

    if withdraw:
        held = withdraw_token(site.database(), name, _stamp(site))
        click.echo(f"revoked the token of {name}" if held else f"{name} has no token")
        return
    click.echo(make_token(site.database(), name, _stamp(site)))
    click.echo(
        f"send it as `Authorization: Bearer …`, or as the password of {name}; it will not be shown again", err=True
    )


def _stamp(site: Site) -> Stamp:
    return Stamp(datetime.now(UTC), site.settings.user)


def _password(from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    if not sys.stdin.isatty():
        raise UsageError("cannot ask for a password without a terminal; use --password-stdin")
    answer: str = click.prompt("Password", hide_input=True, confirmation_prompt="Repeat the password")
    return answer


def _plain(user: User, token_used: datetime | None) -> dict[str, object]:
    return {
        "name": user.name,
        "role": str(user.role),
        "disabled": user.disabled,
        "created_at": user.created_at.isoformat(),
        "token_used_at": token_used.isoformat() if token_used else None,
    }


def _table(found: tuple[User, ...], held: dict[int, datetime]) -> Table:
    table = Table("name", "role", "created", "", box=None, pad_edge=False)
    for user in found:
        notes = ("disabled" if user.disabled else "", "has a token" if user.id in held else "")
        table.add_row(Text(user.name), user.role, f"{user.created_at:%Y-%m-%d}", ", ".join(filter(None, notes)))
    return table
