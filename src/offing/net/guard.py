"""The address guard: which URLs may be requested and which addresses may be connected to. Pure.

Rules of docs/limits.md, Fetching. `ipaddress.is_global` alone lets NAT64, 6to4, Teredo and multicast through on
the Pythons that we support (finding L6; PYSEC-2026-2995, CVE-2026-55787, CVE-2024-4032), so a deny
table is applied as well. The only exception to the guard is an exact host and port in `FetchPolicy.allowed`.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

import httpx2

from offing.model.sources.page import AnswerKind

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
HostPort = tuple[str, int]

SCHEMES = ("http", "https")
PORTS = (80, 443)
LONGEST_URL = 8 * 1024  # the common limit of servers for a request line

# IANA has assigned no other IPv6 addresses for general use (RFC 4291 2.4, IANA IPv6 address space).
_IPV6_UNICAST = ipaddress.IPv6Network("2000::/3")
_DENIED = tuple(
    (ipaddress.ip_network(network), what)
    for network, what in (
        ("0.0.0.0/8", "this host (RFC 1122)"),
        ("192.0.0.0/24", "protocol assignments (RFC 6890)"),
        ("192.88.99.0/24", "6to4 relays (RFC 7526)"),
        ("198.18.0.0/15", "benchmarking (RFC 2544)"),
        ("240.0.0.0/4", "reserved (RFC 1112)"),
        ("2001::/23", "protocol assignments with Teredo and ORCHID (RFC 2928)"),
        ("2002::/16", "6to4, which carries IPv4 addresses (RFC 3056)"),
        ("3fff::/20", "documentation (RFC 9637)"),
    )
)


class RequestRefused(Exception):
    """Stops an exchange; the client turns it into an `Answer` with its `kind` and `detail`."""

    def __init__(self, kind: AnswerKind, detail: str) -> None:
        self.kind, self.detail = kind, detail
        super().__init__(detail)


@dataclass(frozen=True, slots=True)
class GuardedAddress:
    """An address that may be requested.

    Attributes:
        url: the address in ASCII, without fragment.
        scheme: http or https.
        host: lower case, IPv6 without brackets.
        port: the port to connect to.
        path: path and query as sent over the wire.
        exempt: whether host and port are explicitly allowed, so that private addresses are accepted.
    """

    url: str
    scheme: str
    host: str
    port: int
    path: bytes
    exempt: bool

    @property
    def host_header(self) -> str:
        """The value of the `Host` header."""
        name = f"[{self.host}]" if ":" in self.host else self.host
        return name if self.port == _default_port(self.scheme) else f"{name}:{self.port}"


def tidy(url: str) -> str:
    """Return the address without surrounding spaces and with `%20` for inner ones, as browsers read it."""
    return url.strip(" \t\r\n").replace(" ", "%20")


def check_characters(url: str) -> None:
    """Check that parsers cannot read the characters of an address, absolute or relative, in different ways.

    Raises:
        Refused: it holds a space, a backslash or a control character, or is too long.
    """
    if len(url) > LONGEST_URL:
        raise RequestRefused(AnswerKind.BLOCKED_URL, f"the address is longer than {LONGEST_URL} characters")
    if any(ord(char) <= ord(" ") or char in "\x7f\\" for char in url):
        raise RequestRefused(AnswerKind.BLOCKED_URL, "the address contains a space, a backslash or a control character")


def check_url(url: str, allowed: Collection[HostPort] = frozenset()) -> GuardedAddress:
    """Return the target of an address.

    Args:
        url: an absolute address.
        allowed: exact hosts (names or IP literals, lower case, IPv6 without brackets) and ports that are exempt.

    Raises:
        Refused: the address is malformed, ambiguous, not http or https, or names a port or an IP address
            that must not be requested.
    """
    parts = _split(url)
    parsed = _second_opinion(url, parts)
    host = _canonical(parsed.raw_host.decode("ascii").lower())
    port = _default_port(parsed.scheme) if parsed.port is None else parsed.port
    exempt = (host, port) in {(_canonical(name), number) for name, number in allowed}
    if not exempt:
        if (literal := _literal(host)) is not None:
            check_addresses(host, [str(literal)])
        if port not in PORTS:
            raise RequestRefused(AnswerKind.BLOCKED_PORT, f"port {port} of {host} is neither 80 nor 443 nor allowed")
    plain = str(parsed.copy_with(fragment=None))
    return GuardedAddress(plain, parsed.scheme, host, port, parsed.raw_path, exempt)


def check_addresses(host: str, addresses: Sequence[str]) -> None:
    """Accept a host if each of its addresses is public; a single one that is not refuses it.

    Raises:
        Refused: an address is not public.
    """
    for text in addresses:
        reason = denied(text)
        if reason:
            where = f"{host} ({text})" if text != host else host
            raise RequestRefused(AnswerKind.BLOCKED_ADDRESS, f"{where} is not a public address: {reason}")


def denied(text: str) -> str | None:
    """Return why an IP address must not be connected to, or None if it is public."""
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return "not an IP address"
    if isinstance(address, ipaddress.IPv6Address) and (address not in _IPV6_UNICAST or address.scope_id):
        return "outside the public IPv6 space"
    for network, what in _DENIED:
        if address.version == network.version and address in network:
            return what
    if address.is_multicast or not address.is_global:
        return "private, local, multicast or reserved"
    return None


def _split(url: str) -> SplitResult:
    """Return the standard library's parse."""
    check_characters(url)
    try:
        parts = urlsplit(url)
    except ValueError as error:
        raise RequestRefused(AnswerKind.BLOCKED_URL, "the address is malformed") from error
    if parts.scheme not in SCHEMES:
        raise RequestRefused(AnswerKind.BLOCKED_SCHEME, "the address is neither http nor https")
    if not parts.hostname or "@" in parts.netloc or "%" in parts.netloc:
        raise RequestRefused(AnswerKind.BLOCKED_URL, "the address has no plain host, or carries a user name")
    return parts


def _second_opinion(url: str, parts: SplitResult) -> httpx2.URL:
    """Return the HTTP library's parse, which must give the same host and port (GHSA-rph4-96w6-q594)."""
    try:
        parsed = httpx2.URL(url)
        again = urlsplit(str(parsed))
        numbers = (parts.port, again.port, parsed.port)
    except (httpx2.InvalidURL, ValueError) as error:  # ValueError: a bracketed host that is not an IPv6 address
        raise RequestRefused(AnswerKind.BLOCKED_URL, "the address names no host that can be looked up") from error
    host = parsed.raw_host.decode("ascii").lower()
    readings = {host, again.hostname or ""} | ({parts.hostname or ""} if parts.netloc.isascii() else set())
    ports = {_default_port(parts.scheme) if port is None else port for port in numbers}
    if len({_canonical(name) for name in readings}) != 1 or len(ports) != 1:
        raise RequestRefused(AnswerKind.BLOCKED_URL, "the address can be read in two ways")
    return parsed


def _default_port(scheme: str) -> int:
    return 443 if scheme == "https" else 80


def _literal(host: str) -> Address | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None


def _canonical(host: str) -> str:
    literal = _literal(host)
    return host if literal is None else str(literal)
