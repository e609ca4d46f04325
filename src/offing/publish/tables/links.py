"""links.csv: which projects of other datasets a project is, as people decided or matching found. Pure."""

from __future__ import annotations

from datetime import UTC
from decimal import Decimal
from operator import attrgetter

from offing.model.pairs.pairing import Bond
from offing.model.projects.release import KnownLink
from offing.publish.columns import LINK_IDS, project_id, row_id
from offing.publish.table import Column, Table

LINKS: Table[KnownLink] = Table(
    "links",
    "The same or a related project in another dataset: the crosswalk between its ids and ours.",
    (
        row_id(LINK_IDS),
        project_id(attrgetter("project_id")),
        Column("dataset", "the other dataset", attrgetter("dataset"), required=True),
        Column("their_id", "the project's id there", attrgetter("their_id"), required=True),
        Column(
            "verdict",
            "same: one project; linked: another phase or part of it; different: not this one, however alike",
            attrgetter("bond"),
            words=Bond,
            required=True,
        ),
        Column("judge", "who decided; matching: nobody has looked at it yet", lambda each: each.judge or "matching"),
        Column(
            "decided_at",
            "when, UTC",
            lambda each: each.at and f"{each.at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
            "datetime",
        ),
        Column(
            "score",
            "of matching, 0 to 1; empty where a person decided",
            lambda each: None if each.score is None else Decimal(str(round(each.score, 3))),
            "number",
        ),
        Column("reason", "the reason that the person gave", attrgetter("reason")),
        Column("licence", "licence of the other dataset, as SPDX calls it", attrgetter("licence")),
    ),
    (LINK_IDS.column,),
    LINK_IDS,
)
