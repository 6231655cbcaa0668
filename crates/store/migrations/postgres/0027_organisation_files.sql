-- Scores, violation files, applications, censuses and contract documents of organisations, for PostgreSQL. Its twin is ../sqlite/0027_organisation_files.sql.

-- The score of a month, with the file it was computed from: kept once, never written again.
create table organisation_score (
    organisation_id text collate "C"  not null references organisation (id),
    month         text collate "C"    not null check (length(month) = 7),
    -- by which rules it was counted
    rules         text collate "C"    not null,
    hundredths    bigint  not null check (hundredths between 0 and 10000),
    -- `domain::duty::score::file::ScoreFile`, JSON, and its SHA-256
    file          text collate "C"    not null,
    digest        bytea    not null check (length(digest) = 32),
    made_at       bigint  not null,
    primary key (organisation_id, month)
);
create index organisation_score_by_month on organisation_score (month, hundredths desc, organisation_id);
create trigger organisation_score_no_update before update on organisation_score for each row execute function refuse_change();
create trigger organisation_score_no_delete before delete on organisation_score for each row execute function refuse_change();

-- An entry of an organisation's violation file. What it rests on is never written again; only where it stands is.
create table violation (
    id            text collate "C"    not null primary key check (length(id) = 36),
    organisation_id text collate "C"  not null references organisation (id),
    kind          text collate "C"    not null check (kind in ('feigned_duty', 'false_claim', 'duty_gap', 'roll_calls_failed', 'alarms_late', 'false_certificate')),
    starts_at     bigint  not null,
    ends_at       bigint  not null check (ends_at >= starts_at),
    room_id       text collate "C"    references duty_room (id),
    staff_id      text collate "C"    references staff (id),
    -- the upheld suspicion it comes from; null: opened by an office
    suspicion_id  text collate "C"    unique references suspicion (id),
    words         text collate "C"    not null check (words <> ''),
    -- the rows it rests on with their digests, JSON, how many there are, and the SHA-256 of all of it
    package       text collate "C"    not null,
    row_count     bigint  not null check (row_count >= 1),
    digest        bytea    not null check (length(digest) = 32),
    state         text collate "C"    not null check (state in ('opened', 'replied', 'confirmed', 'dismissed', 'appealed', 'upheld', 'withdrawn')),
    opened_at     bigint  not null,
    -- null: the platform
    opened_by     text collate "C"    references account (id),
    reply_until   bigint  not null,
    confirmed_at  bigint,
    confirmed_by  text collate "C"    references account (id),
    -- counts changes; a stale writer is refused
    version       bigint  not null,
    check (state not in ('confirmed', 'appealed', 'upheld', 'withdrawn') or confirmed_at is not null)
);
create index violation_listed on violation (opened_at desc, id desc);
create index violation_of on violation (organisation_id, opened_at desc, id desc);
create trigger violation_evidence_stays before update of organisation_id, kind, starts_at, ends_at, words, package, row_count, digest, opened_at on violation for each row execute function refuse_change();
create trigger violation_no_delete before delete on violation for each row execute function refuse_change();
create table violation_step (
    seq           bigint  generated always as identity primary key,
    violation_id  text collate "C"    not null references violation (id),
    at            bigint  not null,
    event         text collate "C"    not null check (event in ('reply', 'confirm', 'dismiss', 'appeal', 'uphold', 'withdraw')),
    to_state      text collate "C"    not null,
    -- null: the platform
    actor_id      text collate "C"    references account (id),
    actor_role    text collate "C",
    words         text collate "C"    not null check (words <> '')
);
create index violation_step_of on violation_step (violation_id, seq);
create trigger violation_step_no_update before update on violation_step for each row execute function refuse_change();
create trigger violation_step_no_delete before delete on violation_step for each row execute function refuse_change();

