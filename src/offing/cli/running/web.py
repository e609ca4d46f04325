"""`offing web`: the web app alone."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import click

from offing.cli.site import Site, pass_site

if TYPE_CHECKING:
    from collections.abc import Callable

    from offing.services.monitoring.readiness import Pulse
    from offing.web.serve import WebServer

_OPTIONS = (
    click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on."),
    click.option(
        "--port",
        default=8765,
        show_default=True,
        type=click.IntRange(0, 65535),
        help="Port to listen on; 0 takes any free one.",
    ),
    click.option("--name", "names", multiple=True, help="Another host name by which browsers reach the app."),
    click.option("--behind-proxy", is_flag=True, help="Trust X-Forwarded-For and -Proto from a proxy on this machine."),
)


@dataclass(frozen=True, slots=True)
class Listening:
    """Where the web app listens, and whom it believes; as on the command line."""

    host: str
    port: int
    names: tuple[str, ...]
    behind_proxy: bool


def listening(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options of `Listening` to a command."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def open_server(site: Site, options: Listening, pulse: Pulse | None = None) -> WebServer:
    """Return the web app's server, bound and ready to run; warn of missing accounts and unprotected passwords.

    Args:
        site: the site.
        options: where to listen.
        pulse: whether the scheduler is alive, where this process runs one.

    Raises:
        UsageError: the address cannot be bound.
    """
    from offing.store.accounts.user import has_users
    from offing.web.serve import is_loopback, make_server

    place = replace(site.place(), pulse=pulse)
    server = make_server(place, options.host, options.port, names=options.names, behind_proxy=options.behind_proxy)
    with place.database.read() as conn:
        if not has_users(conn):
            click.echo(
                "offing: there are no accounts yet; create one with `offing users add NAME --role analyst`", err=True
            )
    if not is_loopback(options.host) and not options.behind_proxy and place.auth_proxy is None:
        click.echo("offing: passwords are sent without encryption; put a TLS proxy in front (--behind-proxy)", err=True)
    return server


@click.command()
@listening
@pass_site
def web(site: Site, /, **options: Any) -> None:
    """Serve the review app for browsers, with a log-in, until Ctrl-C or SIGTERM."""
    from offing.services.running.stopping import Stop, stopped_by_signals

    server = open_server(site, Listening(**options))
    click.echo(f"offing: {server.address}/queue (Ctrl-C to stop)")
    stop = Stop()
    with stopped_by_signals(stop), stop.heard(server.stop, server.stop, server.stop):
        server.run()
