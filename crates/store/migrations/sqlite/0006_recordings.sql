-- Recordings: the disks they lie on, their segments, what is missing of them, how long they stay, what was pinned, deleted, looked up and
-- exported, for SQLite. Its twin is ../postgres/0006_recordings.sql.
--
-- 500 cameras write 720 000 segments a day, so the tables of segments have small keys of whole numbers and no index that a named question
-- does not need.

-- Disks as entered; retired ones stay for the certificates that name them.
create table recording_disk (
    key           integer primary key autoincrement,
    id            text    not null unique check (length(id) = 36),
    name          text    not null check (name <> ''),
    folder        text    not null check (folder <> ''),
    -- most bytes of ours, and what stays free of the file system whoever fills it
    quota_bytes   bigint  not null check (quota_bytes > 0),
    head_room_bytes bigint not null check (head_room_bytes >= 0),
    state         text    not null check (state in ('active', 'read_only', 'failed', 'retired')),
    -- what the segments on it come to; changed in the transaction that changes them
    used_bytes    bigint  not null check (used_bytes >= 0),
    segments      bigint  not null check (segments >= 0),
    -- deleted, and not yet known to be gone from the disk
    garbage_bytes bigint  not null check (garbage_bytes >= 0),
    created_at    bigint  not null,
    changed_at    bigint  not null,
    changed_by    text
);
create unique index recording_disk_folder on recording_disk (folder) where state <> 'retired';

-- The recordings of one camera at one unit: a camera that moves begins another track, and what was recorded before stays with the unit it was
-- recorded at.
create table recording_track (
    key           integer primary key autoincrement check (key < 2097152),
    camera_id     text    not null references camera (id),
    unit_id       text    not null references unit (id),
    -- what holds for the unit, kept here so that deleting reads no other table
    floor_days    bigint  not null check (floor_days >= 30),
    ceiling_days  bigint  not null check (ceiling_days >= floor_days),
    unique (camera_id, unit_id)
);
create index recording_track_by_unit on recording_track (unit_id, key);

-- Files of recording, a minute each as a rule. The key is the track and the first millisecond, so that the segments of a track lie together in
-- the order of time, and a stretch of them is one range of keys; 2^42 milliseconds last until 2109.
create table segment (
    key           integer primary key check (key = track * 4398046511104 + start_at / 1000),
    track         bigint  not null references recording_track (key),
    disk          bigint  not null references recording_disk (key),
    start_at      bigint  not null,
    end_at        bigint  not null,
    size_bytes    bigint  not null check (size_bytes >= 0),
    -- still being written
    is_open       boolean not null,
    check (start_at between 0 and 4398046511103999),
    check (end_at >= start_at and end_at - start_at <= 600000000)
);
-- the oldest of a disk over all cameras; the key is in every index anyway
create index segment_by_age on segment (disk, start_at);
create index segment_open on segment (disk) where is_open;

-- Where in its file each fragment of a segment begins and when, as whoever reads files has packed it. Apart, because everything but playing
-- does without.
create table segment_fragments (
    key           integer primary key references segment (key) on delete cascade,
    fragments     blob    not null
);

-- What was deleted, why and by whom: one row for each track and disk. Never changed, but for the moment when the last file was gone.
create table recording_deletion (
    seq           integer primary key autoincrement,
    track         bigint  not null references recording_track (key),
    disk          bigint  not null references recording_disk (key),
    from_at       bigint  not null,
    until_at      bigint  not null check (until_at >= from_at),
    segments      bigint  not null check (segments > 0),
    size_bytes    bigint  not null check (size_bytes >= 0),
    why           text    not null check (why in ('ceiling', 'quota', 'operator')),
    -- went before the law lets it
    below_floor   boolean not null,
    -- null: the platform itself
    deleted_by    text    references account (id),
    note          text,
    decided_at    bigint  not null,
    removed_at    bigint  check (removed_at >= decided_at),
    check ((why = 'operator') = (deleted_by is not null))
);
create index recording_deletion_of on recording_deletion (track, seq);
create index recording_deletion_pending on recording_deletion (seq) where removed_at is null;
create trigger recording_deletion_ends_once before update on recording_deletion
    when old.removed_at is not null or new.seq <> old.seq or new.track <> old.track or new.disk <> old.disk or new.from_at <> old.from_at
        or new.until_at <> old.until_at or new.segments <> old.segments or new.size_bytes <> old.size_bytes or new.why <> old.why
        or new.below_floor <> old.below_floor or new.deleted_by is not old.deleted_by or new.note is not old.note
        or new.decided_at <> old.decided_at begin
    select raise(abort, 'recording_deletion is append-only');
end;
create trigger recording_deletion_no_delete before delete on recording_deletion begin
    select raise(abort, 'recording_deletion is append-only');
end;

-- Segments that are deleted and whose files may still be there. The row goes when the file is known to be gone.
create table segment_garbage (
    key           integer primary key,
    disk          bigint  not null references recording_disk (key),
    deletion      bigint  not null references recording_deletion (seq),
    track         bigint  not null references recording_track (key),
    start_at      bigint  not null,
    size_bytes    bigint  not null check (size_bytes >= 0)
);
create index segment_garbage_of_disk on segment_garbage (disk, key);
create index segment_garbage_of_deletion on segment_garbage (deletion);

