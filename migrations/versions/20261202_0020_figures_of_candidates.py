"""What candidates are sorted and narrowed by: newest day, largest sum in dollars, doubts."""

import sqlalchemy as sa
from alembic import op

revision = "20261202_0020"
down_revision = "20261202_0019"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "candidate_figure",
        sa.Column("candidate_id", ID, autoincrement=False, nullable=False, comment="the candidate"),
        sa.Column(
            "newest", sa.BigInteger(), nullable=False, comment="its newest article, seconds since 1970; 0: undated"
        ),
        sa.Column("usd", sa.Float(), nullable=False, comment="its largest sum in US dollars; 0: none"),
        sa.Column("quote_doubt", sa.Boolean(), nullable=False, comment="the words of a quote do not state its value"),
        sa.Column("second_doubt", sa.Boolean(), nullable=False, comment="the second reader differs"),
        sa.Column("outlet_doubt", sa.Boolean(), nullable=False, comment="outlets give different values"),
        sa.ForeignKeyConstraint(
            ["candidate_id"],
            ["candidate.id"],
            name="fk_candidate_figure_candidate_id_candidate",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("candidate_id", name="pk_candidate_figure"),
        comment="what candidates are sorted and narrowed by; deleted when they change, measured before it is asked for",
    )
    op.create_index("ix_candidate_figure_newest", "candidate_figure", ["newest", "candidate_id"])
    op.create_index("ix_candidate_figure_usd", "candidate_figure", ["usd", "candidate_id"])
