-- Devices that speak GB/T 28181: entered, seen, their channels, open dialogs and notices; cameras whose video comes from a channel,
-- and alarms that come from a device, for SQLite. Its twin is ../postgres/0004_devices.sql.

-- Devices as entered. Removed ones stay for the notices that name them.
create table device (
    id            text    not null primary key check (length(id) = 36),
    unit_id       text    not null references unit (id),
    -- 20 digits, given by whoever runs the network
    gb_id         text    not null check (length(gb_id) = 20 and gb_id not glob '*[^0-9]*'),
    name          text    not null check (name <> ''),
    -- encrypted by the caller; null: it cannot register yet
    sealed_secret blob,
    -- JSON: how this device has to be spoken to
    profile       text    not null check (profile <> ''),
    disabled      boolean not null,
    simulated     boolean not null,
    -- as the device calls itself
    maker         text,
    model         text,
    firmware      text,
    -- when it last told its channels, whether that answer was complete, and how many there have been since; null: never
    catalogue_at  bigint,
    catalogue_complete boolean,
    channels      bigint  check (channels >= 0),
    created_at    bigint  not null,
    changed_at    bigint  not null,
    changed_by    text,
    removed_at    bigint,
    check ((catalogue_at is null) = (catalogue_complete is null) and (catalogue_at is null) = (channels is null)),
    check (removed_at is null or sealed_secret is null)
);
create unique index device_by_gb_id on device (gb_id) where removed_at is null;
create index device_listed on device (unit_id, name, id) where removed_at is null;

-- What the platform last saw of a device. Written when it changes, not at every keepalive; no row: never registered.
create table device_state (
    device_id     text    not null primary key references device (id),
    state         text    not null check (state in ('online', 'offline', 'unauthorised')),
    reason        text,
    -- since when this state holds
    since         bigint  not null,
    -- the last registration: where the device is, how it is reached, what it speaks; all of it or nothing
    address       text    check (address <> ''),
    transport     text    check (transport in ('udp', 'tcp')),
    -- X-GB-Ver; null: it did not say
    version       text,
    registered_at bigint,
    expires_at    bigint,
    check ((address is null) = (transport is null) and (address is null) = (registered_at is null)
        and (address is null) = (expires_at is null)),
    check (address is not null or version is null),
    check (state <> 'online' or address is not null)
);

-- Channels as their device tells them. None is ever deleted: what is no longer told is not present.
create table channel (
    id            text    not null primary key check (length(id) = 36),
    device_id     text    not null references device (id),
    gb_id         text    not null check (length(gb_id) = 20 and gb_id not glob '*[^0-9]*'),
    -- as sent: an id, a division code, or several joined by a slash
    parent_gb_id  text,
    name          text    not null,
    -- digits 11 to 13 of gb_id
    type_code     text    not null check (length(type_code) = 3),
    civil_code    text,
    maker         text,
    model         text,
    status        text    not null check (status in ('on', 'off', 'unknown')),
    ptz_type      bigint,
    -- in the last complete catalogue, or told since
    present       boolean not null,
    first_seen_at bigint  not null,
    changed_at    bigint  not null,
    unique (device_id, gb_id)
);

-- Dialogs that are open at devices, so that a restart can end them.
create table gb_dialog (
    call_id       text    not null primary key check (call_id <> ''),
    device_id     text    not null references device (id),
    channel_gb_id text    check (length(channel_gb_id) = 20 and channel_gb_id not glob '*[^0-9]*'),
    purpose       text    not null check (purpose in ('live', 'playback', 'download', 'talk', 'subscription')),
    -- JSON: what the protocol needs to end it
    dialog        text    not null check (dialog <> ''),
    opened_at     bigint  not null
);
create index gb_dialog_listed on gb_dialog (opened_at, call_id);

-- What devices told: alarms and other messages, as they were sent.
create table device_notice (
    id            text    not null primary key check (length(id) = 36),
    device_id     text    not null references device (id),
    -- whose it is; stays when the device moves to another unit
    unit_id       text    not null references unit (id),
    channel_gb_id text    check (length(channel_gb_id) = 20 and channel_gb_id not glob '*[^0-9]*'),
    -- CmdType, e.g. Alarm
    command       text    not null check (command <> ''),
    -- by the clock of the device; null: it sent none that can be read
    at            bigint,
    received_at   bigint  not null,
    -- as sent, known to the standard or not
    priority      text,
    method        text,
    alarm_type    text,
    description   text,
    -- the body, cut where it is long, and its full size
    raw           text    not null,
    raw_size_bytes bigint not null check (raw_size_bytes >= 0),
    -- what the mapping says: an alarm code or `ignored`; null: nobody has mapped it yet
    kind          text    check (kind <> ''),
    alarm_id      text    references alarm (id),
    -- the point stays silent until a person resets it
    needs_reset   boolean not null,
    reset_at      bigint,
    reset_by      text    references account (id),
    check ((reset_at is null) = (reset_by is null)),
    check (reset_at is null or needs_reset),
    check (alarm_id is null or kind is not null)
);
create index device_notice_listed on device_notice (received_at desc, id desc);
create index device_notice_by_device on device_notice (device_id, received_at desc, id desc);
create index device_notice_by_unit on device_notice (unit_id, received_at desc, id desc);
create index device_notice_unmapped on device_notice (received_at desc, id desc) where kind is null;
create index device_notice_silent on device_notice (device_id, channel_gb_id) where needs_reset and reset_at is null;

