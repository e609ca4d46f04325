"""Candidates can be assigned, by hand and by rules; each person has a goal of the day."""

import sqlalchemy as sa
from alembic import op

revision = "20261202_0016"
down_revision = "20261201_0015"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
STANDS = sa.text("ended_at IS NULL")


def upgrade() -> None:
    op.create_table(
        "assignment_rule",
        _number(),
        _text("query", "the countries, languages and sectors that it is for, as a query string of the queue"),
        _text("person", "to whom it assigns"),
        _text("by", "who made it"),
        _moment("at", "when"),
        _moment("ended_at", "when it was taken back", nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_assignment_rule"),
        comment="rules by which candidates are assigned that nobody assigned by hand",
    )
    candidate = sa.ForeignKey("candidate.id", name="fk_assignment_candidate_id_candidate", ondelete="CASCADE")
    rule = sa.ForeignKey("assignment_rule.id", name="fk_assignment_rule_id_assignment_rule")
    op.create_table(
        "assignment",
        _number(),
        sa.Column("candidate_id", ID, candidate, nullable=False, comment="what is to be judged"),
        _text("person", "who is to judge it; empty: nobody, whatever the rules say"),
        _text("by", "who assigned it; empty where a rule did"),
        sa.Column("rule_id", ID, rule, nullable=True, comment="the rule that did"),
        _moment("at", "since when"),
        _moment("ended_at", "until when", nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_assignment"),
        comment="who is to judge a candidate, and who was before",
    )
    standing = {"unique": True, "sqlite_where": STANDS, "postgresql_where": STANDS}
    op.create_index("uq_assignment_standing", "assignment", ["candidate_id"], **standing)
    op.create_index("ix_assignment_candidate_id", "assignment", ["candidate_id"])
    op.create_index("ix_assignment_person_candidate_id", "assignment", ["person", "candidate_id"])
    comment = "candidates to judge in a day; null: a share of the day's budget"
    op.add_column("user", sa.Column("goal", sa.Integer(), nullable=True, comment=comment))


def _number() -> sa.Column[int]:
    return sa.Column("id", ID, autoincrement=True, nullable=False, comment="number given by the database")


def _text(name: str, comment: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), server_default="", nullable=False, comment=comment)


def _moment(name: str, comment: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable, comment=comment)
