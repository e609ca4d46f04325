CREATE TABLE body (
    sha256 VARCHAR(64) NOT NULL,
    packed BLOB NOT NULL,
    CONSTRAINT pk_body PRIMARY KEY (sha256)
);

CREATE TABLE feed (
    id INTEGER NOT NULL,
    url TEXT DEFAULT '' NOT NULL,
    url_key TEXT DEFAULT '' NOT NULL,
    title TEXT DEFAULT '' NOT NULL,
    groups JSON NOT NULL,
    country TEXT,
    language TEXT,
    kind VARCHAR(40) NOT NULL CONSTRAINT ck_feed_kind CHECK (kind IN ('official-host', 'official-china', 'company', 'media', 'state-media', 'ngo', 'academic')),
    timezone TEXT,
    unverified BOOLEAN NOT NULL,
    interval_minutes INTEGER,
    state VARCHAR(40) NOT NULL CONSTRAINT ck_feed_state CHECK (state IN ('new', 'healthy', 'failing', 'blocked', 'gone', 'paused')),
    form VARCHAR(40) CONSTRAINT ck_feed_form CHECK (form IN ('rss', 'atom', 'json', 'sitemap')),
    outcome VARCHAR(40) CONSTRAINT ck_feed_outcome CHECK (outcome IN ('ok', 'partial', 'error', 'blocked', 'unchanged', 'gone', 'retry_later', 'moved', 'skip')),
    cause TEXT DEFAULT '' NOT NULL,
    next_step TEXT DEFAULT '' NOT NULL,
    etag TEXT,
    last_modified TEXT,
    body_hash TEXT,
    failures FLOAT DEFAULT '0' NOT NULL,
    first_gone_at DATETIME,
    since_full DATETIME,
    last_poll_at DATETIME,
    added_at DATETIME NOT NULL,
    added_by TEXT DEFAULT '' NOT NULL,
    CONSTRAINT pk_feed PRIMARY KEY (id),
    CONSTRAINT uq_feed_url_key UNIQUE (url_key)
);

CREATE TABLE pace (
    "key" VARCHAR(300) NOT NULL,
    next_at DATETIME NOT NULL,
    reason TEXT DEFAULT '' NOT NULL,
    CONSTRAINT pk_pace PRIMARY KEY ("key")
);

CREATE TABLE project (
    id VARCHAR(40) NOT NULL,
    year INTEGER NOT NULL,
    number INTEGER NOT NULL,
    facts JSON NOT NULL,
    created_at DATETIME NOT NULL,
    changed_at DATETIME NOT NULL,
    version INTEGER NOT NULL,
    redirects_to VARCHAR(40),
    withdrawn TEXT,
    CONSTRAINT pk_project PRIMARY KEY (id),
    CONSTRAINT uq_project_year_number UNIQUE (year, number),
    CONSTRAINT fk_project_redirects_to_project FOREIGN KEY(redirects_to) REFERENCES project (id)
);

CREATE TABLE release (
    version VARCHAR(40) NOT NULL,
    published_at DATETIME NOT NULL,
    digests JSON NOT NULL,
    CONSTRAINT pk_release PRIMARY KEY (version)
);

CREATE TABLE robots (
    origin VARCHAR(300) NOT NULL,
    status INTEGER,
    content TEXT DEFAULT '' NOT NULL,
    until DATETIME NOT NULL,
    CONSTRAINT pk_robots PRIMARY KEY (origin)
);

CREATE TABLE run (
    id INTEGER NOT NULL,
    pipeline TEXT DEFAULT '' NOT NULL,
    host TEXT DEFAULT '' NOT NULL,
    process INTEGER NOT NULL,
    started_at DATETIME NOT NULL,
    ended_at DATETIME,
    exit_code INTEGER,
    tally JSON,
    CONSTRAINT pk_run PRIMARY KEY (id)
);

CREATE TABLE story (
    id INTEGER NOT NULL,
    first_at DATETIME NOT NULL,
    last_at DATETIME NOT NULL,
    CONSTRAINT pk_story PRIMARY KEY (id)
);

CREATE INDEX ix_story_last_at ON story (last_at);

CREATE TABLE user (
    id INTEGER NOT NULL,
    name TEXT DEFAULT '' NOT NULL,
    role TEXT DEFAULT '' NOT NULL,
    password_hash TEXT DEFAULT '' NOT NULL,
    disabled BOOLEAN NOT NULL,
    created_at DATETIME NOT NULL,
    CONSTRAINT pk_user PRIMARY KEY (id),
    CONSTRAINT uq_user_name UNIQUE (name)
);

