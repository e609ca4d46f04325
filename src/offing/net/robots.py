"""robots.txt after RFC 9309: what a host lets us request, and how often. Pure.

An unreachable robots.txt forbids everything, an absent one nothing (CPython gh-79638 had it the other way).
Protego does the matching; it neither strips a byte order mark nor splits lines at a bare CR (finding L15), so
the text is cleaned first. For a file with thousands of agents before thousands of rules its work would
grow with the product of both, so all agents but ours are merged into one.
"""

from __future__ import annotations

import math
import re
from datetime import timedelta
from http import HTTPStatus
from urllib.parse import urlsplit

from protego import Protego

from offing.model.sources.page import Answer, AnswerKind, Request

SIZE_LIMIT = 512 * 1024  # RFC 9309 2.5 asks for at least 500 KiB
LONGEST_DELAY = timedelta(seconds=60)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")
_AGENT_LINE = re.compile(r"^[ \t]*user[- ]?agent[ \t]*[:\s](.*)$", re.IGNORECASE)
_OTHERS = "User-agent: -"  # matches no product token


def robots_origin(url: str) -> str:
    """Return scheme, host and port of an address, which share one robots.txt; "" if there are none."""
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return ""
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    usual = port is None or port == (443 if parts.scheme == "https" else 80)
    return f"{parts.scheme}://{host}" if usual else f"{parts.scheme}://{host}:{port}"


def robots_request(origin: str) -> Request:
    """Return the request for an origin's robots.txt; a longer one is truncated, as RFC 9309 requires."""
    return Request(f"{origin}/robots.txt", accept="text/plain, */*;q=0.5", body_limit=SIZE_LIMIT, cut_at_limit=True)


def read_robots(answer: Answer) -> tuple[int | None, str]:
    """Return what to store of the answer to `robots_request`: its status, None if unreachable, and its text.

    Endless redirects count as an absent file (RFC 9309 2.3.1.2); those to a blocked address as unreachable.
    """
    if answer.kind is AnswerKind.OK:
        return answer.status, _cleaned(answer.body)
    answered = answer.kind in (AnswerKind.HTTP_ERROR, AnswerKind.REDIRECT_REFUSED)
    return (answer.status if answered else None), ""


class RobotsRules:
    """The rules of one robots.txt.

    Args:
        status: its HTTP status, None if it was unreachable.
        content: its text, as `read_robots` returns it.
    """

    def __init__(self, status: int | None, content: str) -> None:
        self._unreachable = status is None or status >= HTTPStatus.INTERNAL_SERVER_ERROR
        self._lines = content.split("\n") if status == HTTPStatus.OK else []
        self._parsed: dict[str, Protego] = {}

    def allows(self, url: str, agent: str) -> bool:
        """Return whether an agent may request an address.

        Args:
            url: the address.
            agent: the whole user agent or its product token.
        """
        token = _token(agent)
        return not self._unreachable and bool(self._for(token).can_fetch(url, token))

    def crawl_delay(self, agent: str) -> timedelta | None:
        """Return the requested pause between requests, at most 60 seconds; None if there is none."""
        token = _token(agent)
        delay = self._for(token).crawl_delay(token)
        if delay is None or not math.isfinite(delay):
            return None
        return min(timedelta(seconds=min(delay, LONGEST_DELAY.total_seconds())), LONGEST_DELAY)

    def _for(self, token: str) -> Protego:
        if token not in self._parsed:
            self._parsed[token] = Protego.parse("\n".join(_folded(line, token) for line in self._lines))
        return self._parsed[token]


def _token(agent: str) -> str:
    """Return the product token of a user agent: `offing` of `offing/0.1 (+…)`."""
    return re.split(r"[/\s]", agent.strip(), maxsplit=1)[0].lower()


def _folded(line: str, token: str) -> str:
    found = _AGENT_LINE.match(line)
    if not found:
        return line
    name = _token(found[1].split("#")[0])
    return f"User-agent: {name}" if name in ("*", token) else _OTHERS


def _cleaned(body: bytes) -> str:
    text = body[:SIZE_LIMIT].decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n")
    if len(body) >= SIZE_LIMIT:
        text = text.rpartition("\n")[0]  # a truncated rule could mean something else
    return _CONTROL.sub("", text)
