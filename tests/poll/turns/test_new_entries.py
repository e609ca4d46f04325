"""What is known is not new, whatever key, link or title it comes under this time."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from offing.model.sources.entry import AnnouncedEntry
from offing.model.sources.feed import Exchange, KnownEntry
from offing.poll.turns.new_entries import SortedEntries, sort_entries
from poll.feeds import NOW, item, parse, rss
from poll.weeks import DAY, NOTHING_NEW, brought

LONG = "The cabinet clears a data centre that ZTE is to build"


def entries(*items: str) -> tuple[AnnouncedEntry, ...]:
    """The entries of a document."""
    return parse(rss(*items)).entries


def stored(found: tuple[AnnouncedEntry, ...]) -> list[KnownEntry]:
    """What is known after a document was read."""
    return [KnownEntry(entry.key, entry.url_key, entry.title, entry.published) for entry in found]


def sifted(before: tuple[AnnouncedEntry, ...], after: tuple[AnnouncedEntry, ...], *past: Exchange) -> SortedEntries:
    """What of a document is new after another one."""
    return sort_entries(after, stored(before), past)


def test_the_same_document_brings_nothing() -> None:
    """All keys are known."""
    both = entries(item(1), item(2))
    assert sifted(both, both) == SortedEntries()
    assert sifted((), both).new == 2


def test_new_guids_for_old_links_are_no_news() -> None:
    """The entry is found by its page, and known by its new key from then on."""
    before, after = entries(item(1), item(2)), entries(item(1, guid="x1"), item(2, guid="x2", title="New words"))
    found = sifted(before, after)
    assert found.new == 0
    assert found.renamed == tuple((old.key, new.key) for old, new in zip(before, after, strict=True))


def test_new_guids_and_new_links_are_no_news() -> None:
    """Title and date tell the entry; of several with one title and date each stands in for one."""
    before = entries(*(item(number, title="Signed") for number in range(3)))
    moved = [item(9 + number, title="Signed", link=f"https://news.example/s?sid={number}") for number in range(4)]
    found = sifted(before, entries(*moved))
    assert (found.new, len(found.renamed), len({old for old, _ in found.renamed})) == (1, 3, 3)


def test_what_is_still_announced_stands_in_for_nothing() -> None:
    """A second story under the title of one that is still there is a second story."""
    before = entries(item(1, title="Signed"))
    assert sifted(before, entries(item(1, title="Signed"), item(2, title="Signed"))).new == 1


def test_without_dates_only_a_long_title_tells() -> None:
    """A title such as "Morning briefing" stands every day; a whole headline does not."""
    for title, new in (("Morning briefing", 1), (LONG, 0)):
        before, after = entries(item(1, title=title, pubDate="")), entries(item(2, title=title, pubDate=""))
        assert sifted(before, after).new == new


def test_days_without_a_time_tell_little() -> None:
    """Two notices under one short title on one day are two, though the first has left the document."""
    day = {"title": "Notice", "pubDate": "2026-02-27"}
    assert sifted(entries(item(1, **day)), entries(item(2, **day))).new == 1
    long = day | {"title": LONG}
    assert sifted(entries(item(1, **long)), entries(item(2, **long))).new == 0


def test_an_edited_entry_is_known() -> None:
    """Title, text and date may change: the guid is the same."""
    before, after = entries(item(1)), entries(item(1, title="Other", description="Other", pubDate=""))
    assert sifted(before, after) == SortedEntries()


def test_what_a_304_hid_is_counted() -> None:
    """New entries older than the last 304 were missed, unless they are the oldest of the document."""
    hidden = replace(NOTHING_NEW, at=NOW)
    before = entries(item(1, pubDate="Mon, 16 Feb 2026 12:00:00 GMT"))
    old, older, fresh = (
        "Tue, 24 Feb 2026 12:00:00 GMT",
        "Tue, 10 Feb 2026 12:00:00 GMT",
        "Sun, 01 Mar 2026 11:00:00 GMT",
    )
    after = (*before, *entries(item(2, pubDate=old), item(3, pubDate=older), item(4, pubDate=fresh)))
    assert sifted(before, after, hidden).missed == 1
    assert sifted(before, after, brought(NOW, 1), hidden).missed == 0
    assert sifted(before, after).missed == 0
    assert sifted((), after, hidden).missed == 0
    assert sifted(before, after, replace(hidden, at=NOW - 20 * DAY)).missed == 0


@given(st.lists(st.integers(0, 5), max_size=8), st.lists(st.integers(0, 5), max_size=8))
def test_every_entry_is_new_or_known_and_none_is_taken_twice(before: list[int], after: list[int]) -> None:
    """New, renamed and known entries together are the document; each known entry is renamed once at most."""
    known = entries(*(item(number, guid=f"a{place}", title="T" * 50) for place, number in enumerate(before)))
    now = entries(*(item(number, guid=f"b{place}", title="T" * 50) for place, number in enumerate(after)))
    found = sort_entries(now, stored(known), ())
    same = {entry.key for entry in known} & {entry.key for entry in now}
    assert found.new + len(found.renamed) + len(same) == len(now)
    assert len({old for old, _ in found.renamed}) == len(found.renamed) <= len(known)
