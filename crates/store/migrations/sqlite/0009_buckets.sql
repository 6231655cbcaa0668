-- Disks that are buckets of an S3 service, and copies of segments on the way to them, for SQLite. Its twin is ../postgres/0009_buckets.sql.

-- A disk with a row here is a bucket: nothing is recorded to it, finished segments are moved there. Its folder is how paths below it begin.
create table recording_bucket (
    disk          bigint  not null primary key references recording_disk (key),
    endpoint      text    not null check (endpoint <> ''),
    region        text    not null check (region <> ''),
    bucket        text    not null check (bucket <> ''),
    prefix        text    not null,
    -- the bucket stands in the path and not before the host
    path_style    boolean not null,
    access_key_id text    not null check (access_key_id <> ''),
    sealed_secret blob    not null,
    takes         text    not null check (takes in ('evidence', 'all')),
    -- a segment moves so many hours after its end
    after_hours   bigint  not null check (after_hours between 0 and 8760),
    -- null: as fast as it goes
    bytes_per_second_max bigint check (bytes_per_second_max > 0)
);

-- Files of segments on a disk that is not, or not yet, the place of the segment: noted before a copy is begun, and for the file that a move left
-- behind. The row goes when the file is known to be gone, or when the copy becomes the place.
create table segment_copy (
    key           bigint  not null,
    disk          bigint  not null references recording_disk (key),
    track         bigint  not null references recording_track (key),
    start_at      bigint  not null,
    size_bytes    bigint  not null check (size_bytes >= 0),
    noted_at      bigint  not null,
    primary key (disk, key)
) without rowid;
