-- The first schema, for PostgreSQL. Its twin is ../sqlite/0001_first.sql: same tables, same columns, same constraints.
--
-- Everywhere: ids are UUIDs as 36 characters of text; times are bigint microseconds since 1970 UTC; words of closed lists are the
-- lower-case words of the domain crate; JSON is text and never filtered by. `seq` is the order of writing. Text is
-- `collate "C"`, so that lists come in the order of SQLite whatever the locale of the cluster.

create function refuse_change() returns trigger language plpgsql as $$
begin
    raise exception '% is append-only', tg_table_name using errcode = 'integrity_constraint_violation';
end
$$;

-- Regions: the tree province – city – county. Not effective-dated; snapshots freeze the names they need.
create table region (
    id            text collate "C" not null primary key check (length(id) = 36),
    parent_id     text collate "C" references region (id),
    level         text collate "C" not null check (level in ('province', 'city', 'county')),
    name          text collate "C" not null check (name <> ''),
    short_name    text collate "C" not null check (short_name <> ''),
    -- GB/T 2260; functional areas have none
    gb2260_code   text collate "C" unique,
    -- official order among siblings
    sibling_order bigint  not null,
    -- place in the depth-first walk of the whole tree: the order of lists
    position      bigint  not null unique,
    -- the region itself or the one above it of that level; filled whenever the tree is replaced
    province_id   text collate "C" references region (id),
    city_id       text collate "C" references region (id),
    county_id     text collate "C" references region (id)
);
create index region_by_parent on region (parent_id);

-- Who lies below whom, every region below itself: what scopes are read from.
create table region_tree (
    ancestor_id   text collate "C" not null references region (id),
    descendant_id text collate "C" not null references region (id),
    primary key (ancestor_id, descendant_id)
);
create index region_tree_by_descendant on region_tree (descendant_id, ancestor_id);

-- Units: only that they exist. What they are at a moment is a version.
create table unit (
    id            text collate "C" not null primary key check (length(id) = 36),
    created_at    bigint  not null
);

-- A unit as it was from `valid_from` until `valid_until`. A change closes one row and opens the next; no row is ever rewritten.
create table unit_version (
    seq           bigint  generated always as identity primary key,
    unit_id       text collate "C" not null references unit (id),
    valid_from    bigint  not null,
    -- null: now
    valid_until   bigint,
    name          text collate "C" not null check (name <> ''),
    category      text collate "C" not null,
    region_id     text collate "C" not null references region (id),
    ownership     text collate "C" check (ownership in ('public', 'private')),
    study_level   text collate "C" check (study_level in ('undergraduate', 'vocational')),
    boarding      boolean not null,
    school_code   text collate "C" check (school_code <> ''),
    connection    text collate "C" not null,
    duty          text collate "C" not null,
    -- what the domain counts as connected and as on duty, kept so that counting is reading an index
    is_connected  boolean not null,
    is_on_duty    boolean not null,
    connection_provenance text collate "C" not null check (connection_provenance in ('observed', 'reported', 'confirmed')),
    duty_provenance       text collate "C" not null check (duty_provenance in ('observed', 'reported', 'confirmed')),
    -- invented row of a demonstration
    synthetic     boolean not null,
    -- where the change came from: a file name, a page, the platform
    source        text collate "C" not null,
    -- null: the platform itself
    recorded_by   text collate "C",
    check (valid_until is null or valid_until >= valid_from)
);
create unique index unit_version_now on unit_version (unit_id) where valid_until is null;
create unique index unit_version_now_by_code on unit_version (school_code) where valid_until is null and school_code is not null;
create index unit_version_now_listed on unit_version (region_id, name, unit_id) where valid_until is null;
-- valid_until is always null here; without it SQLite would read the rows to see that
create index unit_version_now_counted on unit_version (region_id, category, is_connected, is_on_duty, valid_until) where valid_until is null;
create index unit_version_history on unit_version (unit_id, seq);
create index unit_version_valid on unit_version (valid_from, valid_until);

-- Units as they stand.
create view unit_now as select * from unit_version where valid_until is null;

-- People with an account.
create table account (
    id            text collate "C" not null primary key check (length(id) = 36),
    login_name    text collate "C" not null,
    -- the login name in lower case: nobody gets a name that differs only in case
    login_key     text collate "C" not null unique check (login_key <> ''),
    display_name  text collate "C" not null,
    role          text collate "C" not null,
    -- exactly one of the two
    scope_region_id text collate "C" references region (id),
    scope_unit_id   text collate "C" references unit (id),
    -- argon2id; null until the first password is set through a one-time link
    password_hash text collate "C",
    disabled      boolean not null,
    failed_count  bigint  not null check (failed_count >= 0),
    locked_until  bigint,
    created_at    bigint  not null,
    last_seen_at  bigint,
    check ((scope_region_id is null) <> (scope_unit_id is null))
);
create index account_listed on account (login_key, id);

