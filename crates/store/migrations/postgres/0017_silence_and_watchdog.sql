-- Planned silences, the watchdog that walks the way of an alarm, and how often an operator was called, for PostgreSQL. Its twin is ../sqlite/0017_silence_and_watchdog.sql.

-- A planned silence: asked by one person, approved by another, over by itself.
create table silence (
    id            text collate "C" not null primary key check (length(id) = 36),
    unit_id       text collate "C" not null references unit (id),
    -- null: the whole unit
    camera_id     text collate "C" references camera (id),
    -- null: every rule
    code          text collate "C",
    state         text collate "C" not null check (state in ('asked', 'approved', 'declined', 'lapsed', 'ended', 'lifted')),
    -- counts changes; a stale writer is refused
    version       bigint  not null,
    reason        text collate "C" not null check (reason <> ''),
    starts_at     bigint  not null,
    ends_at       bigint  not null check (ends_at > starts_at),
    asked_at      bigint  not null,
    asked_by      text collate "C" not null references account (id),
    -- null while nobody decided
    decided_at    bigint,
    decided_by    text collate "C" references account (id) check (decided_by <> asked_by),
    decided_why   text,
    -- the approval names fire that cameras see
    with_fire     boolean not null,
    -- null while it is asked for or approved
    closed_at     bigint,
    closed_by     text collate "C" references account (id),
    closed_why    text,
    check (state not in ('approved', 'ended') or (decided_at is not null and decided_by is not null)),
    check ((closed_at is null) = (state in ('asked', 'approved')))
);
create index silence_of on silence (unit_id, ends_at) where state = 'approved';
create index silence_listed on silence (asked_at desc, id desc);
create index silence_over on silence (ends_at) where state in ('asked', 'approved');

-- until when it rings nobody: the end of the silence it was raised in
alter table alarm add column quiet_until bigint;
alter table alarm add column silence_id text collate "C" references silence (id);
create index alarm_silenced on alarm (silence_id, pushed_at desc, id desc) where silence_id is not null;

-- A test alarm of the watchdog, and when it came by where. Apart from alarms: no list and no figure can count it. Old ones are dropped.
create table watchdog_probe (
    id            text collate "C" not null primary key check (length(id) = 36),
    raised_at     bigint  not null,
    -- every statement of raising an alarm was gone through and taken back; false where there is no unit
    rehearsed     boolean not null,
    passed_at     bigint,
    told_at       bigint,
    heard_at      bigint,
    -- null while its time is not over
    judged_at     bigint,
    -- everything came in time; null before
    arrived       boolean,
    check ((judged_at is null) = (arrived is null))
);
create index watchdog_probe_raised on watchdog_probe (raised_at desc);
create index watchdog_probe_waiting on watchdog_probe (raised_at) where judged_at is null;

-- A broken link of the way: one row from the probe that did not come until the one that did.
create table watchdog_fault (
    id            text collate "C" not null primary key check (length(id) = 36),
    stage         text collate "C" not null check (stage in ('raise', 'outbox', 'ladder', 'push', 'channel')),
    -- empty for stages inside
    channel       text collate "C" not null,
    recipient     text collate "C" not null,
    why           text collate "C" not null,
    -- when the first probe that did not come was raised
    since         bigint  not null,
    found_at      bigint  not null,
    -- the last probe that did not come
    last_at       bigint  not null,
    probes        bigint  not null check (probes >= 1),
    mended_at     bigint
);
create unique index watchdog_fault_open on watchdog_fault (stage, channel, recipient) where mended_at is null;
create index watchdog_fault_listed on watchdog_fault (found_at desc, id desc);

-- What waits for a channel: a probe, or the news of a fault.
create table watchdog_message (
    seq           bigint  generated always as identity primary key,
    probe_id      text collate "C" references watchdog_probe (id) on delete cascade,
    fault_id      text collate "C" references watchdog_fault (id) on delete cascade,
    kind          text collate "C" not null check (kind in ('probe', 'fault', 'mended')),
    channel       text collate "C" not null check (channel <> ''),
    recipient     text collate "C" not null check (recipient <> ''),
    -- what a receiver that proves the arrival sends back; empty for news
    receipt       text collate "C" not null,
    state         text collate "C" not null check (state in ('waiting', 'sent', 'given_up')),
    created_at    bigint  not null,
    next_try_at   bigint,
    tries         bigint  not null check (tries >= 0),
    sent_at       bigint,
    answer        text,
    check ((kind = 'probe') = (probe_id is not null)),
    check ((kind = 'probe') = (fault_id is null)),
    check ((state = 'waiting') = (next_try_at is not null)),
    check ((state = 'sent') = (sent_at is not null))
);
create index watchdog_message_due on watchdog_message (channel, next_try_at, seq) where state = 'waiting';
create index watchdog_message_of_probe on watchdog_message (probe_id);
create index watchdog_message_last on watchdog_message (channel, created_at desc) where kind = 'probe';

-- How often an operator was called: the load of a desk is read by it.
create index notification_called on notification (user_id, created_at) where channel = 'in_app' and round = 1;
