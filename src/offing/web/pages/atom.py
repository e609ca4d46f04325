"""Atom feeds (RFC 4287), for feed readers: text only, no markup from outside."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from offing.publish.cells import clean

NAMESPACE = "http://www.w3.org/2005/Atom"


@dataclass(frozen=True, slots=True)
class AtomEntry:
    """One entry. `key` identifies it permanently; `link` is an address of ours or empty."""

    key: str
    title: str
    updated: datetime
    summary: str
    link: str = ""
    author: str = "offing"


def atom(key: str, title: str, link: str, entries: Iterable[AtomEntry], now: datetime) -> bytes:
    """A feed as bytes.

    Args:
        key: distinguishes the feed from others of this site.
        title: its title.
        link: its own address.
        entries: newest first, in display order.
        now: the feed's last change if it has no entries.
    """
    ET.register_namespace("", NAMESPACE)
    listed = list(entries)
    feed = ET.Element(_name("feed"))
    _add(feed, "id", _urn(key))
    _add(feed, "title", title)
    ET.SubElement(feed, _name("link"), rel="self", href=link)
    _add(feed, "updated", max((entry.updated for entry in listed), default=now).isoformat())
    for entry in listed:
        _entry(feed, entry)
    document: bytes = ET.tostring(feed, encoding="utf-8", xml_declaration=True)
    return document


def _entry(feed: ET.Element, entry: AtomEntry) -> None:
    item = ET.SubElement(feed, _name("entry"))
    _add(item, "id", _urn(entry.key))
    _add(item, "title", entry.title)
    _add(item, "updated", entry.updated.isoformat())
    _add(ET.SubElement(item, _name("author")), "name", entry.author)
    if entry.link:
        ET.SubElement(item, _name("link"), rel="alternate", href=entry.link)
    _add(item, "summary", entry.summary)


def _add(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, _name(name)).text = clean(text)


def _name(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"


def _urn(key: str) -> str:
    return f"urn:offing:{key}"