-- What an organisation without an account wrote to be registered. No organisation and no account comes of it before an office approves.
create table organisation_application (
    id            text collate "C"    not null primary key check (length(id) = 36),
    name          text collate "C"    not null check (name <> ''),
    credit_code   text collate "C"    not null check (length(credit_code) = 18),
    region_id     text collate "C"    not null references region (id),
    address       text collate "C"    not null,
    premises_m2   bigint  not null check (premises_m2 >= 0),
    phone         text collate "C"    not null,
    units_max     bigint  not null check (units_max >= 1),
    leader_name   text collate "C"    not null check (leader_name <> ''),
    state         text collate "C"    not null check (state in ('waiting', 'returned', 'approved', 'refused', 'lapsed')),
    -- SHA-256 of the receipt, which is shown once and proves that somebody wrote this application
    receipt_sha256 bytea   not null unique check (length(receipt_sha256) = 32),
    -- from where it came, for the limit
    sent_from     text collate "C"    not null,
    sent_count    bigint  not null check (sent_count >= 1),
    applied_at    bigint  not null,
    -- its last step
    moved_at      bigint  not null,
    organisation_id text collate "C"  references organisation (id),
    version       bigint  not null,
    check ((organisation_id is not null) = (state = 'approved'))
);
-- one application for one code at a time
create unique index organisation_application_by_code on organisation_application (credit_code) where state in ('waiting', 'returned');
create index organisation_application_listed on organisation_application (state, applied_at, id);
create index organisation_application_from on organisation_application (sent_from, applied_at);
create table organisation_application_step (
    seq           bigint  generated always as identity primary key,
    application_id text collate "C"   not null references organisation_application (id),
    at            bigint  not null,
    event         text collate "C"    not null check (event in ('apply', 'approve', 'return', 'refuse', 'send_again', 'lapse')),
    to_state      text collate "C"    not null,
    -- null: the applicant, or time
    actor_id      text collate "C"    references account (id),
    actor_role    text collate "C",
    reason        text collate "C"
);
create index organisation_application_step_of on organisation_application_step (application_id, seq);

-- A census of organisations and duty.
create table census (
    id            text collate "C"    not null primary key check (length(id) = 36),
    title         text collate "C"    not null check (title <> ''),
    note          text collate "C"    not null,
    -- who asks
    region_id     text collate "C"    not null references region (id),
    opened_at     bigint  not null,
    opened_by     text collate "C"    not null references account (id),
    deadline_at   bigint  not null check (deadline_at > opened_at),
    closed_at     bigint,
    closed_by     text collate "C"    references account (id),
    -- all answers as they stood at the close, JSON, and its SHA-256
    frozen        text collate "C",
    digest        bytea    check (digest is null or length(digest) = 32),
    version       bigint  not null,
    check ((closed_at is null) = (frozen is null)),
    check ((closed_at is null) = (digest is null))
);
create index census_listed on census (opened_at desc, id desc);
create trigger census_closed before update on census for each row when (old.closed_at is not null) execute function refuse_change();
create trigger census_no_delete before delete on census for each row execute function refuse_change();
-- What each region answered. Regions are a partition: a row is for what is entered at the region itself.
create table census_answer (
    census_id     text collate "C"    not null references census (id),
    region_id     text collate "C"    not null references region (id),
    state         text collate "C"    not null check (state in ('awaited', 'answered', 'returned', 'accepted')),
    -- of the last answer; null: none yet
    organisations bigint,
    valid         bigint,
    units         bigint,
    contracted    bigint,
    on_duty       bigint,
    -- the rows that were counted, JSON, and its SHA-256
    lists         text collate "C",
    digest        bytea    check (digest is null or length(digest) = 32),
    signed_by     text collate "C"    references account (id),
    signed_at     bigint,
    remark        text collate "C",
    version       bigint  not null,
    primary key (census_id, region_id),
    check ((lists is null) = (state = 'awaited')),
    check ((signed_by is null) = (state = 'awaited'))
);
create index census_answer_of on census_answer (region_id, census_id);
create table census_step (
    seq           bigint  generated always as identity primary key,
    census_id     text collate "C"    not null references census (id),
    -- null: about all of it
    region_id     text collate "C"    references region (id),
    at            bigint  not null,
    event         text collate "C"    not null check (event in ('open', 'answer', 'return', 'accept', 'close')),
    actor_id      text collate "C"    not null references account (id),
    actor_role    text collate "C"    not null,
    reason        text collate "C"
);
create index census_step_of on census_step (census_id, seq);

-- The signed contract as a file. Several of one contract are kept; the last one counts.
create table contract_document (
    id            text collate "C"    not null primary key check (length(id) = 36),
    contract_id   text collate "C"    not null references contract (id),
    file_name     text collate "C"    not null check (file_name <> ''),
    content_type  text collate "C"    not null check (content_type in ('application/pdf', 'image/jpeg', 'image/png')),
    size_bytes    bigint  not null check (size_bytes > 0),
    sha256        text collate "C"    not null check (length(sha256) = 64),
    added_by      text collate "C"    not null references account (id),
    added_at      bigint  not null
);
create index contract_document_of on contract_document (contract_id, added_at desc, id desc);
create trigger contract_document_no_update before update on contract_document for each row execute function refuse_change();
create trigger contract_document_no_delete before delete on contract_document for each row execute function refuse_change();
