"""`offing web`: the web app alone."""

from __future__ import annotations

import click

from offing.cli.site import Site, pass_site


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8765, show_default=True, type=click.IntRange(0, 65535), help="0 takes any free one.")
@click.option("--name", "names", multiple=True, help="Another host name under which browsers come; may be repeated.")
@click.option("--behind-proxy", is_flag=True, help="Believe X-Forwarded-For and -Proto of a proxy on this machine.")
@pass_site
def web(site: Site, host: str, port: int, names: tuple[str, ...], behind_proxy: bool) -> None:
    """Serve the queue to browsers, behind a log-in, until Ctrl-C or SIGTERM."""
    from offing.services.running.stopping import Stop, stopped_by_signals
    from offing.store.accounts.user import has_users
    from offing.web.serve import is_loopback, make_server

    place = site.place()
    server = make_server(place, host, port, names=names, behind_proxy=behind_proxy)
    click.echo(f"offing: {server.address}/queue (Ctrl-C stops)")
    with place.database.read() as conn:
        if not has_users(conn):
            click.echo("offing: no accounts yet; `offing users add NAME --role analyst` makes one", err=True)
    if not is_loopback(host) and not behind_proxy and place.auth_proxy is None:
        click.echo("offing: passwords would travel unprotected; put a TLS proxy in front (--behind-proxy)", err=True)
    stop = Stop()
    with stopped_by_signals(stop), stop.heard(server.stop, server.stop, server.stop):
        server.run()
