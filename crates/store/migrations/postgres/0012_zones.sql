-- Marked parts of a camera's picture and the pictures that a person approved, for PostgreSQL. Its twin is ../sqlite/0012_zones.sql.

-- counts up with every change of a camera's zones: who saw an older list may not overwrite a newer one
alter table camera add column zones_version bigint not null default 0;

-- The zones of a camera as they are; a change replaces all of them.
create table watch_zone (
    id            text collate "C" not null primary key check (length(id) = 36),
    camera_id     text collate "C" not null references camera (id),
    -- order in which they were drawn, from 0
    place         bigint  not null check (place >= 0),
    kind          text collate "C" not null check (kind in ('exit', 'fire_lane', 'fire_door', 'extinguisher', 'hydrant', 'mask')),
    name          text collate "C" not null check (name <> ''),
    -- JSON: [[x, y], …] in shares of the picture
    corners       text collate "C" not null,
    hold_s        bigint  not null check (hold_s between 0 and 3600),
    -- minutes of the day in Beijing; null: always
    from_minute   bigint  check (from_minute between 0 and 1439),
    until_minute  bigint  check (until_minute between 0 and 1439),
    changed_by    text collate "C" references account (id),
    changed_at    bigint  not null,
    unique (camera_id, place),
    check ((from_minute is null) = (until_minute is null))
);

-- Pictures of a camera's scene as it has to be. Of several by the same light the last counts; the others stay as what counted before.
create table reference_picture (
    seq           bigint  generated always as identity primary key,
    camera_id     text collate "C" not null references camera (id),
    light         text collate "C" not null check (light in ('day', 'infrared')),
    blob_id       text collate "C" not null,
    sha256        text collate "C" not null check (length(sha256) = 64),
    size_bytes    bigint  not null check (size_bytes > 0),
    width_px      bigint  not null check (width_px > 0),
    height_px     bigint  not null check (height_px > 0),
    taken_at      bigint  not null,
    -- null: the platform itself
    approved_by   text collate "C" references account (id),
    approved_at   bigint  not null
);
create index reference_picture_of on reference_picture (camera_id, light, seq);
