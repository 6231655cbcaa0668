-- Notices and supervision orders about overdue alarms, for PostgreSQL. Its twin is ../sqlite/0016_notices.sql.

-- A notice: one to each responsible party, however many alarms it is about.
create table notice (
    id            text collate "C" not null primary key check (length(id) = 36),
    -- the act of sending it belongs to: asked for twice, it is done once
    batch_id      text collate "C" not null check (length(batch_id) = 36),
    kind          text collate "C" not null check (kind in ('reminder', 'notice', 'supervision')),
    state         text collate "C" not null check (state in ('drafted', 'sent', 'received', 'replied', 'returned', 'accepted', 'closed', 'withdrawn')),
    party_kind    text collate "C" not null check (party_kind in ('unit')),
    unit_id       text collate "C" not null references unit (id),
    -- as it was called when the notice was written
    unit_name     text    not null,
    issuer_level  text collate "C" not null check (issuer_level in ('county', 'city', 'province')),
    issuer_region_id text collate "C" not null references region (id),
    issuer_id     text collate "C" not null references account (id),
    -- given when it is sent; null for a draft
    number        text,
    year          bigint,
    serial        bigint  check (serial >= 1),
    -- how many notices the party has had since period_from, with this one; a reminder counts none
    nth           bigint  not null check (nth >= 0),
    period_from   bigint,
    remark        text,
    -- the text as sent
    body          text,
    deadline_at   bigint  not null,
    created_at    bigint  not null,
    sent_at       bigint,
    escalated_to  text collate "C" check (escalated_to in ('city', 'province')),
    escalated_at  bigint,
    -- closed or withdrawn
    ended_at      bigint,
    version       bigint  not null,
    unique (batch_id, unit_id),
    check ((sent_at is null) = (number is null)),
    check ((sent_at is null) = (serial is null)),
    check ((sent_at is null) = (body is null)),
    check (sent_at is not null or state in ('drafted', 'withdrawn')),
    check ((escalated_to is null) = (escalated_at is null)),
    check ((ended_at is not null) = (state in ('closed', 'withdrawn')))
);
create unique index notice_numbered on notice (issuer_region_id, kind, year, serial) where serial is not null;
create index notice_by_unit on notice (unit_id, id desc);
create index notice_by_state on notice (state, id desc);
create index notice_owed on notice (deadline_at, id) where state in ('sent', 'received', 'returned');

-- What a notice is about.
create table notice_alarm (
    notice_id     text collate "C" not null references notice (id),
    alarm_id      text collate "C" not null references alarm (id),
    -- the clock exceeded longest when the notice was written, and when it ran out
    clock         text collate "C" not null check (clock in ('take', 'verify', 'arrive', 'handle')),
    due_at        bigint  not null,
    -- when it was stopped all the same; null: it still ran
    stopped_at    bigint,
    -- notices about this alarm, with this one; set when it is sent
    nth           bigint  not null check (nth >= 0),
    primary key (notice_id, alarm_id)
);
create index notice_alarm_by_alarm on notice_alarm (alarm_id, notice_id);

-- What happened to a notice, in order.
create table notice_step (
    seq           bigint  generated always as identity primary key,
    notice_id     text collate "C" not null references notice (id),
    at            bigint  not null,
    event         text collate "C" not null,
    -- null for the first
    from_state    text collate "C",
    to_state      text collate "C" not null,
    -- null: the platform
    actor_id      text collate "C" references account (id),
    actor_role    text collate "C",
    words         text
);
create index notice_step_by_notice on notice_step (notice_id, seq);

-- The chain a notice goes down, and up when it climbs: one row for each level that is told, with its receipt.
create table notice_rung (
    seq           bigint  generated always as identity primary key,
    notice_id     text collate "C" not null references notice (id),
    rung          text collate "C" not null check (rung in ('unit', 'county', 'city', 'province')),
    -- its party, an office it is relayed through, or one it climbed to
    role          text collate "C" not null check (role in ('party', 'relay', 'escalation')),
    first_told_at bigint  not null,
    last_told_at  bigint  not null,
    rounds        bigint  not null check (rounds >= 1),
    -- to how many people the last time; 0: nobody stood there
    people        bigint  not null check (people >= 0),
    signed_at     bigint,
    signed_by     text collate "C" references account (id),
    signed_note   text,
    unique (notice_id, rung),
    check ((signed_at is null) = (signed_by is null))
);
create index notice_rung_unsigned on notice_rung (rung, notice_id) where signed_at is null;

-- The log of notifications tells of notices too: a line belongs to a rung of an alarm's ladder or to one of a notice's chain.
alter table notification alter column rung_seq drop not null;
alter table notification add column notice_rung_seq bigint references notice_rung (seq);
alter table notification add constraint notification_of_one check ((rung_seq is null) <> (notice_rung_seq is null));
alter table notification add constraint notification_of_notice_once unique (notice_rung_seq, round, channel, recipient);
