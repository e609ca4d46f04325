"""`offing users`: who may log in to the web app."""

from __future__ import annotations

import sys
from datetime import UTC, datetime

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from offing.cli.context import Site, pass_site, print_json
from offing.errors import UsageError
from offing.model.user import User, UserRole

from_stdin = click.option("--password-stdin", is_flag=True, help="Read the password from the first line of stdin.")


@click.group()
def users() -> None:
    """Say who may log in to the web app, and as what."""


@users.command()
@click.argument("name")
@click.option("--role", type=click.Choice([str(role) for role in UserRole]), required=True, help="What they may do.")
@from_stdin
@pass_site
def add(site: Site, name: str, role: str, password_stdin: bool) -> None:
    """Make an account; asks for its password twice."""
    from offing.steps.users import add_user

    database = site.database()
    made = add_user(database, name, UserRole(role), _password(password_stdin), datetime.now(UTC))
    click.echo(f"{made.name} may log in as {made.role}; `offing web` shows where")


@users.command("list")
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
@pass_site
def list_(site: Site, as_json: bool) -> None:
    """List the accounts."""
    from offing.store.user import list_users

    with site.database().read() as conn:
        found = list_users(conn)
    if as_json:
        print_json([_plain(user) for user in found])
    elif found:
        Console(soft_wrap=True).print(_table(found))
    else:
        click.echo("no accounts yet; `offing users add NAME --role analyst` makes one")


@users.command()
@click.argument("name")
@pass_site
def disable(site: Site, name: str) -> None:
    """Shut an account and end its sessions; its past decisions keep its name."""
    from offing.steps.users import disable_user

    ended = disable_user(site.database(), name)
    click.echo(f"{name} may no longer log in; sessions ended: {ended}")


@users.command()
@click.argument("name")
@from_stdin
@pass_site
def reset(site: Site, name: str, password_stdin: bool) -> None:
    """Give an account a new password, end its sessions, and open it again if it was shut."""
    from offing.steps.users import get_user, reset_password

    database = site.database()
    get_user(database, name)
    ended = reset_password(database, name, _password(password_stdin))
    click.echo(f"{name} has a new password; sessions ended: {ended}")


def _password(from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    if not sys.stdin.isatty():
        raise UsageError("there is no terminal to ask for the password; give it with --password-stdin")
    answer: str = click.prompt("Password", hide_input=True, confirmation_prompt="Once more")
    return answer


def _plain(user: User) -> dict[str, object]:
    created = user.created_at.isoformat()
    return {"name": user.name, "role": str(user.role), "disabled": user.disabled, "created_at": created}


def _table(found: tuple[User, ...]) -> Table:
    table = Table("name", "role", "since", "", box=None, pad_edge=False)
    for user in found:
        table.add_row(Text(user.name), user.role, f"{user.created_at:%Y-%m-%d}", "disabled" if user.disabled else "")
    return table
