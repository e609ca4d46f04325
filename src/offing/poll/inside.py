"""Links that lead into somebody's own network: a public feed has no business there, and the guard would refuse them."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Set as AbstractSet
from dataclasses import replace
from urllib.parse import urlsplit

from offing.model.feed import ParsedFeed

_NAMES = frozenset({"localhost", "local", "internal", "localdomain", "home", "lan", "intranet"})
_NUMBER = re.compile(r"0x[0-9a-f]*|\d+", re.IGNORECASE)
_USUAL_PORT = {"http": 80, "https": 443}
_MOST_TOLD = 3
_SHOWN = 60


def without_inside(parsed: ParsedFeed, allowed: AbstractSet[tuple[str, int]]) -> ParsedFeed:
    """The document without the entries that lead inside, and with a sentence on them.

    Args:
        parsed: what a document announces.
        allowed: host and port of what may be private.
    """
    inside = {entry.key: entry.url for entry in parsed.entries if leads_inside(entry.url, allowed)}
    if not inside:
        return parsed
    outside = tuple(entry for entry in parsed.entries if entry.key not in inside)
    taken_out = [url[:_SHOWN] for url in inside.values()]
    told = ", ".join(map(repr, taken_out[:_MOST_TOLD]))
    more = f" and {len(taken_out) - _MOST_TOLD:,} more" if len(taken_out) > _MOST_TOLD else ""
    problem = f"links lead into a private network and were left out: {told}{more}"
    return replace(parsed, entries=outside, problems=(*parsed.problems, problem))


def leads_inside(url: str, allowed: AbstractSet[tuple[str, int]]) -> bool:
    """Whether an address is one of a private network by its number or name, and none that is allowed.

    This is no guard: names may still mean private addresses, which only the client sees.
    """
    parts = urlsplit(url)
    host = (parts.hostname or "").rstrip(".")
    if (host, parts.port or _USUAL_PORT.get(parts.scheme.lower(), 0)) in allowed:
        return False
    try:
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        last = host.rpartition(".")[2]
        return last in _NAMES or bool(_NUMBER.fullmatch(last))  # browsers take 2130706433 for 127.0.0.1
