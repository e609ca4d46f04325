CREATE TABLE body (
    sha256 VARCHAR(64) NOT NULL,
    packed BYTEA NOT NULL,
    CONSTRAINT pk_body PRIMARY KEY (sha256)
);

COMMENT ON TABLE body IS 'what pages held, each content once';

COMMENT ON COLUMN body.sha256 IS 'digest of the unpacked content';

COMMENT ON COLUMN body.packed IS 'content, zlib';

CREATE TABLE feed (
    id BIGSERIAL NOT NULL,
    url TEXT DEFAULT '' NOT NULL,
    url_key TEXT DEFAULT '' NOT NULL,
    title TEXT DEFAULT '' NOT NULL,
    groups JSONB NOT NULL,
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
    first_gone_at TIMESTAMP WITH TIME ZONE,
    since_full TIMESTAMP WITH TIME ZONE,
    last_poll_at TIMESTAMP WITH TIME ZONE,
    added_at TIMESTAMP WITH TIME ZONE NOT NULL,
    added_by TEXT DEFAULT '' NOT NULL,
    CONSTRAINT pk_feed PRIMARY KEY (id),
    CONSTRAINT uq_feed_url_key UNIQUE (url_key)
);

COMMENT ON TABLE feed IS 'one address polled on a schedule';

COMMENT ON COLUMN feed.id IS 'number given by the database';

COMMENT ON COLUMN feed.url IS 'address that is polled';

COMMENT ON COLUMN feed.url_key IS 'identity of the address, see offing.urls';

COMMENT ON COLUMN feed.title IS 'name of the source';

COMMENT ON COLUMN feed.groups IS 'groups it belongs to, a list of ids';

COMMENT ON COLUMN feed.country IS 'ISO 3166-1 alpha-3 of the publisher';

COMMENT ON COLUMN feed.language IS 'ISO 639-1 of its articles';

COMMENT ON COLUMN feed.kind IS 'what kind of publisher stands behind it';

COMMENT ON COLUMN feed.timezone IS 'IANA zone where a date carries none';

COMMENT ON COLUMN feed.unverified IS 'shipped without having been seen at work';

COMMENT ON COLUMN feed.interval_minutes IS 'overrides the policy';

COMMENT ON COLUMN feed.state IS 'whether it can be relied upon now';

COMMENT ON COLUMN feed.form IS 'format that its document turned out to have';

COMMENT ON COLUMN feed.outcome IS 'how the last poll ended';

COMMENT ON COLUMN feed.cause IS 'why, in a sentence';

COMMENT ON COLUMN feed.next_step IS 'what to do, in a sentence';

COMMENT ON COLUMN feed.etag IS 'validator of the last whole document, byte for byte';

COMMENT ON COLUMN feed.last_modified IS 'validator of the last whole document, byte for byte';

COMMENT ON COLUMN feed.body_hash IS 'SHA-256 of the last whole document';

COMMENT ON COLUMN feed.failures IS 'weight of failures in a row';

COMMENT ON COLUMN feed.first_gone_at IS 'since when it answers 404 or 410';

COMMENT ON COLUMN feed.since_full IS 'when its document was last read in full';

COMMENT ON COLUMN feed.last_poll_at IS 'when it was last asked';

COMMENT ON COLUMN feed.added_at IS 'when it was made active';

COMMENT ON COLUMN feed.added_by IS 'who made it active';

CREATE TABLE pace (
    key VARCHAR(300) NOT NULL,
    next_at TIMESTAMP WITH TIME ZONE NOT NULL,
    reason TEXT DEFAULT '' NOT NULL,
    CONSTRAINT pk_pace PRIMARY KEY (key)
);

COMMENT ON TABLE pace IS 'when hosts may be asked again; kept over restarts';

COMMENT ON COLUMN pace.key IS 'a host, or `domain:` and a registered domain';

COMMENT ON COLUMN pace.next_at IS 'not asked before';

COMMENT ON COLUMN pace.reason IS 'why, where a publisher asked for it';

