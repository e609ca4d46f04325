"""Tables of runs: the run lock, due work, outcomes, pacing of hosts, robots.txt."""

import sqlalchemy as sa

from offing.model.operation.run import Ending
from offing.model.values.vocabulary import Verb
from offing.store.tables.schema import Id, Json, id_column, metadata, moment, reference, text, words

run = sa.Table(
    "run",
    metadata,
    id_column(),
    text("pipeline", "what was run"),
    text("host", "machine it ran on"),
    sa.Column("process", sa.Integer(), nullable=False, comment="its process id there"),
    moment("started_at", "when it started"),
    moment("ended_at", "when it ended; null while it runs, or when it was killed", nullable=True),
    sa.Column("exit_code", sa.Integer(), nullable=True, comment="as the command answered"),
    sa.Column("tally", Json, nullable=True, comment="its counts"),
    comment="one execution of a pipeline",
)

run_lock = sa.Table(
    "run_lock",
    metadata,
    sa.Column("name", sa.String(20), primary_key=True, comment="what is locked"),
    reference("run_id", "run", "the run that holds it", nullable=True),
    text("holder", "host of that run"),
    text("mark", "random mark of that holding, which stands in the lock file of its machine as well"),
    moment("until", "when it ends unless renewed"),
    comment="at most one run works on a database",
)

work = sa.Table(
    "work",
    metadata,
    id_column(),
    words("verb", Verb, "what is to be done"),
    sa.Column("item_id", Id, nullable=False, comment="id of the noun that the verb takes"),
    text("host", "host that will be asked; empty where none is"),
    text("domain", "registered domain of that host"),
    reference("feed_id", "feed", "feed that brought it; null where none did, or it is the feed itself", nullable=True),
    moment("due_at", "not before"),
    sa.Column("tries", sa.Integer(), nullable=False, server_default="0", comment="attempts that failed so far"),
    moment("done_at", "when nothing was left to do", nullable=True),
    moment("quarantined_at", "when it was set aside", nullable=True),
    text("reason", "why it was set aside, or last put off"),
    text("set_aside_by", "version of the code that set it aside"),
    text("fault", "class of the fault that set it aside: hang, memory, crash, or an exception's name"),
    text("trace", "last lines of the traceback, where the fault had one"),
    reference("lease_run", "run", "run that works on it", nullable=True),
    text("lease", "fencing token of that claim", nullable=True),
    moment("lease_until", "when that claim ends", nullable=True),
    sa.UniqueConstraint("verb", "item_id"),
    # Finds what is due without reading what was done long ago.
    sa.Index(
        "ix_work_due",
        "verb",
        "due_at",
        sqlite_where=sa.text("done_at IS NULL AND quarantined_at IS NULL"),
        postgresql_where=sa.text("done_at IS NULL AND quarantined_at IS NULL"),
    ),
    # Covers everything needed to find out which feeds and hosts have something due, however much.
    sa.Index(
        "ix_work_turns",
        *("verb", "host", "domain", "feed_id", "due_at", "lease_until"),
        sqlite_where=sa.text("done_at IS NULL AND quarantined_at IS NULL"),
        postgresql_where=sa.text("done_at IS NULL AND quarantined_at IS NULL"),
    ),
    sa.Index("ix_work_lease_run", "lease_run"),
    # Finds the few quarantined rows among millions of done ones.
    sa.Index(
        "ix_work_quarantined",
        "quarantined_at",
        sqlite_where=sa.text("quarantined_at IS NOT NULL"),
        postgresql_where=sa.text("quarantined_at IS NOT NULL"),
    ),
    comment="what is due: one row for each noun and verb",
)

outcome = sa.Table(
    "outcome",
    metadata,
    id_column(),
    reference("run_id", "run", "run in which it ended"),
    words("verb", Verb, "what was done"),
    sa.Column("item_id", Id, nullable=False, comment="id of the noun"),
    words("ending", Ending, "how it ended"),
    text("cause", "why, in a sentence"),
    text("url", "address concerned"),
    moment("at", "when"),
    sa.Index("ix_outcome_run_id", "run_id"),
    sa.Index("ix_outcome_verb_item_id", "verb", "item_id"),
    comment="the one ending of one item in one step",
)

pace = sa.Table(
    "pace",
    metadata,
    sa.Column("key", sa.String(300), primary_key=True, comment="a host, or `domain:` and a registered domain"),
    moment("next_at", "not asked before"),
    text("reason", "why, where a publisher asked for it"),
    comment="when hosts may be asked again; kept over restarts",
)

robots = sa.Table(
    "robots",
    metadata,
    sa.Column("origin", sa.String(300), primary_key=True, comment="scheme, host and port"),
    sa.Column("status", sa.Integer(), nullable=True, comment="HTTP status; null when unreachable"),
    text("content", "robots.txt, cleaned"),
    moment("until", "when it is to be asked again"),
    comment="robots.txt of origins",
)
