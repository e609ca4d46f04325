"""How many wrong values the page of a candidate points at: values are planted, one in each candidate and kind.

    offing demo --once && python benchmarks/planted.py demo-site/offing.db

Planted are another country, ten times the sum, and a firm that the same article names but that the candidate has not.
Told are how many of them the page flags, and how many candidates it flags that nothing was planted in. Nothing is
written.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from dataclasses import replace

import sqlalchemy as sa

from offing.model.projects.project import Firm, ProjectFacts
from offing.model.reading.mention import MentionKind
from offing.review.doubts import doubts
from offing.services.views.candidate_view import CandidateView, candidate_view
from offing.store.database.engine import open_database
from offing.store.tables import candidate

COUNTRIES = ("ZMB", "PER", "LAO", "KEN")


def planted(seen: CandidateView, chance: random.Random) -> Iterator[tuple[str, ProjectFacts]]:
    """Yield the candidate's facts with one wrong value, by kind."""
    facts = seen.item.facts
    if facts.countries:
        other = chance.choice([code for code in COUNTRIES if code not in facts.countries])
        yield "country", replace(facts, countries=(other, *facts.countries[1:]))
    if facts.amounts:
        tenfold = replace(facts.amounts[0], value=facts.amounts[0].value * 10)
        yield "sum", replace(facts, amounts=(tenfold, *facts.amounts[1:]))
    own = [firm.name.casefold() for firm in facts.firms]
    named = [each for found in seen.mentions.values() for each in found if each.kind is MentionKind.FIRM]
    near = [each for each in named if not any(alike(each.name.casefold(), name) for name in own)]
    if facts.firms and near:
        chosen = chance.choice(near)
        firm = Firm(chosen.name, chosen.text, facts.firms[0].role, chosen.key)
        yield "firm", replace(facts, firms=(firm, *facts.firms[1:]))


def alike(name: str, other: str) -> bool:
    """Return whether one name is part of the other: "Huawei" where it is Huawei Cloud is told loosely, not wrongly."""
    return name in other or other in name


def main(path: str) -> None:
    """Plant, look, and print a line for each kind."""
    database, chance = open_database(f"sqlite:///{path}"), random.Random(1)
    with database.read() as conn:
        ids = conn.execute(sa.select(candidate.c.id).where(candidate.c.merged_into.is_(None))).scalars().all()
    counts: dict[str, list[int]] = {"nothing": [0, 0]}
    for number in ids:
        seen = candidate_view(database, number)
        evidence = seen.item.candidate.evidence
        before = {doubt.value for doubt in doubts(seen.item.facts, evidence, seen.mentions)}
        counts["nothing"][0] += bool(before)
        counts["nothing"][1] += 1
        for kind, facts in planted(seen, chance):
            found = {doubt.value for doubt in doubts(facts, evidence, seen.mentions)} - before
            tally = counts.setdefault(kind, [0, 0])
            tally[0] += bool(found)
            tally[1] += 1
    for kind, (flagged, all_of_them) in counts.items():
        print(f"{kind:<8} planted in {all_of_them:>4}, flagged {flagged:>4}")
    database.close()


if __name__ == "__main__":
    main(sys.argv[1])
