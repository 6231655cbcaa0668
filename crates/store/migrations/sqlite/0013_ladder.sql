-- The escalation ladder and the log of notifications, for SQLite. Its twin is ../postgres/0013_ladder.sql.

-- Which alarms are looked at again, and when. A row is a promise to look: it goes only when nothing more can come.
create table ladder_look (
    alarm_id      text    not null primary key references alarm (id),
    look_at       bigint  not null,
    -- counts up whenever somebody asks for a look: a look that began before puts no later time over it
    asked         bigint  not null
);
create index ladder_look_due on ladder_look (look_at, alarm_id);

-- A rung that was told in one run of a clock. `since` is when the clock began to run: an alarm opened again climbs anew.
create table ladder_rung (
    seq           integer primary key autoincrement,
    alarm_id      text    not null references alarm (id),
    clock         text    not null check (clock in ('take', 'verify', 'arrive', 'handle')),
    since         bigint  not null,
    rung          text    not null check (rung in ('duty_guard', 'unit', 'county', 'city', 'province')),
    -- when it should have been told first
    due_at        bigint  not null,
    first_told_at bigint  not null,
    last_told_at  bigint  not null,
    -- how often it was told
    rounds        bigint  not null check (rounds >= 1),
    -- to how many people the last time; 0: nobody stood there
    people        bigint  not null check (people >= 0),
    owes_receipt  boolean not null,
    acknowledged_at bigint,
    acknowledged_by text  references account (id),
    acknowledged_note text,
    unique (alarm_id, clock, since, rung),
    check ((acknowledged_at is null) = (acknowledged_by is null))
);
create index ladder_rung_listed on ladder_rung (rung, seq desc) where people > 0;
create index ladder_rung_owed on ladder_rung (rung, seq desc) where people > 0 and owes_receipt and acknowledged_at is null;

-- Who was told of what by which channel: one row for each, so that nobody is told twice and nobody forgotten.
create table notification (
    seq           integer primary key autoincrement,
    rung_seq      bigint  not null references ladder_rung (seq),
    round         bigint  not null check (round >= 1),
    channel       text    not null check (channel <> ''),
    -- a person, or null where the channel itself is who is told
    user_id       text    references account (id),
    -- the person's id, or the name of the channel's address
    recipient     text    not null check (recipient <> ''),
    state         text    not null check (state in ('waiting', 'sent', 'given_up')),
    created_at    bigint  not null,
    -- null: no further try
    next_try_at   bigint,
    tries         bigint  not null check (tries >= 0),
    sent_at       bigint,
    -- when the last try ended; null before the first, and for what needs no sending
    settled_at    bigint,
    -- what the other side answered, or what went wrong the last time
    answer        text,
    -- when the person looked at the alarm for the first time after being told
    seen_at       bigint,
    unique (rung_seq, round, channel, recipient),
    check ((state = 'waiting') = (next_try_at is not null)),
    check ((state = 'sent') = (sent_at is not null))
);
create index notification_due on notification (channel, next_try_at, seq) where state = 'waiting';
create index notification_settled on notification (channel, state, settled_at) where settled_at is not null;

-- Whose unit or region an alarm is: the people of a rung are found by it.
create index account_by_unit on account (scope_unit_id, role) where scope_unit_id is not null;
create index account_by_region on account (scope_region_id, role) where scope_region_id is not null;

-- Alarms that were open before there was a ladder are looked at once the platform starts.
insert into ladder_look (alarm_id, look_at, asked) select id, 0, 0 from alarm where is_open;
