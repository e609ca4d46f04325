"""Accounts that people set aside stand apart from the events composed of them; an id knows for whom it was given."""

import sqlalchemy as sa
from alembic import op

revision = "20261201_0014"
down_revision = "20261201_0013"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
KINDS = ("status", "incident", "provider-replaced", "expansion", "handover", "audit", "court", "change")
STATUSES = ("proposed", "agreed", "approved", "signed", "under-construction", "completed", "suspended", "cancelled")
UNIQUE = "uq_aside_candidate_id_kind_status_chosen"
FOUNDER = "the candidate for which its id was given"
# A record was made of one candidate, at the time at which it was made.
BEGUN = """
UPDATE project SET begun_by = (
    SELECT min(link.candidate_id) FROM project_candidate AS link
    WHERE link.project_id = project.id AND link.promoted_at = project.created_at
)
"""
ASIDE = """
INSERT INTO aside (candidate_id, kind, status, "by", at)
SELECT candidate_id, kind, status, set_aside_by, set_aside_at FROM event
WHERE set_aside_by IS NOT NULL AND set_aside_at IS NOT NULL ORDER BY id
"""


def upgrade() -> None:
    _founder()
    op.create_table(
        "aside",
        sa.Column("id", ID, autoincrement=True, nullable=False, comment="number given by the database"),
        sa.Column(
            "candidate_id",
            ID,
            sa.ForeignKey("candidate.id", name="fk_aside_candidate_id_candidate"),
            nullable=False,
            comment="the candidate that brought the account",
        ),
        sa.Column(
            "chosen",
            ID,
            sa.ForeignKey("candidate.id", name="fk_aside_chosen_candidate"),
            nullable=True,
            comment="the candidate whose account was chosen over it; empty where that was not kept",
        ),
        _word("kind", KINDS, "what its event tells"),
        _word("status", STATUSES, "the status that it tells, where it tells one", nullable=True),
        sa.Column("by", sa.Text(), server_default="", nullable=False, comment="who chose another account over it"),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False, comment="when"),
        sa.PrimaryKeyConstraint("id", name="pk_aside"),
        sa.UniqueConstraint("candidate_id", "kind", "status", "chosen", name=UNIQUE),
        comment="an account that a person set aside, whether or not its event stands in a life line now",
    )
    op.execute(ASIDE)


def _founder() -> None:
    """In words, for neither tool adds a reference to a table that stands in both databases."""
    postgres = op.get_bind().dialect.name == "postgresql"
    column = f"begun_by {'BIGINT' if postgres else 'INTEGER'}"
    key = "CONSTRAINT fk_project_begun_by_candidate REFERENCES candidate (id)"
    op.execute(f"ALTER TABLE project ADD COLUMN {column} {key}")
    if postgres:
        op.execute(f"COMMENT ON COLUMN project.begun_by IS '{FOUNDER}'")
        op.execute("COMMENT ON COLUMN project_candidate.project_id IS 'the record it came to'")
        op.execute(
            "COMMENT ON TABLE project_candidate IS "
            "'which candidates a record was made from; a merge changes nothing here'"
        )
    op.create_index("ix_project_begun_by", "project", ["begun_by"])
    op.execute(BEGUN)


def _word(column: str, values: tuple[str, ...], comment: str, *, nullable: bool = False) -> sa.Column[str]:
    allowed = ", ".join(f"'{value}'" for value in values)
    check = sa.CheckConstraint(f"{column} IN ({allowed})", name=op.f(f"ck_aside_{column}"))
    return sa.Column(column, sa.String(40), check, nullable=nullable, comment=comment)
