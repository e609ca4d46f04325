"""Slows down password guessing, in memory; a new process loads the hour before it from the activity log.

Three windows: one address at one account, one address at all accounts, all addresses at one account. The
last can be filled by strangers, so an address from which the account has logged in before is exempt from
it: nobody can lock a person out of their workplace.
"""

from __future__ import annotations

import threading
from collections import OrderedDict, deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from offing.model.operation.activity import Activity

WINDOW, ACCOUNT_WINDOW = timedelta(minutes=15), timedelta(hours=1)
PER_PAIR, PER_ADDRESS, PER_ACCOUNT = 5, 20, 20
MOST_KEYS = 20_000  # beyond that, the least recently used are forgotten


@dataclass(slots=True)
class Throttle:
    """Counts the failed tries of the last 15 minutes (for one account, of an hour)."""

    _tries: OrderedDict[tuple[str, str], deque[datetime]] = field(default_factory=OrderedDict)
    _trusted: OrderedDict[tuple[str, str], None] = field(default_factory=OrderedDict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def recall(self, failed: Iterable[Activity], entered: Iterable[Activity]) -> None:
        """Load failed tries from before this process began, oldest first, and the known addresses of accounts."""
        with self._lock:
            for each in failed:
                pairs = ((each.by, each.address), (each.by, "")) if each.by else ()
                for key in (("", each.address), *pairs):
                    self._tries.setdefault(key, deque()).append(each.at)
            self._trusted.update(dict.fromkeys((each.by, each.address) for each in entered))

    def admit(self, account: str, address: str, now: datetime) -> timedelta | None:
        """Count a try; None if it may go on, else how long to wait. A refused try is not counted.

        Without an account, as with a link, only the tries of the address count.
        """
        limits = {("", address): PER_ADDRESS}
        with self._lock:
            if account:
                limits[account, address] = PER_PAIR
            if account and (account, address) not in self._trusted:
                limits[account, ""] = PER_ACCOUNT
            waits = [wait for key, most in limits.items() if (wait := self._wait(key, most, now))]
            if waits:
                return max(waits)
            for key in limits:
                self._tries.setdefault(key, deque()).append(now)
                self._tries.move_to_end(key)
            _shorten(self._tries)
        return None

    def right(self, account: str, address: str) -> None:
        """Mark the last try as successful: it does not count, and the address becomes a known one of the account."""
        with self._lock:
            at_home = (account, address) in self._trusted
            for key in (("", address),) if at_home else (("", address), (account, "")):
                if self._tries.get(key):
                    self._tries[key].pop()
            if account:
                self._tries.pop((account, address), None)
                self._trusted[account, address] = None
                self._trusted.move_to_end((account, address))
                _shorten(self._trusted)

    def _wait(self, key: tuple[str, str], most: int, now: datetime) -> timedelta | None:
        window = WINDOW if key[1] else ACCOUNT_WINDOW
        tries = self._tries.get(key, deque())
        if any(at > now for at in tries):  # the clock was set back since: they count as if made just now
            self._tries[key] = tries = deque(min(at, now) for at in tries)
        while tries and now - tries[0] >= window:
            tries.popleft()
        return tries[0] + window - now if len(tries) >= most else None


def _shorten(mapping: OrderedDict[tuple[str, str], deque[datetime]] | OrderedDict[tuple[str, str], None]) -> None:
    while len(mapping) > MOST_KEYS:
        mapping.popitem(last=False)