CREATE TABLE project (
    id VARCHAR(40) NOT NULL,
    year INTEGER NOT NULL,
    number INTEGER NOT NULL,
    facts JSONB NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    changed_at TIMESTAMP WITH TIME ZONE NOT NULL,
    version INTEGER NOT NULL,
    redirects_to VARCHAR(40),
    withdrawn TEXT,
    CONSTRAINT pk_project PRIMARY KEY (id),
    CONSTRAINT uq_project_year_number UNIQUE (year, number),
    CONSTRAINT fk_project_redirects_to_project FOREIGN KEY(redirects_to) REFERENCES project (id)
);

COMMENT ON TABLE project IS 'a confirmed project';

COMMENT ON COLUMN project.id IS 'permanent id, such as off-2026-000123';

COMMENT ON COLUMN project.year IS 'year in which the id was given';

COMMENT ON COLUMN project.number IS 'number within the year';

COMMENT ON COLUMN project.facts IS 'its confirmed fields';

COMMENT ON COLUMN project.created_at IS 'when it was promoted';

COMMENT ON COLUMN project.changed_at IS 'when it was last changed';

COMMENT ON COLUMN project.version IS 'raised by each change';

COMMENT ON COLUMN project.redirects_to IS 'after a merge';

COMMENT ON COLUMN project.withdrawn IS 'why it was withdrawn';

CREATE TABLE release (
    version VARCHAR(40) NOT NULL,
    published_at TIMESTAMP WITH TIME ZONE NOT NULL,
    digests JSONB NOT NULL,
    CONSTRAINT pk_release PRIMARY KEY (version)
);

COMMENT ON TABLE release IS 'an immutable, numbered snapshot of project records';

COMMENT ON COLUMN release.version IS 'its number, never given twice';

COMMENT ON COLUMN release.published_at IS 'when it was published';

COMMENT ON COLUMN release.digests IS 'project id to SHA-256 of its published row';

CREATE TABLE robots (
    origin VARCHAR(300) NOT NULL,
    status INTEGER,
    content TEXT DEFAULT '' NOT NULL,
    until TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_robots PRIMARY KEY (origin)
);

COMMENT ON TABLE robots IS 'robots.txt of origins';

COMMENT ON COLUMN robots.origin IS 'scheme, host and port';

COMMENT ON COLUMN robots.status IS 'HTTP status; null when unreachable';

COMMENT ON COLUMN robots.content IS 'robots.txt, cleaned';

COMMENT ON COLUMN robots.until IS 'when it is to be asked again';

CREATE TABLE run (
    id BIGSERIAL NOT NULL,
    pipeline TEXT DEFAULT '' NOT NULL,
    host TEXT DEFAULT '' NOT NULL,
    process INTEGER NOT NULL,
    started_at TIMESTAMP WITH TIME ZONE NOT NULL,
    ended_at TIMESTAMP WITH TIME ZONE,
    exit_code INTEGER,
    tally JSONB,
    CONSTRAINT pk_run PRIMARY KEY (id)
);

COMMENT ON TABLE run IS 'one execution of a pipeline';

COMMENT ON COLUMN run.id IS 'number given by the database';

COMMENT ON COLUMN run.pipeline IS 'what was run';

COMMENT ON COLUMN run.host IS 'machine it ran on';

COMMENT ON COLUMN run.process IS 'its process id there';

COMMENT ON COLUMN run.started_at IS 'when it started';

COMMENT ON COLUMN run.ended_at IS 'when it ended; null while it runs, or when it was killed';

COMMENT ON COLUMN run.exit_code IS 'as the command answered';

COMMENT ON COLUMN run.tally IS 'its counts';

CREATE TABLE story (
    id BIGSERIAL NOT NULL,
    first_at TIMESTAMP WITH TIME ZONE NOT NULL,
    last_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_story PRIMARY KEY (id)
);

CREATE INDEX ix_story_last_at ON story (last_at);

COMMENT ON TABLE story IS 'the set of articles that tell the same news';

COMMENT ON COLUMN story.id IS 'number given by the database';

COMMENT ON COLUMN story.first_at IS 'when its first article was published or seen';

COMMENT ON COLUMN story.last_at IS 'when its newest article was published or seen';

CREATE TABLE "user" (
    id BIGSERIAL NOT NULL,
    name TEXT DEFAULT '' NOT NULL,
    role TEXT DEFAULT '' NOT NULL,
    password_hash TEXT DEFAULT '' NOT NULL,
    disabled BOOLEAN NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_user PRIMARY KEY (id),
    CONSTRAINT uq_user_name UNIQUE (name)
);

