-- Drills of duty rooms: plans of regions, months drawn by lot, drills and their steps, for PostgreSQL. Its twin is ../sqlite/0028_drills.sql.

-- A month's lot of double-blind drills: committed to before the month begins, revealed after it.
create table drill_month (
    -- its first day
    month         text collate "C" not null primary key check (length(month) = 10),
    committed_at  bigint not null,
    -- SHA-256 of the text that stands for seed and month
    commitment    bytea not null check (length(commitment) = 32),
    -- the seed, encrypted by the caller
    sealed_seed   bytea not null,
    -- null until the month is over
    revealed_at   bigint,
    seed          bytea check (length(seed) = 32),
    check ((seed is null) = (revealed_at is null))
);

-- A region whose duty rooms have a double-blind drill by lot each month.
create table drill_plan (
    region_id     text collate "C" not null primary key references region (id),
    -- the alarm that is made up
    code          text collate "C" not null check (code <> ''),
    -- who is told beforehand
    knows         text collate "C" not null check (knows <> ''),
    changed_by    text collate "C" references account (id),
    changed_at    bigint not null
);

-- A drill of a duty room. In a table of its own, so that no list and no figure of alarms can hold one.
create table drill (
    id            text collate "C" not null primary key check (length(id) = 36),
    kind          text collate "C" not null check (kind in ('scripted', 'double_blind')),
    room_id       text collate "C" not null references duty_room (id),
    -- where the made-up alarm is said to be
    unit_id       text collate "C" not null references unit (id),
    camera_id     text collate "C" references camera (id),
    code          text collate "C" not null check (code <> ''),
    place         text collate "C" not null,
    -- who is told beforehand
    knows         text collate "C" not null,
    state         text collate "C" not null check (state in ('planned', 'running', 'done', 'cancelled')),
    begins_at     bigint not null,
    -- the month whose lot it is; null: planned by a person
    lot_month     text collate "C",
    planned_by    text collate "C" references account (id),
    planned_at    bigint not null,
    begun_at      bigint,
    ended_at      bigint,
    -- points times two
    half_points   bigint check (half_points between 0 and 200),
    -- why it was called off
    why           text collate "C",
    check ((lot_month is null) = (planned_by is not null)),
    check (state not in ('running', 'done') or begun_at is not null),
    check ((state in ('done', 'cancelled')) = (ended_at is not null)),
    check ((state = 'done') = (half_points is not null)),
    check ((state = 'cancelled') = (why is not null))
);
create index drill_listed on drill (begins_at, id);
create index drill_of_room on drill (room_id, begins_at);
create index drill_due on drill (begins_at) where state = 'planned';
-- One at a time in a room.
create unique index drill_runs on drill (room_id) where state = 'running';
create unique index drill_lot on drill (room_id, lot_month) where lot_month is not null;

-- What was done when, by the server's clock.
create table drill_step (
    drill_id      text collate "C" not null references drill (id),
    step          text collate "C" not null check (step in ('take', 'verify', 'call_nearest', 'call_fire_brigade', 'call_manager', 'record')),
    at            bigint not null,
    staff_id      text collate "C" not null references staff (id),
    primary key (drill_id, step)
);

-- Pictures of roll-calls go by their age.
create index roll_call_frame_aged on roll_call_frame (taken_at);