-- A camera has an address, or a channel, and never both. SQLite cannot let a column become null, so the table is written anew; rows that
-- name a camera find it again before the transaction ends.
pragma defer_foreign_keys = on;
create temporary table camera_before as select * from camera;
drop table camera;
create table camera (
    id            text    not null primary key check (length(id) = 36),
    unit_id       text    not null references unit (id),
    name          text    not null check (name <> ''),
    place_type    text    not null,
    -- without credentials; null: its video comes from a channel
    address       text,
    user_name     text,
    -- encrypted by the caller
    sealed_password blob,
    channel_id    text    references channel (id),
    watch_enabled boolean not null,
    disabled      boolean not null,
    simulated     boolean not null,
    created_at    bigint  not null,
    changed_at    bigint  not null,
    changed_by    text,
    removed_at    bigint,
    check ((address is null) <> (channel_id is null)),
    check (channel_id is null or (user_name is null and sealed_password is null))
);
insert into camera (id, unit_id, name, place_type, address, user_name, sealed_password, watch_enabled, disabled, simulated, created_at,
    changed_at, changed_by, removed_at)
select id, unit_id, name, place_type, address, user_name, sealed_password, watch_enabled, disabled, simulated, created_at, changed_at,
    changed_by, removed_at
from camera_before;
drop table camera_before;
create index camera_listed on camera (unit_id, name, id) where removed_at is null;
-- one picture is watched once
create unique index camera_by_channel on camera (channel_id) where removed_at is null and channel_id is not null;

-- An alarm may come from a device. SQLite cannot change what a column accepts, so this table is written anew too. The rows that name an
-- alarm are looked up once for each; those of snapshots have no index for that.
create index snapshot_alarm_by_alarm on snapshot_alarm (alarm_id);
create temporary table alarm_before as select * from alarm;
drop table alarm;
create table alarm (
    id            text    not null primary key check (length(id) = 36),
    code          text    not null,
    level         bigint  not null check (level between 1 and 4),
    state         text    not null,
    -- somebody still has to do something; what the domain says of the state
    is_open       boolean not null,
    -- JSON array of words
    marks         text    not null,
    drill         boolean not null,
    simulated     boolean not null,
    unit_id       text    not null references unit (id),
    camera_id     text    references camera (id),
    source        text    not null check (source in ('ai', 'manual', 'device')),
    owner_id      text    references account (id),
    handler_id    text    references account (id),
    occurred_at   bigint  not null,
    pushed_at     bigint  not null,
    opened_at     bigint,
    taken_at      bigint,
    verified_at   bigint,
    arrived_at    bigint,
    handled_at    bigint,
    reviewed_at   bigint,
    false_alarm_reason text,
    has_result_picture boolean not null,
    version       bigint  not null,
    score         double precision,
    -- JSON array of boxes in parts of the picture
    boxes         text    not null,
    note          text,
    -- name and hash of the model that saw it
    model         text,
    -- later observations of the same thing
    joined_count  bigint  not null,
    last_joined_at bigint,
    -- time of the last step: who stays silent is found by it
    last_step_at  bigint  not null
);
insert into alarm (id, code, level, state, is_open, marks, drill, simulated, unit_id, camera_id, source, owner_id, handler_id, occurred_at,
    pushed_at, opened_at, taken_at, verified_at, arrived_at, handled_at, reviewed_at, false_alarm_reason, has_result_picture,
    version, score, boxes, note, model, joined_count, last_joined_at, last_step_at)
select id, code, level, state, is_open, marks, drill, simulated, unit_id, camera_id, source, owner_id, handler_id, occurred_at,
    pushed_at, opened_at, taken_at, verified_at, arrived_at, handled_at, reviewed_at, false_alarm_reason, has_result_picture,
    version, score, boxes, note, model, joined_count, last_joined_at, last_step_at
from alarm_before;
drop table alarm_before;
drop index snapshot_alarm_by_alarm;
create index alarm_open on alarm (is_open, level, pushed_at desc, id desc);
create index alarm_by_time on alarm (pushed_at desc, id desc);
create index alarm_by_state on alarm (state, pushed_at desc, id desc);
create index alarm_by_unit on alarm (unit_id, pushed_at desc, id desc);
create index alarm_by_camera on alarm (camera_id, code, pushed_at desc);
