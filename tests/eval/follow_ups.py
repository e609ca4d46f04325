"""Plays the groups of articles about one project in the order of their dates, what was told before being known."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from offing.model.pairs.naming import ProjectName
from offing.model.pairs.pairing import Ref
from offing.model.review.candidate import Proposal
from offing.services.analysis.analyse import Analyst, article_of

Row = dict[str, Any]
GROUPS = Path(__file__).with_name("story_groups.jsonl")


@dataclass(slots=True)
class Newsroom:
    """Reads articles, and knows the projects of those that it took for candidates before."""

    analyst: Analyst
    names: list[ProjectName] = field(default_factory=list)
    known: set[str] = field(default_factory=set)
    counts: Counter[str] = field(default_factory=Counter)

    def read(self, number: int, row: Row) -> None:
        """Read one article; an oracle accepts what is relevant into the project that it is about."""
        article = article_of(row, number, self.analyst.country_of)
        recognizer = self.analyst.recognizer.knowing(tuple(self.names))
        found = replace(self.analyst, recognizer=recognizer).study(article)
        is_candidate = found.score >= self.analyst.scoring.cut
        kind = self._kind(row)
        self.counts[kind] += 1
        self.counts[f"{kind} found"] += is_candidate
        if is_candidate and kind == "follow-up":
            self._count_event(row["projects"][0].get("event"), found.proposals[0])
        if is_candidate and row["relevant"]:
            self._learn(row, found.proposals[0])

    def _kind(self, row: Row) -> str:
        if not row["relevant"]:
            return "irrelevant"
        named = any(project["firms"] or project["lenders"] for project in row["projects"])
        later = any(project["project_id"] in self.known for project in row["projects"])
        return "follow-up" if later and not named else "other"

    def _count_event(self, gold: str | None, proposal: Proposal) -> None:
        told = {event.kind.value for event in proposal.facts.events}
        self.counts["event asked"] += gold is not None
        self.counts["event right"] += gold in told
        self.counts["event told"] += len(told)

    def _learn(self, row: Row, proposal: Proposal) -> None:
        facts = proposal.facts
        found = self.analyst.recognizer.reader.names_of(facts, row["title"], "\n\n".join(row["paragraphs"]))
        for project in row["projects"]:
            target = Ref.project(project["project_id"])
            self.names += (ProjectName(target, name, facts.countries, facts.sector or "") for name in found)
            self.known.add(project["project_id"])


def played(analyst: Analyst, half: str) -> Counter[str]:
    """What a newsroom makes of one half of the groups, in the order of their dates."""
    room = Newsroom(analyst)
    for number, row in enumerate(sorted(_rows(half), key=lambda row: str(row["published"]))):
        room.read(number, row)
    return room.counts


def _rows(half: str) -> Iterator[Row]:
    rows = map(json.loads, GROUPS.read_text(encoding="utf-8").splitlines())
    return (row for row in rows if row["half"] == half)
