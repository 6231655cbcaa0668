-- The ledger of duty: what rooms' cameras showed minute by minute, what rooms' and units' days are worth, corrections, the five conditions, suspicions of feigned duty, reports, for SQLite. Its twin is ../postgres/0025_duty_ledger.sql.

-- What the cameras of a room showed on a Beijing day, one verdict a minute, packed (`domain::duty::presence::packed`).
create table presence_day (
    day           text    not null check (length(day) = 10),
    room_id       text    not null references duty_room (id),
    seen          blob    not null,
    changed_at    bigint  not null,
    primary key (day, room_id)
) without rowid;

-- What the minutes of a room's day are worth (`domain::duty::ledger::encoding`). Written anew while the day runs, never again once closed.
create table room_day (
    day           text    not null check (length(day) = 10),
    room_id       text    not null references duty_room (id),
    -- people that were required
    people        bigint  not null check (people between 1 and 5),
    minutes       blob    not null,
    -- minutes in which the camera showed the room
    camera        bigint  not null check (camera between 0 and 1440),
    -- minutes without the camera in a row at the end, for the next day
    unseen_after  bigint  not null check (unseen_after >= 0),
    computed_at   bigint  not null,
    -- null: the day runs, or what comes late is waited for
    closed_at     bigint,
    primary key (day, room_id)
) without rowid;
create index room_day_of on room_day (room_id, day);
create trigger room_day_no_update before update on room_day when old.closed_at is not null begin
    select raise(abort, 'a closed day is never written again');
end;
create trigger room_day_no_delete before delete on room_day begin
    select raise(abort, 'the ledger is append-only');
end;

-- The closed days of units. Edition 0 is what was computed; each correction of a room that served the unit adds one.
create table unit_day (
    day           text    not null check (length(day) = 10),
    unit_id       text    not null references unit (id),
    edition       bigint  not null check (edition >= 0),
    minutes       blob    not null,
    -- which rooms served it for how many minutes: 16 bytes of id and two of number each
    served        blob    not null,
    required      bigint  not null check (required between 0 and 1440),
    proven        bigint  not null check (proven between 0 and required),
    at_seat       bigint  not null check (at_seat between 0 and proven),
    exempt        bigint  not null check (exempt between 0 and required),
    claimed       bigint  not null check (claimed between 0 and required),
    contradicted  bigint  not null check (contradicted between 0 and claimed),
    -- minutes in which the camera of a serving room showed it
    camera        bigint  not null check (camera between 0 and 1440),
    -- digest of the link before: the unit's day before, or the edition before
    previous      blob    not null check (length(previous) = 32),
    digest        blob    not null check (length(digest) = 32),
    written_at    bigint  not null,
    primary key (day, unit_id, edition)
) without rowid;
create index unit_day_of on unit_day (unit_id, day);
create trigger unit_day_no_update before update on unit_day begin
    select raise(abort, 'the ledger is append-only');
end;
create trigger unit_day_no_delete before delete on unit_day begin
    select raise(abort, 'the ledger is append-only');
end;

-- Days that are closed for everybody, chained.
create table ledger_day (
    day           text    not null primary key check (length(day) = 10),
    units         bigint  not null check (units >= 0),
    rooms         bigint  not null check (rooms >= 0),
    digest        blob    not null check (length(digest) = 32),
    closed_at     bigint  not null
);
create trigger ledger_day_no_update before update on ledger_day begin
    select raise(abort, 'the ledger is append-only');
end;
create trigger ledger_day_no_delete before delete on ledger_day begin
    select raise(abort, 'the ledger is append-only');
end;

-- What a person found out about minutes of a closed day of a room.
create table ledger_correction (
    seq           integer primary key autoincrement,
    day           text    not null,
    room_id       text    not null references duty_room (id),
    from_minute   bigint  not null check (from_minute between 0 and 1439),
    minutes       bigint  not null check (minutes between 1 and 1440),
    to_state      text    not null,
    -- what the minutes were worth before, JSON
    old           text    not null,
    by_id         text    not null references account (id),
    at            bigint  not null,
    reason        text    not null check (reason <> '')
);
create index ledger_correction_of on ledger_correction (room_id, day, seq);
create trigger ledger_correction_no_update before update on ledger_correction begin
    select raise(abort, 'the ledger is append-only');
end;
create trigger ledger_correction_no_delete before delete on ledger_correction begin
    select raise(abort, 'the ledger is append-only');
end;

-- The five conditions of effective duty of a unit as they were counted last.
create table duty_standing (
    unit_id       text    not null primary key references unit (id),
    computed_at   bigint  not null,
    -- JSON object: `domain::duty::effective::DutyFacts`
    facts         text    not null,
    -- closed days in the ledger, seven at most
    days          bigint  not null check (days between 0 and 7),
    -- how many of the five are met
    met           bigint  not null check (met between 0 and 5),
    -- what follows; null: not enough days yet
    state         text
);
create index duty_standing_listed on duty_standing (met, unit_id);

-- A suspicion of feigned duty.
create table suspicion (
    id            text    not null primary key check (length(id) = 36),
    trick         text    not null,
    organisation_id text  not null references organisation (id),
    room_id       text    references duty_room (id),
    staff_id      text    references staff (id),
    starts_at     bigint  not null,
    ends_at       bigint  not null check (ends_at >= starts_at),
    -- the numbers it rests on, JSON
    numbers       text    not null,
    -- SHA-256 of the evidence package as it was raised, and that package, JSON
    digest        blob    not null check (length(digest) = 32),
    package       text    not null,
    state         text    not null check (state in ('raised', 'replied', 'upheld', 'dismissed')),
    raised_at     bigint  not null,
    version       bigint  not null
);
create index suspicion_listed on suspicion (raised_at desc, id desc);
create index suspicion_of on suspicion (organisation_id, raised_at);
create index suspicion_like on suspicion (trick, room_id, ends_at);
create table suspicion_step (
    seq           integer primary key autoincrement,
    suspicion_id  text    not null references suspicion (id),
    at            bigint  not null,
    event         text    not null check (event in ('reply', 'uphold', 'dismiss')),
    to_state      text    not null,
    actor_id      text    not null references account (id),
    actor_role    text    not null,
    words         text    not null check (words <> '')
);
create index suspicion_step_of on suspicion_step (suspicion_id, seq);

-- Reports of duty, sealed as they were made.
create table duty_report (
    id            text    not null primary key check (length(id) = 36),
    kind          text    not null check (kind in ('daily', 'weekly', 'alarm')),
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
create index duty_report_listed on duty_report (made_at desc, id desc);
