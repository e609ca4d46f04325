"""The database queries and changes behind the review pages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from offing.model.review.decision import Judgement, Verdict
from offing.model.review.queue import QueueFilter
from offing.model.values.vocabulary import Sector
from offing.services.monitoring.digest import digest
from offing.services.monitoring.figures import figures
from offing.services.monitoring.problems import problems
from offing.services.records.lists import project_page
from offing.services.records.projects import look
from offing.services.review.agreement import to_read
from offing.services.review.bulk import decide_all, plan
from offing.services.review.decisions import decide
from offing.services.review.history import history_page
from offing.services.review.leases import open_candidate
from offing.services.review.queue import QueueReader, ids_of, items, neighbours, page
from offing.services.review.undoing import last_action, take_back
from offing.services.views.alike import alike
from offing.services.views.candidate_view import candidate_view
from offing.services.views.pointers import pointed, pointed_of
from offing.store.candidates.candidate import candidates
from offing.store.candidates.history import HistoryFilter
from offing.store.database.engine import Database
from offing.store.feeds.feed import list_feeds
from offing.store.feeds.feed_figures import fills, new_by_day
from offing.store.records.project_list import ProjectFilter
from offing.web.access import Place
from reviewing.history import SHARE
from reviewing.newsroom import NOW, Maker

Questions = dict[str, Callable[[], Any]]
LARGEST = 500  # candidates in a batch


def questions(database: Database) -> Questions:
    """Return all queries by name."""
    reader = QueueReader("ann", NOW)
    middle = page(database, QueueFilter.parse("view=waiting&q=contract"), reader).lines[20].id
    return {
        **_of_queue(database, reader),
        **_of_search(database, reader),
        **_of_candidate(database, reader, middle),
        **_of_deciding(database, reader, middle),
        **_of_second(database),
        **_of_others(database),
    }


def _filtered(database: Database, reader: QueueReader, query: str) -> Callable[[], Any]:
    return lambda: page(database, QueueFilter.parse(query), reader)


def _of_queue(database: Database, reader: QueueReader) -> Questions:
    far = page(database, QueueFilter.parse("view=waiting&size=200"), reader).next
    assert far is not None
    shown = [line.id for line in page(database, QueueFilter.parse("view=waiting"), reader).lines]
    known = Place(database).known
    asked = {
        "today's queue": "",
        "all that waits": "view=waiting",
        "everything": "view=all",
        "decided": "view=decided",
        "country": "country=KEN",
        "rare country": "country=SLB",
        "country, sector, language": "country=KEN&sector=e-government&language=en",
        "firm": "firm=firm-7",
        "mine": "mine=1",
    }
    return {
        **{name: _filtered(database, reader, query) for name, query in asked.items()},
        "a later page": lambda: page(database, far, reader),
        "red marks of a page": lambda: pointed(database, shown, known),
    }


def _of_search(database: Database, reader: QueueReader) -> Questions:
    rare = Maker().words[5]
    asked = {
        "a common word": "q=china",
        "two words": "q=china+contract&country=KEN",
        "a rare word": "q=zyzzyva",
        "a phrase": f"q=%22{rare}+project%22",
        "a phrase of words that all have": "q=%22the+project%22",
        "a phrase of three such words": "q=%22the+project+of%22",
        "without such a phrase": "q=-%22the+project%22",
        "a beginning": "q=contr*",
        "a beginning of two letters": "q=co*",
        "a phrase and a beginning": "q=the-pro*",
        "without a word": "q=-china",
        "Chinese": "q=%E5%8D%8E%E4%B8%BA",
        "Chinese of four characters": "q=%E4%B8%AD%E5%9B%BD%E5%8D%8E%E4%B8%BA",
    }
    return {name: _filtered(database, reader, query) for name, query in asked.items()}


def _of_candidate(database: Database, reader: QueueReader, middle: int) -> Questions:
    waiting, narrow = QueueFilter.parse("view=waiting"), QueueFilter.parse("country=KEN&q=contract")
    facts = candidate_view(database, middle).item.facts
    return {
        "a candidate": lambda: candidate_view(database, middle),
        "next and previous": lambda: neighbours(database, waiting, reader, middle),
        "next and previous, filtered": lambda: neighbours(database, narrow, reader, middle),
        "what it may double": lambda: alike(database, facts, "", reader),
        "what it may double, searched": lambda: alike(database, facts, "china contract", reader),
        "what one did last": lambda: last_action(database, "ann"),
    }


def _of_deciding(database: Database, reader: QueueReader, middle: int) -> Questions:
    later = NOW + timedelta(minutes=1)
    waiting = QueueFilter.parse("view=waiting&country=KEN")
    reject, rejected = Verdict(middle, Judgement.REJECT, "ann", "no-project"), Verdict(0, Judgement.REJECT, "ann", "x")

    def lease_decide_next_undo() -> None:
        open_candidate(database, middle, "ann", NOW)
        decide(database, reject, later)
        neighbours(database, waiting, reader, middle)
        take_back(database, "ann", later)

    def batch_and_undo() -> None:
        ids = ids_of(database, waiting, reader, 10)
        planned = plan(database, ids, rejected, NOW)
        decide_all(database, [(each.candidate_id, each.version) for each in planned], rejected, later)
        take_back(database, "ann", later)

    def preview(count: int) -> None:
        planned = plan(database, ids_of(database, waiting, reader, count), rejected, NOW)
        pointed_of(database, [each.item for each in planned], known)

    known = Place(database).known
    return {
        "lease, decide, next, and undo": lease_decide_next_undo,
        "a look at 40 before they are decided": lambda: preview(40),
        "a look at 500": lambda: preview(LARGEST),
        "10 decided at once, and undo": batch_and_undo,
        "export of a filter, 1000 rows": lambda: items(database, waiting, reader, 1000),
    }


def _of_second(database: Database) -> Questions:
    def listed() -> None:
        with database.read() as conn:
            candidates(conn, to_read(database, "ann", NOW, SHARE))

    return {
        "what may be read a second time": lambda: to_read(database, "ann", NOW, SHARE),
        "second readings": listed,
    }


def _of_others(database: Database) -> Questions:
    since = NOW - timedelta(days=30)
    record = project_page(database, ProjectFilter()).records[0].id

    def sources() -> None:
        with database.read() as conn:
            list_feeds(conn), new_by_day(conn, since), fills(conn, NOW)

    return {
        "decisions": lambda: history_page(database, HistoryFilter()),
        "decisions of a person": lambda: history_page(database, HistoryFilter(by="ann")),
        "decisions of a kind": lambda: history_page(database, HistoryFilter(judgement=Judgement.UNDO)),
        "decisions of a person and kind": lambda: history_page(database, HistoryFilter("ann", Judgement.DUPLICATE)),
        "a late page of decisions": lambda: history_page(database, HistoryFilter(before=5_000)),
        "projects": lambda: project_page(database, ProjectFilter()),
        "projects of a country and sector": lambda: project_page(database, ProjectFilter("KEN", Sector.ENERGY)),
        "projects with a word": lambda: project_page(database, ProjectFilter(text="firm-7")),
        "a project": lambda: look(database, record),
        "sources": sources,
        "dashboard": lambda: figures(database, NOW),
        "problems": lambda: problems(database, NOW),
        "digest of today": lambda: digest(database, NOW.date(), NOW),
        "digest of a day": lambda: digest(database, (NOW - timedelta(days=40)).date(), NOW),
    }
