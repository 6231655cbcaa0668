-- Which cameras are recorded, and what kept them from being recorded, for SQLite. Its twin is ../postgres/0007_recorded_cameras.sql.

-- null: as the configuration says of cameras of which nothing was said
alter table camera add column is_recorded boolean;
-- since when the camera has been one that is to be recorded; from then on every day has to have its minutes
alter table camera add column recorded_since bigint;

-- Stretches in which a camera was to be recorded and something stood in the way. Days are measured from them, then they are forgotten.
create table recording_obstacle (
    camera_id     text    not null references camera (id),
    from_at       bigint  not null,
    -- null: it still does
    until_at      bigint  check (until_at >= from_at),
    cause         text    not null check (cause in ('offline', 'silent', 'disk', 'overload', 'restart', 'operator')),
    primary key (camera_id, from_at)
);
create index recording_obstacle_standing on recording_obstacle (camera_id) where until_at is null;
