-- Work orders of confirmed alarms, reports of fires, the rungs of shift leaders and organisations, notices to organisations, for PostgreSQL. Its twin is ../sqlite/0026_orders.sql.

-- What both sides of a work order did. The order itself follows from the alarm and these acts.
create table order_act (
    seq           bigint  generated always as identity primary key,
    alarm_id      text collate "C" not null references alarm (id),
    -- when the alarm was confirmed: opened again and confirmed again, it has another order
    opened_at     bigint  not null,
    side          text collate "C" not null check (side in ('remote', 'site')),
    act           text collate "C" not null check (act in ('inform', 'call_fire_brigade', 'start_systems', 'send_force', 'accept', 'arrive', 'second_force', 'evacuate', 'handle', 'remark')),
    at            bigint  not null,
    actor_id      text collate "C" not null references account (id),
    actor_role    text collate "C" not null,
    words         text,
    check (act <> 'remark' or words is not null)
);
create index order_act_of on order_act (alarm_id, seq);
-- of two who press at once the first counts
create unique index order_act_once on order_act (alarm_id, opened_at, act) where act <> 'remark';
create trigger order_act_no_update before update on order_act for each row execute function refuse_change();
create trigger order_act_no_delete before delete on order_act for each row execute function refuse_change();

-- The report that a confirmed fire owes; a row once somebody wrote on the form, or it was late.
create table incident_report (
    alarm_id      text collate "C" not null primary key references alarm (id),
    due_at        bigint  not null,
    state         text collate "C" not null check (state in ('owed', 'drafted', 'submitted')),
    -- JSON object of the form's answers; null: nobody wrote on it
    form          text,
    changed_at    bigint  not null,
    changed_by    text collate "C" references account (id),
    submitted_at  bigint,
    submitted_by  text collate "C" references account (id),
    -- the sealed paper
    report_id     text collate "C" references duty_report (id),
    -- the alarm that rang because it was late
    late_alarm_id text collate "C" references alarm (id),
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
alter table duty_report drop constraint duty_report_kind_check;
alter table duty_report add constraint duty_report_kind_check check (kind in ('daily', 'weekly', 'alarm', 'incident'));
create index duty_report_of_alarm on duty_report (alarm_id, made_at desc) where alarm_id is not null;

-- Two more rungs: the leader who is on shift, and the organisation.
alter table ladder_rung drop constraint ladder_rung_rung_check;
alter table ladder_rung add constraint ladder_rung_rung_check check (rung in ('duty_guard', 'shift_leader', 'organisation', 'unit', 'county', 'city', 'province'));

-- A notice goes to a unit or to an organisation.
alter table notice rename column unit_name to party_name;
alter table notice alter column unit_id drop not null;
alter table notice add column organisation_id text collate "C" references organisation (id);
alter table notice drop constraint notice_party_kind_check;
alter table notice add constraint notice_party_kind_check check (party_kind in ('unit', 'organisation'));
alter table notice add constraint notice_to_a_unit check ((party_kind = 'unit') = (unit_id is not null));
alter table notice add constraint notice_to_an_organisation check ((party_kind = 'organisation') = (organisation_id is not null));
alter table notice add constraint notice_once_to_an_organisation unique (batch_id, organisation_id);
create index notice_by_organisation on notice (organisation_id, id desc) where organisation_id is not null;
alter table notice_rung drop constraint notice_rung_rung_check;
alter table notice_rung add constraint notice_rung_rung_check check (rung in ('organisation', 'unit', 'county', 'city', 'province'));
