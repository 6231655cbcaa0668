-- What people's answers say of a rule: an index to count them by, quarantines of noisy rules, and pictures of answered alarms, for PostgreSQL.
-- Its twin is ../sqlite/0014_rule_quality.sql.

-- answered alarms of the watch by when they were answered, with everything that is counted
create index alarm_answered on alarm (verified_at, code, camera_id, model, state, false_alarm_reason, score, pushed_at, unit_id, drill, simulated)
    where source = 'ai' and verified_at is not null;

-- A noisy rule at a camera: proposed by the platform, decided by a person, ended by time.
create table rule_quarantine (
    id            text collate "C" not null primary key check (length(id) = 36),
    camera_id     text collate "C" not null references camera (id),
    code          text collate "C" not null,
    -- version of the model whose answers it rests on; null: a rule without a model
    model         text collate "C",
    state         text collate "C" not null check (state in ('proposed', 'in_force', 'declined', 'lapsed', 'ended', 'lifted')),
    -- counts changes; a stale writer is refused
    version       bigint  not null,
    grounds       text collate "C" not null check (grounds in ('false_a_day', 'precision')),
    proposed_at   bigint  not null,
    -- the answers when it was proposed
    answered      bigint  not null check (answered > 0),
    real_count    bigint  not null check (real_count between 0 and answered),
    worst_day     bigint  not null check (worst_day >= 0),
    -- null while nobody decided
    decided_at    bigint,
    decided_by    text collate "C" references account (id),
    decided_why   text collate "C",
    until         bigint,
    -- null while it is proposed or in force
    closed_at     bigint,
    closed_by     text collate "C" references account (id),
    closed_why    text collate "C",
    check (state not in ('in_force', 'ended', 'lifted') or (decided_at is not null and until is not null and until > decided_at)),
    check ((closed_at is null) = (state in ('proposed', 'in_force')))
);
-- one at a time
create unique index rule_quarantine_open on rule_quarantine (camera_id, code) where state in ('proposed', 'in_force');
create index rule_quarantine_listed on rule_quarantine (proposed_at desc, id desc);
create index rule_quarantine_of on rule_quarantine (camera_id, code, state);

-- Pictures of answered alarms with the people in them hidden, as a labelled folder is made of.
create table sample (
    alarm_id      text collate "C" not null primary key references alarm (id) on delete cascade,
    answer        text collate "C" not null check (answer in ('real', 'false')),
    reason        text collate "C",
    blob_id       text collate "C" not null unique,
    sha256        text collate "C" not null check (length(sha256) = 64),
    size_bytes    bigint  not null check (size_bytes > 0),
    -- what the camera looked at when it was kept
    place_type    text collate "C" not null,
    -- people that were hidden, and the model that looked for them
    people_hidden bigint  not null check (people_hidden >= 0),
    people_model  text collate "C" not null,
    kept_at       bigint  not null,
    expires_at    bigint  not null check (expires_at > kept_at)
);
create index sample_expiring on sample (expires_at);