-- Signed-in clients. The token itself is never kept.
create table session (
    id            text collate "C" not null primary key check (length(id) = 36),
    user_id       text collate "C" not null references account (id),
    token_sha256  bytea   not null unique check (length(token_sha256) = 32),
    created_at    bigint  not null,
    last_seen_at  bigint  not null,
    idle_expires_at bigint not null,
    expires_at    bigint  not null,
    address       text collate "C",
    agent         text collate "C",
    revoked_at    bigint
);
create index session_by_user on session (user_id);

-- Links that sign in once.
create table one_time_token (
    token_sha256  bytea   not null primary key check (length(token_sha256) = 32),
    user_id       text collate "C" not null references account (id),
    expires_at    bigint  not null,
    used_at       bigint
);

-- Values of the installation itself.
create table setting (
    key           text collate "C" not null primary key,
    value         text collate "C" not null
);

-- Cameras. Removed ones stay for the alarms that name them.
create table camera (
    id            text collate "C" not null primary key check (length(id) = 36),
    unit_id       text collate "C" not null references unit (id),
    name          text collate "C" not null check (name <> ''),
    place_type    text collate "C" not null,
    -- without credentials
    address       text collate "C" not null,
    user_name     text collate "C",
    -- encrypted by the caller
    sealed_password bytea,
    watch_enabled boolean not null,
    disabled      boolean not null,
    simulated     boolean not null,
    created_at    bigint  not null,
    changed_at    bigint  not null,
    changed_by    text collate "C",
    removed_at    bigint
);
create index camera_listed on camera (unit_id, name, id) where removed_at is null;

-- What the platform last saw of a camera.
create table camera_state (
    camera_id     text collate "C" not null primary key references camera (id),
    state         text collate "C" not null,
    reason        text collate "C",
    -- since when this state holds
    since         bigint  not null
);

-- Alarms as they stand; how they came there is alarm_step.
create table alarm (
    id            text collate "C" not null primary key check (length(id) = 36),
    code          text collate "C" not null,
    level         bigint  not null check (level between 1 and 4),
    state         text collate "C" not null,
    -- somebody still has to do something; what the domain says of the state
    is_open       boolean not null,
    -- JSON array of words
    marks         text collate "C" not null,
    drill         boolean not null,
    simulated     boolean not null,
    unit_id       text collate "C" not null references unit (id),
    camera_id     text collate "C" references camera (id),
    source        text collate "C" not null check (source in ('ai', 'manual')),
    owner_id      text collate "C" references account (id),
    handler_id    text collate "C" references account (id),
    occurred_at   bigint  not null,
    pushed_at     bigint  not null,
    opened_at     bigint,
    taken_at      bigint,
    verified_at   bigint,
    arrived_at    bigint,
    handled_at    bigint,
    reviewed_at   bigint,
    false_alarm_reason text collate "C",
    has_result_picture boolean not null,
    version       bigint  not null,
    score         double precision,
    -- JSON array of boxes in parts of the picture
    boxes         text collate "C" not null,
    note          text collate "C",
    -- name and hash of the model that saw it
    model         text collate "C",
    -- later observations of the same thing
    joined_count  bigint  not null,
    last_joined_at bigint,
    -- time of the last step: who stays silent is found by it
    last_step_at  bigint  not null
);
create index alarm_open on alarm (is_open, level, pushed_at desc, id desc);
create index alarm_by_time on alarm (pushed_at desc, id desc);
create index alarm_by_state on alarm (state, pushed_at desc, id desc);
create index alarm_by_unit on alarm (unit_id, pushed_at desc, id desc);
create index alarm_by_camera on alarm (camera_id, code, pushed_at desc);

-- Every observation that raised or joined an alarm, once.
create table alarm_observation (
    observation_id text collate "C" not null primary key check (length(observation_id) = 36),
    alarm_id      text collate "C" not null references alarm (id),
    at            bigint  not null
);
create index alarm_observation_by_alarm on alarm_observation (alarm_id);

-- What happened to an alarm, in order.
create table alarm_step (
    seq           bigint  generated always as identity primary key,
    alarm_id      text collate "C" not null references alarm (id),
    at            bigint  not null,
    event         text collate "C" not null,
    -- null for the first
    from_state    text collate "C",
    to_state      text collate "C" not null,
    -- null: the platform itself
    actor_id      text collate "C" references account (id),
    -- the actor's role at that moment
    actor_role    text collate "C",
    note          text collate "C",
    reason        text collate "C"
);
create index alarm_step_of on alarm_step (alarm_id, seq);
create trigger alarm_step_no_update before update on alarm_step for each row execute function refuse_change();
create trigger alarm_step_no_delete before delete on alarm_step for each row execute function refuse_change();
create trigger alarm_step_no_truncate before truncate on alarm_step execute function refuse_change();

-- Pictures and clips of an alarm, kept as files; of several of one kind the last counts.
create table alarm_blob (
    seq           bigint  generated always as identity primary key,
    alarm_id      text collate "C" not null references alarm (id),
    kind          text collate "C" not null check (kind in ('picture', 'clip', 'result_picture')),
    blob_id       text collate "C" not null unique,
    content_type  text collate "C" not null,
    size_bytes    bigint  not null check (size_bytes >= 0),
    sha256        text collate "C" not null check (length(sha256) = 64),
    added_by      text collate "C",
    added_at      bigint  not null
);
create index alarm_blob_of on alarm_blob (alarm_id, kind, seq);

