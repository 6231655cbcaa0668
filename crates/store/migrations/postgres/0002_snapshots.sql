-- The register of units that should connect gets approved versions; snapshots get sealed parts, provenance, alarms and counties.

-- Versions of the register: what counts from `valid_from` on, until the next version.
create table register_version (
    version       bigint  not null primary key check (version > 0),
    valid_from    bigint  not null,
    approved_at   bigint  not null,
    -- null: the platform itself
    approved_by   text collate "C",
    note          text collate "C",
    -- units in it, and how it differs from the one before
    units         bigint  not null check (units >= 0),
    added         bigint  not null check (added >= 0),
    removed       bigint  not null check (removed >= 0),
    -- SHA-256 over the ids of its units
    hash          text collate "C"    not null check (length(hash) = 64)
);
create index register_version_by_time on register_version (valid_from, version);
create trigger register_version_no_update before update on register_version for each row execute function refuse_change();
create trigger register_version_no_delete before delete on register_version for each row execute function refuse_change();
create trigger register_version_no_truncate before truncate on register_version execute function refuse_change();

-- A unit counts in every version from `from_version` to the one before `until_version`. The only change is to end it.
create table register_member (
    unit_id       text collate "C"    not null references unit (id),
    from_version  bigint  not null references register_version (version),
    -- null: still
    until_version bigint  references register_version (version),
    primary key (unit_id, from_version),
    check (until_version is null or until_version > from_version)
);
create unique index register_member_now on register_member (unit_id) where until_version is null;
create trigger register_member_ends_once before update on register_member for each row
    when (old.until_version is not null or new.unit_id <> old.unit_id or new.from_version <> old.from_version) execute function refuse_change();
create trigger register_member_no_delete before delete on register_member for each row execute function refuse_change();
create trigger register_member_no_truncate before truncate on register_member execute function refuse_change();

-- Proposed changes of the register. A decision is written once.
create table register_change (
    id            text collate "C"    not null primary key check (length(id) = 36),
    unit_id       text collate "C"    not null references unit (id),
    kind          text collate "C"    not null check (kind in ('add', 'remove')),
    reason        text collate "C"    not null check (reason in ('new', 'merged', 'closed', 'correction', 'out_of_scope')),
    note          text collate "C",
    -- null: the platform itself
    proposed_by   text collate "C",
    proposed_at   bigint  not null,
    state         text collate "C"    not null check (state in ('proposed', 'approved', 'rejected')),
    decided_by    text collate "C",
    decided_at    bigint,
    decision_note text collate "C",
    -- the version that an approval made
    version       bigint  references register_version (version),
    check ((state = 'proposed') = (decided_at is null)),
    check ((state = 'approved') = (version is not null))
);
-- one open proposal for a unit
create unique index register_change_open on register_change (unit_id) where state = 'proposed';
create index register_change_listed on register_change (state, proposed_at desc, id desc);
create trigger register_change_decided_once before update on register_change for each row
    when (old.state <> 'proposed' or new.unit_id <> old.unit_id or new.kind <> old.kind or new.reason <> old.reason
        or new.proposed_at <> old.proposed_at) execute function refuse_change();
create trigger register_change_no_delete before delete on register_change for each row execute function refuse_change();
create trigger register_change_no_truncate before truncate on register_change execute function refuse_change();

-- Parts of a snapshot. Snapshots taken before have empty hashes and no alarms.
drop trigger snapshot_no_update on snapshot;
alter table snapshot_unit alter constraint snapshot_unit_snapshot_id_fkey deferrable initially deferred;
alter table snapshot add column register_version bigint references register_version (version);
alter table snapshot add column synthetic boolean not null default false;
alter table snapshot add column register_hash text collate "C" not null default '';
alter table snapshot add column connection_hash text collate "C" not null default '';
alter table snapshot add column duty_hash text collate "C" not null default '';
alter table snapshot add column alarms_hash text collate "C" not null default '';
-- where the states of the units that count come from
alter table snapshot add column connection_observed bigint not null default 0;
alter table snapshot add column connection_reported bigint not null default 0;
alter table snapshot add column connection_confirmed bigint not null default 0;
alter table snapshot add column duty_observed bigint not null default 0;
alter table snapshot add column duty_reported bigint not null default 0;
alter table snapshot add column duty_confirmed bigint not null default 0;
-- alarms pushed from `alarms_from` until the moment the snapshot shows
alter table snapshot add column alarms_from bigint;
alter table snapshot add column alarms_raised bigint not null default 0;
alter table snapshot add column alarms_late bigint not null default 0;
alter table snapshot add column alarms_open bigint not null default 0;
alter table snapshot add column alarms_late_open bigint not null default 0;
update snapshot set synthetic = exists (
    select 1 from snapshot_unit u where u.snapshot_id = snapshot.id and u.synthetic);
