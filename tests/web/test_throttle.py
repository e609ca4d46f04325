"""The limits of guessing, without a server."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from offing.web import throttle
from offing.web.throttle import PER_ACCOUNT, PER_ADDRESS, PER_PAIR, Throttle

NOW = datetime(2026, 3, 4, tzinfo=UTC)


def admitted(limits: Throttle, tries: list[tuple[str, str]]) -> int:
    """How many of these tries go on."""
    return sum(limits.admit(*each, NOW) is None for each in tries)


def test_one_address_at_one_account() -> None:
    """Five tries, whatever else happens."""
    assert admitted(Throttle(), [("ana", "a")] * 100) == PER_PAIR


def test_one_address_at_many_accounts() -> None:
    """Twenty tries over all names."""
    assert admitted(Throttle(), [(f"u{n}", "a") for n in range(1000)]) == PER_ADDRESS


def test_many_addresses_at_one_account() -> None:
    """Twenty tries an hour from all the world; then they go on by and by."""
    limits = Throttle()
    assert admitted(limits, [("ana", f"a{n}") for n in range(1000)]) == PER_ACCOUNT
    assert limits.admit("ana", "b", NOW + timedelta(minutes=59))
    assert limits.admit("ana", "b", NOW + timedelta(hours=1)) is None


def test_links_are_limited_by_address_alone() -> None:
    """Nobody can use up another's tries at a link."""
    limits = Throttle()
    assert admitted(limits, [("", "a")] * 100) == PER_ADDRESS
    assert limits.admit("", "b", NOW) is None
    limits.right("", "b")
    assert admitted(limits, [("", "b")] * 100) == PER_ADDRESS


def test_strangers_do_not_lock_a_person_out() -> None:
    """From an address where the account has logged in before, it goes on although strangers used up its limit."""
    limits = Throttle()
    assert limits.admit("ana", "office", NOW) is None
    limits.right("ana", "office")
    admitted(limits, [("ana", f"a{n}") for n in range(1000)])
    assert limits.admit("ana", "elsewhere", NOW) == timedelta(hours=1)
    assert limits.admit("ana", "office", NOW) is None


def test_right_tries_do_not_count() -> None:
    """Logging in a hundred times is no guessing."""
    limits = Throttle()
    for _ in range(100):
        assert limits.admit("ana", "office", NOW) is None
        limits.right("ana", "office")


def test_memory_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """A flood of names pushes out the oldest instead of filling the memory."""
    monkeypatch.setattr(throttle, "MOST_KEYS", 30)
    limits = Throttle()
    for number in range(500):
        limits.admit(f"u{number}", f"a{number}", NOW)
        limits.right(f"u{number}", f"a{number}")
        limits.admit(f"v{number}", f"b{number}", NOW)
    assert len(limits._tries) <= 30
    assert len(limits._trusted) <= 30
