"""A publisher on loopback: pages that a test sets, validators, and a record of what was asked."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Publisher:
    """Pages by path: status, headers, body. `asked` has the paths with the validators that came with them.

    `on_asked` is called with a path before it is answered.
    """

    port: int = 0
    pages: dict[str, tuple[int, dict[str, str], bytes]] = field(default_factory=dict)
    asked: list[tuple[str, str]] = field(default_factory=list)
    on_asked: Callable[[str], None] = lambda _: None

    @property
    def host(self) -> str:
        """Name and port."""
        return f"127.0.0.1:{self.port}"

    def url(self, path: str) -> str:
        """The address of a page."""
        return f"http://{self.host}{path}"

    def put(self, path: str, body: str | bytes, status: int = 200, **headers: str) -> None:
        """Set a page."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        content = body.encode() if isinstance(body, str) else body
        self.pages[path] = (status, {"content-type": "text/html; charset=utf-8", **named}, content)

    def times(self, path: str) -> int:
        """How often a page was asked for."""
        return sum(asked == path for asked, _ in self.asked)


@contextmanager
def publisher() -> Iterator[Publisher]:
    """A running publisher; what it does not have is 404, what it has carries an ETag."""
    desk = Publisher()

    class Answering(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            known = self.headers.get("If-None-Match", "")
            desk.asked.append((self.path, known))
            desk.on_asked(self.path)
            status, headers, body = desk.pages.get(self.path, (404, {}, b""))
            etag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
            if status == 200 and known == etag:
                status, body = 304, b""
            self.send_response(status)
            for name, value in {"ETag": etag, "Content-Length": str(len(body)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    desk.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield desk
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
