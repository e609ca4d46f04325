"""Tables of candidates, their stories and their evidence."""

import sqlalchemy as sa

from offing.model.reading.evidence import FieldName
from offing.model.review.candidate import CandidateKind, CandidateState
from offing.model.values.vocabulary import Speaker
from offing.store.tables.schema import Json, id_column, metadata, moment, reference, text, words

story = sa.Table(
    "story",
    metadata,
    id_column(),
    moment("first_at", "when its first article was published or seen"),
    moment("last_at", "when its newest article was published or seen"),
    reference("merged_into", "story", "the story that took its articles in", nullable=True),
    sa.Index("ix_story_last_at", "last_at"),
    comment="the set of articles that tell the same news",
)

story_article = sa.Table(
    "story_article",
    metadata,
    id_column(),
    reference("story_id", "story", "the story"),
    reference("article_id", "article", "an article of it"),
    sa.Column("ordinal", sa.Integer(), nullable=False, comment="which of the article's proposals, from 0"),
    sa.Column("facts", Json, nullable=False, comment="what this article proposes"),
    sa.Column("score", sa.Float(), nullable=False, comment="score of this article's proposal"),
    sa.Column("reasons", Json, nullable=True, comment="the reasons of that score, with weights"),
    moment("at", "when its article was published or seen", nullable=True),
    sa.Column("sketch", sa.LargeBinary(), nullable=True, comment="MinHash of its article's text: near copies agree"),
    sa.Column("gist", sa.LargeBinary(), nullable=True, comment="what its article means: a vector, a byte a dimension"),
    sa.Column("stood_in", Json, nullable=True, comment="ids of the stories it ever stood in, its first one first"),
    reference("repeats", "story_article", "the telling that it repeats and stands with", nullable=True),
    sa.UniqueConstraint("article_id", "ordinal"),
    sa.Index("ix_story_article_story_id", "story_id"),
    sa.Index("ix_story_article_repeats", "repeats"),
    # Finds tellings that are no repeats without reading the thousands that may repeat them.
    sa.Index(
        "ix_story_article_leading",
        "story_id",
        sqlite_where=sa.text("repeats IS NULL"),
        postgresql_where=sa.text("repeats IS NULL"),
    ),
    comment="which articles tell a story, and what each proposes",
)

story_key = sa.Table(
    "story_key",
    metadata,
    sa.Column("key", sa.String(120), nullable=False, comment="country with party, place or sum; band of a sketch"),
    reference("telling_id", "story_article", "what can be found by it"),
    moment("at", "when its article was published or seen"),
    sa.PrimaryKeyConstraint("key", "telling_id"),
    sa.Index("ix_story_key_telling_id", "telling_id"),
    sa.Index("ix_story_key_key_at", "key", "at"),
    comment="by which a new article finds the tellings it may belong to, without reading all",
)

repeat_outlet = sa.Table(
    "repeat_outlet",
    metadata,
    reference("telling_id", "story_article", "the telling that is repeated"),
    sa.Column("outlet", sa.Text(), nullable=False, comment="who repeats it"),
    moment("first_at", "when it first did"),
    moment("last_at", "when it last did"),
    sa.PrimaryKeyConstraint("telling_id", "outlet"),
    comment="the outlets that repeat a telling, each once, however many articles it does so in",
)

candidate = sa.Table(
    "candidate",
    metadata,
    id_column(),
    reference("story_id", "story", "story it was proposed from"),
    words("kind", CandidateKind, "why it stands in the queue"),
    words("state", CandidateState, "where its review stands"),
    sa.Column("facts", Json, nullable=False, comment="the machine's values; never a person's"),
    sa.Column("reasons", Json, nullable=False, comment="the reasons of the score, with weights"),
    sa.Column("score", sa.Float(), nullable=False, comment="0 to 1, orders the queue"),
    sa.Column("above_cut", sa.Boolean(), nullable=False, comment="whether it is queued by its score"),
    sa.Column("audit_day", sa.String(10), nullable=True, comment="day in whose audit sample it stands"),
    moment("created_at", "when it was proposed"),
    moment("defer_until", "when a deferred one comes back", nullable=True),
    reference("duplicate_of", "candidate", "the one it doubles, once decided", nullable=True),
    sa.Column("version", sa.Integer(), nullable=False, comment="raised by each change: optimistic locking"),
    text("produced_by", "stage and version of its rules"),
    reference("merged_into", "candidate", "the one that stands for it since their stories became one", nullable=True),
    text("update_of", "the item whose update it is: candidate:12, project:off-…, known:base:id", nullable=True),
    sa.Column("outlets", sa.Integer(), nullable=False, server_default="1", comment="outlets that tell its story"),
    sa.Column(
        "independent", sa.Integer(), nullable=False, server_default="1", comment="of these, not copied from another"
    ),
    sa.Column("contrasts", Json, nullable=True, comment="fields of which its articles say different things"),
    sa.UniqueConstraint("story_id"),
    sa.Index("ix_candidate_update_of", "update_of"),
    sa.Index("ix_candidate_created_at", "created_at"),
    # Few are merged; an index of all would mislead SQLite when it looks for those that are not.
    sa.Index(
        "ix_candidate_merged_into",
        "merged_into",
        sqlite_where=sa.text("merged_into IS NOT NULL"),
        postgresql_where=sa.text("merged_into IS NOT NULL"),
    ),
    sa.Index("ix_candidate_duplicate_of", "duplicate_of"),
    comment="a proposed project record, waiting for review",
)

# All columns that order the queue, so that no wide row is read that is not shown.
sa.Index(
    "ix_candidate_queue",
    *(candidate.c.state, candidate.c.above_cut, candidate.c.score.desc(), candidate.c.id, candidate.c.kind),
    *(candidate.c.merged_into, candidate.c.audit_day, candidate.c.defer_until),
)

evidence = sa.Table(
    "evidence",
    metadata,
    id_column(),
    reference("candidate_id", "candidate", "the candidate whose value it proves"),
    reference("article_id", "article", "the article that is quoted"),
    reference(
        "telling_id", "story_article", "the telling that it belongs to; null once a person quoted it", nullable=True
    ),
    words("field", FieldName, "field that it proves"),
    text("value", "value that it proves"),
    sa.Column("start", sa.Integer(), nullable=False, comment="first character, in the article's text"),
    sa.Column("end", sa.Integer(), nullable=False, comment="one past the last character"),
    text("quote", "the characters themselves"),
    words("speaker", Speaker, "who says so", nullable=True),
    sa.UniqueConstraint("telling_id", "field", "value", "start", "end"),
    sa.Index("ix_evidence_article_id", "article_id"),
    sa.Index("ix_evidence_candidate_id", "candidate_id"),
    comment="the exact quote that supports one field value",
)
