"""Runs the web app in uvicorn, in the main thread or beside the scheduler."""

from __future__ import annotations

import gc
import ipaddress
import socket
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn

from offing.errors import UsageError
from offing.web.access import Place
from offing.web.app import create_app

LOCAL_PROXY = ("127.0.0.1", "::1")


class WebServer(uvicorn.Server):
    """uvicorn on a socket bound before it runs: a taken port is an error at once, and port 0 gets its real number.

    `run()` serves until `should_exit` is set, from any thread; the caller handles signals.
    """

    def __init__(self, config: uvicorn.Config, bound: socket.socket) -> None:
        super().__init__(config)
        self.bound = bound

    @property
    def address(self) -> str:
        """The address to open in a browser, without a path."""
        host, port = self.bound.getsockname()[:2]
        host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 -- read, not bound
        return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"

    def stop(self) -> None:
        """Finish the requests that have begun and accept no more; callable from any thread."""
        self.should_exit = True

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Ignore signals: the library would raise them again once it has stopped, and kill the process."""
        yield

    def run(self, sockets: list[socket.socket] | None = None) -> None:
        """Serve until stopped; the socket is closed afterwards."""
        keep_loaded()
        try:
            super().run(sockets or [self.bound])
        finally:
            self.bound.close()


def make_server(
    place: Place, host: str, port: int, *, names: tuple[str, ...] = (), behind_proxy: bool = False
) -> WebServer:
    """A server of the web app, bound and ready to run.

    Args:
        place: the app's context.
        host: address to listen on.
        port: 0 for any free one.
        names: further host names that browsers may use.
        behind_proxy: trust a proxy on this machine for the client's address and TLS. If off, only the context's
            `auth_proxy` is trusted.

    Raises:
        UsageError: the address cannot be bound.
    """
    logging_in = map(str, place.auth_proxy.networks) if place.auth_proxy else ()
    believed = (*(LOCAL_PROXY if behind_proxy else ()), *logging_in)
    app = create_app(place, hosts=(host, socket.gethostname(), *names), believed=believed)
    config = uvicorn.Config(
        app,
        lifespan="off",
        ws="none",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,  # `Approach` does it, and records the real peer
        timeout_graceful_shutdown=6,  # seconds; below the grace of a stop
    )
    return WebServer(config, _bind(host, port))


def keep_loaded() -> None:
    """Exempt all loaded objects from garbage collection, whose scans take a third of the time of a large page."""
    gc.collect()
    gc.freeze()


def is_loopback(host: str) -> bool:
    """Whether an address is reachable from this machine only."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"


def _bind(host: str, port: int) -> socket.socket:
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        bound = socket.socket(family, kind, protocol)
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            bound.bind(address)
        except OSError:
            bound.close()
            raise
    except OSError as error:
        reason = error.strerror or error
        raise UsageError(f"cannot listen on {host}:{port} ({reason}); choose another --port or --host") from None
    return bound
