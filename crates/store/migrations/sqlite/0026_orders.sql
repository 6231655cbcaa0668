-- Work orders of confirmed alarms, reports of fires, the rungs of shift leaders and organisations, notices to organisations, for SQLite. Its twin is ../postgres/0026_orders.sql.

-- What both sides of a work order did. The order itself follows from the alarm and these acts.
create table order_act (
    seq           integer primary key autoincrement,
    alarm_id      text    not null references alarm (id),
    -- when the alarm was confirmed: opened again and confirmed again, it has another order
    opened_at     bigint  not null,
    side          text    not null check (side in ('remote', 'site')),
    act           text    not null check (act in ('inform', 'call_fire_brigade', 'start_systems', 'send_force', 'accept', 'arrive', 'second_force', 'evacuate', 'handle', 'remark')),
    at            bigint  not null,
    actor_id      text    not null references account (id),
    actor_role    text    not null,
    words         text,
    check (act <> 'remark' or words is not null)
);
create index order_act_of on order_act (alarm_id, seq);
-- of two who press at once the first counts
create unique index order_act_once on order_act (alarm_id, opened_at, act) where act <> 'remark';
create trigger order_act_no_update before update on order_act begin
    select raise(abort, 'order_act is append-only');
end;
create trigger order_act_no_delete before delete on order_act begin
    select raise(abort, 'order_act is append-only');
end;

-- The report that a confirmed fire owes; a row once somebody wrote on the form, or it was late.
create table incident_report (
    alarm_id      text    not null primary key references alarm (id),
    due_at        bigint  not null,
    state         text    not null check (state in ('owed', 'drafted', 'submitted')),
    -- JSON object of the form's answers; null: nobody wrote on it
    form          text,
    changed_at    bigint  not null,
    changed_by    text    references account (id),
    submitted_at  bigint,
    submitted_by  text    references account (id),
    -- the sealed paper
    report_id     text    references duty_report (id),
    -- the alarm that rang because it was late
    late_alarm_id text    references alarm (id),
    -- counts changes; a stale writer is refused
    version       bigint  not null,
    check ((state = 'submitted') = (submitted_at is not null)),
    check ((submitted_at is null) = (submitted_by is null)),
    check ((submitted_at is null) = (report_id is null)),
    check ((state = 'owed') = (form is null))
);
create index incident_report_open on incident_report (due_at, alarm_id) where state <> 'submitted';
-- fires that were confirmed: few among all alarms
create index alarm_fire_confirmed on alarm (verified_at, id) where code in ('F01', 'F02', 'F03', 'F04') and verified_at is not null;

-- Reports are of fires too.
create table duty_report_new (
    id            text    not null primary key check (length(id) = 36),
    kind          text    not null check (kind in ('daily', 'weekly', 'alarm', 'incident')),
    title         text    not null check (title <> ''),
    organisation_id text  references organisation (id),
    region_id     text    references region (id),
    alarm_id      text    references alarm (id),
    starts_at     bigint  not null,
    ends_at       bigint  not null check (ends_at >= starts_at),
    made_at       bigint  not null,
    made_by       text    references account (id),
    -- canonical JSON, its SHA-256, and the signature over it
    content       text    not null,
    digest        text    not null check (length(digest) = 64),
    key_id        text    not null,
    signature     text    not null
);
insert into duty_report_new select * from duty_report;
drop table duty_report;
alter table duty_report_new rename to duty_report;
create index duty_report_listed on duty_report (made_at desc, id desc);
create index duty_report_of_alarm on duty_report (alarm_id, made_at desc) where alarm_id is not null;

