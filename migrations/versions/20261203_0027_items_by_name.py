"""What is commented on and paired is an `item`, as the code calls it."""

from alembic import op

revision = "20261203_0027"
down_revision = "20261203_0026"
branch_labels = None
depends_on = None

COMMENTS = {
    "candidate.update_of": "the item whose update it is: candidate:12, project:off-…, known:base:id",
    "decision.into": "the item whose update it was accepted as: project:off-…, known:base:id",
    "pair.target": "the item it may tell of: candidate:12, project:off-…, known:base:id",
    "pair.relation": "what it is to that item",
    "pair_decision.one": "an item: telling:7, candidate:12, project:off-…, known:base:id",
    "pair_decision.other": "another item",
}


def upgrade() -> None:
    op.drop_index("ix_comment_thing", "comment")
    op.alter_column("comment", "thing", new_column_name="item")
    op.create_index("ix_comment_item", "comment", ["item"])
    if op.get_bind().dialect.name == "postgresql":
        for place, words in COMMENTS.items():
            table, column = place.split(".")
            op.alter_column(table, column, comment=words)
        op.create_table_comment(
            "pair_decision", "who said of two items that they are one, linked or different; appended, never changed"
        )
