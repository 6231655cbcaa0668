-- Roll-calls of duty rooms: the days' commitments, rounds, calls, what was left out, pictures and exemptions, for PostgreSQL. Its twin is ../sqlite/0024_roll_calls.sql.

-- A day's schedule: committed to before the day, revealed after it.
create table roll_call_day (
    day           text collate "C" not null primary key check (length(day) = 10),
    committed_at  bigint  not null,
    -- SHA-256 of the text that stands for seed, day, rules and rooms
    commitment    bytea not null check (length(commitment) = 32),
    -- the seed, encrypted by the caller
    sealed_seed   bytea not null,
    per_week      bigint  not null,
    extra_per_mille bigint not null,
    apart_s       bigint  not null,
    -- ids of the rooms, sixteen bytes each, ascending
    rooms         bytea not null,
    -- null until the day is over
    revealed_at   bigint,
    seed          bytea check (length(seed) = 32),
    check ((seed is null) = (revealed_at is null))
);

-- A moment of the schedule at which the room was not asked.
create table roll_call_left_out (
    day           text collate "C" not null references roll_call_day (day),
    room_id       text collate "C" not null references duty_room (id),
    planned_at    bigint  not null,
    noted_at      bigint  not null,
    reason        text collate "C" not null check (reason in ('not_running', 'room_closed')),
    primary key (day, planned_at, room_id)
);

-- One act of asking: of one room, many, or a sample of them.
create table roll_call_round (
    id            text collate "C" not null primary key check (length(id) = 36),
    origin        text collate "C" not null check (origin in ('scheduled', 'regulator', 'absence', 'again')),
    asked_at      bigint  not null,
    deadline_at   bigint  not null,
    minutes       bigint  not null check (minutes between 1 and 255),
    -- null: the platform
    asked_by      text collate "C" references account (id),
    reason        text collate "C",
    -- how many rooms there were to choose from
    of_rooms      bigint  not null check (of_rooms > 0),
    -- seed of the lot; null: no sample
    sample_seed   bytea
);
create index roll_call_round_listed on roll_call_round (origin, asked_at, id);
create index roll_call_round_at on roll_call_round (asked_at, id);

-- One room's roll-call.
create table duty_roll_call (
    id            text collate "C" not null primary key check (length(id) = 36),
    round_id      text collate "C" not null references roll_call_round (id),
    room_id       text collate "C" not null references duty_room (id),
    -- where the room stood then
    unit_id       text collate "C" not null references unit (id),
    asked_at      bigint  not null,
    deadline_at   bigint  not null,
    state         text collate "C" not null check (state in ('waiting', 'answered', 'late', 'absent', 'exempt')),
    -- the drawn moment, of scheduled ones
    planned_at    bigint,
    -- the one before, of those asked again
    previous_id   text collate "C" references duty_roll_call (id),
    -- when a waiting one got more time because the platform had not been running
    held_up_at    bigint,
    answered_at   bigint,
    answered_after_ms bigint,
    staff_id      text collate "C" references staff (id),
    seat_id       text collate "C" references seat (id),
    -- when the seat says that the key was pressed; a note
    device_at     bigint,
    code_verdict  text collate "C" check (code_verdict in ('seen', 'unreadable', 'seen_late', 'old', 'wrong')),
    code_seen_at  bigint,
    -- when the room is asked again; null: not
    again_at      bigint,
    absent_alarm_id text collate "C" references alarm (id),
    late_alarm_id text collate "C" references alarm (id),
    check ((answered_at is null) = (answered_after_ms is null)),
    check ((state in ('answered', 'late')) = (answered_at is not null))
);
create index duty_roll_call_of_room on duty_roll_call (room_id, asked_at);
create index duty_roll_call_of_round on duty_roll_call (round_id, state);
create index duty_roll_call_listed on duty_roll_call (asked_at, id);
create unique index duty_roll_call_planned on duty_roll_call (planned_at, room_id) where planned_at is not null;
create index duty_roll_call_waiting on duty_roll_call (deadline_at) where state = 'waiting';
create index duty_roll_call_again on duty_roll_call (again_at) where again_at is not null;
create index duty_roll_call_absent on duty_roll_call (id) where state = 'absent' and absent_alarm_id is null;
create index duty_roll_call_late on duty_roll_call (id) where state = 'late' and late_alarm_id is null;

-- A picture of the room's camera that belongs to a roll-call.
create table roll_call_frame (
    roll_call_id  text collate "C" not null references duty_roll_call (id),
    -- at the question, at the answer, or the one that decided about the code
    kind          text collate "C" not null check (kind in ('asked', 'answered', 'code')),
    camera_id     text collate "C" not null references camera (id),
    taken_at      bigint  not null,
    blob_id       text collate "C" not null,
    content_type  text collate "C" not null,
    size_bytes    bigint  not null,
    sha256        text collate "C" not null,
    primary key (roll_call_id, kind)
);

-- A time in which a room is not asked: wished for by one person, approved beforehand by another.
create table roll_call_exemption (
    id            text collate "C" not null primary key check (length(id) = 36),
    room_id       text collate "C" not null references duty_room (id),
    starts_at     bigint  not null,
    ends_at       bigint  not null check (ends_at > starts_at and ends_at - starts_at <= 14400000000),
    reason        text collate "C" not null check (reason <> ''),
    state         text collate "C" not null check (state in ('asked', 'approved', 'declined', 'withdrawn')),
    asked_by      text collate "C" not null references account (id),
    asked_at      bigint  not null,
    decided_by    text collate "C" references account (id) check (decided_by <> asked_by),
    decided_at    bigint  check (state <> 'approved' or decided_at < starts_at),
    decided_why   text collate "C",
    withdrawn_by  text collate "C" references account (id),
    withdrawn_at  bigint,
    -- counts changes; a stale writer is refused
    version       bigint  not null
);
create index roll_call_exemption_of on roll_call_exemption (room_id, starts_at);
create index roll_call_exemption_listed on roll_call_exemption (asked_at, id);
create index roll_call_exemption_held on roll_call_exemption (ends_at) where state = 'approved';