create index snapshot_by_moment on snapshot (as_of);
create trigger snapshot_no_update before update on snapshot for each row execute function refuse_change();
create trigger snapshot_no_delete before delete on snapshot for each row execute function refuse_change();
create trigger snapshot_no_truncate before truncate on snapshot execute function refuse_change();

-- Since when a frozen unit has been counted as connected and as on duty; null where it is not.
alter table snapshot_unit add column connected_since bigint;
alter table snapshot_unit add column duty_since bigint;

-- Counts of a snapshot by everything figures are read by, now down to the county. `connected_on_duty` cannot be told from the other
-- counts, since duty is not a part of connected.
drop table snapshot_cell;
create table snapshot_cell (
    snapshot_id   text collate "C"    not null references snapshot (id) deferrable initially deferred,
    category      text collate "C"    not null,
    ownership     text collate "C",
    study_level   text collate "C",
    city_id       text collate "C",
    county_id     text collate "C",
    total         bigint  not null,
    connected     bigint  not null,
    duty          bigint  not null,
    connected_on_duty bigint not null,
    check (connected between 0 and total and duty between 0 and total),
    check (connected_on_duty between 0 and connected and connected_on_duty <= duty)
);
create index snapshot_cell_of on snapshot_cell (snapshot_id);
insert into snapshot_cell
    select snapshot_id, category, ownership, study_level, city_id, county_id, cast(count(*) as bigint),
        cast(sum(case when is_connected then 1 else 0 end) as bigint),
        cast(sum(case when is_on_duty then 1 else 0 end) as bigint),
        cast(sum(case when is_connected and is_on_duty then 1 else 0 end) as bigint)
    from snapshot_unit group by snapshot_id, category, ownership, study_level, city_id, county_id;
set constraints all immediate;
create trigger snapshot_cell_no_update before update on snapshot_cell for each row execute function refuse_change();
create trigger snapshot_cell_no_delete before delete on snapshot_cell for each row execute function refuse_change();
create trigger snapshot_cell_no_truncate before truncate on snapshot_cell execute function refuse_change();

-- Alarms of the period by unit, with its names as they were: how many were pushed, how many of them exceeded a clock, how many were
-- open at the moment the snapshot shows, how many both.
create table snapshot_alarm_unit (
    snapshot_id   text collate "C"    not null references snapshot (id) deferrable initially deferred,
    unit_id       text collate "C"    not null references unit (id),
    name          text collate "C"    not null,
    category      text collate "C"    not null,
    region_id     text collate "C"    not null,
    region_position bigint not null,
    city_id       text collate "C",
    city_name     text collate "C",
    county_id     text collate "C",
    county_name   text collate "C",
    raised        bigint  not null,
    late          bigint  not null,
    open          bigint  not null,
    late_open     bigint  not null,
    primary key (snapshot_id, unit_id),
    check (late between 0 and raised and open between 0 and raised and late_open between 0 and late)
);
create trigger snapshot_alarm_unit_no_update before update on snapshot_alarm_unit for each row execute function refuse_change();
create trigger snapshot_alarm_unit_no_delete before delete on snapshot_alarm_unit for each row execute function refuse_change();
create trigger snapshot_alarm_unit_no_truncate before truncate on snapshot_alarm_unit execute function refuse_change();

-- Every alarm of the period that exceeded a clock, as it stood then.
create table snapshot_alarm (
    snapshot_id   text collate "C"    not null references snapshot (id) deferrable initially deferred,
    alarm_id      text collate "C"    not null references alarm (id),
    unit_id       text collate "C"    not null references unit (id),
    code          text collate "C"    not null,
    level         bigint  not null check (level between 1 and 4),
    state         text collate "C"    not null,
    is_open       boolean not null,
    simulated     boolean not null,
    occurred_at   bigint  not null,
    pushed_at     bigint  not null,
    -- the first clock that ran out, when it did, and when it was stopped
    clock         text collate "C"    not null check (clock in ('take', 'verify', 'arrive', 'handle')),
    due_at        bigint  not null,
    stopped_at    bigint,
    primary key (snapshot_id, alarm_id)
);
create index snapshot_alarm_by_unit on snapshot_alarm (snapshot_id, unit_id, pushed_at);
create trigger snapshot_alarm_no_update before update on snapshot_alarm for each row execute function refuse_change();
create trigger snapshot_alarm_no_delete before delete on snapshot_alarm for each row execute function refuse_change();
create trigger snapshot_alarm_no_truncate before truncate on snapshot_alarm execute function refuse_change();