-- Stretches that stay past their ceiling, for a reason and until a day.
create table recording_pin (
    id            text    not null primary key check (length(id) = 36),
    track         bigint  not null references recording_track (key),
    from_at       bigint  not null,
    until_at      bigint  not null check (until_at > from_at),
    reason        text    not null check (reason <> ''),
    alarm_id      text    references alarm (id),
    -- null: the platform itself
    pinned_by     text    references account (id),
    pinned_at     bigint  not null,
    keep_until    bigint  not null check (keep_until > pinned_at),
    released_at   bigint,
    released_by   text    references account (id),
    check (released_by is null or released_at is not null)
);
create index recording_pin_holding on recording_pin (track, until_at) where released_at is null;
create index recording_pin_listed on recording_pin (pinned_at desc, id desc);

-- How long the recordings of a unit stay; none: as the domain says of units of which nothing was said.
create table unit_retention (
    unit_id       text    not null primary key references unit (id),
    basis         text    not null check (basis in ('public_safety', 'key_target')),
    class         text    not null check (class in ('days_30', 'days_90', 'custom')),
    floor_days    bigint  not null,
    ceiling_days  bigint  not null check (ceiling_days between floor_days and 365),
    note          text,
    changed_at    bigint  not null,
    changed_by    text    references account (id),
    check (floor_days >= case basis when 'key_target' then 90 else 30 end),
    check (class = 'custom' or (floor_days = ceiling_days and floor_days = case class when 'days_90' then 90 else 30 end))
);

-- Minutes of a Beijing day that a track should have, that were recorded, and that are still there.
create table camera_day (
    track         bigint  not null references recording_track (key),
    day           text    not null check (length(day) = 10),
    expected_minutes bigint not null check (expected_minutes between 0 and 1440),
    recorded_minutes bigint not null check (recorded_minutes between 0 and expected_minutes),
    kept_minutes  bigint  not null check (kept_minutes between 0 and recorded_minutes),
    -- when the kept minutes were last counted
    counted_at    bigint  not null,
    primary key (track, day)
) without rowid;

-- What is missing of them and why. A gap that lasts past midnight is one row for each day.
create table recording_gap (
    track         bigint  not null references recording_track (key),
    start_at      bigint  not null,
    end_at        bigint  not null check (end_at > start_at),
    cause         text    not null check (cause in ('offline', 'silent', 'disk', 'overload', 'restart', 'operator')),
    day           text    not null check (length(day) = 10),
    primary key (track, start_at)
) without rowid;

-- Stretches copied out. The manifest names each file with its SHA-256.
create table recording_export (
    id            text    not null primary key check (length(id) = 36),
    track         bigint  not null references recording_track (key),
    from_at       bigint  not null,
    until_at      bigint  not null check (until_at > from_at),
    state         text    not null check (state in ('waiting', 'running', 'done', 'failed', 'cancelled', 'expired')),
    asked_by      text    references account (id),
    asked_at      bigint  not null,
    started_at    bigint,
    ended_at      bigint,
    size_bytes    bigint  check (size_bytes >= 0),
    manifest      text,
    manifest_sha256 text  check (length(manifest_sha256) = 64),
    error         text,
    check ((state in ('done', 'expired')) = (manifest is not null and manifest_sha256 is not null and size_bytes is not null)),
    check ((state = 'failed') = (error is not null)),
    check ((state in ('waiting', 'running')) = (ended_at is null))
);
create index recording_export_listed on recording_export (asked_at desc, id desc);
create index recording_export_pending on recording_export (asked_at, id) where state in ('waiting', 'running', 'done');

-- The register of look-ups (State Council Decree 799 art. 16). Append-only; names are copied, so that it stays readable whatever becomes of them.
create table recording_lookup (
    seq           integer primary key autoincrement,
    at            bigint  not null,
    user_id       text    not null,
    user_name     text    not null,
    role          text    not null,
    unit_id       text    not null references unit (id),
    unit_name     text    not null,
    -- null: a search over the whole unit
    camera_id     text    references camera (id),
    camera_name   text,
    kind          text    not null check (kind in ('search', 'playback', 'export', 'clip')),
    reason        text    not null check (reason <> ''),
    note          text,
    from_at       bigint  not null,
    until_at      bigint  not null check (until_at >= from_at),
    address       text,
    alarm_id      text    references alarm (id),
    export_id     text    references recording_export (id),
    check ((camera_id is null) = (camera_name is null)),
    check ((kind = 'export') = (export_id is not null))
);
create index recording_lookup_by_unit on recording_lookup (unit_id, seq);
create index recording_lookup_by_camera on recording_lookup (camera_id, seq);
create index recording_lookup_by_user on recording_lookup (user_id, seq);
create unique index recording_lookup_of_export on recording_lookup (export_id) where export_id is not null;
create trigger recording_lookup_no_update before update on recording_lookup begin
    select raise(abort, 'recording_lookup is append-only');
end;
create trigger recording_lookup_no_delete before delete on recording_lookup begin
    select raise(abort, 'recording_lookup is append-only');
end;
