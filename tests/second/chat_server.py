"""A chat endpoint on loopback that answers as a test wants it to: well, slowly, brokenly, falsely, or not at all."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True)
class Sent:
    """What the server answers: status, headers and bytes; it `waits` for the test to end first, or breaks off."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    waits: bool = False
    cut: int = 0  # bytes that are announced and never sent


def completed(content: Any, *, finish: str = "stop", usage: Any = (100, 50)) -> Sent:
    """A chat completion with some content; one that is no text is sent as JSON."""
    text = content if isinstance(content, str) else json.dumps(content)
    counts = {"prompt_tokens": usage[0], "completion_tokens": usage[1]} if usage else None
    choice = {"index": 0, "message": {"role": "assistant", "content": text}, "finish_reason": finish}
    return Sent(json.dumps({"object": "chat.completion", "choices": [choice], "usage": counts}).encode())


@dataclass
class Chat:
    """A running endpoint: its address, what it was asked, and how it answers from now on."""

    url: str = ""
    asked: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    answer: Callable[[dict[str, Any]], Sent] = lambda _: completed({"projects": []})
    over: threading.Event = field(default_factory=threading.Event)

    @property
    def place(self) -> str:
        """Host and port."""
        return self.url.split("/")[2]

    def says(self, *projects: Any) -> None:
        """From now on it tells of these projects, whatever it is asked."""
        self.answer = lambda _: completed({"projects": list(projects)})

    def sends(self, sent: Sent) -> None:
        """From now on it answers this."""
        self.answer = lambda _: sent


@contextmanager
def chat_server() -> Iterator[Chat]:
    """An endpoint on loopback."""
    chat = Chat()

    class Handler(BaseHTTPRequestHandler):
        """Takes what is asked down, and answers as the test says."""

        def do_POST(self) -> None:
            """One question."""
            request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            chat.asked.append(request)
            chat.headers.append({name.lower(): value for name, value in self.headers.items()} | {"path": self.path})
            sent = chat.answer(request)
            if sent.waits:
                chat.over.wait(60)
            self._send(sent)

        def do_GET(self) -> None:
            """Nothing asks so; where a redirect led here, it would."""
            chat.asked.append({"path": self.path})
            self._send(completed({"projects": []}))

        def _send(self, sent: Sent) -> None:
            try:
                self.send_response(sent.status)
                for name, value in sent.headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(sent.body) + sent.cut))
                self.end_headers()
                self.wfile.write(sent.body)
            except OSError:
                return  # whoever asked has gone

        def log_message(self, *_: Any) -> None:
            """Nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    chat.url = f"http://127.0.0.1:{server.server_address[1]}/v1"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield chat
    finally:
        chat.over.set()
        server.shutdown()
        server.server_close()
        thread.join()
