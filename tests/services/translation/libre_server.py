"""A service in the format of LibreTranslate on loopback: it answers as a test wants it to."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

LANGUAGES = [{"code": code, "name": code, "targets": ["en"]} for code in ("en", "ar", "ru", "zh-Hans")]


@dataclass(frozen=True)
class Reply:
    """What it answers; it `waits` for the test to end first."""

    body: bytes
    status: int = 200
    waits: bool = False


def translated(request: dict[str, Any]) -> Reply:
    """A translation of each text: the text in brackets, with the target before it."""
    return Reply(json.dumps({"translatedText": [f"{request['target']}[{text}]" for text in request["q"]]}).encode())


@dataclass
class Libre:
    """A running service: its address, what it was asked, and how it answers from now on."""

    url: str = ""
    asked: list[dict[str, Any]] = field(default_factory=list)
    answer: Callable[[dict[str, Any]], Reply] = translated
    languages: Reply = Reply(json.dumps(LANGUAGES).encode())
    over: threading.Event = field(default_factory=threading.Event)

    def sends(self, body: bytes, status: int = 200, *, waits: bool = False) -> None:
        """From now on it answers this."""
        self.answer = lambda _: Reply(body, status, waits)


@contextmanager
def libre_server() -> Iterator[Libre]:
    """A service on loopback."""
    libre = Libre()

    class Handler(BaseHTTPRequestHandler):
        """Takes what is asked down, and answers as the test says."""

        def do_POST(self) -> None:
            """A request for translations."""
            request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            libre.asked.append(request | {"path": self.path})
            self._send(libre.answer(request))

        def do_GET(self) -> None:
            """A request for the languages."""
            self._send(libre.languages if self.path == "/languages" else Reply(b"", 404))

        def _send(self, reply: Reply) -> None:
            if reply.waits:
                libre.over.wait(60)
            try:
                self.send_response(reply.status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(reply.body)))
                self.end_headers()
                self.wfile.write(reply.body)
            except OSError:
                return  # whoever asked has gone

        def log_message(self, *_: Any) -> None:
            """Nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    libre.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield libre
    finally:
        libre.over.set()
        server.shutdown()
        server.server_close()
        thread.join()
