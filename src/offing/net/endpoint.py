"""The client of a service of the site's choice: the guarded client, with its own policy for one host.

The host and port may be private if the site says so; no redirect is followed; plain http goes to loopback and
private addresses only, whatever a name resolves to.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from offing.model.sources.credentials import Credential
from offing.model.sources.page import Answer, AnswerKind, Request
from offing.model.sources.policy import FetchPolicy
from offing.net.client import Client
from offing.net.guard import RequestRefused
from offing.net.wire import Lookup

_JSON = "application/json"
_USUAL = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A service below an address. `credentials` are those of its host; `repr` hides them."""

    url: str
    user_agent: str
    private: bool = False
    limit: timedelta = timedelta(seconds=120)
    credentials: tuple[Credential, ...] = field(default=(), repr=False)

    @property
    def place(self) -> tuple[str, int]:
        """Its host and port."""
        parts = urlsplit(self.url)
        return (parts.hostname or "").lower(), parts.port or _USUAL[parts.scheme]


class EndpointClient(Client):
    """Asks one service, in JSON. An async context manager, like `Client`.

    Args:
        endpoint: the service.
        lookup: replaces the system's name resolution, for tests.
    """

    def __init__(self, endpoint: Endpoint, lookup: Lookup | None = None) -> None:
        policy = FetchPolicy(
            endpoint.user_agent,
            deadline=endpoint.limit,
            max_hops=0,
            allowed=frozenset({endpoint.place} if endpoint.private else ()),
            credentials=endpoint.credentials,
        )
        find: Lookup = lookup or socket.getaddrinfo
        super().__init__(policy, _PrivateOnly(find) if endpoint.url.startswith("http:") else find)
        self._base = endpoint.url.rstrip("/")

    async def send(self, path: str, document: bytes | None, most: int) -> Answer:
        """Return the answer to a POST of a JSON document, to a GET without one. Never raises because of the server.

        Args:
            path: below the endpoint's address.
            document: what is posted.
            most: bytes of the answer; a longer one is refused.

        Raises:
            MachineTrouble: this machine has no file descriptor, memory or thread left for the request.
        """
        return await self.ask(Request(f"{self._base}{path}", accept=_JSON, body_limit=most, post=document))


class _PrivateOnly:
    """Resolves names, and refuses those that lead to the public network, where anybody could read what is sent."""

    def __init__(self, lookup: Lookup) -> None:
        self._lookup = lookup

    def __call__(self, host: str, port: int, family: int = 0, type: int = 0) -> Sequence[Any]:  # noqa: A002 -- its name
        """Return the addresses of a host.

        Raises:
            OSError: it has none.
            Refused: one of them is public.
        """
        found = self._lookup(host, port, family, type)
        if any(ipaddress.ip_address(str(info[4][0]).partition("%")[0]).is_global for info in found):
            raise RequestRefused(AnswerKind.BLOCKED_ADDRESS, f"{host} is at a public address, and asked by plain http")
        return found
