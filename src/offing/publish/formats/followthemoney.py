"""entities.ftm.json: entities of FollowTheMoney (followthemoney.tech), one a line: projects, who takes part, articles.

Schemata and properties are those of followthemoney 4.11. A firm, lender or body has one entity, however many projects
it is in; its id follows from its id in our lists, else from name and country. Pure.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from offing.model.values.vocabulary import Status
from offing.publish.body import Cells, ProjectBody
from offing.publish.cells import clean
from offing.publish.formats.format import Head
from offing.publish.formats.said import Rows, alpha2, codes, date_of, main_flow
from offing.publish.marked import OpenFile

FILE = "entities.ftm.json"
_CHINA = "cn"
Entity = dict[str, Any]


class Entities:
    """Writes entities.ftm.json. Of parties and articles that were written it keeps eight bytes each."""

    def __init__(self, open_file: OpenFile, _head: Head) -> None:
        self._file = open_file(FILE)
        self._written: set[int] = set()

    def add(self, body: ProjectBody) -> None:
        """Write a project with its parties and articles, unless it was merged or withdrawn."""
        for project in body.rows.get("projects", ()):
            for entity in entities(project, body.rows):
                if self._is_new(entity["id"]):
                    self._file.write((json.dumps(entity, ensure_ascii=False) + "\n").encode())

    def finish(self) -> None:
        """Close the file."""
        self._file.close()

    def _is_new(self, key: str) -> bool:
        short = int.from_bytes(hashlib.blake2b(key.encode(), digest_size=8).digest(), "big")
        known = short in self._written
        self._written.add(short)
        return not known


def entities(project: Cells, rows: Rows) -> Iterator[Entity]:
    """Yield the entities of a project: itself, then each party and article with the edge that ties it to the project.

    Args:
        project: its row of projects.csv.
        rows: all of its rows.
    """
    yield _project(project, rows)
    for row in rows.get("parties", ()):
        party = _party(row, codes(project))
        yield party
        yield _participation(row, project["id"], party["id"])
    for row in rows.get("sources", ()):
        article = _article(row)
        yield article
        edge = {"document": [article["id"]], "entity": [project["id"]], "role": ["source"]}
        yield _entity(_key("documentation", project["id"], article["id"]), "Documentation", edge)


def _project(project: Cells, rows: Rows) -> Entity:
    flow = main_flow(rows)
    begun, _ = date_of(rows, Status.UNDER_CONSTRUCTION, Status.SIGNED)
    done, _ = date_of(rows, Status.COMPLETED)
    urls = [row["url"] for row in rows.get("sources", ())]
    return _entity(
        project["id"],
        "Project",
        {
            "name": [project.get("name", project["title"])],
            "projectId": [project["id"]],
            "country": map(alpha2, codes(project)),
            "status": [project.get("status", "")],
            "description": [project.get("description", "")],
            "keywords": [project.get("sector", ""), project.get("record_type", ""), project.get("mode", "")],
            "startDate": [_date(begun)],
            "endDate": [_date(done)],
            "amount": [flow.get("value", "")],
            "currency": [flow.get("currency", "")],
            "amountUsd": [flow.get("usd_nominal", "")],
            "amountEur": [flow.get("eur_nominal", "")],
            "sourceUrl": urls,
        },
    )


def _party(row: Cells, hosts: Iterable[str]) -> Entity:
    """A Chinese firm or lender is a company of China, a body of the host country some legal entity of it."""
    if row["kind"] == "counterpart":
        own = [each for each in map(alpha2, hosts) if each]
        key = _key("body", row["name"].casefold(), *own)
        return _entity(key, "LegalEntity", {"name": [row["name"]], "country": own})
    known = row.get("entity_id") or row["name"].casefold()
    return _entity(_key(row["kind"], known), "Company", {"name": [row["name"]], "country": [_CHINA]})


def _participation(row: Cells, project: str, party: str) -> Entity:
    role = row.get("role") or row["kind"]
    said = {"project": [project], "participant": [party], "role": [role], "recordId": [row["party_id"]]}
    return _entity(_key("part", row["party_id"]), "ProjectParticipant", said)


def _article(row: Cells) -> Entity:
    said = {
        "title": [row.get("title", "")],
        "sourceUrl": [row["url"]],
        "publisher": [row.get("outlet", "")],
        "publishedAt": [row.get("published", "").removesuffix("Z")],
    }
    return _entity(_key("article", row["url"]), "Article", said)


def _entity(key: str, schema: str, properties: Mapping[str, Iterable[str]]) -> Entity:
    listed = {name: list(dict.fromkeys(filter(None, map(clean, each)))) for name, each in properties.items()}
    return {"id": key, "schema": schema, "properties": {name: each for name, each in listed.items() if each}}


def _key(*parts: str) -> str:
    return f"offing-{hashlib.sha1('|'.join(parts).encode(), usedforsecurity=False).hexdigest()}"


def _date(said: str) -> str:
    """A date as the library reads it, which knows no weeks."""
    return said[:4] if "W" in said or "Q" in said else said