CREATE TABLE candidate (
    id INTEGER NOT NULL,
    story_id INTEGER NOT NULL,
    kind VARCHAR(40) NOT NULL CONSTRAINT ck_candidate_kind CHECK (kind IN ('new', 'update', 'audit')),
    state VARCHAR(40) NOT NULL CONSTRAINT ck_candidate_state CHECK (state IN ('open', 'accepted', 'rejected', 'deferred', 'duplicate')),
    facts JSON NOT NULL,
    reasons JSON NOT NULL,
    score FLOAT NOT NULL,
    above_cut BOOLEAN NOT NULL,
    audit_day VARCHAR(10),
    created_at DATETIME NOT NULL,
    defer_until DATETIME,
    duplicate_of INTEGER,
    version INTEGER NOT NULL,
    produced_by TEXT DEFAULT '' NOT NULL,
    CONSTRAINT pk_candidate PRIMARY KEY (id),
    CONSTRAINT uq_candidate_story_id UNIQUE (story_id),
    CONSTRAINT fk_candidate_story_id_story FOREIGN KEY(story_id) REFERENCES story (id),
    CONSTRAINT fk_candidate_duplicate_of_candidate FOREIGN KEY(duplicate_of) REFERENCES candidate (id)
);

CREATE INDEX ix_candidate_state_above_cut_score ON candidate (state, above_cut, score);

CREATE TABLE entry (
    id INTEGER NOT NULL,
    feed_id INTEGER,
    entry_key TEXT DEFAULT '' NOT NULL,
    url TEXT DEFAULT '' NOT NULL,
    url_key TEXT DEFAULT '' NOT NULL,
    same_as INTEGER,
    title TEXT DEFAULT '' NOT NULL,
    summary TEXT DEFAULT '' NOT NULL,
    guid TEXT,
    published DATETIME,
    published_raw TEXT,
    author TEXT,
    language TEXT,
    seen_at DATETIME NOT NULL,
    added_by TEXT DEFAULT '' NOT NULL,
    CONSTRAINT pk_entry PRIMARY KEY (id),
    CONSTRAINT uq_entry_feed_id_entry_key UNIQUE (feed_id, entry_key),
    CONSTRAINT fk_entry_feed_id_feed FOREIGN KEY(feed_id) REFERENCES feed (id),
    CONSTRAINT fk_entry_same_as_entry FOREIGN KEY(same_as) REFERENCES entry (id)
);

CREATE INDEX ix_entry_url_key ON entry (url_key);

CREATE UNIQUE INDEX uq_entry_first_of_page ON entry (url_key) WHERE same_as IS NULL;

CREATE TABLE outcome (
    id INTEGER NOT NULL,
    run_id INTEGER NOT NULL,
    verb VARCHAR(40) NOT NULL CONSTRAINT ck_outcome_verb CHECK (verb IN ('poll', 'fetch', 'extract', 'recognize', 'propose', 'review', 'promote', 'publish')),
    item_id INTEGER NOT NULL,
    ending VARCHAR(40) NOT NULL CONSTRAINT ck_outcome_ending CHECK (ending IN ('done', 'unchanged', 'duplicate', 'later', 'refused', 'empty', 'below_cut', 'failed', 'crashed')),
    cause TEXT DEFAULT '' NOT NULL,
    url TEXT DEFAULT '' NOT NULL,
    at DATETIME NOT NULL,
    CONSTRAINT pk_outcome PRIMARY KEY (id),
    CONSTRAINT fk_outcome_run_id_run FOREIGN KEY(run_id) REFERENCES run (id)
);

CREATE INDEX ix_outcome_run_id ON outcome (run_id);

CREATE INDEX ix_outcome_verb_item_id ON outcome (verb, item_id);

CREATE TABLE run_lock (
    name VARCHAR(20) NOT NULL,
    run_id INTEGER,
    holder TEXT DEFAULT '' NOT NULL,
    until DATETIME NOT NULL,
    CONSTRAINT pk_run_lock PRIMARY KEY (name),
    CONSTRAINT fk_run_lock_run_id_run FOREIGN KEY(run_id) REFERENCES run (id)
);

CREATE TABLE session (
    token_hash VARCHAR(64) NOT NULL,
    user_id INTEGER NOT NULL,
    csrf TEXT DEFAULT '' NOT NULL,
    created_at DATETIME NOT NULL,
    seen_at DATETIME NOT NULL,
    CONSTRAINT pk_session PRIMARY KEY (token_hash),
    CONSTRAINT fk_session_user_id_user FOREIGN KEY(user_id) REFERENCES user (id)
);

CREATE INDEX ix_session_user_id ON session (user_id);

