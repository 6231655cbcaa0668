-- Zones that are kept free of e-bikes, for SQLite, where a check is changed by making the table anew. Its twin is
-- ../postgres/0015_two_wheels.sql.

create table watch_zone_anew (
    id            text    not null primary key check (length(id) = 36),
    camera_id     text    not null references camera (id),
    -- order in which they were drawn, from 0
    place         bigint  not null check (place >= 0),
    kind          text    not null
        check (kind in ('exit', 'fire_lane', 'fire_door', 'extinguisher', 'hydrant', 'no_two_wheels', 'mask')),
    name          text    not null check (name <> ''),
    -- JSON: [[x, y], …] in shares of the picture
    corners       text    not null,
    hold_s        bigint  not null check (hold_s between 0 and 3600),
    -- minutes of the day in Beijing; null: always
    from_minute   bigint  check (from_minute between 0 and 1439),
    until_minute  bigint  check (until_minute between 0 and 1439),
    changed_by    text    references account (id),
    changed_at    bigint  not null,
    unique (camera_id, place),
    check ((from_minute is null) = (until_minute is null))
);
insert into watch_zone_anew
    select id, camera_id, place, kind, name, corners, hold_s, from_minute, until_minute, changed_by, changed_at from watch_zone;
drop table watch_zone;
alter table watch_zone_anew rename to watch_zone;
