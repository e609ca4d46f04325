"""The newsroom: an HTTP server on loopback that plays all outlets at once."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

from offing.model.sources.feed import FeedSpec
from offing.sample.article_pages import page
from offing.sample.articles import Outlet, Posted, SampleArticle, load_articles, outlets, post
from offing.sample.documents import FEED_KINDS, FeedKind

GROUP = "demo"
ROBOTS = b"User-agent: *\nDisallow: /private/\n"
LOOPBACK = "127.0.0.1"
_NOT_MODIFIED = 304


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer of the newsroom. `etag` and `modified` are empty for what is not a feed."""

    status: int
    body: bytes
    content_type: str
    etag: str = ""
    modified: str = ""


@dataclass(frozen=True, slots=True)
class Served:
    """One request that was answered."""

    path: str
    status: int


class Newsroom:
    """Serves articles on loopback from `with` until its end; nothing leaves the machine.

    Args:
        articles: what the outlets publish; None for the articles that ship.
        port: 0 for any free one.
    """

    def __init__(self, articles: Sequence[SampleArticle] | None = None, port: int = 0) -> None:
        self._articles = load_articles() if articles is None else tuple(articles)
        self._port = port
        self._lock = threading.Lock()
        self._served: list[Served] = []

    def __enter__(self) -> Self:
        """Bind and serve in the background."""
        self._server = _Server((LOOPBACK, self._port), _Handler)
        self._server.room = self
        self._port = self._server.server_address[1]
        self._open()
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), name="newsroom", daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop serving and give the port back."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def base(self) -> str:
        """The address below which everything is served, without a slash at its end."""
        return f"http://{LOOPBACK}:{self._port}"

    @property
    def host(self) -> tuple[str, int]:
        """Host and port, as a fetch policy allows them."""
        return LOOPBACK, self._port

    @property
    def served(self) -> tuple[Served, ...]:
        """The requests answered so far."""
        with self._lock:
            return tuple(self._served)

    def feeds(self) -> tuple[FeedSpec, ...]:
        """Return one feed of every outlet and aggregator; the kinds take turns, so that each is polled."""
        turns = enumerate(self._outlets.values())
        return tuple(self._spec(outlet, FEED_KINDS[number % len(FEED_KINDS)]) for number, outlet in turns)

    def answer(self, path: str, if_none_match: str = "", if_modified_since: str = "") -> Reply:
        """Return what is served at a path; 304 to a conditional request for a feed that has not changed."""
        if path.endswith("/robots.txt"):
            return Reply(200, ROBOTS, "text/plain")
        if path in self._posts:
            found = self._posts[path]
            same_language = self._outlets[f"wire-{found.article.language}.test"].posts
            return Reply(200, page(found, same_language).encode(), "text/html; charset=utf-8")
        reply = self._feed(path)
        if reply is None:
            return Reply(404, b"not found", "text/plain")
        known = if_none_match == reply.etag if if_none_match else if_modified_since == reply.modified
        return Reply(_NOT_MODIFIED, b"", reply.content_type, reply.etag, reply.modified) if known else reply

    def note(self, path: str, status: int) -> None:
        """Keep a request that was answered."""
        with self._lock:
            self._served.append(Served(path, status))

    def _open(self) -> None:
        posts = post(self._articles, self.base)
        self._posts: dict[str, Posted] = {each.path: each for each in posts}
        self._outlets: dict[str, Outlet] = {each.domain: each for each in outlets(posts, self.base)}

    def _spec(self, outlet: Outlet, kind: FeedKind) -> FeedSpec:
        return FeedSpec(f"{outlet.home}{kind.file}", outlet.name, (GROUP,), language=outlet.language)

    def _feed(self, path: str) -> Reply | None:
        domain, _, file = path.strip("/").partition("/")
        outlet = self._outlets.get(domain)
        kind = next((each for each in FEED_KINDS if each.file == file), None)
        if outlet is None or kind is None:
            return None
        body = kind.write(outlet).encode()
        newest = outlet.posts[0].article.published.astimezone(UTC)
        etag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        return Reply(200, body, kind.content_type, etag, format_datetime(newest, usegmt=True))


class _Server(ThreadingHTTPServer):
    """A server that knows its newsroom."""

    room: Newsroom


class _Handler(BaseHTTPRequestHandler):
    """Sends what the newsroom answers."""

    protocol_version = "HTTP/1.1"
    timeout = 10
    wbufsize = -1  # headers and body leave together; two writes would wait for each other's acknowledgement
    server: _Server

    def do_GET(self) -> None:
        """Answer a request."""
        path = urlsplit(self.path).path
        conditions = (self.headers.get("If-None-Match", ""), self.headers.get("If-Modified-Since", ""))
        reply = self.server.room.answer(path, *conditions)
        self.server.room.note(path, reply.status)
        self.send_response(reply.status)
        for name, value in (("ETag", reply.etag), ("Last-Modified", reply.modified)):
            if value:
                self.send_header(name, value)
        if reply.status != _NOT_MODIFIED:
            self.send_header("Content-Type", reply.content_type)
            self.send_header("Content-Length", str(len(reply.body)))
        self.end_headers()
        if reply.status != _NOT_MODIFIED and self.command == "GET":
            self.wfile.write(reply.body)

    def do_HEAD(self) -> None:
        """Answer a request without the body."""
        self.do_GET()

    def log_message(self, *_: object) -> None:
        """Say nothing on stderr; `served` has it."""
