"""PostgreSQL keeps pairs of neighbouring words, so that a phrase is looked up; made here from the places of words."""

import sqlalchemy as sa
from alembic import op

revision = "20261126_0006"
down_revision = "20261125_0005"
branch_labels = None
depends_on = None

BATCH = 1_000  # candidates whose words are rewritten in one statement
MOST_BYTES = 1_000_000  # as written, of one candidate; PostgreSQL refuses more than 1 MiB
NEIGHBOURS = """
    SELECT candidate_id, lexeme, place,
        lead(lexeme) OVER candidate AS following, lead(place) OVER candidate AS next
    FROM candidate_search, unnest(words) AS word (lexeme, places, weights), unnest(places) AS place
    WHERE candidate_id > :after AND candidate_id <= :until
    WINDOW candidate AS (PARTITION BY candidate_id ORDER BY place)
"""
PAIRS = f"""
    SELECT candidate_id, format(E'\\' %s %s\\':%s', lexeme, following, string_agg(place::text, ',')) AS pair
    FROM ({NEIGHBOURS}) AS neighbour WHERE next = place + 1 GROUP BY candidate_id, lexeme, following
"""  # noqa: S608 -- our own words
WITH_PAIRS = f"""
    UPDATE candidate_search AS kept SET words = (strip(words)::text || ' ' || told.pairs)::tsvector
    FROM (SELECT candidate_id, string_agg(pair, ' ') AS pairs FROM ({PAIRS}) AS each GROUP BY candidate_id) AS told
    WHERE told.candidate_id = kept.candidate_id
        AND octet_length(strip(words)::text) + octet_length(told.pairs) < {MOST_BYTES}
"""  # noqa: S608 -- our own words


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        return
    op.execute("DROP INDEX ix_candidate_search_words")
    last = op.get_bind().execute(sa.text("SELECT coalesce(max(candidate_id), 0) FROM candidate_search")).scalar_one()
    for after in range(0, last, BATCH):
        op.get_bind().execute(sa.text(WITH_PAIRS), {"after": after, "until": after + BATCH})
    op.execute("CREATE INDEX ix_candidate_search_words ON candidate_search USING gin (words)")