-- Two more rungs: the leader who is on shift, and the organisation.
create table ladder_rung_new (
    seq           integer primary key autoincrement,
    alarm_id      text    not null references alarm (id),
    clock         text    not null check (clock in ('take', 'verify', 'arrive', 'handle')),
    since         bigint  not null,
    rung          text    not null check (rung in ('duty_guard', 'shift_leader', 'organisation', 'unit', 'county', 'city', 'province')),
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
insert into ladder_rung_new select * from ladder_rung;

-- A notice goes to a unit or to an organisation.
create table notice_new (
    id            text    not null primary key check (length(id) = 36),
    -- the act of sending it belongs to: asked for twice, it is done once
    batch_id      text    not null check (length(batch_id) = 36),
    kind          text    not null check (kind in ('reminder', 'notice', 'supervision')),
    state         text    not null check (state in ('drafted', 'sent', 'received', 'replied', 'returned', 'accepted', 'closed', 'withdrawn')),
    party_kind    text    not null check (party_kind in ('unit', 'organisation')),
    unit_id       text    references unit (id),
    organisation_id text  references organisation (id),
    -- as it was called when the notice was written
    party_name    text    not null,
    issuer_level  text    not null check (issuer_level in ('county', 'city', 'province')),
    issuer_region_id text not null references region (id),
    issuer_id     text    not null references account (id),
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
    escalated_to  text    check (escalated_to in ('city', 'province')),
    escalated_at  bigint,
    -- closed or withdrawn
    ended_at      bigint,
    version       bigint  not null,
    unique (batch_id, unit_id),
    unique (batch_id, organisation_id),
    check ((party_kind = 'unit') = (unit_id is not null)),
    check ((party_kind = 'organisation') = (organisation_id is not null)),
    check ((sent_at is null) = (number is null)),
    check ((sent_at is null) = (serial is null)),
    check ((sent_at is null) = (body is null)),
    check (sent_at is not null or state in ('drafted', 'withdrawn')),
    check ((escalated_to is null) = (escalated_at is null)),
    check ((ended_at is not null) = (state in ('closed', 'withdrawn')))
);
insert into notice_new (id, batch_id, kind, state, party_kind, unit_id, party_name, issuer_level, issuer_region_id, issuer_id, number, year, serial, nth, period_from, remark, body, deadline_at, created_at, sent_at, escalated_to, escalated_at, ended_at, version)
    select id, batch_id, kind, state, party_kind, unit_id, unit_name, issuer_level, issuer_region_id, issuer_id, number, year, serial, nth, period_from, remark, body, deadline_at, created_at, sent_at, escalated_to, escalated_at, ended_at, version from notice;

create table notice_alarm_new (
    notice_id     text    not null references notice_new (id),
    alarm_id      text    not null references alarm (id),
    -- the clock exceeded longest when the notice was written, and when it ran out
    clock         text    not null check (clock in ('take', 'verify', 'arrive', 'handle')),
    due_at        bigint  not null,
    -- when it was stopped all the same; null: it still ran
    stopped_at    bigint,
    -- notices about this alarm, with this one; set when it is sent
    nth           bigint  not null check (nth >= 0),
    primary key (notice_id, alarm_id)
);
insert into notice_alarm_new select * from notice_alarm;

create table notice_step_new (
    seq           integer primary key autoincrement,
    notice_id     text    not null references notice_new (id),
    at            bigint  not null,
    event         text    not null,
    -- null for the first
    from_state    text,
    to_state      text    not null,
    -- null: the platform
    actor_id      text    references account (id),
    actor_role    text,
    words         text
);
insert into notice_step_new select * from notice_step;

create table notice_rung_new (
    seq           integer primary key autoincrement,
    notice_id     text    not null references notice_new (id),
    rung          text    not null check (rung in ('organisation', 'unit', 'county', 'city', 'province')),
    -- its party, an office it is relayed through, or one it climbed to
    role          text    not null check (role in ('party', 'relay', 'escalation')),
    first_told_at bigint  not null,
    last_told_at  bigint  not null,
    rounds        bigint  not null check (rounds >= 1),
    -- to how many people the last time; 0: nobody stood there
    people        bigint  not null check (people >= 0),
    signed_at     bigint,
    signed_by     text    references account (id),
    signed_note   text,
    unique (notice_id, rung),
    check ((signed_at is null) = (signed_by is null))
);
insert into notice_rung_new select * from notice_rung;

create table notification_new (
    seq           integer primary key autoincrement,
    rung_seq      bigint  references ladder_rung_new (seq),
    notice_rung_seq bigint references notice_rung_new (seq),
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
    -- when the person looked at it for the first time after being told
    seen_at       bigint,
    unique (rung_seq, round, channel, recipient),
    unique (notice_rung_seq, round, channel, recipient),
    check ((rung_seq is null) <> (notice_rung_seq is null)),
    check ((state = 'waiting') = (next_try_at is not null)),
    check ((state = 'sent') = (sent_at is not null))
);
insert into notification_new select * from notification;

drop table notification;
drop table ladder_rung;
drop table notice_rung;
drop table notice_step;
drop table notice_alarm;
drop table notice;
alter table ladder_rung_new rename to ladder_rung;
alter table notice_new rename to notice;
alter table notice_alarm_new rename to notice_alarm;
alter table notice_step_new rename to notice_step;
alter table notice_rung_new rename to notice_rung;
alter table notification_new rename to notification;
create index ladder_rung_listed on ladder_rung (rung, seq desc) where people > 0;
create index ladder_rung_owed on ladder_rung (rung, seq desc) where people > 0 and owes_receipt and acknowledged_at is null;
create unique index notice_numbered on notice (issuer_region_id, kind, year, serial) where serial is not null;
create index notice_by_unit on notice (unit_id, id desc);
create index notice_by_organisation on notice (organisation_id, id desc) where organisation_id is not null;
create index notice_by_state on notice (state, id desc);
create index notice_owed on notice (deadline_at, id) where state in ('sent', 'received', 'returned');
create index notice_alarm_by_alarm on notice_alarm (alarm_id, notice_id);
create index notice_step_by_notice on notice_step (notice_id, seq);
create index notice_rung_unsigned on notice_rung (rung, notice_id) where signed_at is null;
create index notification_due on notification (channel, next_try_at, seq) where state = 'waiting';
create index notification_settled on notification (channel, state, settled_at) where settled_at is not null;
create index notification_called on notification (user_id, created_at) where channel = 'in_app' and round = 1;