CREATE TABLE work (
    id INTEGER NOT NULL,
    verb VARCHAR(40) NOT NULL CONSTRAINT ck_work_verb CHECK (verb IN ('poll', 'fetch', 'extract', 'recognize', 'propose', 'review', 'promote', 'publish')),
    item_id INTEGER NOT NULL,
    host TEXT DEFAULT '' NOT NULL,
    domain TEXT DEFAULT '' NOT NULL,
    due_at DATETIME NOT NULL,
    tries INTEGER DEFAULT '0' NOT NULL,
    done_at DATETIME,
    quarantined_at DATETIME,
    reason TEXT DEFAULT '' NOT NULL,
    lease_run INTEGER,
    lease TEXT,
    lease_until DATETIME,
    CONSTRAINT pk_work PRIMARY KEY (id),
    CONSTRAINT uq_work_verb_item_id UNIQUE (verb, item_id),
    CONSTRAINT fk_work_lease_run_run FOREIGN KEY(lease_run) REFERENCES run (id)
);

CREATE INDEX ix_work_due ON work (verb, due_at) WHERE done_at IS NULL AND quarantined_at IS NULL;

CREATE INDEX ix_work_lease_run ON work (lease_run);

CREATE TABLE decision (
    id INTEGER NOT NULL,
    candidate_id INTEGER NOT NULL,
    judgement VARCHAR(40) NOT NULL CONSTRAINT ck_decision_judgement CHECK (judgement IN ('accept', 'reject', 'defer', 'duplicate', 'undo')),
    "by" TEXT DEFAULT '' NOT NULL,
    at DATETIME NOT NULL,
    reason TEXT DEFAULT '' NOT NULL,
    "before" JSON NOT NULL,
    "after" JSON NOT NULL,
    duplicate_of INTEGER,
    until DATETIME,
    undoes INTEGER,
    token TEXT,
    CONSTRAINT pk_decision PRIMARY KEY (id),
    CONSTRAINT uq_decision_candidate_id_token UNIQUE (candidate_id, token),
    CONSTRAINT uq_decision_undoes UNIQUE (undoes),
    CONSTRAINT fk_decision_candidate_id_candidate FOREIGN KEY(candidate_id) REFERENCES candidate (id),
    CONSTRAINT fk_decision_duplicate_of_candidate FOREIGN KEY(duplicate_of) REFERENCES candidate (id),
    CONSTRAINT fk_decision_undoes_decision FOREIGN KEY(undoes) REFERENCES decision (id)
);

CREATE INDEX ix_decision_at ON decision (at);

CREATE TABLE page (
    id INTEGER NOT NULL,
    entry_id INTEGER NOT NULL,
    url TEXT DEFAULT '' NOT NULL,
    final_url TEXT DEFAULT '' NOT NULL,
    final_url_key TEXT DEFAULT '' NOT NULL,
    status INTEGER NOT NULL,
    content_type TEXT DEFAULT '' NOT NULL,
    headers JSON NOT NULL,
    sha256 VARCHAR(64) NOT NULL,
    fetched_at DATETIME NOT NULL,
    CONSTRAINT pk_page PRIMARY KEY (id),
    CONSTRAINT uq_page_entry_id UNIQUE (entry_id),
    CONSTRAINT fk_page_entry_id_entry FOREIGN KEY(entry_id) REFERENCES entry (id),
    CONSTRAINT fk_page_sha256_body FOREIGN KEY(sha256) REFERENCES body (sha256)
);

CREATE INDEX ix_page_final_url_key ON page (final_url_key);

CREATE TABLE project_candidate (
    candidate_id INTEGER NOT NULL,
    project_id VARCHAR(40) NOT NULL,
    promoted_at DATETIME NOT NULL,
    CONSTRAINT pk_project_candidate PRIMARY KEY (candidate_id),
    CONSTRAINT fk_project_candidate_candidate_id_candidate FOREIGN KEY(candidate_id) REFERENCES candidate (id),
    CONSTRAINT fk_project_candidate_project_id_project FOREIGN KEY(project_id) REFERENCES project (id)
);

CREATE INDEX ix_project_candidate_project_id ON project_candidate (project_id);

CREATE TABLE status_event (
    id INTEGER NOT NULL,
    project_id VARCHAR(40) NOT NULL,
    status VARCHAR(40) NOT NULL CONSTRAINT ck_status_event_status CHECK (status IN ('proposed', 'agreed', 'approved', 'signed', 'under-construction', 'completed', 'suspended', 'cancelled')),
    day DATE,
    candidate_id INTEGER NOT NULL,
    url TEXT DEFAULT '' NOT NULL,
    quote TEXT DEFAULT '' NOT NULL,
    CONSTRAINT pk_status_event PRIMARY KEY (id),
    CONSTRAINT uq_status_event_project_id_candidate_id_status UNIQUE (project_id, candidate_id, status),
    CONSTRAINT fk_status_event_project_id_project FOREIGN KEY(project_id) REFERENCES project (id),
    CONSTRAINT fk_status_event_candidate_id_candidate FOREIGN KEY(candidate_id) REFERENCES candidate (id)
);