COMMENT ON TABLE "user" IS 'a person who may log in';

COMMENT ON COLUMN "user".id IS 'number given by the database';

COMMENT ON COLUMN "user".name IS 'name they log in with';

COMMENT ON COLUMN "user".role IS 'what they may do';

COMMENT ON COLUMN "user".password_hash IS 'argon2id';

COMMENT ON COLUMN "user".disabled IS 'may not log in';

COMMENT ON COLUMN "user".created_at IS 'when the account was made';

CREATE TABLE candidate (
    id BIGSERIAL NOT NULL,
    story_id BIGINT NOT NULL,
    kind VARCHAR(40) NOT NULL CONSTRAINT ck_candidate_kind CHECK (kind IN ('new', 'update', 'audit')),
    state VARCHAR(40) NOT NULL CONSTRAINT ck_candidate_state CHECK (state IN ('open', 'accepted', 'rejected', 'deferred', 'duplicate')),
    facts JSONB NOT NULL,
    reasons JSONB NOT NULL,
    score FLOAT NOT NULL,
    above_cut BOOLEAN NOT NULL,
    audit_day VARCHAR(10),
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    defer_until TIMESTAMP WITH TIME ZONE,
    duplicate_of BIGINT,
    version INTEGER NOT NULL,
    produced_by TEXT DEFAULT '' NOT NULL,
    CONSTRAINT pk_candidate PRIMARY KEY (id),
    CONSTRAINT uq_candidate_story_id UNIQUE (story_id),
    CONSTRAINT fk_candidate_story_id_story FOREIGN KEY(story_id) REFERENCES story (id),
    CONSTRAINT fk_candidate_duplicate_of_candidate FOREIGN KEY(duplicate_of) REFERENCES candidate (id)
);

CREATE INDEX ix_candidate_state_above_cut_score ON candidate (state, above_cut, score);

COMMENT ON TABLE candidate IS 'a proposed project record, waiting for review';

COMMENT ON COLUMN candidate.id IS 'number given by the database';

COMMENT ON COLUMN candidate.story_id IS 'story it was proposed from';

COMMENT ON COLUMN candidate.kind IS 'why it stands in the queue';

COMMENT ON COLUMN candidate.state IS 'where its review stands';

COMMENT ON COLUMN candidate.facts IS 'the machine''s values; never a person''s';

COMMENT ON COLUMN candidate.reasons IS 'the reasons of the score, with weights';

COMMENT ON COLUMN candidate.score IS '0 to 1, orders the queue';

COMMENT ON COLUMN candidate.above_cut IS 'whether it is queued by its score';

COMMENT ON COLUMN candidate.audit_day IS 'day in whose audit sample it stands';

COMMENT ON COLUMN candidate.created_at IS 'when it was proposed';

COMMENT ON COLUMN candidate.defer_until IS 'when a deferred one comes back';

COMMENT ON COLUMN candidate.duplicate_of IS 'the one it doubles, once decided';

COMMENT ON COLUMN candidate.version IS 'raised by each change: optimistic locking';

COMMENT ON COLUMN candidate.produced_by IS 'stage and version of its rules';

CREATE TABLE entry (
    id BIGSERIAL NOT NULL,
    feed_id BIGINT,
    entry_key TEXT DEFAULT '' NOT NULL,
    url TEXT DEFAULT '' NOT NULL,
    url_key TEXT DEFAULT '' NOT NULL,
    same_as BIGINT,
    title TEXT DEFAULT '' NOT NULL,
    summary TEXT DEFAULT '' NOT NULL,
    guid TEXT,
    published TIMESTAMP WITH TIME ZONE,
    published_raw TEXT,
    author TEXT,
    language TEXT,
    seen_at TIMESTAMP WITH TIME ZONE NOT NULL,
    added_by TEXT DEFAULT '' NOT NULL,
    CONSTRAINT pk_entry PRIMARY KEY (id),
    CONSTRAINT uq_entry_feed_id_entry_key UNIQUE (feed_id, entry_key),
    CONSTRAINT fk_entry_feed_id_feed FOREIGN KEY(feed_id) REFERENCES feed (id),
    CONSTRAINT fk_entry_same_as_entry FOREIGN KEY(same_as) REFERENCES entry (id)
);

