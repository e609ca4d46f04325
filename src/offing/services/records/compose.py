"""Reads records from the store, following merges, and composes them from their candidates."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

import sqlalchemy as sa

from offing.errors import UnknownItem, UsageError
from offing.model.projects.adopted import Adopted
from offing.model.projects.project import HandValue, LifeEvent, ProjectRecord
from offing.model.projects.record_change import RecordAction, RecordChange, in_force, plain_value
from offing.model.projects.update import Aside, Contradiction
from offing.model.review.candidate import Candidate
from offing.model.review.decision import Decision, decisions_in_force, effective_facts
from offing.promote import Accepted, Composed, as_set, compose, set_values
from offing.propose.reading.proposal_title import is_proposal_title, proposal_title
from offing.services.matching.conversions import dollars
from offing.services.records.adopted import inheritance
from offing.store.candidates.candidate import candidates
from offing.store.candidates.decision import decisions_of
from offing.store.records.event import asides, brought_by
from offing.store.records.membership import came_to, home_of, leading_to, path_of, redirects, redirects_to
from offing.store.records.project import get_project, lock_numbers, records_of, save_projects
from offing.store.records.record_change import composing_changes
from offing.store.stories.repeat import repeats_in

EMPTY = "its last candidate was removed"


def live(conn: sa.Connection, wanted: str) -> ProjectRecord:
    """Return the record that an id leads to, after all merges.

    Raises:
        UnknownItem: there is none.
        UsageError: it was withdrawn.
    """
    record = get_project(conn, home_of(wanted, redirects(conn)))
    if record is None:
        raise UnknownItem(f"there is no project {wanted}: `offing projects list` shows all")
    if record.withdrawn is not None:
        raise UsageError(f"project {record.id} was withdrawn: {record.withdrawn}")
    return record


def accepted(conn: sa.Connection, candidate_ids: Iterable[int]) -> tuple[Accepted, ...]:
    """Return candidates with people's corrections, omitting each whose story was merged into another of them."""
    return parts_of(conn, {"": tuple(candidate_ids)})[""]


def parts_of(conn: sa.Connection, members: Mapping[str, Collection[int]]) -> dict[str, tuple[Accepted, ...]]:
    """Return the result of `accepted` for several records, read in one go."""
    every = {number for own in members.values() for number in own}
    found, made = {each.id: each for each in _without_repeats(conn, every)}, decisions_of(conn, sorted(every))

    def part(number: int) -> Accepted:
        return _with_edits(found[number], made.get(number, ()))

    here = {key: [each for each in own if each in found] for key, own in members.items()}
    return {key: tuple(part(each) for each in own if found[each].merged_into not in own) for key, own in here.items()}


def _with_edits(candidate: Candidate, decisions: Iterable[Decision]) -> Accepted:
    """Return a candidate with people's values, each with the decision that set it."""
    last = {name: each for each in decisions_in_force(decisions) for name in each.after}
    facts = as_set(effective_facts(candidate.facts, decisions), candidate.facts, last)
    urls = {article.article_id: article.url for article in candidate.articles}
    hands = (
        HandValue(name, plain_value(name, value), each.by, each.at, each.reason, _source(name, each, urls))
        for name, each in last.items()
        for value in set_values(name, facts, candidate.facts)
    )
    return Accepted(candidate, facts, frozenset(last), tuple(hands))


def _source(name: str, made: Decision, urls: Mapping[int, str]) -> str:
    """Return the address of the article that a person quoted for a field, "" without a quote."""
    return next((urls[each.article_id] for each in made.proofs if each.field == name and each.article_id in urls), "")


def _without_repeats(conn: sa.Connection, ids: Iterable[int]) -> Iterator[Candidate]:
    """Yield candidates without the articles that only repeat others of their story, of which a flood has thousands.

    So a record is not composed again for each repeat; they still count among its sources.
    """
    found = candidates(conn, sorted(ids))
    repeats = repeats_in(conn, (each.story_id for each in found))
    for each in found:
        once = [article for article in each.articles if article.article_id not in repeats.get(each.story_id, ())]
        here = {article.article_id for article in once}
        proofs = tuple(proof for proof in each.evidence if proof.article_id in here)
        yield replace(each, articles=tuple(once), evidence=proofs) if len(once) < len(each.articles) else each


def composed(
    conn: sa.Connection,
    candidate_ids: Collection[int],
    changes: Iterable[RecordChange] = (),
    adopted: Sequence[Adopted] = (),
) -> Composed:
    """Return the record that some candidates make together, by the decisions that stand and some corrections.

    `adopted` is what an adopted release said of it.
    """
    ordered = sorted(changes, key=lambda change: change.id)
    parts, line = accepted(conn, candidate_ids), events_of_candidates(conn, candidate_ids)
    return titled(compose(parts, line, dollars, ordered, adopted))


def corrections(conn: sa.Connection, project_id: str) -> tuple[RecordChange, ...]:
    """Return the corrections in force of a record, with those of all records that lead to it, in order."""
    return _standing_changes(conn, (project_id,))[0][project_id]


def withdrawal_of(conn: sa.Connection, project_id: str) -> RecordChange | None:
    """Return the withdrawal of a record by a person that is in force, or None."""
    return withdrawals_of(conn, (project_id,)).get(project_id)


def withdrawals_of(conn: sa.Connection, ids: Collection[str]) -> dict[str, RecordChange]:
    """Return the withdrawals by people that are in force, by record."""
    return _standing_changes(conn, ids)[1]


