"""Drops links into private networks: they do not belong in a public feed, and the network guard would refuse them."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Set as AbstractSet
from dataclasses import replace
from urllib.parse import urlsplit

from offing.model.sources.feed import ParsedFeed

_NAMES = frozenset({"localhost", "local", "internal", "localdomain", "home", "lan", "intranet"})
_NUMBER = re.compile(r"0x[0-9a-f]*|\d+", re.IGNORECASE)
_USUAL_PORT = {"http": 80, "https": 443}
_MOST_NAMED = 3
_SHOWN = 60


def without_private_links(parsed: ParsedFeed, allowed: AbstractSet[tuple[str, int]]) -> ParsedFeed:
    """Return the document without entries that link into a private network, with a problem sentence on them.

    Args:
        parsed: what a document announces.
        allowed: (host, port) pairs that may be private.
    """
    inside = {entry.key: entry.url for entry in parsed.entries if is_private(entry.url, allowed)}
    if not inside:
        return parsed
    outside = tuple(entry for entry in parsed.entries if entry.key not in inside)
    taken_out = [url[:_SHOWN] for url in inside.values()]
    names = ", ".join(map(repr, taken_out[:_MOST_NAMED]))
    more = f" and {len(taken_out) - _MOST_NAMED:,} more" if len(taken_out) > _MOST_NAMED else ""
    problem = f"links lead into a private network and were left out: {names}{more}"
    return replace(parsed, entries=outside, problems=(*parsed.problems, problem))


def is_private(url: str, allowed: AbstractSet[tuple[str, int]]) -> bool:
    """Return whether an address is private by its IP number or host name, and not allowed.

    Not a security boundary: a name may still resolve to a private address, which only the client sees.
    """
    parts = urlsplit(url)
    host = (parts.hostname or "").rstrip(".")
    if (host, parts.port or _USUAL_PORT.get(parts.scheme.lower(), 0)) in allowed:
        return False
    try:
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        last = host.rpartition(".")[2]
        return last in _NAMES or bool(_NUMBER.fullmatch(last))  # browsers read 2130706433 as 127.0.0.1
