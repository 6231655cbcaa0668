-- What an alarm follows, and the clocks of devices, for PostgreSQL. Its twin is ../sqlite/0021_repeats_and_clocks.sql.

-- the alarm about the same thing that was ended before, while the camera saw it on
alter table alarm add column predecessor_id text collate "C" references alarm (id);
create index alarm_following on alarm (camera_id, code, pushed_at) where predecessor_id is not null;

-- What the clock of a device said when it was asked last: one row a device.
create table device_clock (
    device_id     text collate "C" not null primary key references device (id) on delete cascade,
    measured_at   bigint  not null,
    -- the device's time less the platform's; negative: it is behind
    ahead_ms      bigint  not null,
    -- the alarm that was raised about it last, and when
    alarm_id      text collate "C" references alarm (id),
    told_at       bigint,
    check ((alarm_id is null) = (told_at is null))
);
