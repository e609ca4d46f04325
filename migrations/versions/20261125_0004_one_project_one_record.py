"""Stories by keys, pairs of what may be one project with people's decisions on them, events of the life line."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "20261125_0004"
down_revision = "20261125_0003"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
MOMENT = sa.DateTime(timezone=True)
FIELDS = (
    *("countries", "firms", "lenders", "amounts", "sector", "status", "record_type", "mode"),
    *("counterparts", "concerns", "quantities", "places", "event_date", "events"),
)
SPEAKERS = ("host-official", "chinese-official", "company", "state-media", "media", "ngo", "unnamed")
STATUSES = (*("proposed", "agreed", "approved", "signed", "under-construction", "completed", "suspended", "cancelled"),)
EVENTS = ("status", "incident", "provider-replaced", "expansion", "handover", "audit", "court", "change")
MENTIONS = (
    *("firm", "lender", "country", "place", "china", "money", "date", "quantity", "counterpart", "sector", "status"),
    *("role", "flow", "mode", "concern", "record-type", "signal", "event", "project"),
)
RELATIONS = ("same", "linked", "new")
BONDS = ("same", "linked", "different")


def upgrade() -> None:
    _stories()
    _candidates()
    _evidence()
    _pairs()
    _known()
    _events()
    _mentions()


def _stories() -> None:
    _pointer("story", "merged_into", "story", "the story that took its articles in")
    with op.batch_alter_table("story_article", recreate="never") as telling:
        telling.add_column(sa.Column("reasons", JSON, nullable=True, comment="the reasons of that score, with weights"))
        telling.add_column(sa.Column("at", MOMENT, nullable=True, comment="when its article was published or seen"))
        telling.add_column(
            sa.Column(
                "sketch",
                sa.LargeBinary(),
                nullable=True,
                comment="MinHash of its article's text: near copies agree",
            )
        )
        telling.add_column(
            sa.Column(
                "stood_in", JSON, nullable=True, comment="ids of the stories it ever stood in, its first one first"
            )
        )
    op.execute(
        "UPDATE story_article SET at = (SELECT coalesce(article.published, article.extracted_at) FROM article "
        "WHERE article.id = story_article.article_id)"
    )
    op.create_table(
        "story_key",
        sa.Column("key", sa.String(120), nullable=False, comment="country with party, place or sum; band of a sketch"),
        _reference("story_key", "telling_id", "story_article", "what can be found by it"),
        sa.Column("at", MOMENT, nullable=False, comment="when its article was published or seen"),
        sa.PrimaryKeyConstraint("key", "telling_id", name="pk_story_key"),
        comment="by which a new article finds the tellings it may belong to, without reading all",
    )
    op.create_index("ix_story_key_telling_id", "story_key", ["telling_id"])
    op.create_index("ix_story_key_key_at", "story_key", ["key", "at"])


def _candidates() -> None:
    _pointer("candidate", "merged_into", "candidate", "the one that stands for it since their stories became one")
    with op.batch_alter_table("candidate", recreate="never") as candidate:
        candidate.add_column(
            sa.Column(
                "update_of",
                sa.Text(),
                nullable=True,
                comment="the thing whose update it is: candidate:12, project:off-…, known:base:id",
            )
        )
        candidate.add_column(
            sa.Column(
                "outlets", sa.Integer(), nullable=False, server_default="1", comment="outlets that tell its story"
            )
        )
        candidate.add_column(
            sa.Column(
                "independent",
                sa.Integer(),
                nullable=False,
                server_default="1",
                comment="of these, not copied from another",
            )
        )
        candidate.add_column(
            sa.Column("contrasts", JSON, nullable=True, comment="fields of which its articles say different things")
        )
    op.create_index("ix_candidate_update_of", "candidate", ["update_of"])
    op.create_index("ix_candidate_merged_into", "candidate", ["merged_into"])
    with op.batch_alter_table("decision", recreate="never") as decision:
        decision.add_column(
            sa.Column(
                "into",
                sa.Text(),
                nullable=True,
                comment="the thing whose update it was accepted as: project:off-…, known:base:id",
            )
        )


def _evidence() -> None:
    """Quotes belong to what one article says, so that they go with it when stories are split."""
    op.rename_table("evidence", "evidence_before")
    if op.get_bind().dialect.name == "postgresql":  # names of constraints and indexes are taken there until it is gone
        for kind in ("pk_evidence", "fk_evidence_candidate_id_candidate", "fk_evidence_article_id_article"):
            op.execute(f"ALTER TABLE evidence_before RENAME CONSTRAINT {kind} TO {kind}_before")
        op.execute("ALTER SEQUENCE evidence_id_seq RENAME TO evidence_before_id_seq")
    op.drop_index("ix_evidence_article_id", "evidence_before")
    op.create_table(
        "evidence",
        sa.Column("id", ID, primary_key=True, autoincrement=True, comment="number given by the database"),
        _reference("evidence", "candidate_id", "candidate", "the candidate whose value it proves"),
        _reference("evidence", "article_id", "article", "the article that is quoted"),
        _reference(
            "evidence",
            "telling_id",
            "story_article",
            "the telling that it belongs to; null once a person quoted it",
            nullable=True,
        ),
        _words("evidence.field", FIELDS, "field that it proves"),
        _text("value", "value that it proves"),
        sa.Column("start", sa.Integer(), nullable=False, comment="first character, in the article's text"),
        sa.Column("end", sa.Integer(), nullable=False, comment="one past the last character"),
        _text("quote", "the characters themselves"),
        _words("evidence.speaker", SPEAKERS, "who says so", nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_evidence"),
        sa.UniqueConstraint(
            *("telling_id", "field", "value", "start", "end"), name="uq_evidence_telling_id_field_value_start_end"
        ),
        comment="the exact quote that supports one field value",
    )
    same = 'field, value, start, "end", quote, speaker'
    telling = (
        "(SELECT min(t.id) FROM story_article t JOIN candidate c ON c.story_id = t.story_id "
        "WHERE c.id = evidence_before.candidate_id AND t.article_id = evidence_before.article_id)"
    )
    op.execute(
        f"INSERT INTO evidence (candidate_id, article_id, telling_id, {same}) "  # noqa: S608 -- our own words
        f"SELECT candidate_id, article_id, {telling}, {same} FROM evidence_before ORDER BY id"
    )
    op.drop_table("evidence_before")
    op.create_index("ix_evidence_article_id", "evidence", ["article_id"])
    op.create_index("ix_evidence_candidate_id", "evidence", ["candidate_id"])


def _pairs() -> None:
    op.create_table(
        "pair",
        sa.Column("id", ID, primary_key=True, autoincrement=True, comment="number given by the database"),
        _reference("pair", "candidate_id", "candidate", "the candidate"),
        _text("target", "the thing it may tell of: candidate:12, project:off-…, known:base:id"),
        _words("pair.relation", RELATIONS, "what it is to that thing"),
        sa.Column("score", sa.Float(), nullable=False, comment="0 to 1"),
        sa.Column("reasons", JSON, nullable=False, comment="what agrees and what differs, in words"),
        sa.Column("at", MOMENT, nullable=False, comment="when it was compared"),
        _text("produced_by", "stage and version of its rules"),
        sa.PrimaryKeyConstraint("id", name="pk_pair"),
        sa.UniqueConstraint("candidate_id", "target", name="uq_pair_candidate_id_target"),
        comment="what matching says of a candidate and something known",
    )
    op.create_index("ix_pair_target", "pair", ["target"])
    op.create_table(
        "pair_decision",
        sa.Column("id", ID, primary_key=True, autoincrement=True, comment="number given by the database"),
        _text("one", "a thing: telling:7, candidate:12, project:off-…, known:base:id"),
        _text("other", "another thing"),
        _words("pair_decision.bond", BONDS, "what they are to each other"),
        _text("by", "who said so"),
        sa.Column("at", MOMENT, nullable=False, comment="when"),
        _text("reason", "why"),
        _reference("pair_decision", "undoes", "pair_decision", "the decision that this one takes back", nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_pair_decision"),
        sa.UniqueConstraint("undoes", name="uq_pair_decision_undoes"),
        comment="who said of two things that they are one, linked or different; appended, never changed",
    )
    op.create_index(
        "ix_project_redirects_to",
        "project",
        ["redirects_to"],
        sqlite_where=sa.text("redirects_to IS NOT NULL"),
        postgresql_where=sa.text("redirects_to IS NOT NULL"),
    )
    op.create_index("ix_pair_decision_one", "pair_decision", ["one"])
    op.create_index("ix_pair_decision_other", "pair_decision", ["other"])


def _known() -> None:
    op.create_table(
        "known_key",
        sa.Column("key", sa.String(120), nullable=False, comment="country with party, place or sum; a rare word"),
        _reference("known_key", "known_id", "known_project", "what can be found by it"),
        sa.PrimaryKeyConstraint("key", "known_id", name="pk_known_key"),
        comment="by which a candidate finds the known projects it may tell of, without reading all",
    )
    op.create_index("ix_known_key_known_id", "known_key", ["known_id"])
    op.create_table(
        "project_name",
        sa.Column("id", ID, primary_key=True, autoincrement=True, comment="number given by the database"),
        _text("target", "whose name it is: project:off-…, known:base:id"),
        _text("name", "a name of its own: of a system, a site or a body on the host's side"),
        sa.Column("countries", JSON, nullable=False, comment="ISO 3166-1 alpha-3, where it stands"),
        sa.Column("sector", sa.String(40), nullable=True, comment="what the project is about, where known"),
        sa.Column(
            "stamp", sa.String(64), nullable=False, comment="version of the record or digest of the row it is of"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_project_name"),
        sa.UniqueConstraint("target", "name", name="uq_project_name_target_name"),
        comment="names by which later news of a project is known although no Chinese party is named",
    )
    op.create_index("ix_project_name_target", "project_name", ["target"])


def _events() -> None:
    """Statuses become one kind of event."""
    op.create_table(
        "event",
        sa.Column("id", ID, primary_key=True, autoincrement=True, comment="number given by the database"),
        sa.Column(
            "project_id",
            sa.String(40),
            sa.ForeignKey("project.id", name="fk_event_project_id_project"),
            nullable=False,
            comment="the project",
        ),
        _words("event.kind", EVENTS, "what it tells"),
        _words("event.status", STATUSES, "the project's state in the world, where it tells one", nullable=True),
        _text("told", "when it came about, ISO 8601 as precise as told: 2026-03; empty where not told"),
        sa.Column(
            "day",
            sa.Date(),
            nullable=True,
            comment="its place on the line: first day of `told`, else of the article",
        ),
        _reference("event", "candidate_id", "candidate", "the candidate that brought it"),
        _text("url", "article that reports it"),
        _text("quote", "the words that prove it"),
        sa.Column("changes", JSON, nullable=True, comment="what changed: field, then values before and after"),
        sa.Column("set_aside_by", sa.Text(), nullable=True, comment="who chose another account over it"),
        sa.Column("set_aside_at", MOMENT, nullable=True, comment="when"),
        sa.PrimaryKeyConstraint("id", name="pk_event"),
        sa.UniqueConstraint(
            *("project_id", "candidate_id", "kind", "status"), name="uq_event_project_id_candidate_id_kind_status"
        ),
        comment="one point of a project's life line",
    )
    same = "project_id, status, day, candidate_id, url, quote"
    op.execute(
        f"INSERT INTO event (kind, {same}) SELECT 'status', {same} FROM status_event ORDER BY id"  # noqa: S608 -- put together from constants of this file
    )
    op.drop_table("status_event")
    op.create_index("ix_event_project_id_day", "event", ["project_id", "day"])
    op.create_index("ix_event_candidate_id", "event", ["candidate_id"])


def _mentions() -> None:
    """Mentions of events and of known projects. SQLite changes no constraint: the rows move into a new table."""
    allowed = f"kind IN ({', '.join(repr(kind) for kind in MENTIONS)})"
    if op.get_bind().dialect.name == "postgresql":
        op.drop_constraint("ck_mention_kind", "mention")
        op.create_check_constraint(op.f("ck_mention_kind"), "mention", sa.text(allowed))
        return
    op.rename_table("mention", "mention_before")
    for index in ("article_id", "kind_key"):
        op.drop_index(f"ix_mention_{index}", "mention_before")
    op.create_table(
        "mention",
        sa.Column("id", ID, primary_key=True, autoincrement=True, nullable=False),
        _reference("mention", "article_id", "article", ""),
        _words("mention.kind", MENTIONS, ""),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        _text("surface", ""),
        sa.Column("key", sa.Text(), nullable=True),
        _text("name", ""),
        sa.Column("value", JSON, nullable=True),
        sa.Column("weight", sa.Float(), nullable=False),
        _text("by", ""),
        sa.PrimaryKeyConstraint("id", name="pk_mention"),
    )
    same = 'id, article_id, kind, start, "end", surface, "key", name, value, weight, "by"'
    op.execute(f"INSERT INTO mention ({same}) SELECT {same} FROM mention_before")  # noqa: S608 -- our own words
    op.drop_table("mention_before")
    op.create_index("ix_mention_article_id", "mention", ["article_id"])
    op.create_index("ix_mention_kind_key", "mention", ["kind", "key"])


def _text(name: str, comment: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False, server_default="", comment=comment)


def _words(name: str, values: tuple[str, ...], comment: str, *, nullable: bool = False) -> sa.Column[str]:
    """A column, named with its table, that holds one of some words."""
    table, column = name.split(".")
    allowed = ", ".join(f"'{value}'" for value in values)
    check = sa.CheckConstraint(f"{column} IN ({allowed})", name=op.f(f"ck_{table}_{column}"))
    return sa.Column(column, sa.String(40), check, nullable=nullable, comment=comment)


def _reference(table: str, name: str, target: str, comment: str, *, nullable: bool = False) -> sa.Column[int]:
    key = sa.ForeignKey(f"{target}.id", name=f"fk_{table}_{name}_{target}")
    return sa.Column(name, ID, key, nullable=nullable, comment=comment)


def _pointer(table: str, name: str, target: str, comment: str) -> None:
    """Add a reference to a table that stands; in words, for neither tool adds one in both databases."""
    postgres = op.get_bind().dialect.name == "postgresql"
    column = f"{name} {'BIGINT' if postgres else 'INTEGER'}"
    op.execute(
        f"ALTER TABLE {table} ADD COLUMN {column} CONSTRAINT fk_{table}_{name}_{target} REFERENCES {target} (id)"
    )
    if postgres:
        op.execute(f"COMMENT ON COLUMN {table}.{name} IS '{comment}'")
