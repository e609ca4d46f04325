"""Links into private networks are left out, whatever way they are spelled, unless ops allow the place."""

from __future__ import annotations

import pytest

from offing.poll import decide_poll
from offing.poll.documents.private_links import is_private, without_private_links
from poll.answers import FEED, POLICY, answer
from poll.feeds import NOW, item, parse, rss

NOBODY: frozenset[tuple[str, int]] = frozenset()


@pytest.mark.parametrize(
    "host",
    [
        *("127.0.0.1", "127.0.0.2:8080", "10.1.2.3", "192.168.1.1", "169.254.169.254", "[::1]", "[fd00::1]"),
        *("localhost", "LOCALHOST.", "printer.local", "api.internal", "2130706433", "0x7f.1", "127.1", "0x7f000001"),
    ],
)
def test_private_places_are_inside(host: str) -> None:
    """Addresses and names of private networks, and numbers that browsers take for addresses."""
    assert is_private(f"http://{host}/x", NOBODY)


@pytest.mark.parametrize("host", ["news.example", "8.8.8.8", "[2606:4700::1111]", "news24.example", "0xcafe.example"])
def test_public_places_are_not(host: str) -> None:
    """Anything else is for the guard to judge when it is asked."""
    assert not is_private(f"https://{host}/x", NOBODY)


def test_what_ops_allow_is_allowed() -> None:
    """Host and port have to be the ones that are named."""
    allowed = frozenset({("10.0.0.5", 8080), ("mirror.local", 443)})
    assert not is_private("http://10.0.0.5:8080/x", allowed)
    assert not is_private("https://mirror.local/x", allowed)
    assert is_private("http://10.0.0.5/x", allowed)


def test_they_are_left_out_and_told() -> None:
    """The other entries are kept; three addresses stand for all."""
    inside = [item(number, link=f"http://10.0.0.{number}/") for number in range(1, 6)]
    parsed = without_private_links(parse(rss(*inside, item(9))), NOBODY)
    assert [entry.guid for entry in parsed.entries] == ["id-9"]
    assert parsed.problems[-1].endswith("'http://10.0.0.2/', 'http://10.0.0.3/' and 2 more")
    assert without_private_links(parse(rss(item())), NOBODY) == parse(rss(item()))
    assert "private network" in decide_poll(FEED, answer(), parse(rss(inside[0], item(9))), NOW, POLICY).cause
