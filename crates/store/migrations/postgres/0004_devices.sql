-- Devices that speak GB/T 28181: entered, seen, their channels, open dialogs and notices; cameras whose video comes from a channel,
-- and alarms that come from a device, for PostgreSQL. Its twin is ../sqlite/0004_devices.sql.

-- Devices as entered. Removed ones stay for the notices that name them.
create table device (
    id            text collate "C" not null primary key check (length(id) = 36),
    unit_id       text collate "C" not null references unit (id),
    -- 20 digits, given by whoever runs the network
    gb_id         text collate "C" not null check (gb_id ~ '^[0-9]{20}$'),
    name          text collate "C" not null check (name <> ''),
    -- encrypted by the caller; null: it cannot register yet
    sealed_secret bytea,
    -- JSON: how this device has to be spoken to
    profile       text collate "C" not null check (profile <> ''),
    disabled      boolean not null,
    simulated     boolean not null,
    -- as the device calls itself
    maker         text collate "C",
    model         text collate "C",
    firmware      text collate "C",
    -- when it last told its channels, whether that answer was complete, and how many there have been since; null: never
    catalogue_at  bigint,
    catalogue_complete boolean,
    channels      bigint  check (channels >= 0),
    created_at    bigint  not null,
    changed_at    bigint  not null,
    changed_by    text collate "C",
    removed_at    bigint,
    check ((catalogue_at is null) = (catalogue_complete is null) and (catalogue_at is null) = (channels is null)),
    check (removed_at is null or sealed_secret is null)
);
create unique index device_by_gb_id on device (gb_id) where removed_at is null;
create index device_listed on device (unit_id, name, id) where removed_at is null;

-- What the platform last saw of a device. Written when it changes, not at every keepalive; no row: never registered.
create table device_state (
    device_id     text collate "C" not null primary key references device (id),
    state         text collate "C" not null check (state in ('online', 'offline', 'unauthorised')),
    reason        text collate "C",
    -- since when this state holds
    since         bigint  not null,
    -- the last registration: where the device is, how it is reached, what it speaks; all of it or nothing
    address       text collate "C" check (address <> ''),
    transport     text collate "C" check (transport in ('udp', 'tcp')),
    -- X-GB-Ver; null: it did not say
    version       text collate "C",
    registered_at bigint,
    expires_at    bigint,
    check ((address is null) = (transport is null) and (address is null) = (registered_at is null)
        and (address is null) = (expires_at is null)),
    check (address is not null or version is null),
    check (state <> 'online' or address is not null)
);

-- Channels as their device tells them. None is ever deleted: what is no longer told is not present.
create table channel (
    id            text collate "C" not null primary key check (length(id) = 36),
    device_id     text collate "C" not null references device (id),
    gb_id         text collate "C" not null check (gb_id ~ '^[0-9]{20}$'),
    -- as sent: an id, a division code, or several joined by a slash
    parent_gb_id  text collate "C",
    name          text collate "C" not null,
    -- digits 11 to 13 of gb_id
    type_code     text collate "C" not null check (length(type_code) = 3),
    civil_code    text collate "C",
    maker         text collate "C",
    model         text collate "C",
    status        text collate "C" not null check (status in ('on', 'off', 'unknown')),
    ptz_type      bigint,
    -- in the last complete catalogue, or told since
    present       boolean not null,
    first_seen_at bigint  not null,
    changed_at    bigint  not null,
    unique (device_id, gb_id)
);

-- Dialogs that are open at devices, so that a restart can end them.
create table gb_dialog (
    call_id       text collate "C" not null primary key check (call_id <> ''),
    device_id     text collate "C" not null references device (id),
    channel_gb_id text collate "C" check (channel_gb_id ~ '^[0-9]{20}$'),
    purpose       text collate "C" not null check (purpose in ('live', 'playback', 'download', 'talk', 'subscription')),
    -- JSON: what the protocol needs to end it
    dialog        text collate "C" not null check (dialog <> ''),
    opened_at     bigint  not null
);
create index gb_dialog_listed on gb_dialog (opened_at, call_id);

-- What devices told: alarms and other messages, as they were sent.
create table device_notice (
    id            text collate "C" not null primary key check (length(id) = 36),
    device_id     text collate "C" not null references device (id),
    -- whose it is; stays when the device moves to another unit
    unit_id       text collate "C" not null references unit (id),
    channel_gb_id text collate "C" check (channel_gb_id ~ '^[0-9]{20}$'),
    -- CmdType, e.g. Alarm
    command       text collate "C" not null check (command <> ''),
    -- by the clock of the device; null: it sent none that can be read
    at            bigint,
    received_at   bigint  not null,
    -- as sent, known to the standard or not
    priority      text collate "C",
    method        text collate "C",
    alarm_type    text collate "C",
    description   text collate "C",
    -- the body, cut where it is long, and its full size
    raw           text collate "C" not null,
    raw_size_bytes bigint not null check (raw_size_bytes >= 0),
    -- what the mapping says: an alarm code or `ignored`; null: nobody has mapped it yet
    kind          text collate "C" check (kind <> ''),
    alarm_id      text collate "C" references alarm (id),
    -- the point stays silent until a person resets it
    needs_reset   boolean not null,
    reset_at      bigint,
    reset_by      text collate "C" references account (id),
    check ((reset_at is null) = (reset_by is null)),
    check (reset_at is null or needs_reset),
    check (alarm_id is null or kind is not null)
);
create index device_notice_listed on device_notice (received_at desc, id desc);
create index device_notice_by_device on device_notice (device_id, received_at desc, id desc);
create index device_notice_by_unit on device_notice (unit_id, received_at desc, id desc);
create index device_notice_unmapped on device_notice (received_at desc, id desc) where kind is null;
create index device_notice_silent on device_notice (device_id, channel_gb_id) where needs_reset and reset_at is null;

-- A camera has an address, or a channel, and never both.
alter table camera alter column address drop not null;
alter table camera add column channel_id text collate "C" references channel (id);
alter table camera add check ((address is null) <> (channel_id is null));
alter table camera add check (channel_id is null or (user_name is null and sealed_password is null));
-- one picture is watched once
create unique index camera_by_channel on camera (channel_id) where removed_at is null and channel_id is not null;

-- An alarm may come from a device.
alter table alarm drop constraint alarm_source_check;
alter table alarm add constraint alarm_source_check check (source in ('ai', 'manual', 'device'));
