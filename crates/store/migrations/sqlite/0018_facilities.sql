-- Fire facilities: transmission devices that speak GB/T 26875.3, the components behind them, what they told, roll-calls at them, and what an
-- alarm rests on, for SQLite. Its twin is ../postgres/0018_facilities.sql.

-- Transmission devices as entered. Removed ones stay for the events that name them.
create table transmitter (
    id            text    not null primary key check (length(id) = 36),
    unit_id       text    not null references unit (id),
    -- 12 hexadecimal digits, high byte first
    address       text    not null check (length(address) = 12),
    name          text    not null check (name <> ''),
    disabled      boolean not null,
    simulated     boolean not null,
    created_at    bigint  not null,
    changed_at    bigint  not null,
    changed_by    text,
    removed_at    bigint
);
create unique index transmitter_by_address on transmitter (address) where removed_at is null;
create index transmitter_listed on transmitter (unit_id, name, id) where removed_at is null;

-- What was last seen of a device. Written when it changes and once a minute, not at every frame; no row: never heard.
create table transmitter_state (
    transmitter_id text   not null primary key references transmitter (id),
    state         text    not null check (state in ('online', 'offline')),
    -- since when this state holds
    since         bigint  not null,
    heard_at      bigint  not null,
    -- where it connects from
    peer          text    not null check (peer <> ''),
    -- bits of its own state, as told; null: never
    bits          bigint  check (bits between 0 and 255),
    -- how far its clock is ahead, in seconds; null: it shows no time that can be read
    clock_ahead_s bigint,
    software      text,
    configuration text
);

-- Components behind a device, as they appear in what it tells.
create table component (
    id            text    not null primary key check (length(id) = 36),
    transmitter_id text   not null references transmitter (id),
    system_kind   bigint  not null check (system_kind between 0 and 255),
    system_address bigint not null check (system_address between 0 and 255),
    kind          bigint  not null check (kind between 0 and 255),
    address       bigint  not null check (address between 0 and 4294967295),
    -- where it is, in the panel's words
    description   text    not null,
    -- where it is, in a person's words; null: nobody has said
    place         text    check (place <> ''),
    bits          bigint  not null check (bits between 0 and 65535),
    bits_at       bigint  not null,
    -- its last analog value in words
    reading       text,
    reading_at    bigint,
    changed_by    text    references account (id),
    unique (transmitter_id, system_kind, system_address, address),
    check ((reading is null) = (reading_at is null))
);

-- Cameras that see the place of a component, the best one first.
create table component_camera (
    component_id  text    not null references component (id),
    camera_id     text    not null references camera (id),
    place         bigint  not null check (place >= 0),
    primary key (component_id, camera_id)
);
create index component_camera_by_camera on component_camera (camera_id);

-- What devices told, once each. A row that is not settled still has to become or clear an alarm.
create table facility_event (
    seq           integer primary key autoincrement,
    id            text    not null unique check (length(id) = 36),
    transmitter_id text   not null references transmitter (id),
    -- whose it is; stays when the device moves to another unit
    unit_id       text    not null references unit (id),
    component_id  text    references component (id),
    kind          text    not null check (kind <> ''),
    -- the frame it came in: number, time label, sum of its bytes
    serial        bigint  not null check (serial between 0 and 65535),
    label         text    not null check (length(label) = 12),
    digest        text    not null check (length(digest) = 32),
    type_flag     bigint  not null check (type_flag between 0 and 255),
    -- number of the operator, where somebody did it
    operator      bigint  check (operator between 0 and 255),
    detail        text,
    occurred_at   bigint  not null,
    received_at   bigint  not null,
    settled       boolean not null,
    alarm_id      text    references alarm (id)
);
create index facility_event_by_transmitter on facility_event (transmitter_id, seq desc);
create index facility_event_unsettled on facility_event (seq) where not settled;

-- Roll-calls at transmission devices (type 91).
create table transmitter_roll_call (
    id            text    not null primary key check (length(id) = 36),
    transmitter_id text   not null references transmitter (id),
    unit_id       text    not null references unit (id),
    asked_at      bigint  not null,
    asked_by      text    references account (id),
    minutes       bigint  not null check (minutes between 1 and 255),
    deadline_at   bigint  not null,
    state         text    not null check (state in ('waiting', 'answered', 'late', 'absent', 'undelivered')),
    -- when the device said that it has it
    received_at   bigint,
    answered_at   bigint,
    -- number of the operator who answered
    operator      bigint  check (operator between 0 and 255),
    check ((answered_at is null) = (state in ('waiting', 'absent', 'undelivered')))
);
create index transmitter_roll_call_listed on transmitter_roll_call (transmitter_id, asked_at desc, id desc);
create index transmitter_roll_call_waiting on transmitter_roll_call (deadline_at) where state = 'waiting';

-- What an alarm rests on, where a device of a fire facility has to do with it: its detectors, and what cameras saw at the same place.
create table alarm_source (
    seq           integer primary key autoincrement,
    alarm_id      text    not null references alarm (id),
    source        text    not null check (source in ('ai', 'device')),
    code          text    not null,
    level         bigint  not null check (level between 1 and 4),
    transmitter_id text   references transmitter (id),
    component_id  text    references component (id),
    camera_id     text    references camera (id),
    -- the alarm that the same sighting was before
    seen_alarm_id text    references alarm (id),
    first_at      bigint  not null,
    last_at       bigint  not null,
    times         bigint  not null check (times >= 1),
    check ((source = 'device') = (transmitter_id is not null)),
    check (component_id is null or transmitter_id is not null)
);
create index alarm_source_of on alarm_source (alarm_id, seq);
create index alarm_source_by_transmitter on alarm_source (transmitter_id, component_id, seq desc) where transmitter_id is not null;