-- What others must hear of, written in the transaction that made it true.
create table outbox (
    seq           bigint  generated always as identity primary key,
    at            bigint  not null,
    topic         text collate "C" not null,
    key           text collate "C" not null,
    -- JSON
    payload       text collate "C" not null,
    -- null: nobody has been told
    delivered_at  bigint
);
create index outbox_pending on outbox (seq) where delivered_at is null;

-- Who did what. Append-only, each row sealed with the hash of the one before; names and units are copied, not referenced, so that the
-- register stays readable whatever becomes of them.
create table audit (
    seq           bigint  not null primary key check (seq > 0),
    at            bigint  not null,
    actor_id      text collate "C",
    role          text collate "C",
    action        text collate "C" not null,
    object_kind   text collate "C" not null,
    object_id     text collate "C",
    object_name   text collate "C",
    unit_id       text collate "C",
    result        text collate "C" not null,
    request_id    text collate "C",
    address       text collate "C",
    detail        text collate "C",
    previous_hash bytea   not null unique check (length(previous_hash) = 32),
    hash          bytea   not null unique check (length(hash) = 32)
);
create index audit_by_actor on audit (actor_id, seq);
create index audit_by_object on audit (object_kind, object_id, seq);
create index audit_by_unit on audit (unit_id, seq);
create trigger audit_no_update before update on audit for each row execute function refuse_change();
create trigger audit_no_delete before delete on audit for each row execute function refuse_change();
create trigger audit_no_truncate before truncate on audit execute function refuse_change();

-- Snapshots: the register frozen as it was at `as_of`. Nothing in the three tables ever changes.
create table snapshot (
    id            text collate "C" not null primary key check (length(id) = 36),
    as_of         bigint  not null,
    taken_at      bigint  not null,
    taken_by      text collate "C",
    units         bigint  not null,
    -- SHA-256 over the frozen rows, the same on both engines
    hash          text collate "C" not null check (length(hash) = 64),
    note          text collate "C"
);
create index snapshot_listed on snapshot (taken_at desc, id desc);

-- A frozen unit, with the names of its regions as they were.
create table snapshot_unit (
    snapshot_id   text collate "C" not null references snapshot (id),
    unit_id       text collate "C" not null references unit (id),
    name          text collate "C" not null,
    category      text collate "C" not null,
    region_id     text collate "C" not null,
    region_position bigint not null,
    province_id   text collate "C",
    city_id       text collate "C",
    city_name     text collate "C",
    county_id     text collate "C",
    county_name   text collate "C",
    ownership     text collate "C",
    study_level   text collate "C",
    boarding      boolean not null,
    school_code   text collate "C",
    connection    text collate "C" not null,
    duty          text collate "C" not null,
    is_connected  boolean not null,
    is_on_duty    boolean not null,
    connection_provenance text collate "C" not null,
    duty_provenance       text collate "C" not null,
    synthetic     boolean not null,
    primary key (snapshot_id, unit_id)
);
create index snapshot_unit_listed on snapshot_unit (snapshot_id, region_position, name, unit_id);
create index snapshot_unit_by_category on snapshot_unit (snapshot_id, category, region_position, name, unit_id);

-- Counts of a snapshot by everything figures are read by.
create table snapshot_cell (
    snapshot_id   text collate "C" not null references snapshot (id),
    category      text collate "C" not null,
    ownership     text collate "C",
    study_level   text collate "C",
    city_id       text collate "C",
    total         bigint  not null,
    connected     bigint  not null,
    duty          bigint  not null,
    check (connected between 0 and total and duty between 0 and total)
);
create index snapshot_cell_of on snapshot_cell (snapshot_id);
create trigger snapshot_no_update before update on snapshot for each row execute function refuse_change();
create trigger snapshot_unit_no_update before update on snapshot_unit for each row execute function refuse_change();
create trigger snapshot_unit_no_delete before delete on snapshot_unit for each row execute function refuse_change();
create trigger snapshot_unit_no_truncate before truncate on snapshot_unit execute function refuse_change();
create trigger snapshot_cell_no_update before update on snapshot_cell for each row execute function refuse_change();
create trigger snapshot_cell_no_delete before delete on snapshot_cell for each row execute function refuse_change();
create trigger snapshot_cell_no_truncate before truncate on snapshot_cell execute function refuse_change();

-- Bulletins and the figures they printed.
create table bulletin (
    id            text collate "C" not null primary key check (length(id) = 36),
    snapshot_id   text collate "C" not null references snapshot (id),
    title         text collate "C" not null,
    created_at    bigint  not null,
    created_by    text collate "C",
    text          text collate "C" not null,
    -- JSON
    figures_json  text collate "C" not null
);
create index bulletin_listed on bulletin (created_at desc, id desc);
create index bulletin_by_snapshot on bulletin (snapshot_id);
