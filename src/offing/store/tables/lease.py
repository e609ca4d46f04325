"""Table of leases: who is looking at a candidate."""

import sqlalchemy as sa

from offing.store.tables.schema import Id, metadata, moment, text

lease = sa.Table(
    "lease",
    metadata,
    sa.Column(
        "candidate_id",
        Id,
        sa.ForeignKey("candidate.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
        comment="what they look at",
    ),
    text("by", "who"),
    moment("since", "since when"),
    moment("until", "when it runs out unless it is renewed"),
    comment="who is looking at a candidate",
)
