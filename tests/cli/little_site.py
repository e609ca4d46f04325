"""A web site of a few documents on loopback, for commands that ask one."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Answer = tuple[int, str, str]  # status, content type or place to go, body


@dataclass
class LittleSite:
    """What it serves, by path; anything else is 404. `asked` has the paths that were asked for, in order."""

    documents: dict[str, str | Answer] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    port: int = 0

    @property
    def host(self) -> str:
        """Host and port."""
        return f"127.0.0.1:{self.port}"

    def url(self, path: str) -> str:
        """The address of a path."""
        return f"http://{self.host}{path}"


def _handler(site: LittleSite) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.asked.append(self.path)
            status, kind, body = _answer(site.documents.get(self.path, (404, "text/plain", "nothing here")))
            self.send_response(status)
            self.send_header("Location" if status in (301, 302) else "Content-Type", kind)
            content = body.replace("{site}", site.url("")).encode()
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_words: object) -> None:
            """Say nothing."""

    return Handler


def _answer(document: str | Answer) -> Answer:
    return (200, "text/html; charset=utf-8", document) if isinstance(document, str) else document


@contextmanager
def little_site(documents: Mapping[str, str | Answer]) -> Iterator[LittleSite]:
    """A running site."""
    site = LittleSite(dict(documents))
    with ThreadingHTTPServer(("127.0.0.1", 0), _handler(site)) as server:
        site.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield site
        finally:
            server.shutdown()
            thread.join()
