"""Turn annotated articles into candidates: annotated facts, with the quotes that offing extracts for them."""

from __future__ import annotations

import json
import random
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from itertools import chain, zip_longest
from pathlib import Path
from typing import Any

from offing.model.projects.project import Amount, Firm, Lender, ProjectFacts
from offing.model.reading.evidence import Evidence, FieldName
from offing.model.reading.mention import Mention, MentionKind
from offing.model.review.candidate import Proposed
from offing.model.sources.article import Article
from offing.model.values.vocabulary import AmountKind, RecordType, Role, Status
from offing.services.analysis.analyse import Analyst, article_of
from planting.values import KINDS, Value, name_of, values

GOLD = Path(__file__).parents[2] / "tests" / "data" / "gold_open.jsonl"
SENTENCE_ENDS = re.compile(r"(?<=[.!?؟])\s|(?<=。)|\n\n")


@dataclass(frozen=True, slots=True)
class PlantedArticle:
    """An article with its mentions and proposal, and the facts and quotes it will have in the queue."""

    row: dict[str, Any]
    article: Article
    mentions: tuple[Mention, ...]
    found: Proposed
    facts: ProjectFacts
    evidence: tuple[Evidence, ...]


def planted_articles(analyst: Analyst, rng: random.Random, wanted: int) -> list[PlantedArticle]:
    """Return articles for `wanted` candidates with correct values: languages alternate, and no project repeats."""
    country_of = lru_cache(1024)(analyst.country_of)
    rows = [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines()]
    taken: set[str] = set()
    chosen: list[PlantedArticle] = []
    for row in _in_turn(rows, rng):
        project = row.get("same_project_as") or row["id"]
        told = None if project in taken else _read(row, article_of(row, 0, country_of), analyst)
        if told:
            taken.add(project)
            chosen.append(told)
        if len(chosen) == wanted:
            return chosen
    raise SystemExit(f"only {len(chosen)} articles can be used; ask for no more with --candidates")


def _in_turn(rows: Iterable[dict[str, Any]], rng: random.Random) -> Iterator[dict[str, Any]]:
    """Return the articles that report one project, alternating between languages."""
    by_language: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        if row["relevant"] and len(row["projects"]) == 1:
            by_language[row["lang"]].append(row)
    for each in by_language.values():
        rng.shuffle(each)
    return (row for row in chain.from_iterable(zip_longest(*by_language.values())) if row)


def _read(row: dict[str, Any], article: Article, analyst: Analyst) -> PlantedArticle | None:
    """Return an article with its annotated facts and their quotes.

    None if offing would not queue it, or extracts another country, sector or status and so has no quote for them.
    """
    found = analyst.study(article)
    project, best = row["projects"][0], next(iter(found.proposals), None)
    if best is None or best.score < analyst.scoring.cut:
        return None
    read = (list(best.facts.countries), best.facts.sector, best.facts.status)
    if read != (project["countries"], project["sector"], project["status"]):
        return None
    mentions = analyst.recognizer.recognize(article)
    facts = _annotated(project, best.facts, mentions)
    return PlantedArticle(row, article, mentions, found, facts, tuple(_proofs(article, facts, best.evidence)))


def _annotated(project: dict[str, Any], machine: ProjectFacts, mentions: Sequence[Mention]) -> ProjectFacts:
    """Return the annotated values; fields that are not annotated (places, sizes, host side) are the machine's."""
    firms, lenders, sums = project["firms"], project["lenders"], project["amounts"]
    known = {each["as_written"]: _known(each, (*machine.firms, *machine.lenders), mentions) for each in firms + lenders}
    return replace(
        machine,
        firms=tuple(
            Firm(name, words, Role(each["role"]), key)
            for each in firms
            for words, (name, key) in [(each["as_written"], known[each["as_written"]])]
        ),
        lenders=tuple(
            Lender(name, words, key)
            for words, (name, key) in ((each["as_written"], known[each["as_written"]]) for each in lenders)
        ),
        amounts=tuple(
            Amount(Decimal(str(each["value"])), each["currency"], AmountKind(each["kind"]), each["as_written"])
            for each in sums
        ),
        status=Status(project["status"]),
        record_type=RecordType(project["record_type"]),
    )


def _known(
    party: dict[str, str], machine: Iterable[Firm | Lender], mentions: Sequence[Mention]
) -> tuple[str, str | None]:
    """Return offing's name and id for an annotated party: from its own value, or from a mention with the same text."""
    wanted = {party["name"].casefold(), party["as_written"].casefold()}
    for each in machine:
        if {each.name.casefold(), each.as_written.casefold()} & wanted:
            return each.name, each.id
    for mention in mentions:
        if mention.kind in (MentionKind.FIRM, MentionKind.LENDER) and mention.text == party["as_written"]:
            return mention.name, mention.key
    return party["name"], None


def _proofs(article: Article, facts: ProjectFacts, machine: Sequence[Evidence]) -> Iterator[Evidence]:
    """Yield the machine's quotes.

    For the five tested fields only those of annotated values; a value without one gets the sentence that contains it.
    """
    yield from (proof for proof in machine if proof.field not in KINDS)
    for kind in KINDS:
        for value in values(facts, kind):
            own = [proof for proof in machine if proof.field is kind and proof.value == name_of(value)]
            yield from own or [_sentence(article, kind, value)]


def _sentence(article: Article, kind: FieldName, value: Value) -> Evidence:
    """Return the sentence that contains a party or sum as written."""
    assert isinstance(value, Firm | Lender | Amount)
    first = article.text.index(value.as_written)
    ends = [0, *(found.end() for found in SENTENCE_ENDS.finditer(article.text)), len(article.text)]
    start = max(end for end in ends if end <= first)
    words = article.text[start : min(end for end in ends if end >= first + len(value.as_written))].rstrip()
    return Evidence(kind, name_of(value), article.id, start, start + len(words), words)
