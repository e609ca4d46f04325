"""A page: the answer fetched for an entry's link.

`Request` (what to ask) → `Answer` (whatever came back) → `FetchedPage` | `FetchProblem` (the
fetch stage's result) → `StoredPage` (its text is to be extracted).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from offing.model.sources.reservation import Reservation


class AnswerKind(StrEnum):
    """How one guarded exchange ended; never an exception."""

    OK = "ok"  # status 200 and a whole body
    UNCHANGED = "unchanged"  # 304
    HTTP_ERROR = "http-error"  # any other status
    BLOCKED_ADDRESS = "blocked-address"
    BLOCKED_SCHEME = "blocked-scheme"
    BLOCKED_PORT = "blocked-port"
    BLOCKED_URL = "blocked-url"
    REDIRECT_REFUSED = "redirect-refused"  # loop, too many, no location, downgrade
    DNS = "dns"
    CONNECT = "connect"
    TLS = "tls"
    TIMEOUT = "timeout"
    TOO_LARGE = "too-large"
    ENCODING = "encoding"  # a content coding that is not accepted, or a broken one
    PROTOCOL = "protocol"  # not HTTP, or truncated
    ROBOTS = "robots"  # robots.txt forbids it; the status is that of robots.txt, None if it cannot be fetched


BLOCKED_KINDS = frozenset(
    {AnswerKind.BLOCKED_ADDRESS, AnswerKind.BLOCKED_SCHEME, AnswerKind.BLOCKED_PORT, AnswerKind.BLOCKED_URL}
)


@dataclass(frozen=True, slots=True)
class Request:
    """One exchange to be made. `etag` and `last_modified` are sent back byte for byte.

    A body longer than `body_limit` is refused, or with `cut_at_limit` truncated to it (robots.txt, RFC 9309).
    `deadline` shortens the policy's deadline. `post` is the JSON body of a POST; without it, nothing is sent.
    """

    url: str
    etag: str | None = None
    last_modified: str | None = None
    accept: str = "*/*"
    body_limit: int = 5 * 1024 * 1024
    cut_at_limit: bool = False
    deadline: timedelta | None = None
    post: bytes | None = None


@dataclass(frozen=True, slots=True)
class Hop:
    """One redirect that was followed; `url` is where it led."""

    status: int
    url: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back. `headers` have lower-case names; `body` is decompressed; `detail` is a sentence for people."""

    kind: AnswerKind
    url: str
    final_url: str
    at: datetime
    status: int | None = None
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    hops: tuple[Hop, ...] = ()
    detail: str = ""
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class FetchedPage:
    """A page worth extracting. `etag` and `last_modified` are kept byte for byte."""

    url: str
    final_url: str
    status: int
    content_type: str
    headers: dict[str, str]
    body: bytes
    fetched_at: datetime
    etag: str | None = None
    last_modified: str | None = None
    reservation: frozenset[Reservation] = frozenset()


class FetchVerdict(StrEnum):
    """What becomes of an entry whose page could not be fetched."""

    RETRY = "retry"
    GONE = "gone"
    BLOCKED = "blocked"
    REFUSED = "refused"  # robots.txt
    UNUSABLE = "unusable"  # answered, but with nothing that can hold an article


@dataclass(frozen=True, slots=True)
class FetchProblem:
    """Why there is no page. `retry_at` is set with RETRY only; `host_until` if the whole host asked for a pause."""

    verdict: FetchVerdict
    cause: str
    retry_at: datetime | None = None
    host_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class StoredPage:
    """A stored page whose text is to be extracted, with what its entry and feed said about it."""

    id: int
    entry_id: int
    url: str
    final_url: str
    content_type: str
    body: bytes
    fetched_at: datetime
    title: str = ""
    published: datetime | None = None
    language: str | None = None
    outlet: str = ""