def _standing_changes(
    conn: sa.Connection, ids: Collection[str]
) -> tuple[dict[str, tuple[RecordChange, ...]], dict[str, RecordChange]]:
    """Return the corrections of each record, and the withdrawals of those that were withdrawn by a person."""
    above = leading_to(ids, redirects_to(conn, ids))
    found: dict[str, list[RecordChange]] = {each: [] for each in ids}
    gone: dict[str, RecordChange] = {}
    for change in in_force(composing_changes(conn, above)):
        if change.action is RecordAction.WITHDRAWAL:
            gone[change.project_id] = change
        elif change.action is RecordAction.CORRECTION:
            for each in above[change.project_id]:
                found[each].append(change)
    return {each: tuple(own) for each, own in found.items()}, gone


def events_of_candidates(conn: sa.Connection, candidate_ids: Collection[int]) -> tuple[LifeEvent, ...]:
    """Return the events that candidates of one record brought, set aside as people decided."""
    return with_asides(brought_by(conn, candidate_ids), asides(conn, candidate_ids), candidate_ids)


def with_asides(
    stored: Iterable[LifeEvent], asides: Iterable[Aside], members: Collection[int]
) -> tuple[LifeEvent, ...]:
    """Return events with people's choices of what to set aside, including events that are in no life line now.

    A choice in favour of a candidate that is part of another record, or of none, is ignored.
    """
    found = {each.key: replace(each, set_aside_by=None, set_aside_at=None) for each in stored}
    for each in asides:
        if each.chosen is None or each.chosen in members:
            number, kind, status = each.key
            event = found.get(each.key, LifeEvent(kind, status, None, number, ""))
            found[each.key] = replace(event, set_aside_by=each.by, set_aside_at=each.at)
    return tuple(found.values())


def titled(made: Composed) -> Composed:
    """Return the composition with a title for the project's current state, unless somebody gave it one."""
    by_hand = any(each.field == "title" for each in made.by_hand)
    if by_hand or not is_proposal_title(made.facts.title):
        return made
    return replace(made, facts=replace(made.facts, title=proposal_title(made.facts)))


def recompose(conn: sa.Connection, ids: Iterable[str], now: datetime) -> tuple[str, ...]:
    """Recompose records, and those to which they lead, from their candidates and the decisions that stand.

    Whoever changes a decision, a merge or a candidate calls this in the same transaction; nothing else writes the
    content of a record. A record is withdrawn while a person's withdrawal is in force, or while it is left without
    candidates; it stays, so that its id is never given to another project.

    Args:
        conn: a transaction that may write.
        ids: the changed records.
        now: aware UTC; records without differences are not written.

    Returns:
        The ids of the records that were written.
    """
    lock_numbers(conn)
    merged = redirects(conn)
    read = records_of(conn, {each for one in ids for each in path_of(one, merged)})
    made = {each.id: each for each in as_composed(conn, read)}
    different = [(each, replace(made[each.id], changed_at=now)) for each in read if made[each.id] != each]
    save_projects(conn, different)
    return tuple(each.id for each, _ in different)


def follow(conn: sa.Connection, candidate_ids: Iterable[int], now: datetime) -> None:
    """Recompose the records of candidates whose facts changed."""
    ids = came_to(conn, candidate_ids).values()
    if ids:
        recompose(conn, ids, now)


def as_composed(conn: sa.Connection, read: Collection[ProjectRecord]) -> tuple[ProjectRecord, ...]:
    """Return records as their candidates, and the changes in force, make them now."""
    return tuple(each for each, _ in recomposed(conn, read))


def recomposed(
    conn: sa.Connection, read: Collection[ProjectRecord]
) -> tuple[tuple[ProjectRecord, tuple[Contradiction, ...]], ...]:
    """Return records as `as_composed` does, each with the accounts between which nobody has chosen."""
    heirs = inheritance(conn, [each.id for each in read])
    members = {each.id: each.candidate_ids for each in read if each.candidate_ids or each.id in heirs}
    every = sorted({number for own in members.values() for number in own})
    shares, events, asides_of = parts_of(conn, members), brought_by(conn, every), asides(conn, every)
    changes, gone = _standing_changes(conn, [each.id for each in read])

    def made(own: tuple[int, ...], parts: tuple[Accepted, ...], key: str) -> Composed:
        line = with_asides(_of(own, events), (each for each in asides_of if each.key[0] in own), own)
        return titled(compose(parts, line, dollars, changes[key], heirs.get(key, ())))

    new = {key: made(own, shares[key], key) for key, own in members.items()}
    return tuple(
        (_as_made(each, own, gone.get(each.id)), own.contradictions if own else ())
        for each, own in ((each, new.get(each.id)) for each in read)
    )


def _of(members: Collection[int], events: Iterable[LifeEvent]) -> Iterable[LifeEvent]:
    return (each for each in events if each.candidate_id in members)


def _as_made(read: ProjectRecord, made: Composed | None, withdrawal: RecordChange | None) -> ProjectRecord:
    """Return a record as composed; a merged one has no life line: the record that it leads to has it.

    One without candidates, and of no adopted release, keeps its last content, and is withdrawn unless it leads to
    another.
    """
    gone = withdrawal.reason if withdrawal else None
    if made is None:
        return replace(read, life_line=(), withdrawn=gone or (None if read.redirects_to else EMPTY))
    line = () if read.redirects_to else made.life_line
    return replace(read, facts=made.facts, life_line=line, withdrawn=gone, by_hand=made.by_hand)
