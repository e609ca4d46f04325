"""Three of everything, each with its own name in all that is said of it: who is asked for one must hear of no other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import sqlalchemy as sa

from factories.candidate import FACTS, NOW, REASONS, stored_row
from offing.model.projects.project import Firm, Lender, ProjectFacts
from offing.model.reading.mention import KnownName, MentionKind, NameReliability
from offing.model.review.candidate import CandidateKind, CandidateState, Reason
from offing.model.review.decision import Judgement
from offing.model.values.codec import to_plain
from offing.model.values.vocabulary import EventKind, Role, Status, Verb
from offing.store import tables
from offing.store.candidates.search import keep_words

NAMES = ("alpha", "bravo", "delta")
Ids = Mapping[str, Any]


def crowd(conn: sa.Connection) -> dict[str, Ids]:
    """The three, by name: the numbers of all their rows, by table."""
    return {name: _one(conn, name, number) for number, name in enumerate(NAMES, 1)}


def facts_of(name: str) -> ProjectFacts:
    """A project whose firm and lender bear a name."""
    firms = (
        replace(FACTS.firms[0], name=f"{name} firm", as_written=f"{name} firm", id=f"{name}-firm"),
        Firm(name, name, Role.CONTRACTOR),
    )
    lenders = (Lender(f"{name} bank", f"{name} bank", f"{name}-bank"),)
    return replace(FACTS, title=f"{name} title", firms=firms, lenders=lenders)


def _one(conn: sa.Connection, name: str, number: int) -> Ids:
    ids: dict[str, Any] = {"name": name, "project": f"off-2026-00000{number}"}
    facts, url = to_plain(facts_of(name)), f"https://{name}.example/page"

    def put(table: sa.Table, **values: Any) -> Any:
        ids[table.name] = stored_row(conn, table, **values)
        return ids[table.name]

    put(tables.user, name=name, role="analyst", password_hash=name)
    put(
        tables.feed, url=f"https://{name}.example/feed", url_key=name, title=f"{name} feed", country=name, groups=[name]
    )
    put(tables.poll, feed_id=ids["feed"], outcome="ok", cause=name)
    said = {"title": f"{name} entry", "summary": name, "author": name, "added_by": name}
    put(tables.entry, feed_id=ids["feed"], entry_key=name, url=url, url_key=url, **said)
    put(tables.body, sha256=f"{name:0<64}", packed=b"")
    page = {"url": url, "final_url": url, "final_url_key": url, "sha256": f"{name:0<64}", "etag": name}
    put(tables.page, entry_id=ids["entry"], **page, reservation=name)
    words = {"title": f"{name} headline", "paragraphs": [f"{name} says so.", "More of it."], "outlet": f"{name} press"}
    where = {"url": url, "url_key": url, "domain": f"{name}.example", "text_hash": name, "country": name}
    put(
        tables.article,
        page_id=ids["page"],
        **words,
        **where,
        language=name,
        published=NOW,
        author=name,
        pages=[1, number],
    )
    put(tables.revision, article_id=ids["article"], number=1, title=name, text_hash=name, sha256=name, diff=name)
    put(tables.context, article_id=ids["article"], kind="summit", regions=[name], countries=[name], start=0, end=number)
    put(
        tables.mention,
        article_id=ids["article"],
        kind=MentionKind.FIRM,
        start=0,
        end=5,
        name=f"{name} firm",
        surface=name,
    )
    known = {
        "key": f"project:{ids['project']}",
        "value": to_plain(KnownName((name,), "", NameReliability.OWN)),
        "start": number,
        "end": 9,
    }
    stored_row(conn, tables.mention, article_id=ids["article"], kind=MentionKind.PROJECT, name=name, **known)
    put(tables.story, first_at=NOW, last_at=NOW)
    _tell(put, ids, facts)
    put(tables.known_project, source=name, key=name, facts=facts, description=name, digest=name)
    for base, key in (("aaa", name), ("zzz", name), (name, "aaa"), (name, "zzz")):
        stored_row(conn, tables.known_project, source=base, key=key, facts=to_plain(FACTS), digest="")
    put(tables.known_key, key=name, known_id=ids["known_project"])
    put(tables.pair, candidate_id=ids["candidate"], target=f"known:{name}:{name}", relation="linked", reasons=[name])
    put(tables.project_name, target=f"known:{name}:{name}", name=f"{name} works", countries=[name], stamp=name)
    row = {"year": 2020 + number, "number": number, "facts": facts, "begun_by": ids["candidate"], "version": 1}
    put(tables.project, id=ids["project"], **row)
    put(tables.project_candidate, candidate_id=ids["candidate"], project_id=ids["project"])
    event = {"kind": EventKind.STATUS, "status": Status.SIGNED, "candidate_id": ids["candidate"]}
    put(tables.event, project_id=ids["project"], **event, url=url, quote=name)
    put(tables.aside, **event, chosen=ids["candidate"], by=name)
    _work(put, ids)
    return ids


def _tell(put: Any, ids: dict[str, Any], facts: object) -> None:
    name = ids["name"]
    told = {"story_id": ids["story"], "article_id": ids["article"], "ordinal": 0, "facts": facts, "at": NOW}
    put(
        tables.story_article,
        **told,
        reasons=to_plain((Reason(name, 1.0, name),), tuple[Reason, ...]),
        gist=name.encode(),
    )
    put(tables.story_key, key=name, telling_id=ids["story_article"])
    put(tables.repeat_outlet, telling_id=ids["story_article"], outlet=name)
    reasons = to_plain((Reason(name, 2.0, f"{name} is named"), *REASONS), tuple[Reason, ...])
    stands = {"kind": CandidateKind.UPDATE, "state": CandidateState.OPEN, "above_cut": True, "version": 1, "score": 0.9}
    of = {"update_of": f"known:{name}:{name}", "facts": facts, "reasons": reasons}
    put(tables.candidate, story_id=ids["story"], **stands, **of)
    proof = {"telling_id": ids["story_article"], "article_id": ids["article"], "field": "status", "value": name}
    put(tables.evidence, candidate_id=ids["candidate"], **proof, start=0, end=3, quote=name)
    accepted = {"judgement": Judgement.ACCEPT, "by": name, "reason": name, "before": {}, "after": {}, "token": name}
    put(tables.decision, candidate_id=ids["candidate"], **accepted, into=f"known:{name}:{name}")
    put(tables.second_reading, candidate_id=ids["candidate"], judgement=Judgement.REJECT, by=name, reason=name)
    put(tables.lease, candidate_id=ids["candidate"], by=name)
    for facet, value in (("firm", f"{name}-firm"), ("source", f"{name}.example"), ("person", name)):
        put(tables.candidate_facet, candidate_id=ids["candidate"], facet=facet, value=value)


def _work(put: Any, ids: dict[str, Any]) -> None:
    """An item of each verb, and how it ended once; each says its verb, too."""
    put(tables.run, pipeline=ids["name"], host=ids["name"])
    for verb, noun in (
        (Verb.POLL, "feed"),
        (Verb.FETCH, "entry"),
        (Verb.EXTRACT, "page"),
        (Verb.RECOGNIZE, "article"),
        (Verb.PROPOSE, "article"),
    ):
        item = {"verb": verb, "item_id": ids[noun]}
        put(tables.work, **item, reason=f"{ids['name']} {verb}", host=ids["name"], done_at=NOW)
        put(tables.outcome, **item, run_id=ids["run"], ending="later", cause=ids["name"], url=ids["name"])


def keep_all_words(conn: sa.Connection, ids: Mapping[str, Ids]) -> None:
    """Let each candidate be found by its name."""
    keep_words(conn, {each["candidate"]: [name] for name, each in ids.items()})
