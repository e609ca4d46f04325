"""Quarantined items for people: what an item was made from, how to reproduce its fault, who dropped it and why."""

from __future__ import annotations

import hashlib
import json
import os
import socket
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from offing.errors import UnknownItem
from offing.model.operation.run import Quarantined
from offing.model.values.vocabulary import Verb
from offing.store.articles.article import get_articles
from offing.store.articles.page import stored_page
from offing.store.database.engine import Database
from offing.store.runs.quarantine import PastEnding, Which, drop, past_of, quarantined
from offing.store.runs.run import end_run, start_run


@dataclass(frozen=True, slots=True)
class QuarantineCase:
    """One item with all that is needed to reproduce its fault.

    `content` is the input of the verb, empty if the verb asks the network itself; `digest` is its SHA-256; `commands`
    are what to type, with FILE for the saved content.
    """

    item: Quarantined
    past: tuple[PastEnding, ...]
    content: bytes
    digest: str
    commands: tuple[str, ...]


def case_of(database: Database, number: int) -> QuarantineCase:
    """Return one item of the quarantine.

    Raises:
        UnknownItem: the quarantine has no item of this number.
    """
    with database.read() as conn:
        found = quarantined(conn, Which(ids=(number,)))
        if not found:
            raise UnknownItem(f"nothing is set aside under {number}: `offing quarantine list` shows what is")
        (item,) = found
        content = _content(conn, item)
        past = past_of(conn, item)
    digest = hashlib.sha256(content).hexdigest() if content else ""
    return QuarantineCase(item, past, content, digest, _commands(item, saved=bool(content)))


def _content(conn: sa.Connection, item: Quarantined) -> bytes:
    """Return the stored page, or the article in the format of `offing analyse`."""
    if item.verb is Verb.EXTRACT:
        return stored_page(conn, item.item_id).body
    found = get_articles(conn, [item.item_id]) if item.verb in (Verb.RECOGNIZE, Verb.PROPOSE) else {}
    if item.item_id not in found:
        return b""
    article = found[item.item_id]
    row = {"id": article.id, "title": article.title, "paragraphs": article.paragraphs, "lang": article.language}
    row |= {"outlet": article.outlet, "url": article.url, "domain": article.domain}
    row |= {"published": article.published.isoformat() if article.published else None}
    return json.dumps(row).encode() + b"\n"


def _commands(item: Quarantined, *, saved: bool) -> tuple[str, ...]:
    address = f"'{item.url}'" if "'" not in item.url else item.url
    if item.verb is Verb.POLL:
        return (f"offing feeds check {address}",)
    if item.verb is Verb.FETCH:
        return (f"offing read {address}",)
    if not saved:
        return ()
    save = f"offing quarantine show {item.id} --save FILE"
    again = f"offing read FILE --url {address}" if item.verb is Verb.EXTRACT else "offing analyse FILE --all"
    return save, again


def drop_for_good(database: Database, which: Which, by: str, reason: str, now: datetime) -> int:
    """Drop items for good, recording who and why in the outcome of each; return how many."""
    with database.write() as conn:
        run_id = start_run(conn, "quarantine drop", socket.gethostname(), os.getpid(), now)
        count = drop(conn, which, run_id, f"dropped by {by}: {reason}", now)
        end_run(conn, run_id, now, 0, {"dropped": count})
    return count
