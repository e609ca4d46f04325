"""Measure how many wrong values the candidate page flags, by planting one value per candidate and kind.

    offing demo --once && python benchmarks/planted.py demo-site/offing.db

The planted values are another country, ten times the sum, and a firm that the article names but that is not the
candidate's. The output is the number that the page flags, and the number of unmodified candidates that it flags.
Nothing is written to the database.
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


def planted(view: CandidateView, rng: random.Random) -> Iterator[tuple[str, ProjectFacts]]:
    """Yield the candidate's facts with one wrong value, by kind."""
    facts = view.item.facts
    if facts.countries:
        other = rng.choice([code for code in COUNTRIES if code not in facts.countries])
        yield "country", replace(facts, countries=(other, *facts.countries[1:]))
    if facts.amounts:
        tenfold = replace(facts.amounts[0], value=facts.amounts[0].value * 10)
        yield "sum", replace(facts, amounts=(tenfold, *facts.amounts[1:]))
    own = [firm.name.casefold() for firm in facts.firms]
    named = [each for found in view.mentions.values() for each in found if each.kind is MentionKind.FIRM]
    near = [each for each in named if not any(alike(each.name.casefold(), name) for name in own)]
    if facts.firms and near:
        chosen = rng.choice(near)
        firm = Firm(chosen.name, chosen.text, facts.firms[0].role, chosen.key)
        yield "firm", replace(facts, firms=(firm, *facts.firms[1:]))


def alike(name: str, other: str) -> bool:
    """Return whether one name contains the other: "Huawei" for Huawei Cloud is imprecise, not wrong."""
    return name in other or other in name


def main(path: str) -> None:
    """Plant values, and print the number flagged for each kind."""
    database, rng = open_database(f"sqlite:///{path}"), random.Random(1)
    with database.read() as conn:
        ids = conn.execute(sa.select(candidate.c.id).where(candidate.c.merged_into.is_(None))).scalars().all()
    counts: dict[str, list[int]] = {"nothing": [0, 0]}
    for number in ids:
        view = candidate_view(database, number)
        evidence = view.item.candidate.evidence
        before = {doubt.value for doubt in doubts(view.item.facts, evidence, view.mentions)}
        counts["nothing"][0] += bool(before)
        counts["nothing"][1] += 1
        for kind, facts in planted(view, rng):
            found = {doubt.value for doubt in doubts(facts, evidence, view.mentions)} - before
            tally = counts.setdefault(kind, [0, 0])
            tally[0] += bool(found)
            tally[1] += 1
    for kind, (flagged, all_of_them) in counts.items():
        print(f"{kind:<8} planted in {all_of_them:>4}, flagged {flagged:>4}")
    database.close()


if __name__ == "__main__":
    main(sys.argv[1])
