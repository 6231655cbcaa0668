-- The ledger of duty: what rooms' cameras showed minute by minute, what rooms' and units' days are worth, corrections, the five conditions, suspicions of feigned duty, reports, for PostgreSQL. Its twin is ../sqlite/0025_duty_ledger.sql.

-- What the cameras of a room showed on a Beijing day, one verdict a minute, packed (`domain::duty::presence::packed`).
create table presence_day (
    day           text collate "C" not null check (length(day) = 10),
    room_id       text collate "C" not null references duty_room (id),
    seen          bytea    not null,
    changed_at    bigint  not null,
    primary key (day, room_id)
);

-- What the minutes of a room's day are worth (`domain::duty::ledger::encoding`). Written anew while the day runs, never again once closed.
create table room_day (
    day           text collate "C" not null check (length(day) = 10),
    room_id       text collate "C" not null references duty_room (id),
    -- people that were required
    people        bigint  not null check (people between 1 and 5),
    minutes       bytea    not null,
    -- minutes in which the camera showed the room
    camera        bigint  not null check (camera between 0 and 1440),
    -- minutes without the camera in a row at the end, for the next day
    unseen_after  bigint  not null check (unseen_after >= 0),
    computed_at   bigint  not null,
    -- null: the day runs, or what comes late is waited for
    closed_at     bigint,
    primary key (day, room_id)
);
create index room_day_of on room_day (room_id, day);
create trigger room_day_no_update before update on room_day for each row when (old.closed_at is not null) execute function refuse_change();
create trigger room_day_no_delete before delete on room_day for each row execute function refuse_change();

-- The closed days of units. Edition 0 is what was computed; each correction of a room that served the unit adds one.
create table unit_day (
    day           text collate "C" not null check (length(day) = 10),
    unit_id       text collate "C" not null references unit (id),
    edition       bigint  not null check (edition >= 0),
    minutes       bytea    not null,
    -- which rooms served it for how many minutes: 16 bytes of id and two of number each
    served        bytea    not null,
    required      bigint  not null check (required between 0 and 1440),
    proven        bigint  not null check (proven between 0 and required),
    at_seat       bigint  not null check (at_seat between 0 and proven),
    exempt        bigint  not null check (exempt between 0 and required),
    claimed       bigint  not null check (claimed between 0 and required),
    contradicted  bigint  not null check (contradicted between 0 and claimed),
    -- minutes in which the camera of a serving room showed it
    camera        bigint  not null check (camera between 0 and 1440),
    -- digest of the link before: the unit's day before, or the edition before
    previous      bytea    not null check (length(previous) = 32),
    digest        bytea    not null check (length(digest) = 32),
    written_at    bigint  not null,
    primary key (day, unit_id, edition)
);
create index unit_day_of on unit_day (unit_id, day);
create trigger unit_day_no_update before update on unit_day for each row execute function refuse_change();
create trigger unit_day_no_delete before delete on unit_day for each row execute function refuse_change();

-- Days that are closed for everybody, chained.
create table ledger_day (
    day           text collate "C" not null primary key check (length(day) = 10),
    units         bigint  not null check (units >= 0),
    rooms         bigint  not null check (rooms >= 0),
    digest        bytea    not null check (length(digest) = 32),
    closed_at     bigint  not null
);
create trigger ledger_day_no_update before update on ledger_day for each row execute function refuse_change();
create trigger ledger_day_no_delete before delete on ledger_day for each row execute function refuse_change();

-- What a person found out about minutes of a closed day of a room.
create table ledger_correction (
    seq           bigint  generated always as identity primary key,
    day           text collate "C" not null,
    room_id       text collate "C" not null references duty_room (id),
    from_minute   bigint  not null check (from_minute between 0 and 1439),
    minutes       bigint  not null check (minutes between 1 and 1440),
    to_state      text collate "C" not null,
    -- what the minutes were worth before, JSON
    old           text collate "C" not null,
    by_id         text collate "C" not null references account (id),
    at            bigint  not null,
    reason        text collate "C" not null check (reason <> '')
);
create index ledger_correction_of on ledger_correction (room_id, day, seq);
create trigger ledger_correction_no_update before update on ledger_correction for each row execute function refuse_change();
create trigger ledger_correction_no_delete before delete on ledger_correction for each row execute function refuse_change();

-- The five conditions of effective duty of a unit as they were counted last.
create table duty_standing (
    unit_id       text collate "C" not null primary key references unit (id),
    computed_at   bigint  not null,
    -- JSON object: `domain::duty::effective::DutyFacts`
    facts         text collate "C" not null,
    -- closed days in the ledger, seven at most
    days          bigint  not null check (days between 0 and 7),
    -- how many of the five are met
    met           bigint  not null check (met between 0 and 5),
    -- what follows; null: not enough days yet
    state         text collate "C"
);
create index duty_standing_listed on duty_standing (met, unit_id);

-- A suspicion of feigned duty.
create table suspicion (
    id            text collate "C" not null primary key check (length(id) = 36),
    trick         text collate "C" not null,
    organisation_id text collate "C" not null references organisation (id),
    room_id       text collate "C" references duty_room (id),
    staff_id      text collate "C" references staff (id),
    starts_at     bigint  not null,
    ends_at       bigint  not null check (ends_at >= starts_at),
    -- the numbers it rests on, JSON
    numbers       text collate "C" not null,
    -- SHA-256 of the evidence package as it was raised, and that package, JSON
    digest        bytea    not null check (length(digest) = 32),
    package       text collate "C" not null,
    state         text collate "C" not null check (state in ('raised', 'replied', 'upheld', 'dismissed')),
    raised_at     bigint  not null,
    version       bigint  not null
);
create index suspicion_listed on suspicion (raised_at desc, id desc);
create index suspicion_of on suspicion (organisation_id, raised_at);
create index suspicion_like on suspicion (trick, room_id, ends_at);
create table suspicion_step (
    seq           bigint  generated always as identity primary key,
    suspicion_id  text collate "C" not null references suspicion (id),
    at            bigint  not null,
    event         text collate "C" not null check (event in ('reply', 'uphold', 'dismiss')),
    to_state      text collate "C" not null,
    actor_id      text collate "C" not null references account (id),
    actor_role    text collate "C" not null,
    words         text collate "C" not null check (words <> '')
);
create index suspicion_step_of on suspicion_step (suspicion_id, seq);

-- Reports of duty, sealed as they were made.
create table duty_report (
    id            text collate "C" not null primary key check (length(id) = 36),
    kind          text collate "C" not null check (kind in ('daily', 'weekly', 'alarm')),
    title         text collate "C" not null check (title <> ''),
    organisation_id text collate "C" references organisation (id),
    region_id     text collate "C" references region (id),
    alarm_id      text collate "C" references alarm (id),
    starts_at     bigint  not null,
    ends_at       bigint  not null check (ends_at >= starts_at),
    made_at       bigint  not null,
    made_by       text collate "C" references account (id),
    -- canonical JSON, its SHA-256, and the signature over it
    content       text collate "C" not null,
    digest        text collate "C" not null check (length(digest) = 64),
    key_id        text collate "C" not null,
    signature     text collate "C" not null
);
create index duty_report_listed on duty_report (made_at desc, id desc);
