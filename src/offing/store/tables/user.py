"""Tables of people and their sessions in the web app."""

import sqlalchemy as sa

from offing.model.operation.user import Key
from offing.store.tables.schema import id_column, metadata, moment, reference, text, words

user = sa.Table(
    "user",
    metadata,
    id_column(),
    text("name", "name they log in with"),
    text("role", "what they may do"),
    text("password_hash", "argon2id"),
    sa.Column("disabled", sa.Boolean(), nullable=False, comment="may not log in"),
    moment("created_at", "when the account was made"),
    sa.Column(
        "goal", sa.Integer(), nullable=True, comment="candidates to judge in a day; null: a share of the day's budget"
    ),
    text("zone", "time zone in which times are shown to them; empty: the site's"),
    sa.UniqueConstraint("name"),
    comment="a person who may log in",
)

# `token_hash` is the digest of a cookie, of a program's token or of a link, or `proxy:` with the account's id;
# no password opens an empty `password_hash`.
session = sa.Table(
    "session",
    metadata,
    sa.Column("token_hash", sa.String(64), primary_key=True, comment="SHA-256 of the cookie's token"),
    words("key", Key, "what opened it", default=Key.BROWSER),
    reference("user_id", "user", "whose session"),
    text("csrf", "token that forms carry"),
    moment("created_at", "when they logged in"),
    moment("seen_at", "when it was last used"),
    sa.Index("ix_session_user_id", "user_id"),
    comment="a log-in that still stands",
)