CREATE TABLE article (
    id INTEGER NOT NULL,
    page_id INTEGER NOT NULL,
    url TEXT DEFAULT '' NOT NULL,
    url_key TEXT DEFAULT '' NOT NULL,
    title TEXT DEFAULT '' NOT NULL,
    paragraphs JSON NOT NULL,
    language TEXT DEFAULT '' NOT NULL,
    published DATETIME,
    published_source TEXT DEFAULT '' NOT NULL,
    author TEXT,
    outlet TEXT DEFAULT '' NOT NULL,
    domain TEXT DEFAULT '' NOT NULL,
    country TEXT,
    method TEXT DEFAULT '' NOT NULL,
    cut BOOLEAN NOT NULL,
    text_hash TEXT DEFAULT '' NOT NULL,
    extracted_at DATETIME NOT NULL,
    score FLOAT,
    proposed_at DATETIME,
    audit_day VARCHAR(10),
    produced_by TEXT DEFAULT '' NOT NULL,
    CONSTRAINT pk_article PRIMARY KEY (id),
    CONSTRAINT uq_article_page_id UNIQUE (page_id),
    CONSTRAINT uq_article_url_key UNIQUE (url_key),
    CONSTRAINT fk_article_page_id_page FOREIGN KEY(page_id) REFERENCES page (id)
);

CREATE INDEX ix_article_proposed_at ON article (proposed_at);

CREATE INDEX ix_article_text_hash ON article (text_hash);

CREATE TABLE evidence (
    id INTEGER NOT NULL,
    candidate_id INTEGER NOT NULL,
    article_id INTEGER NOT NULL,
    field VARCHAR(40) NOT NULL CONSTRAINT ck_evidence_field CHECK (field IN ('countries', 'firms', 'lenders', 'amounts', 'sector', 'status', 'record_type', 'mode', 'counterparts', 'concerns', 'quantities', 'places')),
    value TEXT DEFAULT '' NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    quote TEXT DEFAULT '' NOT NULL,
    speaker VARCHAR(40) CONSTRAINT ck_evidence_speaker CHECK (speaker IN ('host-official', 'chinese-official', 'company', 'state-media', 'media', 'ngo', 'unnamed')),
    CONSTRAINT pk_evidence PRIMARY KEY (id),
    CONSTRAINT uq_evidence_candidate_id_article_id_field_value_start_end UNIQUE (candidate_id, article_id, field, value, start, "end"),
    CONSTRAINT fk_evidence_candidate_id_candidate FOREIGN KEY(candidate_id) REFERENCES candidate (id),
    CONSTRAINT fk_evidence_article_id_article FOREIGN KEY(article_id) REFERENCES article (id)
);

CREATE TABLE mention (
    id INTEGER NOT NULL,
    article_id INTEGER NOT NULL,
    kind VARCHAR(40) NOT NULL CONSTRAINT ck_mention_kind CHECK (kind IN ('firm', 'lender', 'country', 'place', 'china', 'money', 'date', 'quantity', 'counterpart', 'sector', 'status', 'role', 'flow', 'mode', 'concern', 'record-type', 'signal')),
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    surface TEXT DEFAULT '' NOT NULL,
    "key" TEXT,
    name TEXT DEFAULT '' NOT NULL,
    value JSON,
    weight FLOAT NOT NULL,
    "by" TEXT DEFAULT '' NOT NULL,
    CONSTRAINT pk_mention PRIMARY KEY (id),
    CONSTRAINT fk_mention_article_id_article FOREIGN KEY(article_id) REFERENCES article (id)
);

CREATE INDEX ix_mention_article_id ON mention (article_id);

CREATE INDEX ix_mention_kind_key ON mention (kind, "key");

CREATE TABLE story_article (
    id INTEGER NOT NULL,
    story_id INTEGER NOT NULL,
    article_id INTEGER NOT NULL,
    ordinal INTEGER NOT NULL,
    facts JSON NOT NULL,
    score FLOAT NOT NULL,
    CONSTRAINT pk_story_article PRIMARY KEY (id),
    CONSTRAINT uq_story_article_article_id_ordinal UNIQUE (article_id, ordinal),
    CONSTRAINT fk_story_article_story_id_story FOREIGN KEY(story_id) REFERENCES story (id),
    CONSTRAINT fk_story_article_article_id_article FOREIGN KEY(article_id) REFERENCES article (id)
);

CREATE INDEX ix_story_article_story_id ON story_article (story_id);