CREATE INDEX ix_entry_url_key ON entry (url_key);

CREATE UNIQUE INDEX uq_entry_first_of_page ON entry (url_key) WHERE same_as IS NULL;

COMMENT ON TABLE entry IS 'one item as a feed announced it';

COMMENT ON COLUMN entry.id IS 'number given by the database';

COMMENT ON COLUMN entry.feed_id IS 'feed that announced it; null when a person added it';

COMMENT ON COLUMN entry.entry_key IS 'identity within its feed';

COMMENT ON COLUMN entry.url IS 'link as announced';

COMMENT ON COLUMN entry.url_key IS 'identity of the page over all feeds';

COMMENT ON COLUMN entry.same_as IS 'the entry that announced the same page first';

COMMENT ON COLUMN entry.title IS 'title as announced';

COMMENT ON COLUMN entry.summary IS 'summary as announced';

COMMENT ON COLUMN entry.guid IS 'identifier as announced';

COMMENT ON COLUMN entry.published IS 'date as announced, where plausible';

COMMENT ON COLUMN entry.published_raw IS 'the feed''s own words for the date';

COMMENT ON COLUMN entry.author IS 'author as announced';

COMMENT ON COLUMN entry.language IS 'ISO 639-1, of the entry or its feed';

COMMENT ON COLUMN entry.seen_at IS 'when it was first seen';

COMMENT ON COLUMN entry.added_by IS 'who added it, where a person did';

CREATE TABLE outcome (
    id BIGSERIAL NOT NULL,
    run_id BIGINT NOT NULL,
    verb VARCHAR(40) NOT NULL CONSTRAINT ck_outcome_verb CHECK (verb IN ('poll', 'fetch', 'extract', 'recognize', 'propose', 'review', 'promote', 'publish')),
    item_id BIGINT NOT NULL,
    ending VARCHAR(40) NOT NULL CONSTRAINT ck_outcome_ending CHECK (ending IN ('done', 'unchanged', 'duplicate', 'later', 'refused', 'empty', 'below_cut', 'failed', 'crashed')),
    cause TEXT DEFAULT '' NOT NULL,
    url TEXT DEFAULT '' NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_outcome PRIMARY KEY (id),
    CONSTRAINT fk_outcome_run_id_run FOREIGN KEY(run_id) REFERENCES run (id)
);

CREATE INDEX ix_outcome_run_id ON outcome (run_id);

CREATE INDEX ix_outcome_verb_item_id ON outcome (verb, item_id);

COMMENT ON TABLE outcome IS 'the one ending of one item in one step';

COMMENT ON COLUMN outcome.id IS 'number given by the database';

COMMENT ON COLUMN outcome.run_id IS 'run in which it ended';

COMMENT ON COLUMN outcome.verb IS 'what was done';

COMMENT ON COLUMN outcome.item_id IS 'id of the noun';

COMMENT ON COLUMN outcome.ending IS 'how it ended';

COMMENT ON COLUMN outcome.cause IS 'why, in a sentence';

COMMENT ON COLUMN outcome.url IS 'address concerned';

COMMENT ON COLUMN outcome.at IS 'when';

CREATE TABLE run_lock (
    name VARCHAR(20) NOT NULL,
    run_id BIGINT,
    holder TEXT DEFAULT '' NOT NULL,
    until TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_run_lock PRIMARY KEY (name),
    CONSTRAINT fk_run_lock_run_id_run FOREIGN KEY(run_id) REFERENCES run (id)
);

COMMENT ON TABLE run_lock IS 'at most one run works on a database';

COMMENT ON COLUMN run_lock.name IS 'what is locked';

COMMENT ON COLUMN run_lock.run_id IS 'the run that holds it';

COMMENT ON COLUMN run_lock.holder IS 'host of that run';

COMMENT ON COLUMN run_lock.until IS 'when it ends unless renewed';

CREATE TABLE session (
    token_hash VARCHAR(64) NOT NULL,
    user_id BIGINT NOT NULL,
    csrf TEXT DEFAULT '' NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    seen_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_session PRIMARY KEY (token_hash),
    CONSTRAINT fk_session_user_id_user FOREIGN KEY(user_id) REFERENCES "user" (id)
);

