-- Duty rooms, their cameras, the head-counts asked for, seats, who is on post, rosters, handovers and record cards, for PostgreSQL. Its twin is ../sqlite/0023_duty_rooms.sql.

create table duty_room (
    id            text collate "C" not null primary key check (length(id) = 36),
    name          text collate "C" not null check (name <> ''),
    kind          text collate "C" not null check (kind in ('organisation', 'fire_control', 'unit')),
    -- whose people sit there
    organisation_id text collate "C" not null references organisation (id),
    -- where it stands: a unit, or the duty site of an organisation
    unit_id       text collate "C" not null references unit (id),
    -- quiet time of the seat, seconds
    quiet_s       bigint  not null check (quiet_s between 180 and 720),
    -- secret of the rotating code, encrypted by the caller
    sealed_secret bytea   not null,
    opened_at     bigint  not null,
    -- null: open
    closed_at     bigint,
    -- counts changes; a stale writer is refused
    version       bigint  not null,
    -- invented for a demonstration
    synthetic     boolean not null
);
create index duty_room_listed on duty_room (name, id);
create index duty_room_of on duty_room (organisation_id, unit_id);
create index duty_room_at on duty_room (unit_id);

-- The cameras that see the room. One camera, one room.
create table duty_room_camera (
    camera_id     text collate "C" not null primary key references camera (id),
    room_id       text collate "C" not null references duty_room (id)
);
create index duty_room_camera_of on duty_room_camera (room_id, camera_id);

-- How many people a region asks for in rooms of a kind, and by which rule.
create table head_count_rule (
    region_id     text collate "C" not null references region (id),
    kind          text collate "C" not null check (kind in ('organisation', 'fire_control', 'unit')),
    people        bigint  not null check (people between 1 and 5),
    basis         text collate "C" not null,
    document      text collate "C" not null,
    changed_at    bigint  not null,
    changed_by    text collate "C" references account (id),
    primary key (region_id, kind)
);

-- A seat: a browser whose key is bound to the room. One that is given up stays as a row.
create table seat (
    id            text collate "C" not null primary key check (length(id) = 36),
    room_id       text collate "C" not null references duty_room (id),
    name          text collate "C" not null check (name <> ''),
    -- public key on P-256, uncompressed point
    public_key    bytea   not null,
    paired_at     bigint  not null,
    paired_by     text collate "C" references account (id),
    unpaired_at   bigint
);
create unique index seat_by_key on seat (public_key) where unpaired_at is null;
create index seat_of on seat (room_id, paired_at);
-- A code by which a browser becomes a seat of a room; used once.
create table seat_pairing (
    -- SHA-256 of the code
    digest        bytea   not null primary key,
    room_id       text collate "C" not null references duty_room (id),
    name          text collate "C" not null check (name <> ''),
    made_at       bigint  not null,
    made_by       text collate "C" references account (id),
    expires_at    bigint  not null
);

-- Who is on post at a room, signed on at its seat. One person is in one room.
create table on_post (
    seq           bigint  generated always as identity primary key,
    room_id       text collate "C" not null references duty_room (id),
    staff_id      text collate "C" not null references staff (id),
    seat_id       text collate "C" not null references seat (id),
    since         bigint  not null,
    -- null: there
    until         bigint
);
create unique index on_post_now on on_post (staff_id) where until is null;
create index on_post_of on on_post (room_id, since);
create index on_post_of_person on on_post (staff_id, since);

-- A minute in which a person did something at the room's seat.
create table seat_activity (
    room_id       text collate "C" not null references duty_room (id),
    -- the beginning of the minute
    minute_at     bigint  not null,
    staff_id      text collate "C" not null references staff (id),
    primary key (room_id, minute_at, staff_id)
);
-- A signed act at the room's seat: an alarm taken, a roll-call answered, a handover or a record signed.
create table seat_act (
    seq           bigint  generated always as identity primary key,
    room_id       text collate "C" not null references duty_room (id),
    seat_id       text collate "C" not null references seat (id),
    staff_id      text collate "C" not null references staff (id),
    at            bigint  not null,
    kind          text collate "C" not null check (kind in ('sign_on', 'sign_off', 'roll_call', 'handover', 'record', 'alarm'))
);
create index seat_act_of on seat_act (room_id, at);

-- The roster. A shift that is taken off stays as a row, and so do the parts that a stand-in replaced.
create table shift (
    seq           bigint  generated always as identity primary key,
    -- parts of one shift share it
    id            text collate "C" not null check (length(id) = 36),
    room_id       text collate "C" not null references duty_room (id),
    staff_id      text collate "C" not null references staff (id),
    starts_at     bigint  not null,
    ends_at       bigint  not null check (ends_at > starts_at),
    entered_at    bigint  not null,
    entered_by    text collate "C" references account (id),
    -- null: it stands
    removed_at    bigint,
    removed_by    text collate "C" references account (id),
    -- why it was entered so or taken off
    reason        text collate "C"
);
create index shift_of on shift (room_id, starts_at) where removed_at is null;
create index shift_of_person on shift (staff_id, starts_at) where removed_at is null;
create index shift_by_id on shift (id, seq);

-- The sheet of a change of shifts, with what the system filled in when it was signed.
create table handover (
    room_id       text collate "C" not null references duty_room (id),
    due_at        bigint  not null,
    -- JSON object: what was open, down and asked at the first signature
    sheet         text collate "C" not null,
    remark        text collate "C",
    given_by      text collate "C" references staff (id),
    given_at      bigint,
    taken_by      text collate "C" references staff (id) check (taken_by <> given_by),
    taken_at      bigint,
    primary key (room_id, due_at),
    check ((given_by is null) = (given_at is null)),
    check ((taken_by is null) = (taken_at is null))
);

-- The record of two hours.
create table duty_record (
    room_id       text collate "C" not null references duty_room (id),
    slot_at       bigint  not null,
    recorded_at   bigint  not null,
    staff_id      text collate "C" not null references staff (id),
    -- JSON object: what the system measured at that moment
    sheet         text collate "C" not null,
    remark        text collate "C",
    primary key (room_id, slot_at)
);
