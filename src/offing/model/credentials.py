"""Credentials: what a site keeps apart to be let in by a publisher, and to whom it may be sent. Pure."""

from __future__ import annotations

import base64
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

from offing.redaction import SECRET_NAME

REMEDY = (
    "write the address without it, and keep it apart in credentials.toml of the config folder (docs/operate.md, "
    '"Feeds that ask who you are")'
)
_HTTPS = 443


@dataclass(frozen=True, slots=True)
class Credential:
    """What is sent to one host, below a path, and to nobody else; its values show in no `repr`.

    `port` is None for the usual one of https. `headers` and `query` are pairs of name and value.
    """

    host: str
    port: int | None = None
    path: str = "/"
    headers: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    query: tuple[tuple[str, str], ...] = field(default=(), repr=False)

    def fits(self, host: str, port: int, path: str) -> bool:
        """Whether an address is one that this is for."""
        return host == self.host and port == (self.port or _HTTPS) and path.startswith(self.path)


def basic(user: str, password: str) -> str:
    """The value of the header that tells a name and a password (RFC 7617)."""
    return "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()


def with_query(path: bytes, query: tuple[tuple[str, str], ...]) -> bytes:
    """A path with query as it goes over the wire, with further parameters."""
    if not query:
        return path
    return path + (b"&" if b"?" in path else b"?") + urlencode(query, quote_via=quote).encode("ascii")


@dataclass(frozen=True, slots=True)
class Carried:
    """What an address carries that should be kept apart, which shows in no `repr`, and the address without it."""

    bare: str
    what: str
    user: str = field(default="", repr=False)
    password: str = field(default="", repr=False)
    query: tuple[tuple[str, str], ...] = field(default=(), repr=False)


def carried_by(url: str) -> Carried | None:
    """What an address carries of credentials: a name or password, a parameter whose name says so; None for nothing."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    login, at, place = parts.netloc.rpartition("@")
    pairs = parse_qsl(parts.query)  # without those that are empty: they are no secrets
    secret = tuple((name, value) for name, value in pairs if SECRET_NAME.fullmatch(name))
    if not at and not secret:
        return None
    kept = [part for part in parts.query.split("&") if not _is_one_of(part, secret)] if secret else [parts.query]
    bare = urlunsplit(parts._replace(netloc=place, query="&".join(filter(None, kept))))
    user, _, password = login.partition(":")
    what = "a name or password" if at else f"what looks like a secret ({', '.join(name for name, _ in secret)})"
    return Carried(bare, what, user, password, secret)


def _is_one_of(part: str, secret: tuple[tuple[str, str], ...]) -> bool:
    return any(pair in secret for pair in parse_qsl(part))


def fault_of(url: str) -> str:
    """Why the address of a feed may not stand as it is, in a sentence without what it carries; "" where it may."""
    found = carried_by(url)
    return f"its address carries {found.what}: {REMEDY}" if found else ""