CREATE INDEX ix_session_user_id ON session (user_id);

COMMENT ON TABLE session IS 'a log-in that still stands';

COMMENT ON COLUMN session.token_hash IS 'SHA-256 of the cookie''s token';

COMMENT ON COLUMN session.user_id IS 'whose session';

COMMENT ON COLUMN session.csrf IS 'token that forms carry';

COMMENT ON COLUMN session.created_at IS 'when they logged in';

COMMENT ON COLUMN session.seen_at IS 'when it was last used';

CREATE TABLE work (
    id BIGSERIAL NOT NULL,
    verb VARCHAR(40) NOT NULL CONSTRAINT ck_work_verb CHECK (verb IN ('poll', 'fetch', 'extract', 'recognize', 'propose', 'review', 'promote', 'publish')),
    item_id BIGINT NOT NULL,
    host TEXT DEFAULT '' NOT NULL,
    domain TEXT DEFAULT '' NOT NULL,
    due_at TIMESTAMP WITH TIME ZONE NOT NULL,
    tries INTEGER DEFAULT '0' NOT NULL,
    done_at TIMESTAMP WITH TIME ZONE,
    quarantined_at TIMESTAMP WITH TIME ZONE,
    reason TEXT DEFAULT '' NOT NULL,
    lease_run BIGINT,
    lease TEXT,
    lease_until TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_work PRIMARY KEY (id),
    CONSTRAINT uq_work_verb_item_id UNIQUE (verb, item_id),
    CONSTRAINT fk_work_lease_run_run FOREIGN KEY(lease_run) REFERENCES run (id)
);

CREATE INDEX ix_work_due ON work (verb, due_at) WHERE done_at IS NULL AND quarantined_at IS NULL;

CREATE INDEX ix_work_lease_run ON work (lease_run);

COMMENT ON TABLE work IS 'what is due: one row for each noun and verb';

COMMENT ON COLUMN work.id IS 'number given by the database';

COMMENT ON COLUMN work.verb IS 'what is to be done';

COMMENT ON COLUMN work.item_id IS 'id of the noun that the verb takes';

COMMENT ON COLUMN work.host IS 'host that will be asked; empty where none is';

COMMENT ON COLUMN work.domain IS 'registered domain of that host';

COMMENT ON COLUMN work.due_at IS 'not before';

COMMENT ON COLUMN work.tries IS 'attempts that failed so far';

COMMENT ON COLUMN work.done_at IS 'when nothing was left to do';

COMMENT ON COLUMN work.quarantined_at IS 'when it was set aside';

COMMENT ON COLUMN work.reason IS 'why it was set aside, or last put off';

COMMENT ON COLUMN work.lease_run IS 'run that works on it';

COMMENT ON COLUMN work.lease IS 'fencing token of that claim';

COMMENT ON COLUMN work.lease_until IS 'when that claim ends';

CREATE TABLE decision (
    id BIGSERIAL NOT NULL,
    candidate_id BIGINT NOT NULL,
    judgement VARCHAR(40) NOT NULL CONSTRAINT ck_decision_judgement CHECK (judgement IN ('accept', 'reject', 'defer', 'duplicate', 'undo')),
    by TEXT DEFAULT '' NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    reason TEXT DEFAULT '' NOT NULL,
    before JSONB NOT NULL,
    after JSONB NOT NULL,
    duplicate_of BIGINT,
    until TIMESTAMP WITH TIME ZONE,
    undoes BIGINT,
    token TEXT,
    CONSTRAINT pk_decision PRIMARY KEY (id),
    CONSTRAINT uq_decision_candidate_id_token UNIQUE (candidate_id, token),
    CONSTRAINT uq_decision_undoes UNIQUE (undoes),
    CONSTRAINT fk_decision_candidate_id_candidate FOREIGN KEY(candidate_id) REFERENCES candidate (id),
    CONSTRAINT fk_decision_duplicate_of_candidate FOREIGN KEY(duplicate_of) REFERENCES candidate (id),
    CONSTRAINT fk_decision_undoes_decision FOREIGN KEY(undoes) REFERENCES decision (id)
);

