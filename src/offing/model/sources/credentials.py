"""Credentials: what a site keeps secret to get access from a publisher, and where it may be sent. Pure."""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

from offing.redaction import SECRET_NAME

REMEDY = (
    "write the address without it, and keep it apart in credentials.toml of the config folder (docs/operate.md, "
    '"Feeds that ask who you are")'
)
_HTTPS = 443
# A password with a slash in it, so that parsers take its start for a port, or for all of the address.
_LOOSE = re.compile(
    r"https?://(?:[^\s/?#@:\[]+:(?!\d{1,5}[/?#])|[^\s/?#@:.\[]+:\d+)[^\s@/?#]*[/?#][^\s]*@", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Credential:
    """A secret sent to one host, below one path, and nowhere else; `repr` hides its values.

    `port` None means the default https port. `headers` and `query` are pairs of name and value.
    """

    host: str
    port: int | None = None
    path: str = "/"
    headers: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    query: tuple[tuple[str, str], ...] = field(default=(), repr=False)

    def fits(self, host: str, port: int, path: str) -> bool:
        """Return whether this credential is for an address."""
        return host == self.host and port == (self.port or _HTTPS) and path.startswith(self.path)


def basic(user: str, password: str) -> str:
    """Return the value of a basic authentication header for a name and password (RFC 7617)."""
    return "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()


def with_query(path: bytes, query: tuple[tuple[str, str], ...]) -> bytes:
    """Return a path with its query as sent over the wire, with further parameters added."""
    if not query:
        return path
    return path + (b"&" if b"?" in path else b"?") + urlencode(query, quote_via=quote).encode("ascii")


@dataclass(frozen=True, slots=True)
class Carried:
    """Credentials found in an address, which `repr` hides, and the address without them."""

    bare: str
    what: str
    user: str = field(default="", repr=False)
    password: str = field(default="", repr=False)
    query: tuple[tuple[str, str], ...] = field(default=(), repr=False)


def carried_by(url: str) -> Carried | None:
    """Return credentials in an address: a name or password, or a parameter named like a secret.

    None if there are none.
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    login, at, place = parts.netloc.rpartition("@")
    pairs = parse_qsl(parts.query)  # without the empty ones, which are no secrets
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
    """Return why a feed's address cannot be used as it is, in a sentence that leaks no credentials; "" if it can."""
    found = carried_by(url)
    if found or _LOOSE.match(url):
        return f"its address carries {found.what if found else 'a name or password'}: {REMEDY}"
    return ""
