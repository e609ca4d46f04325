"""The history of decisions: what, by whom and when, with the candidates concerned, page by page."""

from __future__ import annotations

from dataclasses import dataclass, replace

from offing.model.review.decision import Decision, effective_facts
from offing.services.review.decisions import QueueItem
from offing.store.candidates.candidate import candidates
from offing.store.candidates.decision import decisions_of
from offing.store.candidates.history import HistoryFilter, history, people
from offing.store.database.engine import Database

PAGE = 50


@dataclass(frozen=True, slots=True)
class PastDecision:
    """A decision with its candidate. `undoable`: it is the last standing one on that candidate."""

    decision: Decision
    item: QueueItem
    undone: bool
    undoable: bool


@dataclass(frozen=True, slots=True)
class HistoryPage:
    """A page of the history, newest first; `next` requests the following page. `people` are all who ever decided."""

    asked: HistoryFilter
    decisions: tuple[PastDecision, ...]
    people: tuple[str, ...]
    next: HistoryFilter | None


def history_page(database: Database, asked: HistoryFilter, size: int = PAGE) -> HistoryPage:
    """Return one page of the history."""
    with database.read() as conn:
        found = history(conn, asked, size + 1)
        shown, who = found[:size], people(conn)
        ids = list(dict.fromkeys(each.candidate_id for each in shown))
        made = decisions_of(conn, ids)
        items = {
            each.id: QueueItem(each, effective_facts(each.facts, made.get(each.id, ())), made.get(each.id, ()))
            for each in candidates(conn, ids)
        }
    by_id = {each.id: each for decisions in made.values() for each in decisions}
    past = tuple(PastDecision(by_id[each.id], items[each.candidate_id], each.undone, each.last) for each in shown)
    after = replace(asked, before=shown[-1].id) if len(found) > size else None
    return HistoryPage(asked, past, who, after)