CREATE INDEX ix_decision_at ON decision (at);

COMMENT ON TABLE decision IS 'who judged what, when, why';

COMMENT ON COLUMN decision.id IS 'number given by the database';

COMMENT ON COLUMN decision.candidate_id IS 'what was judged';

COMMENT ON COLUMN decision.judgement IS 'the value of the decision';

COMMENT ON COLUMN decision.by IS 'who judged';

COMMENT ON COLUMN decision.at IS 'when';

COMMENT ON COLUMN decision.reason IS 'why';

COMMENT ON COLUMN decision.before IS 'edited fields, values before';

COMMENT ON COLUMN decision.after IS 'edited fields, values after';

COMMENT ON COLUMN decision.duplicate_of IS 'the candidate that this one doubles';

COMMENT ON COLUMN decision.until IS 'when a deferred one comes back';

COMMENT ON COLUMN decision.undoes IS 'the decision that this one takes back';

COMMENT ON COLUMN decision.token IS 'the caller''s mark: the same request twice is one decision';

CREATE TABLE page (
    id BIGSERIAL NOT NULL,
    entry_id BIGINT NOT NULL,
    url TEXT DEFAULT '' NOT NULL,
    final_url TEXT DEFAULT '' NOT NULL,
    final_url_key TEXT DEFAULT '' NOT NULL,
    status INTEGER NOT NULL,
    content_type TEXT DEFAULT '' NOT NULL,
    headers JSONB NOT NULL,
    sha256 VARCHAR(64) NOT NULL,
    fetched_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_page PRIMARY KEY (id),
    CONSTRAINT uq_page_entry_id UNIQUE (entry_id),
    CONSTRAINT fk_page_entry_id_entry FOREIGN KEY(entry_id) REFERENCES entry (id),
    CONSTRAINT fk_page_sha256_body FOREIGN KEY(sha256) REFERENCES body (sha256)
);

CREATE INDEX ix_page_final_url_key ON page (final_url_key);

COMMENT ON TABLE page IS 'the answer fetched for an entry''s link';

COMMENT ON COLUMN page.id IS 'number given by the database';

COMMENT ON COLUMN page.entry_id IS 'entry for whose link it was fetched';

COMMENT ON COLUMN page.url IS 'address that was asked';

COMMENT ON COLUMN page.final_url IS 'address that answered, after redirects';

COMMENT ON COLUMN page.final_url_key IS 'identity of that address';

COMMENT ON COLUMN page.status IS 'HTTP status';

COMMENT ON COLUMN page.content_type IS 'as answered';

COMMENT ON COLUMN page.headers IS 'as answered, lower-case names';

COMMENT ON COLUMN page.sha256 IS 'its content';

COMMENT ON COLUMN page.fetched_at IS 'when it was fetched';

CREATE TABLE project_candidate (
    candidate_id BIGINT NOT NULL,
    project_id VARCHAR(40) NOT NULL,
    promoted_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_project_candidate PRIMARY KEY (candidate_id),
    CONSTRAINT fk_project_candidate_candidate_id_candidate FOREIGN KEY(candidate_id) REFERENCES candidate (id),
    CONSTRAINT fk_project_candidate_project_id_project FOREIGN KEY(project_id) REFERENCES project (id)
);

CREATE INDEX ix_project_candidate_project_id ON project_candidate (project_id);

COMMENT ON TABLE project_candidate IS 'which candidates a record was made from';

COMMENT ON COLUMN project_candidate.candidate_id IS 'an accepted candidate';

COMMENT ON COLUMN project_candidate.project_id IS 'the record it made';

COMMENT ON COLUMN project_candidate.promoted_at IS 'when';

CREATE TABLE status_event (
    id BIGSERIAL NOT NULL,
    project_id VARCHAR(40) NOT NULL,
    status VARCHAR(40) NOT NULL CONSTRAINT ck_status_event_status CHECK (status IN ('proposed', 'agreed', 'approved', 'signed', 'under-construction', 'completed', 'suspended', 'cancelled')),
    day DATE,
    candidate_id BIGINT NOT NULL,
    url TEXT DEFAULT '' NOT NULL,
    quote TEXT DEFAULT '' NOT NULL,
    CONSTRAINT pk_status_event PRIMARY KEY (id),
    CONSTRAINT uq_status_event_project_id_candidate_id_status UNIQUE (project_id, candidate_id, status),
    CONSTRAINT fk_status_event_project_id_project FOREIGN KEY(project_id) REFERENCES project (id),
    CONSTRAINT fk_status_event_candidate_id_candidate FOREIGN KEY(candidate_id) REFERENCES candidate (id)
);

