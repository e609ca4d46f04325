"""Data for programs: the queue and the projects as plain values, page by page."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from offing.errors import UnknownItem
from offing.model.projects.project import ProjectRecord
from offing.model.review.decision import effective_facts
from offing.model.review.queue import QueueFilter
from offing.model.values.codec import to_plain
from offing.redaction import redacted
from offing.services.review.agreement import blinded, without
from offing.services.review.decisions import QueueItem, show
from offing.services.review.queue import QueueReader, page
from offing.services.views.plain import full_item, plain_facts, plain_item
from offing.store.candidates.candidate import candidates
from offing.store.candidates.decision import decisions_of
from offing.store.database.engine import Database
from offing.store.records.project import get_project, project_page


def queue_page(database: Database, wanted: QueueFilter, reader: QueueReader) -> dict[str, Any]:
    """Return one page of the queue: `items` best first, their `total` number, the query of the `next` page."""
    turned = page(database, wanted, reader)
    ids = [line.id for line in turned.lines]
    with database.read() as conn:
        made = decisions_of(conn, ids)
        found = {each.id: each for each in candidates(conn, ids)}
    items = (
        QueueItem(found[each], effective_facts(found[each].facts, made.get(each, ())), made.get(each, ()))
        for each in ids
        if each in found
    )
    after = turned.next.to_query() if turned.next else None
    return {"items": [redacted(plain_item(item)) for item in items], "total": turned.total, "next": after}


def one_candidate(database: Database, candidate_id: int, *, blind: bool = False) -> dict[str, Any]:
    """Return a candidate with its quotes, articles, decisions and the machine's own values; `blind` omits the decision.

    Raises:
        UnknownItem: there is no such candidate.
    """
    found = show(database, candidate_id)
    plain: dict[str, Any] = redacted(full_item(blinded(found) if blind else found))
    return plain


def projects_page(database: Database, after: str, size: int, blind: Collection[int] = ()) -> dict[str, Any]:
    """Return the projects after an id, in the order of their ids, and the last of them as `next`.

    Nothing in them comes from candidates to which the reader is `blind`.
    """
    with database.read() as conn:
        found = project_page(conn, after, size + 1)
    shown = found[:size]
    items = [plain_project(each) for each in (without(one, blind) for one in shown) if each]
    return {"items": items, "next": shown[-1].id if len(found) > size else None}


def one_project(database: Database, project_id: str, blind: Collection[int] = ()) -> dict[str, Any]:
    """Return a project, also a merged (`redirects_to`) or withdrawn one; without what came from `blind` candidates.

    Raises:
        UnknownItem: there is no such project.
    """
    with database.read() as conn:
        record = get_project(conn, project_id)
    found = without(record, blind) if record else None
    if found is None:
        raise UnknownItem(f"there is no project {project_id}")
    return plain_project(found)


def plain_project(record: ProjectRecord) -> dict[str, Any]:
    """Return a record with its fields and its life line."""
    plain: dict[str, Any] = redacted(to_plain(record))
    return {**plain_facts(record.facts), **{name: value for name, value in plain.items() if name != "facts"}}