COMMENT ON TABLE status_event IS 'one point of a project''s life line';

COMMENT ON COLUMN status_event.id IS 'number given by the database';

COMMENT ON COLUMN status_event.project_id IS 'the project';

COMMENT ON COLUMN status_event.status IS 'its state in the world';

COMMENT ON COLUMN status_event.day IS 'day of the article that reports it';

COMMENT ON COLUMN status_event.candidate_id IS 'the candidate that brought it';

COMMENT ON COLUMN status_event.url IS 'article that reports it';

COMMENT ON COLUMN status_event.quote IS 'the words that prove it';

CREATE TABLE article (
    id BIGSERIAL NOT NULL,
    page_id BIGINT NOT NULL,
    url TEXT DEFAULT '' NOT NULL,
    url_key TEXT DEFAULT '' NOT NULL,
    title TEXT DEFAULT '' NOT NULL,
    paragraphs JSONB NOT NULL,
    language TEXT DEFAULT '' NOT NULL,
    published TIMESTAMP WITH TIME ZONE,
    published_source TEXT DEFAULT '' NOT NULL,
    author TEXT,
    outlet TEXT DEFAULT '' NOT NULL,
    domain TEXT DEFAULT '' NOT NULL,
    country TEXT,
    method TEXT DEFAULT '' NOT NULL,
    cut BOOLEAN NOT NULL,
    text_hash TEXT DEFAULT '' NOT NULL,
    extracted_at TIMESTAMP WITH TIME ZONE NOT NULL,
    score FLOAT,
    proposed_at TIMESTAMP WITH TIME ZONE,
    audit_day VARCHAR(10),
    produced_by TEXT DEFAULT '' NOT NULL,
    CONSTRAINT pk_article PRIMARY KEY (id),
    CONSTRAINT uq_article_page_id UNIQUE (page_id),
    CONSTRAINT uq_article_url_key UNIQUE (url_key),
    CONSTRAINT fk_article_page_id_page FOREIGN KEY(page_id) REFERENCES page (id)
);

CREATE INDEX ix_article_proposed_at ON article (proposed_at);

CREATE INDEX ix_article_text_hash ON article (text_hash);

COMMENT ON TABLE article IS 'title, text, date, language and author drawn from a page';

COMMENT ON COLUMN article.id IS 'number given by the database';

COMMENT ON COLUMN article.page_id IS 'page it was drawn from';

COMMENT ON COLUMN article.url IS 'canonical address of the page';

COMMENT ON COLUMN article.url_key IS 'identity of that address';

COMMENT ON COLUMN article.title IS 'headline without the outlet''s name';

COMMENT ON COLUMN article.paragraphs IS 'main text, a list of paragraphs';

COMMENT ON COLUMN article.language IS 'ISO 639-1, detected on the text';

COMMENT ON COLUMN article.published IS 'when it was published';

COMMENT ON COLUMN article.published_source IS 'where that date was found';

COMMENT ON COLUMN article.author IS 'as written';

COMMENT ON COLUMN article.outlet IS 'name of the publisher';

COMMENT ON COLUMN article.domain IS 'registered domain';

COMMENT ON COLUMN article.country IS 'ISO 3166-1 alpha-3 of the publisher, where the feed says it';

COMMENT ON COLUMN article.method IS 'how the text was found';

COMMENT ON COLUMN article.cut IS 'longer than the limit, so cut';

COMMENT ON COLUMN article.text_hash IS 'SHA-256 of the folded main text: copies share it';

COMMENT ON COLUMN article.extracted_at IS 'when it was drawn from its page';

COMMENT ON COLUMN article.score IS 'best score of its proposals, once proposed';

COMMENT ON COLUMN article.proposed_at IS 'when it was proposed from';

COMMENT ON COLUMN article.audit_day IS 'day for whose audit sample it was drawn';

COMMENT ON COLUMN article.produced_by IS 'stage and version of its rules';

CREATE TABLE evidence (
    id BIGSERIAL NOT NULL,
    candidate_id BIGINT NOT NULL,
    article_id BIGINT NOT NULL,
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

COMMENT ON TABLE evidence IS 'the exact quote that supports one field value';

COMMENT ON COLUMN evidence.id IS 'number given by the database';

COMMENT ON COLUMN evidence.candidate_id IS 'the candidate whose value it proves';

COMMENT ON COLUMN evidence.article_id IS 'the article that is quoted';

COMMENT ON COLUMN evidence.field IS 'field that it proves';

COMMENT ON COLUMN evidence.value IS 'value that it proves';

COMMENT ON COLUMN evidence.start IS 'first character, in the article''s text';

COMMENT ON COLUMN evidence."end" IS 'one past the last character';

COMMENT ON COLUMN evidence.quote IS 'the characters themselves';

COMMENT ON COLUMN evidence.speaker IS 'who says so';

CREATE TABLE mention (
    id BIGSERIAL NOT NULL,
    article_id BIGINT NOT NULL,
    kind VARCHAR(40) NOT NULL CONSTRAINT ck_mention_kind CHECK (kind IN ('firm', 'lender', 'country', 'place', 'china', 'money', 'date', 'quantity', 'counterpart', 'sector', 'status', 'role', 'flow', 'mode', 'concern', 'record-type', 'signal')),
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    surface TEXT DEFAULT '' NOT NULL,
    key TEXT,
    name TEXT DEFAULT '' NOT NULL,
    value JSONB,
    weight FLOAT NOT NULL,
    by TEXT DEFAULT '' NOT NULL,
    CONSTRAINT pk_mention PRIMARY KEY (id),
    CONSTRAINT fk_mention_article_id_article FOREIGN KEY(article_id) REFERENCES article (id)
);

CREATE INDEX ix_mention_article_id ON mention (article_id);

CREATE INDEX ix_mention_kind_key ON mention (kind, key);

COMMENT ON TABLE mention IS 'a span of an article with a kind';

COMMENT ON COLUMN mention.id IS 'number given by the database';

COMMENT ON COLUMN mention.article_id IS 'article it stands in';

COMMENT ON COLUMN mention.kind IS 'what it speaks of';

COMMENT ON COLUMN mention.start IS 'first character, in the article''s text';

COMMENT ON COLUMN mention."end" IS 'one past the last character';

COMMENT ON COLUMN mention.surface IS 'the characters themselves';

COMMENT ON COLUMN mention.key IS 'id of the entity or value of the cue';

COMMENT ON COLUMN mention.name IS 'canonical name';

COMMENT ON COLUMN mention.value IS 'money, quantity or date';

COMMENT ON COLUMN mention.weight IS 'how strongly it speaks for its key';

COMMENT ON COLUMN mention.by IS 'rule or list that found it';

CREATE TABLE story_article (
    id BIGSERIAL NOT NULL,
    story_id BIGINT NOT NULL,
    article_id BIGINT NOT NULL,
    ordinal INTEGER NOT NULL,
    facts JSONB NOT NULL,
    score FLOAT NOT NULL,
    CONSTRAINT pk_story_article PRIMARY KEY (id),
    CONSTRAINT uq_story_article_article_id_ordinal UNIQUE (article_id, ordinal),
    CONSTRAINT fk_story_article_story_id_story FOREIGN KEY(story_id) REFERENCES story (id),
    CONSTRAINT fk_story_article_article_id_article FOREIGN KEY(article_id) REFERENCES article (id)
);

CREATE INDEX ix_story_article_story_id ON story_article (story_id);

COMMENT ON TABLE story_article IS 'which articles tell a story, and what each proposes';

COMMENT ON COLUMN story_article.id IS 'number given by the database';

COMMENT ON COLUMN story_article.story_id IS 'the story';

COMMENT ON COLUMN story_article.article_id IS 'an article of it';

COMMENT ON COLUMN story_article.ordinal IS 'which of the article''s proposals, from 0';

COMMENT ON COLUMN story_article.facts IS 'what this article proposes';

COMMENT ON COLUMN story_article.score IS 'score of this article''s proposal';
